"""Where promises stand, read from the running tallies and never from the handoffs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from bot.desk.levels import levels
from bot.desk.sitting import Sitting
from bot.store import carries, checks, counts, obligations, tallies
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.errors import Refusal
from slacore.obligations import Obligation
from slacore.owers import slot_of, slots_owed
from slacore.periods import Period, print_date
from slacore.standing import (
    Carried,
    Goal,
    Judged,
    MembersStanding,
    ShareStanding,
    SlotCount,
    Standing,
    Tally,
    goal_of,
    share_standing,
    volume_standing,
)
from slacore.sweep import has_told


def goal_for(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> Goal:
    """The goal of a volume promise's period: worked out once, for it never changes while its terms are the same.

    Remembered beside the very terms it was worked out from: of a version that was taken back with its
    transaction the number comes again, with other terms.
    """
    promise = commitment.promise
    if not isinstance(promise, Volume):
        raise TypeError(f"{commitment.slug} is no volume promise")
    key = ("goal", sitting.workspace, terms.slug, terms.effective_on, commitment.slug, period.first_on)
    known: tuple[Terms, Goal] | None = sitting.tx.memory.get(key)
    if known is None or known[0] is not terms:
        known = sitting.tx.memory[key] = (terms, goal_of(commitment, promise, terms, period))
    return known[1]


async def standing_of(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> Judged:
    """Judge a promise for one period, whatever its kind. TypeError for one that has no period's obligation."""
    match commitment.promise:
        case Volume():
            return await volume_standing_of(sitting, terms, commitment, period)
        case Response() | FollowUps():
            return await share_standing_of(sitting, terms, commitment, period)
        case Level():
            return await levels.standing_of(sitting, terms, commitment, period)
        case Deliverable() as promise if promise.by_every_member:
            return await members_standing_of(sitting, terms, commitment, period)
        case _:
            raise TypeError(f"{commitment.slug} is not judged by its period")


async def share_standing_of(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> ShareStanding:
    """Judge a promise about items for one period, from the counts kept with the facts."""
    if not isinstance(commitment.promise, Response | FollowUps):
        raise TypeError(f"{commitment.slug} is no promise about items")
    found = await counts.of_period(sitting.tx, (terms.slug, commitment.slug, period.first_on))
    return share_standing(commitment, commitment.promise, terms, period, found, sitting.now)


async def members_standing_of(
    sitting: Sitting, terms: Terms, commitment: Commitment, period: Period
) -> MembersStanding:
    """Judge what every member owes in one period, from how many have; who they are is nobody's business here."""
    counted = await obligations.count_members(sitting.tx, terms.slug, commitment.slug, period.first_on, sitting.now)
    to_check = await checks.open_in(sitting.tx, terms.slug, commitment.slug, period.first_on)
    slots = slots_owed(commitment, terms, period)
    due_at = slots[-1].at if slots else period.ends_at(terms.zone)
    return MembersStanding(replace(counted, to_check=to_check), due_at, sitting.now)


async def volume_standing_of(
    sitting: Sitting, terms: Terms, commitment: Commitment, period: Period, *, by_day: bool = True
) -> Standing:
    """Judge a volume promise for one period. `by_day` reads the days too, for the recent pace."""
    goal, tally = await counted(sitting, terms, commitment, period, by_day=by_day)
    return volume_standing(goal, tally, terms.calendar_of(commitment), sitting.now)


async def counted(
    sitting: Sitting, terms: Terms, commitment: Commitment, period: Period, *, by_day: bool = False
) -> tuple[Goal, Tally]:
    """What a volume promise has to come to in one period, and what it has come to."""
    goal = goal_for(sitting, terms, commitment, period)
    tally = await tallies.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on, by_day=by_day)
    if tally.carried:
        goal = goal.carrying(await carried_into(sitting, terms, commitment, period))
    return goal, tally


async def carried_into(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> tuple[Carried, ...]:
    """What a period owes of earlier ones, the oldest first; what was taken back again is left out."""
    units: defaultdict[date, int] = defaultdict(int)
    for entry in await carries.into(sitting.tx, terms.slug, commitment.slug, period.first_on):
        units[entry.from_starts_on] += entry.units
    return tuple(Carried(commitment.period.containing(on), each) for on, each in units.items() if each)


def count_slots(found: tuple[Obligation, ...], terms: Terms | None = None) -> SlotCount:
    """Count slots by what became of them; one that several owe is kept once all of them have kept it.

    With `terms`, as the channel may hear it: a miss that the channel was not told of is still to come.
    """
    slots: dict[str, list[str]] = defaultdict(list)
    for each in found:
        untold = each.state == "missed" and terms is not None and not has_told(each, terms, "channel")
        slots[slot_of(each)].append("open" if untold else each.state)
    kept = sum(all(state == "kept" for state in states) for states in slots.values())
    missed = sum("missed" in states for states in slots.values())
    excused = sum(all(state in ("excused", "withdrawn") for state in states) for states in slots.values())
    return SlotCount(kept, missed, len(slots) - kept - missed - excused, excused)


def count_members(standing: MembersStanding, told: bool) -> SlotCount:
    """The same of what every member owes; where the channel was not told of a miss, it is still to come."""
    count = standing.count
    if not told:
        return SlotCount(count.kept, 0, count.to_come + count.missed + count.late, count.excused)
    return SlotCount(count.kept, count.missed + count.late, count.to_come, count.excused, count.late)


def period_named(agreement: Agreement, commitment: Commitment, month: date | None, today: date) -> Period:
    """The period of a promise that holds a date of the month that is meant; today's if none is named.

    Periods of so many days are cut by months: then the one that holds the month's middle is meant.
    """
    first = agreement.versions[0].terms
    if month is not None and month != today and commitment.period.anchor is not None:
        month = month.replace(day=15)
    on = month or today
    period = commitment.period.containing(on)
    if period.first_on > today:
        raise Refusal(f"{period.label} has not begun.", "Name a month that has.", field="month")
    if period.last_on < first.effective_on:
        began = f"{first.name} began on {print_date(first.effective_on)}"
        raise Refusal(f"{began}, after {period.label}.", "Name a later month.")
    return period
