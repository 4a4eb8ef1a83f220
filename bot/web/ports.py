"""What the browser's door needs of the house; the composition root plugs it in.

Everything is a protocol, so that the door can be tested against rooms in memory and knows neither
the store nor the commands.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from bot.charts.svg import draw_inline
from bot.chat.card import Card, Chart, File
from bot.chat.said import Said
from bot.chat.talk import Person, Place, Platform, Reply, Utterance
from bot.commands.completion import Completion
from bot.sections import LOOPBACK
from bot.web.bell import Bell
from bot.web.tour import TourPart, TourStep, steps_of


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody the newcomer can be.

    `user` is their user id at this door, where it is another than their member id; `role` is what
    they are in the story ("Sales manager"), `party` the team they belong to (empty for a sponsor
    of none), `zone` the IANA zone their moments are drawn in. `platform` is where they live in the
    story; the browser plays the others, too. `might_say` is a command that is theirs to give.
    """

    member_id: str
    name: str
    role: str
    party: str
    zone: str
    user: str = ""
    platform: Platform = "web"
    might_say: str = "status"

    @property
    def speaks_as(self) -> str:
        """The user id that this door knows them by."""
        return self.user or self.member_id


@dataclass(frozen=True, slots=True)
class Channel:
    """A room that everybody can read; one of another `platform` is played by the browser."""

    id: str
    name: str
    topic: str = ""
    platform: Platform = "web"

    @property
    def shown(self) -> str:
        """Its name as its platform writes it."""
        return self.name if self.platform == "teams" else f"#{self.name.removeprefix('#')}"


class Messages(Protocol):
    """What was said in the rehearsal's rooms. One workspace; safe to use from many tasks.

    Every method may raise DatabaseGone. Places are told apart by kind and id (and thread
    where it says so); a direct place's id is the member who reads it.
    """

    async def insert(self, place: Place, card: Card, *, delivery_id: str, ref: str, at: datetime) -> Said:
        """Keep a message; the same `delivery_id` again returns the first one and changes nothing.

        A message with `place.thread` also gives the message it hangs under a new revision.
        """
        ...

    async def edit(self, message: int, card: Card, *, delivery_id: str, at: datetime) -> Said | None:
        """Replace what a message says; None if there is none. The edit last applied is not applied twice."""
        ...

    async def find(self, delivery_id: str) -> Said | None:
        """The message that a delivery made, if it did."""
        ...

    async def get(self, message: int) -> Said | None:
        """One message by id."""
        ...

    async def list(self, place: Place, *, before: int | None = None, limit: int = 50) -> Sequence[Said]:
        """The newest `limit` messages of a place (of its thread, if it names one), oldest first.

        Without a thread, messages in threads are left out. `before` reads further back.
        """
        ...

    async def changed(self, places: Sequence[Place], *, since: int, limit: int = 200) -> Sequence[Said]:
        """What was said or edited in any of `places`, threads included, after revision `since`, in that order."""
        ...

    async def latest(self) -> int:
        """The highest revision there is; 0 in an empty room."""
        ...

    async def mark_read(self, member: str, place: Place) -> None:
        """Remember that a member has seen everything in a place."""
        ...

    async def unread(self, member: str, places: Sequence[Place]) -> Mapping[tuple[str, str], int]:
        """How many messages a member has not seen, by (kind, id) of the place; edits do not count."""
        ...

    async def unread_by(self, places: Mapping[str, Place]) -> Mapping[str, int]:
        """How many messages each of several members has not seen, each in a place of his own."""
        ...


class TravelClock(Protocol):
    """The rehearsal's own time, which a newcomer can move forward."""

    def now(self) -> datetime:
        """The moment it is in the rehearsal, aware UTC."""
        ...

    async def advance_to(self, moment: datetime) -> None:
        """Move on to a moment, doing everything that falls due on the way, in order."""
        ...

    async def next_thing(self) -> datetime | None:
        """The next moment at which something will happen by itself, or None."""
        ...


Ask = Callable[[Utterance], Awaitable[Reply]]
Complete = Callable[[Person, Place, str], Awaitable[Sequence[Completion]]]
Draw = Callable[[Chart], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The whole of what the rehearsal room is connected to.

    `delivered` returns once what could be sent has been sent (or after a second), so that a page
    loaded after a command shows what the command did. `workspace` is asked each time, for a story
    that starts over may do so in another one. `files` opens a file that a card names, for a
    workspace; whoever takes it closes it. `draw` gives the SVG of a chart: trusted
    markup, made by `bot.charts`. `parts` are those of the guided tour. `start_over` puts the
    workspace and its clock back to the start of the tour's story; without it the tour can only be
    read again. `hosts` are the names that the Host header may carry.
    """

    workspace: Callable[[], str]
    company: str
    ask: Ask
    complete: Complete
    cast: Callable[[], Awaitable[Sequence[CastMember]]]
    channels: Callable[[], Awaitable[Sequence[Channel]]]
    messages: Messages
    clock: TravelClock
    bell: Bell
    delivered: Callable[[], Awaitable[None]]
    files: Callable[[str, File], Awaitable[BinaryIO]]
    draw: Draw = draw_inline
    parts: Sequence[TourPart] = ()
    start_over: Callable[[], Awaitable[None]] | None = None
    hosts: frozenset[str] = field(default=LOOPBACK)

    @property
    def tour(self) -> Sequence[TourStep]:
        """Every step of the guided tour."""
        return steps_of(self.parts)
