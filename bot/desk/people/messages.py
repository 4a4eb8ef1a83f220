"""What reaches somebody: his part in agreements, and what he chose for himself."""

from __future__ import annotations

from bot.cards.messages import Heard
from bot.desk.messages.saying import DAILY_BUDGET
from bot.desk.people.people import agreements_of
from bot.desk.people.presences import DIGEST_AT
from bot.desk.sitting import Sitting
from bot.store import presences, unheard


async def heard_by(sitting: Sitting, member: str) -> Heard:
    """Why this member is written to, and what holds that back."""
    presence = await sitting.presence()
    coming = [each for each in presence.absences.get(member, ()) if each.until_at > sitting.now]
    return Heard(
        member,
        [each.latest.terms for each in agreements_of(sitting, member)],
        DAILY_BUDGET,
        await presences.digest_of(sitting.tx, member, DIGEST_AT),
        presence.quiet.get(member),
        min(coming, key=lambda each: each.from_at, default=None),
        len(await unheard.held_for(sitting.tx, member)),
    )
