"""A month of an agreement as files: every line there is, for a spreadsheet or a program.

Written a page of rows at a time into a file that is gone once it was taken; nothing is kept.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from bot.cards.exports import Exported
from bot.chat.card import File
from bot.desk.exports.sheets import SHEETS, Cell, Line, Selection, Sheet, select
from bot.desk.sitting import Sitting
from bot.store import administrators, identities
from slacore.agreements import Agreement
from slacore.errors import Refusal

EXPORT = "export"
"""The sort of file that this makes; the first word of what a file holds."""
CSV, JSON = "csv", "json"
_KINDS = {CSV: "text/csv; charset=utf-8", JSON: "application/json"}
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, or hides one behind a blank."""


async def require_entitled(sitting: Sitting, agreement: Agreement) -> None:
    """Refuse whoever neither answers for a party nor administers: an export has all that both sides ever logged."""
    terms = agreement.latest.terms
    owners = tuple(dict.fromkeys(party.owner for party in terms.parties))
    known = await identities.of_person(sitting.tx, sitting.actor)
    administers = [await administrators.is_one(sitting.tx, platform, user) for platform, user in known]
    if sitting.actor not in owners and not any(administers):
        names = ", ".join(terms.name_of(each) for each in owners)
        raise Refusal("Only the owner of a party takes everything out at once.", f"Ask {names}.")


async def prepare(sitting: Sitting, agreement: Agreement, form: str, first_on: date, last_on: date) -> Exported:
    """Count what a month holds, and name the files that it comes in: one a sheet as CSV, one in all as JSON."""
    await require_entitled(sitting, agreement)
    chosen = await select(sitting, agreement, first_on, last_on)
    counts = {sheet.name: await _count(chosen, sheet) for sheet in SHEETS}
    about = agreement.key, first_on.isoformat(), last_on.isoformat(), sitting.actor
    stem = f"kept-{agreement.key}-{first_on:%Y-%m}"
    if form == JSON:
        alt = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        files = [File(f"{stem}.json", _KINDS[JSON], (EXPORT, JSON, "", *about), alt)]
    else:
        files = [
            File(f"{stem}-{name}.csv", _KINDS[CSV], (EXPORT, CSV, name, *about), f"{number:,} {_lines(number)}")
            for name, number in counts.items()
        ]
    await sitting.record("Exported", agreement.key, None, {"month": f"{first_on:%Y-%m}", "as": form})
    return Exported(agreement.latest.terms, first_on, tuple(files))


async def write(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Write the file that `prepare` named, as it stands now. Refuses whoever is no longer entitled to it."""
    form, name, key, first_on, last_on, _ = holds
    agreement = sitting.agreement(key)
    await require_entitled(sitting, agreement)
    chosen = await select(sitting, agreement, date.fromisoformat(first_on), date.fromisoformat(last_on))
    if form == JSON:
        await _write_json(chosen, into)
    else:
        await _write_csv(chosen, next(sheet for sheet in SHEETS if sheet.name == name), into)


async def _count(chosen: Selection, sheet: Sheet) -> int:
    number = 0
    async for page in sheet.pages(chosen):
        number += len(page)
    return number


async def _write_csv(chosen: Selection, sheet: Sheet, into: BinaryIO) -> None:
    # A spreadsheet takes the file for what it is only if it begins with the mark.
    into.write(_BOM.encode())
    into.write(_csv([sheet.columns]))
    async for page in sheet.pages(chosen):
        into.write(_csv([tuple(_in_csv(cell, chosen.zone) for cell in line) for line in page]))


def _csv(lines: Sequence[tuple[str | int, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def _in_csv(cell: Cell, zone: ZoneInfo) -> str | int:
    """A cell of a spreadsheet: whole numbers as numbers, words as words that no spreadsheet takes for a formula."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return cell
    if isinstance(cell, datetime | date):
        return _moment(cell, zone)
    return spelled(cell or "")


def spelled(words: str) -> str:
    """Words as a spreadsheet takes for no formula."""
    return f"'{words}" if words.lstrip().startswith(_FORMULA) or words.startswith(_FORMULA) else words


async def _write_json(chosen: Selection, into: BinaryIO) -> None:
    terms = chosen.agreement.latest.terms
    head = {
        "agreement": chosen.agreement.key,
        "name": terms.name,
        "zone": terms.zone,
        "first_on": chosen.first_on.isoformat(),
        "last_on": chosen.last_on.isoformat(),
    }
    into.write(_json(head)[:-1])
    for sheet in SHEETS:
        into.write(b',\n"' + sheet.name.encode() + b'": [')
        between = b"\n"
        async for page in sheet.pages(chosen):
            for line in page:
                into.write(between + _json(_as_object(sheet, line, chosen.zone)))
                between = b",\n"
        into.write(b"]")
    into.write(b"}\n")


def _as_object(sheet: Sheet, line: Line, zone: ZoneInfo) -> dict[str, Any]:
    cells = (_moment(cell, zone) if isinstance(cell, date) else cell for cell in line)
    return dict(zip(sheet.columns, cells, strict=True))


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _moment(at: date, zone: ZoneInfo) -> str:
    """A date, or an instant on the agreement's wall clock with its offset."""
    return at.astimezone(zone).isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def _lines(number: int) -> str:
    return "line" if number == 1 else "lines"
