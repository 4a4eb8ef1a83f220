"""A card, drawn as HTML for one reader.

Every word in a card is data and is escaped here, by one function, whatever it looks like. The
result is a well-formed fragment: whatever a card holds, it cannot end an element, start one or
reach out of its own box. The one thing taken as markup is a chart's SVG, which `bot.charts` makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup, escape

from bot.chat.card import (
    Block,
    Button,
    Card,
    Chart,
    Fact,
    File,
    Mention,
    Moment,
    Note,
    Span,
    Spans,
    Strong,
    Table,
    Text,
)
from bot.chat.plain import spans_of
from bot.web import moments

_EMPTY = Markup()
_HEADING = Markup('<th scope="col"{}>{}</th>')
_CELL = Markup("<td{}>{}</td>")
_UNBROKEN = 18
"""Characters up to which a cell is not broken into lines."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a card is drawn for: their member id, the zone of their wall clock, and the moment it is."""

    member: str
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Pressing:
    """What the buttons of a page post: where to, the page's token, and a fresh id for each."""

    url: str
    token: str
    new_delivery: Callable[[], str]


def words(text: str) -> Markup:
    """User text as HTML: escaped, without control characters, and unable to turn its neighbours around.

    Text that could change the direction of what follows it (right-to-left letters, overrides) is
    isolated, so that a lead's name cannot rearrange the sentence it stands in.
    """
    safe = escape(_UNPRINTABLE.sub("\ufffd", text))
    return Markup("<bdi>{}</bdi>").format(safe) if _TURNING.search(text) else safe


def spans(parts: Spans, reader: Reader) -> Markup:
    """A line of words, strong words, moments and names."""
    return _EMPTY.join(_span(part, reader) for part in parts)


def _span(part: Span, reader: Reader) -> Markup:
    if isinstance(part, str):
        return words(part)
    if isinstance(part, Strong):
        return Markup("<strong>{}</strong>").format(words(part.text))
    if isinstance(part, Moment):
        return moment(part.at, reader, part.shows)
    return _mention(part, reader)


def moment(at: datetime, reader: Reader, shows: moments.Shows = "day and time") -> Markup:
    """An instant on the reader's own wall clock; the whole of it on hovering."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(),
        moments.write_in_full(at, reader.zone),
        moments.write(at, reader.zone, shows, now=reader.now),
    )


def _mention(part: Mention, reader: Reader) -> Markup:
    kind = "mention"
    if part.calls:
        kind += " calls"
    if part.member == reader.member:
        kind += " you"
    return Markup('<span class="{}">{}</span>').format(kind, words(part.name))


FileAt = Callable[[int], str]
"""The address of the file that stands at a place among a card's blocks."""


def blocks(card: Card, reader: Reader, draw: Callable[[Chart], str], file_at: FileAt | None = None) -> Markup:
    """What stands under a card's title. Facts that follow one another share one list.

    Without `file_at` nothing can be taken from here, and a file's own sentence stands for it.
    """
    drawn = []
    for are_facts, group in groupby(enumerate(card.blocks), key=lambda each: isinstance(each[1], Fact)):
        if are_facts:
            drawn.append(_facts([block for _, block in group if isinstance(block, Fact)], reader))
        else:
            drawn.extend(
                _file(block, file_at(at)) if isinstance(block, File) and file_at else _block(block, reader, draw)
                for at, block in group
            )
    return _EMPTY.join(drawn)


def _block(block: Block, reader: Reader, draw: Callable[[Chart], str]) -> Markup:
    if isinstance(block, Text):
        return Markup('<p class="text" dir="auto">{}</p>').format(spans(block.spans, reader))
    if isinstance(block, Note):
        return Markup('<p class="note" dir="auto">{}</p>').format(spans(block.spans, reader))
    if isinstance(block, Table):
        return _table(block, reader)
    if isinstance(block, Chart):
        return _chart(block, draw)
    if isinstance(block, File):
        return _file(block, "")
    return _facts([block], reader)


