"""The whole bot before a Teams at ORIGIN, in a process of its own: `python -m tests.teams.served FOLDER URL ORIGIN`.

For benches, also those that kill it. Prints the address it answers at, then serves until it is killed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.chat.messenger import Messenger
from bot.chat.talk import Platform, Reply, Utterance
from bot.clock import SystemClock
from bot.desk.exports.files import Files
from bot.house import House, settle_in
from bot.store.database import Database
from bot.teams.door import MESSAGES, Door
from bot.teams.keeping import MemoryInStore
from bot.teams.plugs import Desk
from bot.teams.ports import Ports
from bot.teams.tokens import Gate, Keys, Trust
from slacore.errors import Refusal
from tests.teams.fake_connector import APP, ISSUER, TENANT
from tests.teams.stage import WORKSPACE, PaperGrant, on_teams
from tests.world import COMPANY_X


async def serve(folder: Path, url: str, origin: str) -> None:
    """Open the house, apply Company X where it is new, and answer."""
    houses: list[House] = []
    doors: list[Door] = []
    clock = SystemClock()

    async def ask(utterance: Utterance) -> Reply:
        return await houses[0].answering.answer(utterance)

    async def draw(_: object) -> bytes:
        return b""

    async with aiohttp.ClientSession() as session:

        def opened(database: Database) -> Mapping[Platform, Messenger]:
            desk = Desk(database, clock)
            ports = Ports(
                ask=ask, say=desk.say, welcome=desk.welcome, shown=desk.shown, member=desk.member, changed=desk.changed,
                renamed=desk.renamed, draw=draw,
                files=Files(database, clock).open,
                memory=MemoryInStore(database), clock=clock,
            )  # fmt: skip
            gate = Gate(Trust(APP, ISSUER), Keys(f"{origin}/openid", session, clock.monotonic))
            doors.append(
                Door(
                    ports, session, gate=gate, grant=PaperGrant(), app_id=APP, tenant=TENANT, workspace=WORKSPACE,
                    many=False, services=(origin,), public_url="", secret="shh",
                )
            )  # fmt: skip
            return {"teams": doors[0].messenger}

        house = await House.open(url, clock, opened)
        houses.append(house)
        try:
            await house.apply(WORKSPACE, "Company X", [on_teams(folder, COMPANY_X)])
        except Refusal as already:
            print(already, file=sys.stderr)  # noqa: T201
        await house.tick()
        app = web.Application()
        doors[0].add_routes(app)
        await doors[0].start()
        house.start()
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        settle_in()  # as `kept serve` does
        print(f"http://127.0.0.1:{runner.addresses[0][1]}{MESSAGES}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
