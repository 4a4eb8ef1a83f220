"""The command line: serve, migrate, check, apply an agreement, verify the record.

Each command imports what it needs when it is chosen: `check` needs no database, and nobody who
types it should wait for one to be loaded.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs, platforms, privacy
from bot.console import opened, require_known
from bot.files import release
from bot.listeners import alone_with, bound
from bot.redactions import redact_url
from bot.sections import LOOPBACK, WORKSPACE
from bot.settings import Settings, read_settings
from bot.spellings import Misspelt, a_database_url
from slacore.errors import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.cards.healths import Health
    from bot.store.tx import Tx
    from slacore.agreements import Terms


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives the exit status: 0 if it worked, 2 for what was asked wrongly."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # into a log or a pipe, too, progress is said at once
    try:
        settings = read_settings(os.environ, Path.cwd())
        logs.begin(settings.log_level, settings.log_format)
        run: Callable[[Settings, argparse.Namespace], int] = chosen.run
        return run(settings, chosen)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except _what_can_fail() as failed:
        print(f"It could not be done: {failed}", file=sys.stderr)
        return 1


def _what_can_fail() -> tuple[type[Exception], ...]:
    """Failures that are told in a sentence. Asked only once something has failed: it loads the database's libraries."""
    from bot.store.database import DatabaseGone
    from bot.store.engine.engines import WrongAddress
    from bot.store.migrate import MigrationFailed

    return OSError, DatabaseGone, MigrationFailed, WrongAddress


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kept",
        description="A chat bot that holds teams to the promises they make one another.",
        epilog="Settings come from app.yaml and the environment; `check` shows what they come to. A command ends with "
        "0 where it worked, with 1 where something is not there or does not work, and with 2 where something was asked "
        "or set wrongly.",
    )
    parser.add_argument("--version", action="version", version=f"kept {release()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the bot and its doors")
    serve.set_defaults(run=_serve)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=_migrate)
    copy = commands.add_parser("copy", help="copy everything to another, empty database: a backup, or a move")
    copy.add_argument("to", help="its address, such as sqlite:///var/backup.db")
    copy.set_defaults(run=_copy)
    check = commands.add_parser(
        "check", help="read an agreement's file and advise on it; without one, show the settings"
    )
    check.add_argument("file", nargs="*", type=Path, help="an agreement's file")
    check.set_defaults(run=_check)
    template = commands.add_parser("template", help="print a whole agreement to start from; without a name, list them")
    template.add_argument("name", nargs="?", default="", help="which one, such as sales-and-marketing")
    template.add_argument("--zone", default="", help="the time zone it is local to (default: America/New_York)")
    template.set_defaults(run=_template)
    apply = commands.add_parser("apply", help="apply an agreement's file as its next version")
    apply.add_argument("file", type=Path, help="an agreement's file, such as agreements/company-x.yaml")
    apply.add_argument("--workspace", default=WORKSPACE, help="the workspace it belongs to (default: %(default)s)")
    apply.add_argument("--company", default="", help="what the workspace is called, where it is new")
    apply.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")
    apply.set_defaults(run=_apply)
    record = commands.add_parser("audit", help="the record of who did what")
    record.add_argument("what", choices=["verify"], help="follow the chain of hashes from its first entry")
    record.add_argument("--workspace", default=WORKSPACE, help="whose record (default: %(default)s)")
    record.set_defaults(run=_audit)
    health = commands.add_parser("health", help="what does not work, what is held back, and why nobody heard")
    health.add_argument("--workspace", default="", help="whose (default: everybody's)")
    health.set_defaults(run=_health)
    connect = commands.add_parser("connect", help="a code by which a second platform joins a company")
    connect.add_argument("--workspace", default=WORKSPACE, help="the company to join (default: %(default)s)")
    connect.set_defaults(run=_connect)
    platforms.add_commands(commands)
    privacy.add_commands(commands)
    for each in commands._get_subactions():  # a command's own help begins with what the list says of it
        said = str(each.help)
        commands.choices[each.dest].description = f"{said[:1].upper()}{said[1:]}."
    return parser


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    gc.disable()  # looking through what is only being made is a fifth of a start; `settle_in` turns it on again
    listening = bound(settings.listen)  # before anything else: a second copy by accident changes nothing
    alone = alone_with(settings.database.url)  # held until the process ends
    where = f"http://{settings.listen}/"
    print(f"Opening the database of {settings.rehearsal.company if settings.rehearsal.enabled else 'your company'}…")

    from aiohttp import web

    from bot.app import make_app
    from bot.countries import one_by_one
    from bot.house import STOPS_WITHIN, settle_in

    def ready(_: object) -> None:
        settle_in()
        if settings.rehearsal.enabled:
            print(f"Kept is rehearsing {settings.rehearsal.company}. Open {where} in a browser; Ctrl+C stops it.")
            if settings.listen.host not in LOOPBACK:
                print("Whoever reaches that address may speak as anybody: keep it where only colleagues can.")
            if settings.slack.enabled or settings.teams.enabled:
                print("It speaks with no platform while it rehearses: set rehearsal.enabled to false in app.yaml.")
        else:
            print(f"Kept {release()} is listening on {where}{settings.doors()}")
            if unheard := settings.unheard():
                print(unheard)

    one_by_one()
    web.run_app(
        make_app(settings), sock=listening, shutdown_timeout=STOPS_WITHIN, access_log=None, print=lambda *_: ready(None)
    )
    if alone is not None:
        alone.close()
    return 0


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    from bot.store.migrate import upgrade

    print("Bringing the database up to date…")
    upgrade(settings.database.url)
    print("It is up to date.")
    return 0


