"""What Slack's door needs of the house; the composition root plugs it in.

Protocols and plain functions, so that the door can be tested against a house in memory and knows
neither the store nor the commands.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

from bot.chat.card import Card, Chart, File
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.clock import Clock
from bot.slack.installations import Installations


class Shelf(Protocol):
    """Where the door lays aside what Slack's buttons cannot carry: long words, and cards that were cut.

    What is laid aside is found by its content's key, so laying the same aside twice keeps it once.
    """

    async def put(self, workspace: str, texts: Mapping[str, str]) -> None:
        """Keep texts by key."""
        ...

    async def get(self, workspace: str, key: str) -> str | None:
        """The text under a key; None if it was never kept, or so long ago that it was let go."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that was acknowledged before it was answered: what was asked, and where the answer goes."""

    utterance: Utterance
    response_url: str
    asked_at: datetime


class Inbox(Protocol):
    """Requests that Slack was told are in hand although they are not answered yet; they survive a crash.

    Written before the acknowledgement; taken out when the answer has been handed over.
    """

    async def put(self, waiting: Waiting) -> None:
        """Keep a request, durably."""
        ...

    async def take_out(self, workspace: str, delivery: str) -> None:
        """Let go of a request that was answered."""
        ...

    async def left_behind(self) -> Sequence[Waiting]:
        """What a process that died had acknowledged and not answered, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """What Slack says of one of its users: renamed, deactivated, a guest, in another zone."""

    workspace: str
    user: str
    name: str
    zone: str
    active: bool
    guest: bool


Becoming = Literal["archived", "unarchived", "deleted", "renamed", "moved", "bot removed", "bot added"]


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """What became of a channel, and by whom (a Slack user id, "" where unknown).

    `name` is its name now and `new_id` its id now, where those changed.
    """

    workspace: str
    channel: str
    what: Becoming
    by: str = ""
    name: str = ""
    new_id: str = ""


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """Kept was taken out of a Slack workspace, or its token was revoked: nothing more can be said there."""

    workspace: str
    why: str


@dataclass(frozen=True, slots=True)
class Installed:
    """Kept speaks in a Slack workspace, for the first time or again."""

    workspace: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of somebody's App Home: a heading and cards under it."""

    title: str
    cards: tuple[Card, ...]


Change = PersonChanged | ChannelChanged | Uninstalled | Installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The whole of what Slack's door is connected to.

    `ask` answers an utterance once for each delivery id. `welcome` says the first words in a place,
    once, through the outbox. `members` gives the Slack user ids of a company's members. `changed` tells the
    house what became of people, channels and the install. `home` is what somebody sees in their
    App Home. `draw` makes a chart's PNG; `files` opens a file that a card of a company names, and
    whoever takes it closes it.
    """

    ask: Callable[[Utterance], Awaitable[Reply]]
    welcome: Callable[[Place], Awaitable[None]]
    members: Callable[[str], Awaitable[Mapping[str, str]]]
    changed: Callable[[Change], Awaitable[None]]
    home: Callable[[Person], Awaitable[Sequence[Section]]]
    draw: Callable[[Chart], Awaitable[bytes]]
    files: Callable[[str, File], Awaitable[BinaryIO]]
    installations: Installations
    shelf: Shelf
    inbox: Inbox
    clock: Clock
