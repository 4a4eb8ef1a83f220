"""What whoever runs Kept types about one person: who is known, all that is kept of somebody, and to forget him.

At the machine and not in chat: it cannot be taken back, and whoever does it has the backups in hand as well.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.console import opened, require_known
from bot.sections import WORKSPACE
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cards.forgettings import Leaving
    from bot.desk.people.forgetting import Known
    from bot.store.tx import Tx


_FIRST = "\nTake a print of what was signed first, if you have to keep the name. Then type it again with --yes."


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `person` and `forget` to what can be typed."""
    person = commands.add_parser("person", help="all that is kept of one person; without a name, list everybody")
    person.add_argument("who", nargs="?", default="", help="the short name of the agreement's file, or the full name")
    person.add_argument("--csv", action="store_true", help="as a table for a spreadsheet (default: JSON)")
    person.add_argument("--to", type=Path, help="the file to write (default: print it)")
    person.add_argument("--workspace", default=WORKSPACE, help="whose (default: %(default)s)")
    person.set_defaults(run=_person)
    forget = commands.add_parser("forget", help="take one person out of everything; shows what that would do")
    forget.add_argument("who", help="the short name of the agreement's file, or the full name")
    forget.add_argument("--also", action="append", default=[], metavar="WORD", help="another word for the person")
    forget.add_argument("--yes", action="store_true", help="do it; it cannot be taken back")
    forget.add_argument("--workspace", default=WORKSPACE, help="whose (default: %(default)s)")
    forget.set_defaults(run=_forget)
    shred = commands.add_parser("shred", help="write the database's file anew, without what was taken out of it")
    shred.set_defaults(run=_shred)


def _shred(settings: Settings, _: argparse.Namespace) -> int:
    from bot.store.shredding import shred

    shred(settings.database.url)
    print("What was taken out is out of the database's file as well.")
    return 0


def _forget(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cards.forgettings import leaving
    from bot.chat.plain import text_of
    from bot.desk.people import forgetting
    from bot.desk.sitting import sit
    from bot.store import audit
    from bot.store.shredding import shred

    async def run() -> int:
        async with opened(settings) as house:
            await require_known(house, chosen.workspace)
            now, database = house.clock.now(), house.database

            async def job(tx: Tx) -> Leaving:
                sitting = await sit(tx, now, "", "command line")
                does = forgetting.forget if chosen.yes else forgetting.would
                return await does(sitting, chosen.who, chosen.also)

            found = await (database.write if chosen.yes else database.read)(chosen.workspace, job)
            print(text_of(leaving(found), "UTC"))
            if not chosen.yes:
                print(_FIRST)
                return 0
            verdict = await database.read(chosen.workspace, audit.verify)
        await asyncio.to_thread(shred, settings.database.url)
        print(f"\nThe record {'holds' if verdict.ok else 'does not hold'}: {verdict.entries:,} entries.")
        return 0 if verdict.ok else 1

    return asyncio.run(run())


def _person(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.desk.people import forgetting
    from bot.desk.sitting import sit
    from bot.store import people

    async def run() -> int:
        async with opened(settings) as house:
            await require_known(house, chosen.workspace)
            if not chosen.who:
                here = {each.id for each in await house.database.read(chosen.workspace, people.everybody)}
                for each in await house.database.read(chosen.workspace, people.everyone):
                    print(f"{each.id:20} {each.name}{'' if each.id in here else ' (has left)'}")
                return 0
            now = house.clock.now()

            async def job(tx: Tx) -> Known:
                return await forgetting.look(await sit(tx, now, "", "command line"), chosen.who)

            known = await house.database.read(chosen.workspace, job)
        with _written(chosen.to) as into:
            (_as_csv if chosen.csv else _as_json)(known, into)
        if chosen.to:
            print(f"{chosen.to} is written: {len(known.found):,} rows that say something of {known.marks.member.name}.")
        return 0

    return asyncio.run(run())


@contextmanager
def _written(to: Path | None) -> Iterator[IO[str]]:
    if to is None:
        yield sys.stdout
        return
    with to.open("w", encoding="utf-8", newline="") as into:
        to.chmod(0o600)
        yield into


def _as_json(known: Known, into: IO[str]) -> None:
    kept: dict[str, list[Mapping[str, Any]]] = {}
    for name, row in _rows(known):
        kept.setdefault(name, []).append(row)
    member = known.marks.member
    head = {"person": member.id, "name": member.name, "ids": known.ids, "emails": known.marks.emails}
    json.dump({**head, "kept": kept}, into, ensure_ascii=False, indent=1)
    into.write("\n")


def _as_csv(known: Known, into: IO[str]) -> None:
    from bot.desk.exports.exports import spelled

    lines = csv.writer(into)
    lines.writerow(("table", "row", "column", "value"))
    for number, (name, row) in enumerate(_rows(known), start=1):
        for column, value in row.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            lines.writerow((name, number, column, spelled(text)))


def _rows(known: Known) -> Iterator[tuple[str, Mapping[str, Any]]]:
    from bot.store import traces

    for trace in known.found:
        yield trace.table.name, traces.shown(trace, known.marks.member.id)
