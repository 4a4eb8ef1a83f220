"""Readings as people have them in bulk: pasted lines, or a table of dates and figures that a program wrote.

All are taken or none: what cannot be read is told row by row, with the row's number as a
spreadsheet shows it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from bot.documents.lists import decoded
from slacore.errors import Refusal

MOST_ROWS = 5_000
MOST_BYTES = 2_000_000
_SHOWN = 5
_COLUMNS = {
    "date": "on", "day": "on", "on": "on", "measured on": "on",
    "value": "amount", "reading": "amount", "figure": "amount", "good": "amount",
    "total": "out_of", "of": "out_of", "out of": "out_of", "all": "out_of",
    "note": "note", "remark": "note",
}  # fmt: skip
_IN_ORDER = ("on", "amount", "out_of", "note")
_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?")
_PASTED = re.compile(r"(?P<on>\S+)\s+(?P<amount>\S+)(?:\s+of\s+(?P<out_of>\S+))?")


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: the date a figure holds for, the figure, of how many in all, and a note."""

    on: date
    amount: Fraction
    out_of: Fraction | None = None
    note: str = ""


def read_lines(text: str) -> tuple[Measured, ...]:
    """Read pasted lines, or several divided by `;`: `2026-10-16 99.93`, `2026-10-16 45 of 50`."""
    parts = [part.strip() for line in text.splitlines() for part in line.split(";") if part.strip()]
    return _measured(enumerate(map(_pasted, parts), 1))


def read_table(content: bytes) -> tuple[Measured, ...]:
    """Read a file of dates and figures, divided by comma, semicolon or tab, with or without headings."""
    if len(content) > MOST_BYTES:
        raise Refusal(f"The file has {len(content):,} bytes; I read up to {MOST_BYTES:,}.", "Split it in two.")
    text = decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=lambda each: len(next(csv.reader([first], delimiter=each), [])))
    return _measured(_rows(text, delimiter))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    columns: Sequence[str] = _IN_ORDER
    reader = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    for row, cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        named = [_COLUMNS.get(cell.strip().casefold(), "") for cell in cells]
        if row == 1 and "amount" in named:
            if "on" not in named:
                raise Refusal("The table names no date for its readings.", "Give it a column called date.")
            columns = named
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            yield row, f"it has {len(cells)} cells where the table has {len(columns)} columns"
            continue
        yield row, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name and cell.strip()}


def _pasted(text: str) -> dict[str, str] | str:
    found = _PASTED.fullmatch(text)
    if found is None:
        return f"{text[:40]!r} is no date and figure"
    return {name: value for name, value in found.groupdict().items() if value}


def _measured(rows: Iterator[tuple[int, dict[str, str] | str]]) -> tuple[Measured, ...]:
    found: list[Measured] = []
    wrong: list[str] = []
    for row, cells in islice(rows, MOST_ROWS + 1):
        if len(found) + len(wrong) == MOST_ROWS:
            raise Refusal(f"That is more than {MOST_ROWS:,} readings.", "Split the list.")
        read = cells if isinstance(cells, str) else _one(cells)
        if isinstance(read, str):
            wrong.append(f"row {row}: {read}")
        else:
            found.append(read)
    if wrong:
        more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise Refusal(
            f"{len(wrong)} of {len(found) + len(wrong)} rows cannot be read: {'; '.join(wrong[:_SHOWN])}{more}.",
            "Mend them and send all again; nothing was logged.",
        )
    if not found:
        raise Refusal("No reading is in it.", "Write a date and a figure on each line, such as 2026-10-16 99.93.")
    return tuple(found)


def _one(cells: dict[str, str]) -> Measured | str:
    if "on" not in cells or "amount" not in cells:
        return "it needs a date and a figure"
    try:
        on = date.fromisoformat(cells["on"])
    except ValueError:
        return f"{cells['on'][:20]!r} is no date like 2026-10-16"
    amounts = []
    for name in ("amount", "out_of"):
        text = cells.get(name, "").removesuffix("%").strip()
        if text and not _AMOUNT.fullmatch(text):
            return f"{text[:20]!r} is no figure"
        amounts.append(Fraction(text.replace(",", "")) if text else None)
    amount, out_of = amounts
    return "it needs a figure" if amount is None else Measured(on, amount, out_of, cells.get("note", "")[:200])
