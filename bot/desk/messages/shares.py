"""Saying in a channel what was answered to one person alone: which words that was, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import shares as cards
from bot.chat.card import Card
from bot.chat.talk import Person, Place, Utterance
from bot.desk.messages import saying
from bot.desk.messages.echoes import place_key
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import echoes
from bot.store.tx import Tx
from slacore.agreements import Agreement, Channel, Terms

REMEMBERED_FOR = timedelta(minutes=30)
"""How long a bare "share" means what was answered last; longer ago, nobody is sure any more what that was."""
TWICE_WITHIN = timedelta(minutes=2)
"""The same answer shared again within this is a slip of the finger."""
_LOOKED = "looked"
_SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel that an agreement speaks in."""

    channel: Channel
    agreement: Agreement

    @property
    def terms(self) -> Terms:
        """What is agreed there."""
        return self.agreement.latest.terms

    @property
    def place(self) -> tuple[str, str]:
        """The channel as its platform knows it."""
        return self.channel.platform, self.channel.id


def spots(agreements: tuple[Agreement, ...]) -> tuple[Spot, ...]:
    """The channels in which agreements are spoken of, each once."""
    found = [Spot(channel, each) for each in agreements for channel in each.latest.terms.channels]
    return tuple({spot.place: spot for spot in reversed(found)}.values())[::-1]


async def looked(tx: Tx, person: Person, place: Place, words: str, at: datetime) -> None:
    """Remember what somebody was just shown, by the words that show it again."""
    await echoes.put(tx, _key(person), place_key(place), _LOOKED, said_at=at, subject=words)


async def looked_at(sitting: Sitting, person: Person, place: Place) -> str:
    """The words that showed somebody the latest private answer here; "" where that is too long ago."""
    found = await echoes.find(sitting.tx, _key(person), place_key(place), _LOOKED)
    return found.subject if found is not None and sitting.now - found.said_at < REMEMBERED_FOR else ""


async def shared_before(sitting: Sitting, person: Person, spot: Spot, words: str) -> datetime | None:
    """When somebody shared the same there, if that was a moment ago."""
    found = await echoes.find(sitting.tx, _key(person), ":".join(spot.place), _SHARED)
    fresh = found is not None and found.subject == words and sitting.now - found.said_at < TWICE_WITHIN
    return found.said_at if found is not None and fresh else None


async def share(sitting: Sitting, asked: Utterance, spot: Spot, card: Card, words: str) -> None:
    """Say an answer in a channel, marked with who shared it; `asked` is the request to do so."""
    said = cards.shared(card, spot.terms, sitting.actor, words)
    word = Word("note", f"share:{asked.person.platform}:{asked.delivery}", fresh=True)
    await saying.in_channel(sitting, spot.channel, said, word)
    key = _key(asked.person), ":".join(spot.place), _SHARED
    await echoes.put(sitting.tx, *key, said_at=sitting.now, subject=words)
    await sitting.record("Shared", spot.agreement.key, None, {"what": words, "channel": spot.channel.name})


def _key(person: Person) -> str:
    return f"{person.platform}:{person.user}"
