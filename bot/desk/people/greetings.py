"""First words, once for each place: to a person who meets the bot, and to a channel that it was added to."""

from __future__ import annotations

from bot.cards import welcomes as cards
from bot.chat.card import Card
from bot.chat.talk import Place
from bot.desk.people import people
from bot.desk.sitting import Sitting
from bot.store import identities, outbox
from bot.store import people as kept_people
from bot.store.outbox import Saying


async def greet(sitting: Sitting, place: Place, key: str = "") -> None:
    """Say the first words in a place. `key` tells this greeting from others; the place does, where it is left out."""
    card = await (_to_person if place.kind == "direct" else _to_channel)(sitting, place)
    key = key or f"welcome {place.platform} {place.id}"
    await outbox.say(sitting.tx, Saying(dedupe_key=key, place=place, card=card, kind="note", series=key))


async def _to_person(sitting: Sitting, place: Place) -> Card:
    member = await identities.member(sitting.tx, place.platform, place.id)
    known = None if member is None else await kept_people.find(sitting.tx, member)
    if known is None:
        return cards.to_stranger(place.id)
    concerned = people.agreements_of(sitting, known.id)
    return cards.to_person(known.name, known.id, [each.latest.terms for each in concerned])


async def _to_channel(sitting: Sitting, place: Place) -> Card:
    spoken_of = people.agreements_heard_in(sitting, place)
    return (
        cards.to_channel(spoken_of[0].latest.terms, sitting.now) if spoken_of else cards.to_idle_channel(place.platform)
    )
