"""What would follow if a promise were missed: who hears of it, in which order, before anything has happened."""

from __future__ import annotations

from collections.abc import Collection

from bot.cards.duties import Duty
from bot.cards.stakes import Rung, Stake
from bot.desk.duties import duties
from bot.desk.sitting import Sitting
from slacore.items import ITEM_KINDS
from slacore.sweep import Sight, steps_of, who_hears

_MOST = 3
"""So many promises at once; one is asked about by name."""
_ASIDE = frozenset({"acceptance", "step", *ITEM_KINDS})
"""Kinds of what is owed that are no promise of their own."""


async def stakes_of(sitting: Sitting, member: str, agreements: Collection[str], about: str = "") -> tuple[Stake, ...]:
    """The promises that somebody has to keep, else those he is owed, else all, soonest first, each with who would hear.

    `agreements` are those spoken of, by slug; `about` is the slug of the one promise that is meant, if any.
    """
    for found in (
        await duties.owed_by(sitting, member),
        await duties.owed_to(sitting, member),
        await duties.open_in(sitting, agreements),
    ):
        promises: dict[tuple[str, str], Duty] = {}
        for duty in sorted(found, key=lambda each: each.obligation.due_at):
            asked = duty.terms.slug in agreements and about in {"", duty.commitment.slug}
            if asked and duty.obligation.kind not in _ASIDE and duty.obligation.due_at > sitting.now:
                promises.setdefault((duty.terms.slug, duty.commitment.slug), duty)
        if promises:
            return tuple([await _stake(sitting, duty) for duty in list(promises.values())[:_MOST]])
    return ()


async def _stake(sitting: Sitting, duty: Duty) -> Stake:
    obligation, terms = duty.obligation, duty.terms
    sight, calendar = Sight(terms, await sitting.presence()), terms.calendar_of(duty.commitment)
    rungs = []
    for step in steps_of(obligation, terms):
        at = step.at(obligation.due_at, calendar)
        heard, _ = who_hears(step, obligation, sight, max(at, sitting.now))
        rungs.append(Rung(at, tuple(each.member for each in heard), "channel" in step.whom, step.only_if_at_risk))
    return Stake(duty, tuple(each for each in rungs if each.whom or each.channel))
