"""Rooms in memory: a message store, a clock and a house that does what a test tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.chat.card import Card, Chart
from bot.chat.said import Said
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.commands.completion import Completion
from bot.web.bell import Bell
from bot.web.outbound import WebMessenger
from bot.web.ports import CastMember, Channel, Ports
from bot.web.tour import TourPart, TourStep
from tests.files import opened

NEW_YORK = "America/New_York"
STARTS = datetime(2026, 10, 1, 13, 0, tzinfo=UTC)
CAST = (
    CastMember("josh", "Josh", "owns marketing’s promises", "Marketing", NEW_YORK),
    CastMember("amy", "Amy", "owns sales’ promises", "Sales", NEW_YORK),
    CastMember("joan", "Joan", "Vice President of Service", "Customer service", "Europe/Zurich"),
    CastMember("morgan", "Morgan Reyes", "revenue officer, both sides answer to her", "", NEW_YORK),
    CastMember("priya", "Priya", "rep", "Sales", NEW_YORK),
    CastMember("tom", "Tom", "rep", "Sales", NEW_YORK),
    CastMember("nina", "Nina", "runs the campaigns", "Marketing", NEW_YORK),
)
CHANNELS = (
    Channel("smarketing", "smarketing", "Marketing ↔ Sales"),
    Channel("company-x", "company-x", "Everybody"),
)
SMARKETING = Place("w", "web", "channel", "smarketing", "smarketing")


def direct(member: str) -> Place:
    return Place("w", "web", "direct", member)


class MemoryMessages:
    """What was said, in a list."""

    def __init__(self) -> None:
        self._said: dict[int, Said] = {}
        self._edits: dict[int, str] = {}
        self._read: dict[tuple[str, str, str], int] = {}
        self._revision = 0

    def _next(self) -> int:
        self._revision += 1
        return self._revision

    async def insert(self, place: Place, card: Card, *, delivery_id: str, ref: str, at: datetime) -> Said:
        known = await self.find(delivery_id)
        if known is not None:
            return known
        number = self._next()
        self._said[number] = Said(number, number, place, card, delivery_id, ref, at)
        if place.thread:
            root = self._said[int(place.thread)]
            self._said[root.id] = replace(root, revision=self._next(), replies=root.replies + 1)
        return self._said[number]

    async def edit(self, message: int, card: Card, *, delivery_id: str, at: datetime) -> Said | None:
        said = self._said.get(message)
        if said is None or self._edits.get(message) == delivery_id:
            return said
        self._edits[message] = delivery_id
        self._said[message] = replace(said, card=card, edited_at=at, revision=self._next())
        return self._said[message]

    async def find(self, delivery_id: str) -> Said | None:
        return next((said for said in self._said.values() if said.delivery_id == delivery_id), None)

    async def get(self, message: int) -> Said | None:
        return self._said.get(message)

    async def list(self, place: Place, *, before: int | None = None, limit: int = 50) -> Sequence[Said]:
        found = [
            said
            for said in self._said.values()
            if _same(said.place, place) and said.place.thread == place.thread and (before is None or said.id < before)
        ]
        return found[-limit:]

    async def changed(self, places: Sequence[Place], *, since: int, limit: int = 200) -> Sequence[Said]:
        found = [
            said
            for said in self._said.values()
            if said.revision > since and any(_same(said.place, place) for place in places)
        ]
        return sorted(found, key=lambda said: said.revision)[:limit]

    async def latest(self) -> int:
        return self._revision

    async def mark_read(self, member: str, place: Place) -> None:
        self._read[member, place.kind, place.id] = self._revision

    async def unread(self, member: str, places: Sequence[Place]) -> Mapping[tuple[str, str], int]:
        return {
            (place.kind, place.id): sum(
                1
                for said in self._said.values()
                if _same(said.place, place) and said.id > self._read.get((member, place.kind, place.id), 0)
            )
            for place in places
        }

    async def unread_by(self, places: Mapping[str, Place]) -> Mapping[str, int]:
        return {member: sum((await self.unread(member, [place])).values()) for member, place in places.items()}

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]


def _same(one: Place, other: Place) -> bool:
    return (one.kind, one.id) == (other.kind, other.id)


class HandClock:
    """A clock that is moved by hand; `falls_due` are what happens on the way, each with its moment."""

    def __init__(self, starts_at: datetime = STARTS) -> None:
        self.moment = starts_at
        self.falls_due: list[tuple[datetime, Callable[[], object]]] = []
        self.way_is_free = asyncio.Event()
        self.way_is_free.set()
        self.journeys: list[datetime] = []
        self.next_thing_fails = False

    def now(self) -> datetime:
        return self.moment

    async def advance_to(self, moment: datetime) -> None:
        self.journeys.append(moment)
        await self.way_is_free.wait()
        while self.falls_due and min(self.falls_due, key=lambda due: due[0])[0] <= moment:
            due = min(self.falls_due, key=lambda due: due[0])
            self.falls_due.remove(due)
            self.moment = max(self.moment, due[0])
            happens = due[1]()
            if asyncio.iscoroutine(happens):
                await happens
        self.moment = max(self.moment, moment)

    async def next_thing(self) -> datetime | None:
        if self.next_thing_fails:
            msg = "the calendar is lost"
            raise RuntimeError(msg)
        return min((due[0] for due in self.falls_due), default=None)


def drawn(chart: Chart) -> str:
    """A picture that a test can recognise."""
    return f'<svg viewBox="0 0 10 10" data-volumes="{len(chart.volumes)}"></svg>'


@dataclass
class House:
    """Everything behind the door, in memory. `answers` are given in turn, then empty replies."""

    clock: HandClock = field(default_factory=HandClock)
    messages: MemoryMessages = field(default_factory=MemoryMessages)
    bell: Bell = field(default_factory=Bell)
    heard: list[Utterance] = field(default_factory=list)
    answers: list[Reply | Exception] = field(default_factory=list)
    ways: list[Completion] = field(default_factory=list)
    tour: tuple[TourStep, ...] = ()
    cast: tuple[CastMember, ...] = CAST
    react: Callable[[Utterance], Awaitable[Reply]] | None = None
    started_over: int = 0
    can_start_over: bool = False
    _deliveries: int = 0

    @property
    def messenger(self) -> WebMessenger:
        return WebMessenger(self.messages, self.bell, self.clock.now)

    async def says(self, place: Place, card: Card, ref: str = "") -> Said:
        """Say a card in a place, as the outbox would."""
        self._deliveries += 1
        told = await self.messenger.post(place, card, delivery_id=f"d{self._deliveries}", ref=ref)
        said = await self.messages.get(int(told.id))
        assert said is not None
        return said

    async def changes(self, said: Said, card: Card) -> None:
        """Change a message in place, as the outbox would."""
        self._deliveries += 1
        reference = await self.messenger.find(said.place, said.delivery_id)
        assert reference is not None
        await self.messenger.edit(reference, card, delivery_id=f"d{self._deliveries}")

    async def ask(self, utterance: Utterance) -> Reply:
        self.heard.append(utterance)
        if self.react is not None:
            return await self.react(utterance)
        answer = self.answers.pop(0) if self.answers else Reply()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def complete(self, person: Person, place: Place, text: str) -> Sequence[Completion]:
        return [way for way in self.ways if way.insert.startswith(text)]

    async def start_over(self) -> None:
        self.started_over += 1
        self.messages.clear()
        self.clock.moment = STARTS

    async def _cast(self) -> Sequence[CastMember]:
        return self.cast

    async def _channels(self) -> Sequence[Channel]:
        return CHANNELS

    async def _delivered(self) -> None:
        return None

    def ports(self) -> Ports:
        return Ports(
            workspace=lambda: "w",
            company="Company X",
            ask=self.ask,
            complete=self.complete,
            cast=self._cast,
            channels=self._channels,
            messages=self.messages,
            clock=self.clock,
            bell=self.bell,
            delivered=self._delivered,
            files=opened,
            draw=drawn,
            parts=(TourPart("One", self.tour[:2]), TourPart("Two", self.tour[2:])) if self.tour else (),
            start_over=self.start_over if self.can_start_over else None,
        )
