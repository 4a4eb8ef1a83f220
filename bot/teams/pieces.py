"""A card taken apart into the smallest things that make sense alone: a line, a fact, a row, a picture.

A card that is too large is cut between pieces, and what is left out is counted in pieces, so
"+12 more" means twelve things that a reader would count. Every piece is small enough to be sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from bot.chat.card import Block, Card, Chart, Fact, File, Note, Spans, Table, Text
from bot.teams import limits
from bot.teams.spans import Element, Mentioned, clean, paragraph, rich_text, runs

Kind = Literal["line", "fact", "row", "picture", "button", "file"]
_SMALL = {"size": "Small", "isSubtle": True}
_PHONE = 36
"""Characters of a row on a phone."""
_SHORT = 10
"""Characters of a cell that is better not broken: a state beside its sign."""
_LONGEST_WORD = 14
_LONGEST_LINE = 60
_A_MOMENT = "Fri,_Oct 30,_2026 5:00_PM"
_RUN_BYTES = 70
"""Bytes of JSON around the words of a run."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to draw. A row of a table knows how many columns there are and what its headings are."""

    kind: Kind
    body: Any
    of: int = 0
    """Which block of the card it comes from: rows of two tables do not run together."""
    columns: tuple[int, ...] = ()
    head: Element | None = None


def pieces_of(card: Card, mentioned: Mentioned, pictures: Mapping[Chart, str]) -> list[Piece]:
    """Take a card's blocks apart, in order. `pictures` are the addresses of its charts."""
    return [piece for of, block in enumerate(card.blocks) for piece in _taken_apart(block, of, mentioned, pictures)]


def assembled(pieces: Iterable[Piece]) -> Iterator[Element]:
    """Put pieces together again: rows of one table become a table, and facts stand apart from one above them."""
    before = ""
    for (kind, _), group in groupby(pieces, key=lambda piece: (piece.kind, piece.of)):
        found = list(group)
        if kind == "fact" and before == "row":
            found[0] = replace(found[0], body=found[0].body | {"spacing": "Medium"})
        before = kind
        if kind == "row":
            head = [found[0].head] if found[0].head is not None else []
            rows = [*head, *(piece.body for piece in found if piece.body is not None)]
            yield _table(rows, found[0].columns, header=bool(head))
        else:
            yield from (piece.body for piece in found)


def _taken_apart(block: Block, of: int, mentioned: Mentioned, pictures: Mapping[Chart, str]) -> Iterator[Piece]:
    match block:
        case Text():
            yield from (Piece("line", each, of) for each in _portions(paragraph(block.spans, mentioned)))
        case Note():
            yield from (Piece("line", each, of) for each in _portions(paragraph(block.spans, mentioned, **_SMALL)))
        case Fact():
            label = _one_line(block.label)
            value = _cut(paragraph(block.value, mentioned), limits.PIECE_BYTES)
            if label or value:
                yield Piece("fact", _fact(limits.fitted(label, 200), value), of)
        case Table():
            yield from _rows(block, of, mentioned)
        case Chart():
            yield from _chart(block, of, pictures.get(block, ""))
        case File():
            said = f": {_one_line(block.alt).rstrip('.')}."
            inlines = [*runs((_one_line(block.name),), weight="Bolder"), *runs((said,))]
            yield from (Piece("line", each, of) for each in _portions([rich_text(inlines)]))


def _fact(label: str, value: list[Element]) -> Element:
    """A label beside its value, which begin at the same height in every row."""
    columns = [
        {"type": "Column", "width": "110px", "items": _words(label, weight="Bolder")},
        {"type": "Column", "width": "stretch", "items": value},
    ]
    return {"type": "ColumnSet", "spacing": "Small", "columns": columns}


