"""What an administrator types for a platform: the app's manifest or package, and the keys that seal tokens."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from bot.console import opened
from bot.files import release
from bot.settings import Settings
from bot.spellings import Misspelt, a_public_address
from slacore.errors import Refusal


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `slack` and `teams` to what can be typed."""
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


def _slack_manifest(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.slack.manifests import manifest

    url = _reached_at(chosen.url or settings.public_url)
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


def _reached_at(url: str) -> str:
    """Where Slack reaches the bot, as it takes it. Refuses an address that it would not call."""
    try:
        address = a_public_address(url)
    except Misspelt as wrong:
        raise Refusal(
            f"Where Slack reaches the bot {wrong.problem}.", f"{wrong.mend[0].upper()}{wrong.mend[1:]}."
        ) from wrong
    if address.startswith("http://"):
        raise Refusal(
            f"Slack calls https:// addresses alone, and this is {address}.",
            "Name a proxy with a certificate that passes its requests on, or use --socket.",
        )
    return address


def _slack_key(_: Settings, chosen: argparse.Namespace) -> int:
    from bot.slack.seals import new_key

    print(new_key(chosen.name))
    return 0


def _slack_rotate(settings: Settings, _: argparse.Namespace) -> int:
    from bot.slack.calls import client, open_session
    from bot.slack.plugs import installs

    async def run() -> int:
        async with opened(settings) as house, open_session() as session:
            web_client = client(settings.slack.api_url, session)
            store = installs(settings.slack, house.database, house.clock, web_client)
            count = await store.rotate()
        print(f"{count} install{'' if count == 1 else 's'} sealed anew. Keys after the first are needed no more.")
        return 0

    return asyncio.run(run())


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
