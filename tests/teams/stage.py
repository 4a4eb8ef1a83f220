"""A stage: the real house with Teams' door on a real HTTP server, and a fake Microsoft before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.messenger import Messenger
from bot.chat.talk import Platform, Reply, Utterance
from bot.clock import MovableClock
from bot.desk.exports.files import Files
from bot.house import House
from bot.jobs.travel import Travel
from bot.store.database import Database
from bot.teams.door import MESSAGES, Door
from bot.teams.keeping import MemoryInStore
from bot.teams.plugs import Desk
from bot.teams.ports import Ports
from bot.teams.tokens import Gate, Keys, Trust
from tests.teams.fake_connector import APP, ISSUER, OUR_TOKEN, TENANT, FakeMicrosoft
from tests.world import moment

WORKSPACE = "company"
CHANNEL = "19:smarketing@thread.tacv2"
STARTS = moment("Tue 6 Oct 2026 10:02")


@dataclass
class PaperGrant:
    """A token without Microsoft Entra."""

    held: str = OUR_TOKEN
    forgotten: int = 0

    async def token(self) -> str:
        return self.held

    def forget(self) -> None:
        self.forgotten += 1
        self.held = OUR_TOKEN


@dataclass
class Stage:
    teams: FakeMicrosoft
    house: House
    door: Door
    clock: MovableClock
    grant: PaperGrant
    travelling: Travel
    asked: list[Utterance]
    monotonic: list[float]

    async def delivered(self) -> None:
        """Let the outbox say what waits."""
        await self.house.deliverer.run_once()

    async def travel_to(self, text: str) -> None:
        await self.travelling.advance_to(moment(text))


@dataclass
class Ticks:
    """Real seconds, in a test's hand."""

    seconds: list[float] = field(default_factory=lambda: [1000.0])

    def __call__(self) -> float:
        return self.seconds[0]


def on_teams(folder: Path, shipped: Path) -> Path:
    """Company X's agreement, moved to Teams."""
    text = shipped.read_text()
    file = folder / "company-x.yaml"
    text = text.replace("{web: ", "{teams: ")
    text = text.replace("platform: web", "platform: teams").replace("id: smarketing", f'id: "{CHANNEL}"')
    file.write_text(text)
    return file


@asynccontextmanager
async def stage(
    url: str,
    *,
    at: datetime = STARTS,
    agreement: Path | None = None,
    patience: float = 5.0,
    many: bool = False,
    public_url: str = "https://kept.example",
    others: dict[Platform, Messenger] | None = None,
    anonymous: bool = False,
) -> AsyncIterator[Stage]:
    clock, grant, ticks = MovableClock(at), PaperGrant(), Ticks()
    houses: list[House] = []
    doors: list[Door] = []
    asked: list[Utterance] = []

    async def ask(utterance: Utterance) -> Reply:
        asked.append(utterance)
        return await houses[0].answering.answer(utterance)

    async with FakeMicrosoft() as teams, aiohttp.ClientSession() as session:

        def opened(database: Database) -> dict[Platform, Messenger]:
            desk = Desk(database, clock)

            async def draw(chart: object) -> bytes:
                return b"\x89PNG"

            ports = Ports(
                ask=ask, say=desk.say, welcome=desk.welcome, shown=desk.shown, member=desk.member, changed=desk.changed,
                renamed=desk.renamed, draw=draw,
                files=Files(database, clock).open,
                memory=MemoryInStore(database), clock=clock,
            )  # fmt: skip
            keys = Keys(f"{teams.url}/openid", session, ticks)
            doors.append(
                Door(
                    ports, session, gate=None if anonymous else Gate(Trust(APP, ISSUER), keys), grant=grant, app_id=APP,
                    tenant="" if many else TENANT, workspace=WORKSPACE, many=many, services=(teams.url,),
                    files=(teams.url,),
                    public_url=public_url, secret="shh", patience=patience,
                )
            )  # fmt: skip
            return {"teams": doors[0].messenger, **(others or {})}

        houses.append(await House.open(url, clock, opened))
        app = web.Application(client_max_size=1024 * 1024)
        doors[0].add_routes(app)
        server = TestServer(app)
        await server.start_server(lingering_time=0)  # what was refused unread is not waited for when a test ends
        teams.bot_url = str(server.make_url(MESSAGES))
        house = houses[0]
        travelling = Travel(house.database, lambda: WORKSPACE, clock, house.deliverer)
        made = Stage(teams, house, doors[0], clock, grant, travelling, asked, ticks.seconds)
        try:
            if agreement is not None:
                teams.conversations.add(CHANNEL)
                await teams.send(teams.activity("josh", CHANNEL, type="installationUpdate", action="add"))
                await house.apply(WORKSPACE, "Company X", [agreement])
                await travelling.settle()
            yield made
        finally:
            await doors[0].close()
            await server.close()
            await house.close()
            await asyncio.sleep(0)
        assert teams.problems == []
