"""The whole bot on a Slack that takes everything, in a process of its own: `python -m tests.slack.served FOLDER URL`.

For benches that kill it. Prints the address it answers at, then serves until it is killed.
"""

from __future__ import annotations

import asyncio
import itertools
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

_numbers = itertools.count(1)


async def _slack(request: web.Request) -> web.Response:
    """A Slack that takes everything, at once."""
    ts = f"{next(_numbers)}.000001"
    answer = {"ok": True, "ts": ts, "channel": {"id": "D1"}, "team_id": "T1", "user_id": "U0KEPT", "bot_id": "B0KEPT"}
    return web.json_response(answer | ({"channel": "C1"} if request.path.endswith("postMessage") else {}))


async def serve(folder: Path, url: str) -> None:
    """Open the house, apply Company X where it is new, and answer."""
    slack = await _listen(_app_of_slack())
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
        where = await _listen(app)
        settle_in()  # as `kept serve` does
        print(f"{where}{EVENTS}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


def _app_of_slack() -> web.Application:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", _slack)
    return app


async def _listen(app: web.Application) -> str:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2]))
