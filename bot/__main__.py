"""The command line: serve, migrate, check, apply an agreement, verify the record.

Each command imports what it needs when it is chosen: `check` needs no database, and nobody who
types it should wait for one to be loaded.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import io
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.files import release
from bot.listeners import bound
from bot.redactions import redact_url
from bot.sections import WORKSPACE
from bot.settings import Settings, read_settings
from bot.spellings import Misspelt, a_database_url
from slacore.errors import Refusal

if TYPE_CHECKING:
    from bot.house import House
    from slacore.agreements import Terms


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives the exit status: 0 if it worked, 2 for what was asked wrongly."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # into a log or a pipe, too, progress is said at once
    try:
        settings = read_settings(os.environ, Path.cwd())
        logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        for chatty in ("apscheduler", "alembic"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
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


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[House]:
    """The house without doors, as long as a command needs it."""
    from bot.clock import SystemClock
    from bot.house import House

    house = await House.open(settings.database.url, SystemClock(), lambda _: {})
    try:
        yield house
    finally:
        await house.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kept", description="A chat bot that holds teams to the promises they make one another."
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
    connect = commands.add_parser("connect", help="a code by which a second platform joins a company")
    connect.add_argument("--workspace", default=WORKSPACE, help="the company to join (default: %(default)s)")
    connect.set_defaults(run=_connect)
    slack = commands.add_parser("slack", help="the app's manifest for Slack, and the keys that seal its tokens")
    does = slack.add_subparsers(required=True, metavar="WHAT")
    manifest = does.add_parser("manifest", help="print what Slack has to know to make the app")
    manifest.add_argument("--url", default="", help="where Slack reaches the bot (default: KEPT_PUBLIC_URL)")
    manifest.add_argument("--socket", action="store_true", help="for Socket Mode: nothing has to be reachable")
    manifest.add_argument("--many", action="store_true", help="for “Add to Slack” by many workspaces")
    manifest.add_argument("--by-email", action="store_true", help="also ask for people's e-mail addresses")
    manifest.set_defaults(run=_slack_manifest)
    key = does.add_parser("key", help="make a key for KEPT_KEYS")
    key.add_argument("name", nargs="?", default="first", help="what the key is called (default: %(default)s)")
    key.set_defaults(run=_slack_key)
    rotate = does.add_parser("rotate", help="seal all tokens with the newest key of KEPT_KEYS")
    rotate.set_defaults(run=_slack_rotate)
    teams = commands.add_parser("teams", help="the app's package for Microsoft Teams")
    makes = teams.add_subparsers(required=True, metavar="WHAT")
    packaged = makes.add_parser("manifest", help="write the zip that an administrator uploads")
    packaged.add_argument("file", nargs="?", type=Path, default=Path("kept-teams.zip"), help="default: %(default)s")
    packaged.add_argument("--app-id", default="", help="the bot's Microsoft App ID (default: TEAMS_APP_ID)")
    packaged.add_argument("--url", default="", help="where Teams reaches the bot (default: KEPT_PUBLIC_URL)")
    packaged.set_defaults(run=_teams_manifest)
    return parser


def _teams_manifest(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.charts.marks import mark
    from bot.commands.table import COMMANDS
    from bot.teams.manifests import manifest, package

    url = chosen.url or settings.public_url
    made = manifest(chosen.app_id or settings.teams.app_id, COMMANDS, public_url=url, version=release())
    icons = (("color.png", mark(192)), ("outline.png", mark(32, outline=True)))
    chosen.file.write_bytes(package(made, icons))
    print(f"{chosen.file} is written. Upload it in Teams' admin center, under Teams apps, Manage apps.")
    return 0


def _slack_manifest(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.slack.manifests import manifest

    url = chosen.url or settings.public_url
    if not url and (chosen.many or not chosen.socket):
        print("Say where Slack reaches the bot: --url https://kept.example.com, or --socket.", file=sys.stderr)
        return 2
    made = manifest(
        public_url=url,
        socket=chosen.socket,
        many=chosen.many,
        read_back=settings.slack.read_back,
        by_email=chosen.by_email or settings.slack.by_email,
        read_files=settings.slack.read_files,
    )
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return 0


def _slack_key(_: Settings, chosen: argparse.Namespace) -> int:
    from bot.slack.seals import new_key

    print(new_key(chosen.name))
    return 0


def _slack_rotate(settings: Settings, _: argparse.Namespace) -> int:
    from bot.slack.calls import client, open_session
    from bot.slack.plugs import installs

    async def run() -> int:
        async with _opened(settings) as house, open_session() as session:
            web_client = client(settings.slack.api_url, session)
            store = installs(settings.slack, house.database, house.clock, web_client)
            count = await store.rotate()
        print(f"{count} install{'' if count == 1 else 's'} sealed anew. Keys after the first are needed no more.")
        return 0

    return asyncio.run(run())


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    gc.disable()  # looking through what is only being made is a fifth of a start; `settle_in` turns it on again
    listening = bound(settings.listen)  # before anything else: a second copy by accident changes nothing
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
            if settings.slack.enabled or settings.teams.enabled:
                print("It speaks with no platform while it rehearses: set rehearsal.enabled to false in app.yaml.")
        else:
            print(f"Kept {release()} is listening on {where}{settings.doors()}")

    one_by_one()
    web.run_app(
        make_app(settings), sock=listening, shutdown_timeout=STOPS_WITHIN, access_log=None, print=lambda *_: ready(None)
    )
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
        async with _opened(settings) as house:
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


async def _require_known(house: House, workspace: str) -> None:
    from bot.store import workspaces

    known = await house.database.everywhere(workspaces.all_of_them)
    if workspace not in known:
        raise Refusal(
            f"There is no workspace {workspace!r} here.",
            f"Name one of {', '.join(known)} with --workspace." if known else "Apply an agreement first.",
        )


def _connect(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cards.connections import company_code
    from bot.chat.plain import text_of

    async def run() -> int:
        async with _opened(settings) as house:
            await _require_known(house, chosen.workspace)
            made, company = await house.invite_company(chosen.workspace)
        print(text_of(company_code(made.written, made.until, company, zone="UTC"), "UTC"))
        print("Hours are UTC.")
        return 0

    return asyncio.run(run())


def _audit(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.store import audit

    async def run() -> int:
        async with _opened(settings) as house:
            await _require_known(house, chosen.workspace)
            verdict = await house.database.read(chosen.workspace, audit.verify)
        if verdict.ok:
            entries = f"{verdict.entries:,} entr{'y' if verdict.entries == 1 else 'ies'}"
            print(f"The record holds: {entries}, each leading to the next.")
            return 0
        print(f"The record was changed: entry {verdict.first_bad} does not follow from the one before.")
        return 1

    return asyncio.run(run())


if __name__ == "__main__":
    sys.exit(main())
