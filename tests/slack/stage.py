"""A stage: the door on a real HTTP server, a fake Slack before it, a house in memory behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.card import Chart
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.clock import MovableClock
from bot.slack.calls import client, open_session
from bot.slack.door import EVENTS, Door
from bot.slack.installations import Installations, TokenFromEnvironment
from bot.slack.ports import Change, Ports, Section, Waiting
from tests.files import opened
from tests.slack.fake_slack import FakeSlack

STARTS = datetime(2026, 10, 16, 14, 2, tzinfo=UTC)


class ShelfInMemory:
    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}

    async def put(self, workspace: str, texts: Mapping[str, str]) -> None:
        self.texts |= {(workspace, key): text for key, text in texts.items()}

    async def get(self, workspace: str, key: str) -> str | None:
        return self.texts.get((workspace, key))


class InboxInMemory:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Waiting] = {}

    async def put(self, waiting: Waiting) -> None:
        self.rows[waiting.utterance.person.workspace, waiting.utterance.delivery] = waiting

    async def take_out(self, workspace: str, delivery: str) -> None:
        self.rows.pop((workspace, delivery), None)

    async def left_behind(self) -> Sequence[Waiting]:
        return tuple(self.rows.values())


@dataclass
class HouseInMemory:
    """Answers once a delivery, and remembers what it was asked and told."""

    answers: Callable[[Utterance], Reply | Awaitable[Reply]] = lambda utterance: Reply()
    asked: list[Utterance] = field(default_factory=list)
    welcomed: list[Place] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    sections: Sequence[Section] = ()
    remembered: dict[str, Reply] = field(default_factory=dict)

    async def ask(self, utterance: Utterance) -> Reply:
        if utterance.delivery not in self.remembered:
            self.asked.append(utterance)
            reply = self.answers(utterance)
            self.remembered[utterance.delivery] = reply if isinstance(reply, Reply) else await reply
        return self.remembered[utterance.delivery]

    async def welcome(self, place: Place) -> None:
        self.welcomed.append(place)

    async def members(self, workspace: str) -> Mapping[str, str]:
        return {"josh": "U0JOSH", "amy": "U0AMY", "joan": "U0JOAN"} if workspace == "company" else {}

    async def changed(self, change: Change) -> None:
        self.changes.append(change)

    async def home(self, person: Person) -> Sequence[Section]:
        return self.sections


@dataclass
class Stage:
    slack: FakeSlack
    house: HouseInMemory
    door: Door
    clock: MovableClock
    shelf: ShelfInMemory
    inbox: InboxInMemory
    ports: Ports

    async def settled(self) -> None:
        """Wait until everything that was begun is done."""
        await self.door.errands.finished()


async def picture(chart: Chart) -> bytes:
    return b"PNG " + chart.title.encode("utf-8", "replace")


@asynccontextmanager
async def stage(
    *,
    patience: float = 5.0,
    rate: float = float("inf"),
    response_host: str = "",
    installations: Callable[[FakeSlack], Installations] | None = None,
) -> AsyncIterator[Stage]:
    clock = MovableClock(STARTS)
    session = open_session()
    async with FakeSlack(clock.now, rate=rate) as slack, session:
        house, shelf, inbox = HouseInMemory(), ShelfInMemory(), InboxInMemory()
        installed = (
            installations(slack)
            if installations
            else TokenFromEnvironment("company", "xoxb-1", client(slack.api_url, session))
        )
        ports = Ports(
            ask=house.ask,
            welcome=house.welcome,
            members=house.members,
            changed=house.changed,
            home=house.home,
            draw=picture,
            files=opened,
            installations=installed,
            shelf=shelf,
            inbox=inbox,
            clock=clock,
        )
        door = Door(
            ports,
            session,
            api_url=slack.api_url,
            signing_secret="shh",
            marking="shh",
            files_url=slack.url,
            response_host=response_host,
            patience=patience,
        )
        app = web.Application(client_max_size=2**24)
        door.add_routes(app)
        server = TestServer(app)
        await server.start_server()
        slack.bot_url = str(server.make_url(EVENTS))
        try:
            yield Stage(slack, house, door, clock, shelf, inbox, ports)
        finally:
            await door.close()
            await server.close()
            await asyncio.sleep(0)
        assert slack.problems == []
