"""What became of a miss that was carried over: how much of it a later period owes, and how much that makes there."""

from __future__ import annotations

from bot.cards.carries import CarriedOver
from bot.cards.duties import Duty
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import volume_standing_of
from bot.store import carries, choices
from slacore.breaches import Breach
from slacore.carries import units_of


async def carried_of(sitting: Sitting, duty: Duty, breach: Breach) -> CarriedOver | None:
    """What was carried over of a miss, everything taken back included; None where nothing ever was."""
    entries = await carries.of_breach(sitting.tx, breach.number)
    if not entries:
        return None
    version = sitting.agreement(breach.agreement).in_force(entries[0].to_starts_on)
    terms = version.terms if version is not None else duty.terms
    known = any(each.slug == breach.commitment for each in terms.commitments)
    commitment = terms.commitment(breach.commitment) if known else duty.commitment
    period = commitment.period.containing(entries[0].to_starts_on)
    standing = await volume_standing_of(sitting, terms if known else duty.terms, commitment, period, by_day=False)
    taken = [each for each in await choices.offers_of(sitting.tx, breach.number) if each.ended_how == "taken"]
    offered_by = next((each.by for each in taken if each.option == "carry-over"), "")
    return CarriedOver(duty, breach, units_of(entries), entries, standing.goal, offered_by)
