"""A promise of follow-ups is held against the hours of those who make it, before anybody signs it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.capacities import incoming, overcommitments
from slacore.commitments import Commitment, FollowUps, Outcome, Volume
from slacore.parties import Staffing
from slacore.periods import PeriodRule
from tests.company_x import TERMS
from tests.examples import examples

LEADS = TERMS.commitment("leads")
assert isinstance(LEADS.promise, Volume)
UNIT = LEADS.promise.unit
FOLLOW_UPS = Commitment(
    "follow-ups",
    "Follow-ups",
    "sales",
    "marketing",
    FollowUps(6, Duration.parse("10wd"), UNIT, (Outcome("won", "Won", final=True),)),
    PeriodRule.parse("month"),
    "amy",
    "office",
)


def staffed(staffing: Staffing | None, target: int = 100, period: str = "month") -> Terms:
    """Company X with follow-ups owed for each lead, and so many people at sales."""
    assert isinstance(LEADS.promise, Volume)
    leads = replace(LEADS, promise=replace(LEADS.promise, target=target), period=PeriodRule.parse(period))
    parties = tuple(replace(each, staffing=staffing) if each.slug == "sales" else each for each in TERMS.parties)
    return replace(TERMS, parties=parties, commitments=(leads, FOLLOW_UPS))


def test_six_follow_ups_for_each_of_a_hundred_leads_take_two_hundred_hours_of_twenty_minutes() -> None:
    assert overcommitments(staffed(Staffing(2, 100, 20))) == ()
    (found,) = overcommitments(staffed(Staffing(1, 160, 20)))
    assert (found.party.slug, found.commitment.slug) == ("sales", "follow-ups")
    assert found.capacity.hours_needed == 200
    assert found.capacity.hours_left == 160
    assert found.capacity.reps_needed == 2


def test_a_party_that_does_not_say_whom_it_has_draws_no_warning() -> None:
    assert overcommitments(staffed(None)) == ()


def test_where_a_lead_takes_half_its_follow_ups_on_average_half_the_hours_do() -> None:
    assert overcommitments(staffed(Staffing(1, 100, 20, expected=Fraction(3)))) == ()


@given(
    st.integers(1, 500), st.sampled_from(["week", "month", "quarter", "year"]), st.integers(1, 9), st.integers(1, 200),
    st.integers(1, 60), st.fractions(0, 1, max_denominator=20),
)  # fmt: skip
@examples(60)
def test_it_warns_exactly_where_a_year_of_work_does_not_fit_into_a_year_of_hours(
    target: int, period: str, reps: int, hours: int, minutes: int, prospecting: Fraction
) -> None:
    terms = staffed(Staffing(reps, hours, minutes, prospecting), target, period)
    a_year = {"week": Fraction(365, 7), "month": Fraction(12), "quarter": Fraction(4), "year": Fraction(1)}[period]
    a_month = -(-(target * a_year) // 12)
    assert incoming(terms, "sales", UNIT) == a_month
    needed = a_month * 6 * minutes
    there = reps * hours * 60 * (1 - prospecting)
    assert bool(overcommitments(terms)) == (needed > there)
