"""What does not work, what is held back, and why somebody did not hear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.cards.healths import Became, Health, Unheard, Unreached
from bot.cards.words import sentence
from bot.desk import downtimes, setbacks
from bot.desk.people.people import people_of
from bot.desk.sitting import Sitting
from bot.store import agreements, audit, dues, people, unheard
from bot.store.outbox import SUPERSEDED

LOOKS_BACK = timedelta(days=7)
"""How far back troubles are told."""
KEEPS_UP_WITHIN = timedelta(minutes=1)
"""How far behind the clock may be without anybody being told."""
ON_THEIR_WAY = frozenset({"PENDING", "SENDING", "UNKNOWN", "RECONCILING"})
"""States of what is neither out nor held."""


async def health(sitting: Sitting) -> Health:
    """Ask the outbox and the clock's index; others' direct messages are counted and not shown."""
    oldest = await dues.next_at(sitting.tx)
    found = await unheard.why(sitting.tx, sitting.now - LOOKS_BACK)
    here = await people.everybody(sitting.tx)
    names = {person.id: person.name for person in here}
    return Health(
        waiting=sum(each.state in ON_THEIR_WAY for each in found),
        held=sum(each.state == "HELD" for each in found),
        behind_since=oldest if oldest is not None and sitting.now - oldest > KEEPS_UP_WITHIN else None,
        put_off=await setbacks.put_off_here(sitting),
        unheard=tuple(
            _unheard(each, names) for each in found if each.person in {"", sitting.actor} and each.why != SUPERSEDED
        ),
        down=await downtimes.last_since(sitting, sitting.now - LOOKS_BACK),
        unreached=await _unreached(sitting, frozenset(names), found),
    )


async def _unreached(
    sitting: Sitting, here: frozenset[str], found: tuple[unheard.Unheard, ...]
) -> tuple[Unreached, ...]:
    """Everybody with a part in an agreement whom nothing reaches: gone, on no platform, or refused by theirs."""
    presence = await sitting.presence()
    back_at = {each.place.platform: await _back_at(sitting, each.place.platform) for each in found if each.person}
    refused = {
        each.person: each.why
        for each in found
        if each.person and each.state == "DEAD" and each.said_at > back_at[each.place.platform]
    }
    told: dict[str, Unreached] = {}
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        for person in terms.people:
            if person.id not in people_of(terms):
                continue
            if person.id not in here:
                told[person.id] = Unreached(person.name, "they left the chat.", _NAME_ANOTHER)
            elif person.id in presence.gone:
                told[person.id] = Unreached(person.name, "no platform's id of theirs is known.", _ADD_AN_ID)
            elif person.id in refused:
                why = refused[person.id] or "their platform refused it."
                told[person.id] = Unreached(person.name, sentence(why), _LET_THEM_WRITE)
    return (*await _broken_channels(sitting), *told.values())


async def _back_at(sitting: Sitting, platform: str) -> datetime:
    """When a platform last took words again that had taken none; what it refused before says nothing of today."""
    lines = await audit.about(sitting.tx, platform)
    return next((each.at for each in lines if each.what == "PlatformBack"), datetime.min.replace(tzinfo=UTC))


async def _broken_channels(sitting: Sitting) -> tuple[Unreached, ...]:
    """Channels that take no words, and for which nobody has chosen another way yet."""
    chosen = await agreements.detours(sitting.tx)
    found: dict[tuple[str, str], Unreached] = {}
    for agreement in sitting.agreements:
        for each in await agreements.channels_of(sitting.tx, agreement.slug):
            spot = (each.platform, each.id)
            if each.broken_at is not None and spot not in chosen:
                found[spot] = Unreached(each.name or each.id, sentence(each.broken_why), _BRING_IT_BACK)
    return tuple(found.values())


_BRING_IT_BACK = "Bring it back and invite me again, or say `channel` to choose where its words go."
_NAME_ANOTHER = "Apply the agreement with somebody else in that place."
_ADD_AN_ID = "Add it under identities in the agreement's file, and apply that."
_LET_THEM_WRITE = "Ask them to open a conversation with me, and say anything."


async def held_for(sitting: Sitting, member: str) -> tuple[Unheard, ...]:
    """What quiet hours keep back from somebody now."""
    return tuple(
        Unheard(
            each.kind, each.ref, each.place.name or each.place.id, "held", each.hold_reason, each.created_at,
            each.held_until,
        )
        for each in await unheard.held_for(sitting.tx, member)
    )  # fmt: skip


def _unheard(each: unheard.Unheard, names: Mapping[str, str]) -> Unheard:
    where = names.get(each.person, each.person) or each.place.name or each.place.id
    return Unheard(each.kind, each.ref, where, _BECAME[each.state], each.why, each.said_at, each.until)


_BECAME: Mapping[str, Became] = {
    "HELD": "held",
    "PENDING": "waiting",
    "SENDING": "waiting",
    "UNKNOWN": "unknown",
    "RECONCILING": "unknown",
    "DROPPED": "dropped",
    "DEAD": "dead",
}
