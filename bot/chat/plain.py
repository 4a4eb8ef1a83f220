"""A card as plain text: what a terminal prints and what a test reads.

Nothing is left out but the picture, which its own sentence stands for. Buttons stand in
[brackets], moments on the wall clock of one zone, tables in columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest
from typing import Literal
from zoneinfo import ZoneInfo

from bot.chat.card import Block, Card, Chart, Fact, File, Mention, Moment, Note, Span, Spans, Strong, Table, Text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What could move a terminal's cursor, change its colours, or turn the text that follows around.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BETWEEN_COLUMNS = "  "


def text_of(card: Card, zone: str) -> str:
    """Print a card as somebody in `zone` (IANA) would read it: title, blocks, buttons, a line each."""
    lines = [printable(card.title)]
    lines += [line for block in card.blocks for line in _lines_of(block, zone)]
    if card.buttons:
        lines.append(" ".join(f"[{printable(button.label)}]" for button in card.buttons))
    return "\n".join(line.rstrip() for line in lines)


def spans_of(spans: Spans, zone: str) -> str:
    """Print a run of spans on the wall clock of `zone`."""
    return "".join(_span(span, zone) for span in spans)


def moment_of(at: datetime, zone: str, shows: Literal["day", "day and time", "time"] = "day and time") -> str:
    """Print an instant as people in `zone` say it: "Fri 16 Oct 17:00", "Fri 16 Oct" or "17:00"."""
    local = at.astimezone(ZoneInfo(zone))
    hour = f"{local:%H:%M}"
    if shows == "time":
        return hour
    day = day_of(local.date())
    return day if shows == "day" else f"{day} {hour}"


def day_of(on: date) -> str:
    """Print a date the short way: "Fri 16 Oct"."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def _lines_of(block: Block, zone: str) -> list[str]:
    match block:
        case Text() | Note():
            return spans_of(block.spans, zone).split("\n")
        case Fact():
            return [f"{printable(block.label)}: {spans_of(block.value, zone)}"]
        case Table():
            return _table(block, zone)
        case Chart():
            return [f"({printable(block.title)}: {printable(block.alt)})"]
        case File():
            return [f"({printable(block.name)}: {printable(block.alt)})"]


def _span(span: Span, zone: str) -> str:
    match span:
        case str():
            return printable(span)
        case Strong():
            return printable(span.text)
        case Moment():
            return moment_of(span.at, zone, span.shows)
        case Mention():
            return printable(span.name)


def _table(table: Table, zone: str) -> list[str]:
    rows = [[_one_line(printable(name)) for name in table.columns]]
    rows += [[_one_line(spans_of(cell, zone)) for cell in row] for row in table.rows]
    widths = [max(_width(cell) for cell in column) for column in zip_longest(*rows, fillvalue="")]
    caption = [printable(table.caption)] if table.caption else []
    return caption + [_BETWEEN_COLUMNS.join(_aligned(row, widths, table.numeric)) for row in rows]


def _aligned(row: list[str], widths: list[int], numeric: tuple[int, ...]) -> Iterable[str]:
    for index, cell in enumerate(row):
        blank = " " * (widths[index] - _width(cell))
        yield blank + cell if index in numeric else cell + blank


def _width(text: str) -> int:
    """How many columns of a terminal a text fills: wide letters take two, combining marks none."""
    return sum(_columns(mark) for mark in text)


def _columns(mark: str) -> int:
    if unicodedata.combining(mark) or unicodedata.category(mark) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1


def _one_line(text: str) -> str:
    return " ".join(text.split())


def printable(text: str) -> str:
    """Text without what could move a cursor, change colours, or turn the text that follows around."""
    return _HARMFUL.sub("", text)