def _facts(facts: Sequence[Fact], reader: Reader) -> Markup:
    rows = _EMPTY.join(
        Markup('<div><dt dir="auto">{}</dt><dd dir="auto">{}</dd></div>').format(
            words(fact.label), spans(fact.value, reader)
        )
        for fact in facts
    )
    return Markup('<dl class="facts">{}</dl>').format(rows)


def _table(table: Table, reader: Reader) -> Markup:
    """A table in a box of its own, which scrolls by itself where the page is narrow."""
    short = _short(table, reader)
    head = _EMPTY.join(
        # A column without a name has no heading that could be read out.
        (_HEADING if name.strip() else _CELL).format(_aligned(table, column), words(name))
        for column, name in enumerate(table.columns)
    )
    body = _EMPTY.join(
        Markup("<tr>{}</tr>").format(
            _EMPTY.join(
                _CELL.format(
                    _aligned(table, column) or (Markup(' class="short"') if column in short else _EMPTY),
                    spans(cell, reader),
                )
                for column, cell in enumerate(row)
            )
        )
        for row in table.rows
    )
    caption = Markup("<caption>{}</caption>").format(words(table.caption)) if table.caption else _EMPTY
    return Markup(
        '<div class="scroll" tabindex="0" role="group" aria-label="{}">'
        "<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(plain(table.caption) or "Table", caption, head, body)


def _short(table: Table, reader: Reader) -> frozenset[int]:
    """Columns of a word or two, which are better not broken: a state beside its sign, a moment."""
    lengths = ((column, spans_of(cell, reader.zone)) for row in table.rows for column, cell in enumerate(row))
    long = {column for column, text in lengths if len(text) > _UNBROKEN}
    return frozenset(range(len(table.columns))) - long


def _aligned(table: Table, column: int) -> Markup:
    return Markup(' class="number"') if column in table.numeric else _EMPTY


def _chart(chart: Chart, draw: Callable[[Chart], str]) -> Markup:
    return Markup('<figure class="chart"><div class="picture" role="img" aria-label="{}">{}</div></figure>').format(
        plain(chart.alt),
        Markup(draw(chart)),  # noqa: S704  # made by bot.charts, which escapes what it draws
    )


def _file(file: File, href: str) -> Markup:
    name, alt = words(file.name), words(file.alt)
    if not href:
        return Markup('<p class="text" dir="auto">{}: {}</p>').format(name, alt)
    return Markup('<p class="file"><a href="{}" download="{}">{}</a> <span>{}</span></p>').format(
        href, plain(file.name), name, alt
    )


def plain(text: str) -> str:
    """User text for an attribute's value: without control characters; whoever sets it in escapes it."""
    return _UNPRINTABLE.sub("\ufffd", text)


def buttons(card: Card, reader: Reader, pressing: Pressing, *, message: str = "") -> Markup:
    """The card's buttons that are meant for this reader, each a form that says its command."""
    meant = [button for button in card.buttons if not button.may or reader.member in button.may]
    if not meant:
        return _EMPTY
    return Markup('<div class="buttons">{}</div>').format(
        _EMPTY.join(_button(button, pressing, message) for button in meant)
    )


def _button(button: Button, pressing: Pressing, message: str) -> Markup:
    hidden = {
        "token": pressing.token,
        "delivery": pressing.new_delivery(),
        "says": plain(button.says),
        "version": "" if button.version is None else str(button.version),
        "message": message,
    }
    return Markup(
        '<form method="post" action="{}" class="press">{}<button type="submit" class="button {}">{}</button></form>'
    ).format(
        pressing.url,
        _EMPTY.join(
            Markup('<input type="hidden" name="{}" value="{}" />').format(name, value) for name, value in hidden.items()
        ),
        button.style,
        words(button.label),
    )
