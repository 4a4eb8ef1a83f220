"""The whole bot on a fake Slack: the real house over a real database, its door, its delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.messenger import Messenger
from bot.chat.talk import Platform, Reply, Utterance
from bot.clock import MovableClock
from bot.house import House
from bot.jobs.travel import Travel
from bot.settings import Slack
from bot.slack.calls import open_session
from bot.slack.door import EVENTS, Door
from bot.slack.plugs import open_door
from bot.store.database import Database
from tests.slack.fake_slack import FakeSlack
from tests.slack.fake_workspaces import Channel
from tests.world import COMPANY_X, moment

PEOPLE = ("josh", "nina", "omar", "amy", "priya", "tom", "joan", "morgan")


def user(member: str) -> str:
    """A member's Slack user id in these tests."""
    return f"U0{member.upper()}"


def agreement(folder: Path, by_email: frozenset[str] = frozenset()) -> Path:
    """Company X's agreement as a company on Slack writes it; some are named `by_email` alone."""
    text = COMPANY_X.read_text(encoding="utf-8")
    for member in PEOPLE:
        known = f"email: {member}@example.com" if member in by_email else f"identities: {{slack: {user(member)}}}"
        text = text.replace(f"identities: {{web: {member}}}", known)
    text = text.replace("platform: web", "platform: slack")
    text = text.replace("id: smarketing", "id: C1").replace("id: company-x-service", "id: C2")
    file = folder / "company-x.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@dataclass
class Office:
    slack: FakeSlack
    house: House
    door: Door
    clock: MovableClock
    travelling: Travel

    async def settled(self) -> None:
        """Everything that was begun is done, and everything that could be said has been."""
        await self.door.errands.finished()
        for _ in range(3):
            await self.house.deliverer.run_once()
            self.clock.advance(timedelta(seconds=1.5))  # one message a second and conversation

    async def travel_to(self, text: str) -> None:
        await self.travelling.advance_to(moment(text))
        await self.settled()

    @property
    def channel(self) -> Channel:
        return self.slack.channels["C1"]

    def direct(self, member: str) -> Channel:
        identifier = f"D{user(member)}"
        return self.slack.channels.get(identifier, Channel(identifier, "T1", set()))


@asynccontextmanager
async def office(
    folder: Path,
    *,
    at: str = "Fri 16 Oct 2026 10:02",
    url: str = "",
    socket: bool = False,
    by_email: frozenset[str] = frozenset(),
    scopes: frozenset[str] = frozenset(),
    changed: Callable[[str], str] = lambda text: text,
) -> AsyncIterator[Office]:
    clock = MovableClock(moment(at))
    async with FakeSlack(clock.now) as slack, open_session() as session:
        slack.teams["T1"].users = {user(member) for member in PEOPLE}
        slack.teams["T1"].scopes |= scopes
        slack.add_channel("C1")
        slack.add_channel("C2")
        chosen = Slack(
            bot_token="xoxb-1",
            signing_secret="shh",
            app_token="xapp-1" if socket else "",
            by_email=bool(by_email),
            api_url=slack.api_url,
            hooks_url=slack.url,
            files_url=slack.url,
        )
        doors: list[Door] = []
        houses: list[House] = []

        async def ask(utterance: Utterance) -> Reply:
            return await houses[0].answering.answer(utterance)

        def open_doors(database: Database) -> Mapping[Platform, Messenger]:
            doors.append(open_door(chosen, public_url="", database=database, clock=clock, session=session, ask=ask))
            return {"slack": doors[0].messenger}

        house = await House.open(url or f"sqlite:///{folder}/kept.db", clock, open_doors)
        houses.append(house)
        app = web.Application(client_max_size=2**24)
        doors[0].add_routes(app)
        async with TestServer(app) as server:
            slack.bot_url = str(server.make_url(EVENTS))
            on = Office(
                slack, house, doors[0], clock, Travel(house.database, lambda: "company", clock, house.deliverer)
            )
            if socket:
                await doors[0].start()
                await slack.connected.wait()
            file = agreement(folder, by_email)
            file.write_text(changed(file.read_text(encoding="utf-8")), encoding="utf-8")
            await house.apply("company", "Company X", [file])
            await on.travelling.settle()
            try:
                yield on
            finally:
                await doors[0].close()
                await house.close()
    assert slack.problems == []
