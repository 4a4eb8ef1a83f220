"""The whole bot on a Slack that takes everything: `python -m tests.slack.served FOLDER URL [SLACK]`.

A process of its own for benches, which kill it. Prints the address it answers at, then serves until it is killed.
Without the address of a Slack that runs elsewhere, it brings its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.chat.messenger import Messenger
from bot.chat.talk import Platform, Reply, Utterance
from bot.clock import SystemClock
from bot.house import House, settle_in
from bot.settings import Slack
from bot.slack.calls import open_session
from bot.slack.door import EVENTS, Door
from bot.slack.plugs import open_door
from bot.store.database import Database
from slacore.errors import Refusal
from tests.slack.house import agreement
from tests.slack.willing import listen, willing_slack


async def serve(folder: Path, url: str, slack: str = "") -> None:
    """Open the house, apply Company X where it is new, and answer."""
    slack = slack or await listen(willing_slack())
    houses: list[House] = []
    doors: list[Door] = []

    async def ask(utterance: Utterance) -> Reply:
        return await houses[0].answering.answer(utterance)

    async with open_session() as session:
        chosen = Slack(bot_token="xoxb-1", signing_secret="shh", api_url=f"{slack}/api/", hooks_url="")

        def open_doors(database: Database) -> Mapping[Platform, Messenger]:
            doors.append(
                open_door(chosen, public_url="", database=database, clock=SystemClock(), session=session, ask=ask)
            )
            return {"slack": doors[0].messenger}

        house = await House.open(url, SystemClock(), open_doors)
        houses.append(house)
        try:
            await house.apply("company", "Company X", [agreement(folder)])
        except Refusal as already:
            print(already, file=sys.stderr)  # noqa: T201
        await house.tick()
        app = web.Application()
        doors[0].add_routes(app)
        await doors[0].start()
        house.start()
        where = await listen(app)
        settle_in()  # as `kept serve` does
        print(f"{where}{EVENTS}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), *sys.argv[2:]))