def _rows(table: Table, of: int, mentioned: Mentioned) -> Iterator[Piece]:
    if caption := _one_line(table.caption):
        yield Piece("line", rich_text(runs((limits.fitted(caption, limits.TITLE),), weight="Bolder")), of)
    width = min(limits.COLUMNS, max([len(table.columns), *(len(row) for row in table.rows)], default=0))
    if not width:
        return
    numeric = {column for column in table.numeric if column < width}
    names = [limits.fitted(_one_line(name), 40) for name in (*table.columns, *[""] * width)[:width]]
    head = _row([_words(name, weight="Bolder") for name in names], numeric) if any(names) else None
    widths = _widths(table, width)
    if not table.rows and head is not None:
        yield Piece("row", None, of, widths, head)
    for row in table.rows:
        cells = [
            _cut(paragraph(row[at], mentioned), limits.PIECE_BYTES // width) if at < len(row) else []
            for at in range(width)
        ]
        yield Piece("row", _row(cells, numeric), of, widths, head)


def _widths(table: Table, width: int) -> tuple[int, ...]:
    """How wide columns are beside one another: on a phone each has room for its longest word, then for its lines.

    A word that is too long for its column would be drawn over the next one.
    """
    words, lines = [2] * width, [2] * width
    for column in range(width):
        named = table.columns[column] if column < len(table.columns) else ""
        shown = [_shown(row[column]) for row in table.rows if column < len(row)]
        unbroken = [
            *named.split(),
            *(word for text in shown for word in ([text] if len(text) <= _SHORT else text.split())),
        ]
        words[column] = max(2, *(min(len(each), _LONGEST_WORD) for each in unbroken)) + 1 if unbroken else 2
        lines[column] = max(words[column], *(min(len(text), _LONGEST_LINE) for text in (named, *shown)))
    wanted = [line - word for line, word in zip(lines, words, strict=True)]
    spare = max(0, _PHONE - sum(words)) / max(1, sum(wanted))
    return tuple(round(word + spare * want) for word, want in zip(words, wanted, strict=True))


def _shown(spans: Spans) -> str:
    """About the characters that a run of spans shows; a moment is written by the reader's own device."""
    return "".join(run["text"] if not run["text"].startswith("{{") else _A_MOMENT for run in runs(spans))


def _row(cells: Sequence[list[Element]], numeric: set[int]) -> Element:
    made = []
    for column, items in enumerate(cells):
        right = {"horizontalAlignment": "Right"} if column in numeric else {}
        made.append({"type": "TableCell", "items": [each | right for each in items]})
    return {"type": "TableRow", "cells": made}


def _table(rows: list[Element], columns: Sequence[int], *, header: bool) -> Element:
    return {
        "type": "Table",
        "columns": [{"type": "TableColumnDefinition", "width": width} for width in columns],
        "rows": rows,
        "firstRowAsHeader": header,
        "showGridLines": False,
    }


def _chart(chart: Chart, of: int, url: str) -> Iterator[Piece]:
    title, alt = _one_line(chart.title), _one_line(chart.alt)
    if url:
        said = limits.fitted(alt or title or "Chart", limits.ALT_TEXT)
        yield Piece("picture", {"type": "Image", "url": url, "altText": said, "size": "Stretch"}, of)
        return
    inlines = [*runs((f"{title}: ",), weight="Bolder"), *runs((alt,))] if title else runs((alt,))
    if inlines:
        yield from (Piece("line", each, of) for each in _portions([rich_text(inlines)]))


def _words(text: str, **style: Any) -> list[Element]:
    return [rich_text(runs((text,), **style))] if text else []


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _portions(elements: Iterable[Element]) -> Iterator[Element]:
    """Paragraphs, each longer one in several."""
    for element in elements:
        if element["type"] != "RichTextBlock":
            yield element
            continue
        inlines: list[Element] = []
        left = limits.PIECE_BYTES
        for run in element["inlines"]:
            for part in _parts(run):
                size = _bytes(part)
                if size > left and inlines:
                    yield rich_text(inlines)
                    inlines, left = [], limits.PIECE_BYTES
                inlines.append(part)
                left -= size
        if inlines:
            yield rich_text(inlines)


def _parts(run: Element) -> Iterator[Element]:
    """A long run in several; a moment stays whole, for it is read as one."""
    text, most = run["text"], limits.PIECE_BYTES // 5
    if len(text) <= most:
        yield run
        return
    for at in range(0, len(text), most):
        yield run | {"text": text[at : at + most]}


def _cut(elements: list[Element], most: int) -> list[Element]:
    """What fits a cell; a mark stands where something is missing."""
    shown: list[Element] = []
    left = most
    for element in elements:
        if element["type"] != "RichTextBlock":
            size = _bytes(element)
            if size > left:
                break
            shown.append(element)
            left -= size
            continue
        inlines: list[Element] = []
        for run in element["inlines"]:
            room = max(0, (left - _RUN_BYTES) // 4)
            if _bytes(run) <= left:
                inlines.append(run)
                left -= _bytes(run)
                continue
            cut = "…" if run["text"].startswith("{{") else limits.fitted(run["text"], max(1, room))
            return [*shown, rich_text([*inlines, run | {"text": cut}])]
        shown.append(rich_text(inlines))
        left -= _RUN_BYTES
    if len(shown) < len(elements):
        shown.append(rich_text(runs(("…",))))
    return shown


def _bytes(run: Element) -> int:
    text: str = run["text"]
    return _RUN_BYTES + len(text.encode()) + text.count('"') + text.count("\\") + 6 * text.count("\t")
