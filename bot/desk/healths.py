"""What does not work, what is held back, and why somebody did not hear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.cards.healths import Became, Health, Unheard
from bot.desk import setbacks
from bot.desk.sitting import Sitting
from bot.store import dues, outbox, people
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
    found = await outbox.why(sitting.tx, sitting.now - LOOKS_BACK)
    names = {person.id: person.name for person in await people.everybody(sitting.tx)}
    return Health(
        waiting=sum(each.state in ON_THEIR_WAY for each in found),
        held=sum(each.state == "HELD" for each in found),
        behind_since=oldest if oldest is not None and sitting.now - oldest > KEEPS_UP_WITHIN else None,
        put_off=await setbacks.put_off_here(sitting),
        unheard=tuple(
            _unheard(each, names) for each in found if each.person in {"", sitting.actor} and each.why != SUPERSEDED
        ),
    )


async def held_for(sitting: Sitting, member: str) -> tuple[Unheard, ...]:
    """What quiet hours keep back from somebody now."""
    names = {member: ""}
    found = await outbox.why(sitting.tx, sitting.now - LOOKS_BACK, person=member)
    return tuple(_unheard(each, names) for each in found if each.state == "HELD")


def _unheard(each: outbox.Unheard, names: Mapping[str, str]) -> Unheard:
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
