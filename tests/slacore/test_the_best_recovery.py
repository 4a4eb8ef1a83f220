"""The best recovery of a month is what a slow comparison of each with each other comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from slacore.handoffs import Piles
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.plans import RecoveryPlan
from slacore.recoveries import CaughtUp, MadeGood, Recovery, best_of, caught_up, done_in_time
from tests.company_x import OCTOBER, TERMS, at, standing
from tests.examples import examples

CALENDAR = TERMS.calendar_of(TERMS.commitment("leads"))
moments = st.integers(0, 700).map(lambda hours: at(1) + timedelta(hours=hours))
good = st.builds(
    MadeGood,
    st.just("leads"),
    st.just("marketing"),
    st.just("B-1"),
    st.just("P-1"),
    st.integers(1, 100),
    st.fractions(Fraction(1, 100), 1, max_denominator=100),
    st.none() | st.integers(1, 5).map(lambda dollars: Money(dollars * 100, "USD")),
    moments,
)
caught = st.builds(
    lambda half_at, expected, missing: CaughtUp(
        "leads", "marketing", OCTOBER, half_at, expected, max(0, expected - missing), 100
    ),
    moments,
    st.integers(1, 60),
    st.integers(1, 60),
)


def beats(one: Recovery, other: Recovery) -> bool:
    """Slow and obvious: the rule as it is written down, a sentence a line."""
    if isinstance(one, CaughtUp) or isinstance(other, CaughtUp):
        if isinstance(one, MadeGood):
            return True
        if isinstance(other, MadeGood):
            return False
        if one.behind != other.behind:
            return one.behind > other.behind
        return one.half_at < other.half_at
    if (one.loss is None) != (other.loss is None):
        return one.loss is not None
    if one.loss is not None and other.loss is not None and one.loss != other.loss:
        return one.loss > other.loss
    if one.loss is None and one.part != other.part:
        return one.part > other.part
    return one.at < other.at


@examples(80)
@given(st.lists(good | caught, max_size=7))
def test_nothing_beats_the_best(found: list[Recovery]) -> None:
    best = best_of(found)
    assert (best is None) == (not found)
    if best is not None:
        assert best in found
        assert not any(beats(each, best) for each in found)


@examples(100)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 60)), max_size=6))
def test_caught_up_is_behind_at_half_time_and_all_there_in_the_end(handed: list[tuple[int, int]]) -> None:
    # Half-time of October's promise, from the 1st to Friday 30 at 17:00, is the 15th; 25 are due by Friday 9.
    total = sum(units for _, units in handed)
    by_day, so_far = [], 0
    for day, units in sorted(handed):
        so_far += units
        by_day.append((date(2026, 10, day), so_far))
    at_half = sum(units for day, units in handed if day <= 15)
    where = standing(at(31), on_time=Piles(accepted=total))
    found = caught_up("leads", "marketing", where, by_day, CALENDAR, TERMS.zone)
    assert (found is not None) == (at_half < 25 and total >= 100)
    if found is not None:
        assert (found.expected, found.attained, found.target) == (25, at_half, 100)
        assert found.half_at == at(15, 20, 30)  # on the wall of New York


def test_what_is_not_settled_or_came_late_was_not_caught_up() -> None:
    early = ((date(2026, 10, 14), 1), (date(2026, 10, 29), 100))
    open_still = standing(at(31), on_time=Piles(accepted=99, awaiting=1))
    late = standing(at(31), on_time=Piles(accepted=99), late=Piles(accepted=1))
    for where in (open_still, late):
        assert caught_up("leads", "marketing", where, early, CALENDAR, TERMS.zone) is None


def step(number: int, done_hours: int | None, state: str = "kept") -> Obligation:
    owed = Obligation(
        number, "a", 1, "leads", "step", f"P-1.{number}", "marketing", "nina", OCTOBER.first_on, at(1), at(20)
    )
    done_at = None if done_hours is None else at(1) + timedelta(hours=done_hours)
    return replace(owed, state=state, done_at=done_at)  # type: ignore[arg-type]


def test_a_plan_is_done_with_its_last_step_and_only_if_each_was_in_time() -> None:
    plan = RecoveryPlan(1, 3, "a", 1, "leads", ("marketing", "sales"), "josh", at(1), state="agreed")
    begins, ends = at(1), at(31)
    both = (step(1, 10), step(2, 30))
    assert done_in_time(plan, both, begins, ends) == at(1) + timedelta(hours=30)
    assert done_in_time(plan, both, begins, at(2)) is None  # the last of them in another month
    assert done_in_time(replace(plan, state="open"), both, begins, ends) is None
    assert done_in_time(plan, (), begins, ends) is None
    assert done_in_time(plan, (step(1, 10), step(2, None, "open")), begins, ends) is None
    assert done_in_time(plan, (step(1, 10), step(2, 700, "missed")), begins, ends) is None
