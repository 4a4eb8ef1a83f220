"""A card taken apart into the smallest things that make sense alone: a line, a fact, a row, a picture.

A card that is too large is cut between pieces, and what is left out is counted in pieces, so
"+12 more" means twelve things that a reader would count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.chat import plain
from bot.chat.card import Block, Card, Chart, Fact, File, Mention, Moment, Note, Spans, Strong, Table, Text
from bot.slack import limits
from bot.slack.spans import Element, Users, characters, clean, elements, escaped, length, split, text_element

Kind = Literal["line", "fact", "row", "item", "note", "picture"]

WIDEST_TABLE = 64
"""Columns of type that a phone or a narrow window still shows without breaking a line."""

# What Slack's small print would take as markup: emphasis, `:emoji:`, a quotation at a line's start.
_MARKUP = re.compile(r"[*_~`]|:[\w+'-]+:|(?:^|\n)\s*>")
_DATES = {"day": "{date_short_pretty}", "day and time": "{date_short_pretty} {time}", "time": "{time}"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to draw. `parts` are rich text; `block` a whole block instead; `head` a table's heading line."""

    kind: Kind
    parts: tuple[Element, ...] = ()
    block: Mapping[str, Any] | None = None
    head: str = ""
    belongs: int = 0
    """Which block of the card it comes from: rows of two tables do not run together."""

    @property
    def size(self) -> int:
        """Characters it counts for."""
        drawn = sum(length(part) for part in self.parts) + 2
        return drawn if self.block is None else drawn + characters(self.block)


def pieces_of(
    card: Card, users: Users, pictures: Mapping[Chart, str], files: frozenset[File] = frozenset()
) -> tuple[Piece, ...]:
    """Take a card's blocks apart, in order.

    `pictures` are the uploaded files of its charts, `files` those that were shown beside it.
    """
    return tuple(
        piece for at, block in enumerate(card.blocks) for piece in _taken_apart(block, at, users, pictures, files)
    )


def _taken_apart(
    block: Block, at: int, users: Users, pictures: Mapping[Chart, str], files: frozenset[File]
) -> Iterator[Piece]:
    match block:
        case Text():
            yield from _lines("line", elements(block.spans, users), at)
        case Note():
            yield from _note(block.spans, users, at)
        case Fact():
            label = [text_element(f"{block.label}: ", bold=True)] if clean(block.label) else []
            yield from _lines("fact", label + elements(block.value, users), at)
        case Table():
            yield from _table(block, users, at)
        case Chart():
            yield from _chart(block, pictures.get(block, ""), at)
        case File():
            where = "" if block in files else " (Slack took no file)"
            name = clean(block.name).strip() or "a file"
            yield from _lines("item", [text_element(name, bold=True), text_element(f": {block.alt}{where}")], at)


def _lines(kind: Kind, parts: list[Element], at: int) -> Iterator[Piece]:
    for run in split(parts, limits.BLOCK_TEXT - 100):
        yield Piece(kind, tuple(run), belongs=at)


def _note(spans: Spans, users: Users, at: int) -> Iterator[Piece]:
    words = "".join(_words(span) for span in spans)
    marked = _embolden([_marked(span, users) for span in spans], [isinstance(span, Strong) for span in spans])
    if not marked.strip():
        return
    told_apart = any(isinstance(span, Moment) or (isinstance(span, Mention) and span.calls) for span in spans)
    said: dict[str, Any] = {"type": "mrkdwn", "text": marked, "verbatim": True}
    if _MARKUP.search(words):
        said = {"type": "plain_text", "text": words, "emoji": False}
    if len(marked) > limits.BLOCK_TEXT - 100 or (told_apart and _MARKUP.search(words)):
        yield from _lines("line", elements(spans, users), at)
        return
    yield Piece("note", block={"type": "context", "elements": [said]}, belongs=at)


def _embolden(parts: list[str], strong: list[bool]) -> str:
    """Join small print, strong words between asterisks where Slack takes those for what they are: at a word's edges."""
    said = ""
    for at, part in enumerate(parts):
        follows = next((each[0] for each in parts[at + 1 :] if each), " ")
        alone = not (said[-1:].isalnum() or follows.isalnum())
        said += f"*{part}*" if strong[at] and alone and part and part == part.strip() else part
    return said


def _words(span: Any) -> str:
    match span:
        case Strong():
            return clean(span.text)
        case Mention():
            return clean(span.name)
        case Moment():
            return ""
        case _:
            return clean(span)


def _marked(span: Any, users: Users) -> str:
    match span:
        case Moment():
            fallback = escaped(plain.moment_of(span.at, span.zone, span.shows))
            return f"<!date^{int(span.at.timestamp())}^{_DATES[span.shows]}|{fallback}>"
        case Mention(member=member, calls=True) if user := users(member):
            return f"<@{user}>"
        case _:
            return escaped(_words(span))


def _table(table: Table, users: Users, at: int) -> Iterator[Piece]:
    if clean(table.caption):
        yield from _lines("line", [text_element(table.caption, bold=True)], at)
    lines = _columns(table)
    if lines is None:
        yield from _items(table, users, at)
        return
    head, *rows = lines
    if not rows and head.strip():
        yield Piece("row", (text_element(head),), belongs=at)
    for row in rows:
        yield Piece("row", (text_element(row or " "),), head=head, belongs=at)


def _columns(table: Table) -> list[str] | None:
    """The table in columns of type; None where moments, which every reader sees differently, or its width forbid."""
    if any(isinstance(span, Moment) for row in table.rows for cell in row for span in cell):
        return None
    bare = Table(table.columns, table.rows, numeric=table.numeric)
    lines = plain.text_of(Card("", "", (bare,)), "UTC").split("\n")[1:]
    if not any(line.strip() for line in lines) or max(map(len, lines)) > WIDEST_TABLE:
        return None
    return [clean(line) for line in lines]


def _items(table: Table, users: Users, at: int) -> Iterator[Piece]:
    """The table as a list: the first cell bold, the others behind their headings where those say more."""
    named = len(table.columns) > 2
    if table.columns and not clean(table.caption) and clean(table.columns[0]).strip() and table.rows:
        yield from _lines("line", [text_element(table.columns[0], bold=True)], at)
    for row in table.rows:
        parts: list[Element] = []
        for column, cell in enumerate(row):
            value = elements(cell, users, bold=column == 0)
            if not value or (column and cell in _NOTHING):
                continue  # a dash keeps a place in a column; in a list it says nothing
            name = clean(table.columns[column]).strip() if column < len(table.columns) else ""
            # "To Marketing" reads well, "State ○ open" says it twice.
            label = f"{name} " if named and column and name and _begins_a_word(value[0]) else ""
            between = (" · " if named else " — ") if parts else ""
            parts += [text_element(between + label)] if between + label else []
            parts += value
        yield from _lines("item", parts, at)


_NOTHING = (("–",), ("-",), ("—",))


def _begins_a_word(element: Element) -> bool:
    return element["type"] != "text" or str(element["text"])[:1].isalnum()


def _chart(chart: Chart, file: str, at: int) -> Iterator[Piece]:
    title, alt = clean(chart.title), clean(chart.alt)
    if file:
        said = limits.fitted(alt.strip() or title.strip() or "Chart", limits.ALT_TEXT)
        yield Piece("picture", block={"type": "image", "slack_file": {"id": file}, "alt_text": said}, belongs=at)
        return
    parts = [text_element(f"{title}: ", bold=True)] if title else []
    yield from _lines("line", parts + ([text_element(alt)] if alt else []), at)
