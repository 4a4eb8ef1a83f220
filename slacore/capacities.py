"""Whether a promise of follow-ups can be kept by the people there are, told before it is agreed.

An agreement says what comes in (units that somebody promised the party) and what each of them is
owed; a party may say who works on it. Both together are what the capacity calculator takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Unit, Volume
from slacore.parties import Party, Staffing
from slacore.periods import PeriodRule
from slacore.planner import Capacity, CapacityInputs, plan_capacity

_DAYS_A_MONTH = Fraction(365, 12)
_MONTHS: dict[str, Fraction] = {
    "day": 1 / _DAYS_A_MONTH,
    "week": 7 / _DAYS_A_MONTH,
    "month": Fraction(1),
    "quarter": Fraction(3),
    "year": Fraction(12),
}
"""How many months a period lasts, on average."""


@dataclass(frozen=True, slots=True)
class Overcommitment:
    """A promise of follow-ups that a party's people have no hours for, and the sum that shows it."""

    party: Party
    commitment: Commitment
    capacity: Capacity


def overcommitments(terms: Terms) -> tuple[Overcommitment, ...]:
    """The promises of follow-ups beyond what their givers say they have hours for; empty where nobody says."""
    found = []
    for commitment in terms.commitments:
        party = terms.party(commitment.giver)
        if isinstance(commitment.promise, FollowUps) and party.staffing is not None:
            inflow = incoming(terms, party.slug, commitment.promise.unit)
            if inflow:
                capacity = plan_capacity(_inputs(party.staffing, commitment.promise, inflow))
                if not capacity.kept:
                    found.append(Overcommitment(party, commitment, capacity))
    return tuple(found)


def incoming(terms: Terms, party: str, unit: Unit) -> int:
    """How many units others promise a party in an average month, rounded up once."""
    words = {word.casefold() for word in unit.words}
    total = Fraction(0)
    for commitment in terms.commitments:
        promise = commitment.promise
        if not isinstance(promise, Volume) or commitment.receiver != party:
            continue
        if words & {word.casefold() for word in promise.unit.words}:
            total += promise.target / _months(commitment.period)
    return ceil(total)


def _months(period: PeriodRule) -> Fraction:
    return period.days / _DAYS_A_MONTH if period.anchor is not None else _MONTHS[period.unit]


def _inputs(staffing: Staffing, promise: FollowUps, leads: int) -> CapacityInputs:
    expected = None if staffing.expected is None else min(staffing.expected, Fraction(promise.attempts))
    return CapacityInputs(
        reps=staffing.reps,
        hours=Fraction(staffing.hours),
        minutes=Fraction(staffing.minutes),
        leads=leads,
        attempts=promise.attempts,
        expected=expected,
        prospecting_share=staffing.prospecting_share,
    )
