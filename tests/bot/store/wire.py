"""A platform on the other end of the wire, with all that can go wrong between it and us."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.card import Card, Note, Text
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef
from bot.chat.talk import Place, Platform
from bot.store.outbox import Letter, Saying
from bot.store.tx import Tx

FAULTS = (
    "refused",
    "slow down",
    "broken before",
    "broken after",
    "answer lost",
    "garbage",
    "killed before",
    "killed after",
)
CHANNEL = Place("x", "web", "channel", "#smarketing", "smarketing")
AMY_DIRECT = Place("x", "web", "direct", "amy", "Amy")


class Killed(BaseException):
    """The process that spoke is gone: nothing that would come after happens."""


@dataclass(slots=True)
class Message:
    """One message as the platform keeps it."""

    id: str
    place: Place
    card: Card
    delivery_id: str

    @property
    def words(self) -> str:
        return self.card.summary

    @property
    def marked(self) -> bool:
        return any(isinstance(block, Note) and "Possible repeat" in str(block.spans) for block in self.card.blocks)


@dataclass(slots=True)
class Wire:
    """Keeps what arrives. `plan` names the fault of each call to come; `reads_back` whether `find` works."""

    platform: Platform = "web"
    plan: Iterator[str] | None = None
    reads_back: bool = True
    messages: list[Message] = field(default_factory=list)
    calls: int = 0
    at_once: int = 0
    most_at_once: int = 0
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    async def post(self, place: Place, card: Card, *, delivery_id: str, ref: str, alerts: bool = False) -> MessageRef:
        message = Message(f"m{next(self.ids)}", place, card, delivery_id)
        await self._suffer(place, lambda: self.messages.append(message))
        return MessageRef(place, message.id)

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        found = next((each for each in self.messages if each.id == message.id), None)
        if found is None:
            raise DeliveryFailed("there is no such message", "impossible")

        def change() -> None:
            found.card = card

        await self._suffer(message.place, change)
        return message

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        if not self.reads_back:
            raise CannotLook
        await self._suffer(place, lambda: None)
        found = next((each for each in self.messages if each.delivery_id == delivery_id), None)
        return None if found is None else MessageRef(found.place, found.id)

    def said(self, place: Place = CHANNEL) -> list[str]:
        return [each.words for each in self.messages if each.place == place]

    async def _suffer(self, place: Place, effect: object) -> None:
        assert callable(effect)
        self.calls += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if place.id in self.gates:
                await self.gates[place.id].wait()
            await asyncio.sleep(0)
            match next(self.plan, "") if self.plan is not None else "":
                case "refused":
                    raise DeliveryFailed("connection refused", "not sent")
                case "slow down":
                    raise DeliveryFailed("429", "not sent", retry_after=3)
                case "broken before":
                    raise DeliveryFailed("503", "unknown")
                case "broken after":
                    effect()
                    raise DeliveryFailed("502", "unknown")
                case "answer lost":
                    effect()
                    await asyncio.Event().wait()
                case "garbage":
                    effect()
                    raise ValueError("Expecting value: line 1 column 1")
                case "killed before":
                    raise Killed
                case "killed after":
                    effect()
                    raise Killed
                case "impossible":
                    raise DeliveryFailed("channel is archived", "impossible")
                case _:
                    effect()
        finally:
            self.at_once -= 1


def at_random(seed: int, share: float, faults: tuple[str, ...] = FAULTS) -> Iterator[str]:
    """Break a share of all calls, in every way."""
    dice = random.Random(seed)
    while True:
        yield dice.choice(faults) if dice.random() < share else ""


def card_saying(words: str, ref: str = "H-1") -> Card:
    return Card(words, words, (Text((words,)),), ref=ref)


def saying(words: str, place: Place = CHANNEL, **changes: Any) -> Saying:
    """Something to be said once, under its own words as the key."""
    plain = Saying(dedupe_key=words, place=place, card=card_saying(words), kind="receipt")
    return replace(plain, **changes)


async def always_wanted(tx: Tx, letter: Letter) -> str | None:
    return None


async def no_other_way(tx: Tx, letter: Letter) -> None:
    return None