def _copy(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.store import audit, workspaces
    from bot.store.copying import copy
    from bot.store.database import Database

    try:
        to = a_database_url(chosen.to)
    except Misspelt as wrong:
        raise Refusal(f"What to copy to {wrong.problem}.", f"{wrong.mend[0].upper()}{wrong.mend[1:]}.") from wrong
    count = copy(settings.database.url, to)
    print(f"{count:,} rows are copied to {redact_url(to)}.")

    async def verify() -> int:
        database = await Database.open(to, SystemClock())
        try:
            for workspace in await database.everywhere(workspaces.all_of_them):
                verdict = await database.read(workspace, audit.verify)
                if not verdict.ok:
                    print(f"The record of {workspace} was changed: entry {verdict.first_bad} does not follow.")
                    return 1
                print(f"The record of {workspace} holds: {verdict.entries:,} entries, each leading to the next.")
        finally:
            await database.close()
        return 0

    return asyncio.run(verify())


def _check(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.documents import read
    from slacore.advice import advice_on
    from slacore.supports import require_carried, unknown_references

    if not chosen.file:
        _require_keys(settings)
        for key, value in settings.redacted().items():
            print(f"{key}: {value}")
    agreed: list[Terms] = []
    for file in chosen.file:
        _, terms = read(file)
        require_carried(terms, agreed)
        agreed.append(terms)
        count = len(terms.commitments)
        print(
            f"{file}: {terms.name}, {len(terms.parties)} parties, {count} commitment{'s' if count != 1 else ''}. Sound."
        )
        advice = tuple(advice_on(terms))
        if advice:
            print("Worth a second thought before it is signed:")
        for each in advice:
            print(f"  {'.'.join(map(str, each.path))}: {each.seen}. {each.consider}")
    for terms in agreed:
        for commitment, key, name in unknown_references(terms, agreed):
            print(f"{terms.name}: {commitment.name} names {name} under {key}; that is checked when it is applied.")
    return 0


def _require_keys(settings: Settings) -> None:
    """Refuse keys that are none, as the start would: they are read with a library that not every command needs."""
    if settings.slack.client_id and not settings.slack.bot_token:
        from bot.slack.seals import KeyRing

        KeyRing.read(settings.slack.keys)


def _template(_: Settings, chosen: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.documents.starters import STARTERS, printed
    from slacore.calendars import zone_named
    from slacore.periods import PeriodRule

    if not chosen.name:
        wide = max(map(len, STARTERS))
        for each in STARTERS.values():
            print(f"{each.slug:{wide}}  {each.about}")
        print("\nBegin a file with one: kept template sales-and-marketing > agreements/ours.yaml")
        return 0
    zone = zone_named(chosen.zone or "America/New_York")
    month = PeriodRule.parse("month")
    following = month.following(month.containing(SystemClock().now().astimezone(zone).date()))
    print(printed(chosen.name, following.first_on, zone.key), end="")
    return 0


def _apply(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cards import agreements as cards
    from bot.chat.plain import text_of
    from bot.store import workspaces

    if settings.rehearsal.enabled and settings.database.url.endswith("var/rehearsal.db"):
        raise Refusal(
            "This is the rehearsal's database, and no real agreement belongs into it.",
            "Set rehearsal.enabled to false in app.yaml, or KEPT_DATABASE_URL to your own database.",
        )

    async def run() -> int:
        async with opened(settings) as house:
            now = house.clock.now()
            if chosen.dry_run:
                terms, changes = await house.difference(chosen.workspace, chosen.file)
                print(text_of(cards.proposed(terms, changes, now), terms.zone))
                return 0
            others = await house.database.everywhere(workspaces.all_of_them)
            (done,) = await house.apply(chosen.workspace, chosen.company, [chosen.file])
            card = cards.applied(done.agreement, done.changes, now, first=done.first)
            print(text_of(card, done.agreement.latest.terms.zone))
            if others and chosen.workspace not in others:
                meant = f"Did you mean one of {', '.join(others)}? Name it with --workspace."
                print(f"{chosen.workspace} is new here. {meant}")
        return 0

    return asyncio.run(run())


def _connect(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cards.connections import company_code
    from bot.chat.plain import text_of

    async def run() -> int:
        async with opened(settings) as house:
            await require_known(house, chosen.workspace)
            made, company = await house.invite_company(chosen.workspace)
        print(text_of(company_code(made.written, made.until, company, zone="UTC"), "UTC"))
        print("Hours are UTC.")
        return 0

    return asyncio.run(run())


def _health(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cards.healths import health
    from bot.chat.plain import text_of
    from bot.desk import healths
    from bot.desk.sitting import sit
    from bot.store import workspaces

    async def run() -> int:
        async with opened(settings) as house:
            if chosen.workspace:
                await require_known(house, chosen.workspace)
            everybody = await house.database.everywhere(workspaces.all_of_them)
            now, troubled = house.clock.now(), 0
            for workspace in [chosen.workspace] if chosen.workspace else everybody:
                found = await house.database.read(workspace, lambda tx: _found(tx, now))
                card = health(found, now)
                troubled += card.tone == "warning"
                print(f"{workspace}:\n{text_of(card, 'UTC')}\n")
        return 1 if troubled else 0

    async def _found(tx: Tx, now: datetime) -> Health:
        return await healths.health(await sit(tx, now, "", "command line"))

    return asyncio.run(run())


def _audit(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.store import audit

    async def run() -> int:
        async with opened(settings) as house:
            await require_known(house, chosen.workspace)
            verdict = await house.database.read(chosen.workspace, audit.verify)
        if verdict.ok:
            entries = f"{verdict.entries:,} entr{'y' if verdict.entries == 1 else 'ies'}"
            print(f"The record holds: {entries}, each leading to the next.")
            if verdict.rewritten:
                print(f"{verdict.rewritten:,} of them name a former member, as entries that follow them vouch for.")
            return 0
        print(f"The record was changed: entry {verdict.first_bad} does not follow from the one before.")
        return 1

    return asyncio.run(run())


if __name__ == "__main__":
    sys.exit(main())
