"""What Teams' door needs of the house; the composition root plugs it in.

Plain functions and one protocol, so that the door can be tested against a house in memory and
knows neither the desk nor the commands.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from bot.chat.card import Card, Chart, File
from bot.chat.talk import Place, Reply, Utterance
from bot.clock import Clock
from bot.store.teams_rooms import Known, Room, Way


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that was acknowledged before it was answered: what Teams sent, and when."""

    workspace: str
    delivery: str
    activity: Mapping[str, Any]
    asked_at: datetime


class Memory(Protocol):
    """What the door remembers over a restart. Every method may raise DatabaseGone."""

    async def tenants(self) -> Mapping[str, str]:
        """Which company a tenant is, or has become part of."""
        ...

    async def claim(self, workspace: str, tenant: str, company: str, by: str) -> None:
        """Remember that a tenant is a company, which begins if it is new; `by` (a user, or "") administers it."""
        ...

    def when_joined(self, callback: Callable[[], None]) -> None:
        """Call back whenever a company has become part of another."""
        ...

    async def seen(self, workspace: str, room: Room, known: Known | None) -> None:
        """Remember a conversation, and somebody in it."""
        ...

    async def left(self, workspace: str, conversation: str, team: str) -> list[str]:
        """Kept was taken out of a conversation, or of a whole team; which conversations that were."""
        ...

    async def back(self, workspace: str, conversation: str, team: str) -> list[str]:
        """Kept is in a conversation again, or in a whole team; which conversations that are."""
        ...

    async def way(self, workspace: str, user: str, conversation: str, named: Collection[str]) -> Way:
        """Where something is said (a conversation, or "" for the own chat of `user`), and to whom.

        `user` reads it, "" where several do; `named` are the members whom it may call.
        """
        ...

    async def any_room(self, workspace: str) -> Room | None:
        """A conversation through whose address the company can be reached."""
        ...

    async def user_of(self, workspace: str, account: str) -> Known | None:
        """Somebody by the account that a mention names."""
        ...

    async def lay_aside(self, workspace: str, texts: Mapping[str, str]) -> None:
        """Keep texts by key for as long as an old button should work."""
        ...

    async def laid_aside(self, workspace: str, key: str) -> str | None:
        """The text under a key."""
        ...

    async def take_in(self, waiting: Waiting) -> None:
        """Keep a request that is about to be acknowledged."""
        ...

    async def take_out(self, workspace: str, delivery: str) -> None:
        """Let go of a request that was answered."""
        ...

    async def in_hand(self) -> list[Waiting]:
        """What was acknowledged and never answered, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The whole of what Teams' door is connected to.

    `ask` answers an utterance once for each delivery id. `say` puts a card into the outbox, once
    for each key; `welcome` says the first words in a place, once for each key, or ("") for the place.
    `shown` gives the card that a message of ours shows now, or None. `member` is the member id behind
    a user, "" for a stranger. `draw` makes a chart's PNG. `changed` tells the house that conversations
    take no words any more, and why, or with "" that they do again; `renamed` that one is called otherwise.
    """

    ask: Callable[[Utterance], Awaitable[Reply]]
    say: Callable[[Place, Card, str], Awaitable[None]]
    welcome: Callable[[Place, str], Awaitable[None]]
    shown: Callable[[str, str], Awaitable[Card | None]]
    member: Callable[[str, str], Awaitable[str]]
    files: Callable[[str, File], Awaitable[BinaryIO]]
    draw: Callable[[Chart], Awaitable[bytes]]
    changed: Callable[[str, Sequence[str], str], Awaitable[None]]
    renamed: Callable[[str, str, str], Awaitable[None]]
    memory: Memory
    clock: Clock
