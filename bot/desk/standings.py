"""Where promises stand, read from the running tallies and never from the handoffs."""

from __future__ import annotations

from datetime import date

from bot.desk.sitting import Sitting
from bot.store import obligations, tallies
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Volume
from slacore.errors import Refusal
from slacore.obligations import Obligation
from slacore.periods import Period
from slacore.standing import SlotCount, Standing, goal_of, volume_standing


def terms_for(agreement: Agreement, commitment: str, period: Period) -> tuple[int, Terms] | None:
    """The version that governs a period of a promise, if the promise is in it."""
    version = agreement.governing(period.first_on, period.last_on)
    if version is None or all(each.slug != commitment for each in version.terms.commitments):
        return None
    return version.number, version.terms


async def volume_standing_of(
    sitting: Sitting, terms: Terms, commitment: Commitment, period: Period, *, by_day: bool = True
) -> Standing:
    """Judge a volume promise for one period. `by_day` reads the days too, for the recent pace."""
    promise = commitment.promise
    if not isinstance(promise, Volume):
        raise TypeError(f"{commitment.slug} is no volume promise")
    tally = await tallies.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on, by_day=by_day)
    goal = goal_of(commitment, promise, terms, period)
    return volume_standing(goal, tally, terms.calendar_of(commitment), sitting.now)


async def slot_count(sitting: Sitting, agreement: str, commitment: str, period: Period) -> SlotCount:
    """How many slots of a deliverable are kept, missed and to come in a period."""
    found = await obligations.of_period(sitting.tx, agreement, commitment, period.first_on)
    return count_slots(found)


def count_slots(found: tuple[Obligation, ...]) -> SlotCount:
    """Count slots by what became of them."""
    kept = sum(each.state == "kept" for each in found)
    missed = sum(each.state == "missed" for each in found)
    excused = sum(each.state in ("excused", "withdrawn") for each in found)
    return SlotCount(kept, missed, len(found) - kept - missed - excused, excused)


def period_named(terms: Terms, commitment: Commitment, month: date | None, today: date) -> Period:
    """The period of a promise that holds a date; today's if none is named."""
    on = month or today
    period = commitment.period.containing(on)
    if period.first_on > today:
        raise Refusal(f"{period.label} has not begun.", "Name a month that has.", field="month")
    if period.last_on < terms.effective_on:
        raise Refusal(
            f"{terms.name} began on {terms.effective_on:%d %B %Y}, after {period.label}.", "Name a later month."
        )
    return period
