"""The capacity calculator: how many follow-ups each lead can really get, and how many reps six would need."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.errors import Refusal
from slacore.planner import Capacity, CapacityInputs, plan_capacity
from tests.examples import examples
from tests.slacore.test_targets_are_worked_back_from_a_quota import holds

COMPANY_X = CapacityInputs(reps=4, hours=Fraction(160), minutes=Fraction(10), leads=100)
quarters = st.integers(0, 80).map(lambda n: Fraction(n, 4))
months = st.builds(
    CapacityInputs,
    reps=st.integers(1, 6),
    hours=st.integers(1, 200).map(Fraction),
    minutes=st.integers(1, 240).map(lambda n: Fraction(n, 2)),
    leads=st.integers(1, 60),
    attempts=st.just(6),
    expected=st.none() | st.integers(4, 24).map(lambda n: Fraction(n, 4)),
    leave=quarters,
    prospecting=quarters,
    prospecting_share=st.integers(0, 100).map(lambda n: Fraction(n, 100)),
    deals=st.integers(0, 20),
    hours_a_deal=quarters,
    backlog=st.integers(0, 30),
)


def minutes_left(month: CapacityInputs, reps: int) -> Fraction:
    """Minutes for follow-ups, rep by rep and deal by deal."""
    left = Fraction(0)
    for _ in range(reps):
        at_work = month.hours - month.leave - month.prospecting
        left += max(Fraction(0), at_work - at_work * month.prospecting_share) * 60
    for _ in range(month.deals):
        left -= month.hours_a_deal * 60
    return max(Fraction(0), left)


def minutes_owed(month: CapacityInputs) -> Fraction:
    takes = month.attempts if month.expected is None else month.expected
    return sum((takes * month.minutes for _ in range(month.leads + month.backlog)), Fraction(0))


def rounds(month: CapacityInputs) -> int:
    """Follow up every lead once, and again, until the minutes are gone."""
    left = minutes_left(month, month.reps)
    for done in count():
        for _ in range(month.leads + month.backlog):
            left -= month.minutes
            if left < 0:
                return done
    raise AssertionError


def test_company_x_has_hours_for_six_and_one_rep_would_do() -> None:
    found = plan_capacity(COMPANY_X)
    assert (found.kept, found.each, found.reps_needed, found.most_leads) == (True, 38, 1, 640)


def test_two_half_time_reps_cannot_keep_six() -> None:
    """80 h at a quarter of an hour are 320 follow-ups, three for each of a hundred leads; six take 150 h."""
    found = plan_capacity(replace(COMPANY_X, reps=2, hours=Fraction(40), minutes=Fraction(15)))
    assert (found.kept, found.each, found.reps_needed, found.most_leads) == (False, 3, 4, 53)


def test_leads_that_answer_at_the_second_call_take_two() -> None:
    found = plan_capacity(replace(COMPANY_X, reps=2, hours=Fraction(40), minutes=Fraction(15), expected=Fraction(2)))
    assert (found.kept, found.each, found.reps_needed, found.most_leads) == (True, 6, 2, 160)


def test_exactly_enough_is_enough() -> None:
    month = replace(COMPANY_X, reps=1, hours=Fraction(100))
    assert plan_capacity(month).kept
    assert not plan_capacity(replace(month, leads=101)).kept


def test_where_prospecting_takes_every_hour_no_number_of_reps_keeps_it() -> None:
    found = plan_capacity(replace(COMPANY_X, prospecting=Fraction(160)))
    assert (found.kept, found.each, found.reps_needed, found.most_leads) == (False, 0, None, 0)


@examples(30)  # each walks through a month as often as it takes to find the most leads
@given(months)
def test_every_figure_is_what_a_walk_through_the_month_finds(month: CapacityInputs) -> None:
    found = plan_capacity(month)
    owed, left = minutes_owed(month), minutes_left(month, month.reps)
    assert found.kept == (owed <= left)
    assert found.each == (max(6, rounds(month)) if found.kept else rounds(month))
    assert found.hours_left == left / 60
    assert all(holds(step) for step in found.steps)
    assert fewest_reps(month, found)
    assert plan_with_leads(month, found.most_leads) <= left < plan_with_leads(month, found.most_leads + 1)


def fewest_reps(month: CapacityInputs, found: Capacity) -> bool:
    # Deals are worked before leads are, and with too few reps they leave nothing; so their hours count too.
    def enough(reps: int) -> bool:
        free = minutes_left(replace(month, deals=0), reps)
        return free >= minutes_owed(month) + month.deals * month.hours_a_deal * 60

    if found.reps_needed is None:
        return not enough(10_000)
    return enough(found.reps_needed) and not enough(found.reps_needed - 1)


def plan_with_leads(month: CapacityInputs, leads: int) -> Fraction:
    takes = month.attempts if month.expected is None else month.expected
    return leads * takes * month.minutes


@pytest.mark.parametrize(
    "change",
    [
        {"reps": 0}, {"leads": 0}, {"attempts": 0}, {"minutes": Fraction(0)}, {"deals": -1}, {"backlog": -1},
        {"hours": Fraction(0)}, {"hours": Fraction(745)}, {"leave": Fraction(-1)}, {"prospecting": Fraction(-1)},
        {"prospecting_share": Fraction(2)}, {"expected": Fraction(1, 2)}, {"expected": Fraction(7)},
    ],
)  # fmt: skip
def test_what_no_month_can_be_is_refused(change: dict[str, Fraction]) -> None:
    with pytest.raises(Refusal):
        replace(COMPANY_X, **change)  # type: ignore[arg-type]
