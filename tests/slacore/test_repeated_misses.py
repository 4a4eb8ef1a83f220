"""Misses make a repetition exactly where trying out every few of them would find one, and each counts once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from slacore.breaches import Breach
from slacore.calendars import Calendar, Duration
from slacore.credits import Repeated
from slacore.repeats import runs
from tests.examples import examples

NEW_YORK = Calendar("America/New_York", {"Mon-Fri": "09:00-17:00"})
BEGINS = datetime(2026, 1, 30, 17, tzinfo=UTC)

kinds = st.sampled_from(["stands", "stands", "stands", "excused", "provisional", "none", "made good"])
gaps = st.lists(st.tuples(st.integers(0, 12), kinds), max_size=9)


def miss(number: int, at: datetime, kind: str = "stands") -> Breach:
    return Breach(
        number, number, "a", 1, "reports", "sales", 0 if kind == "none" else 1, kind == "provisional", at,
        made_good_at=at if kind == "made good" else None, excused_at=at if kind == "excused" else None,
    )  # fmt: skip


def tried_out(rule: Repeated, misses: list[Breach], counted: set[int]) -> list[tuple[int, ...]]:
    """Try out every few misses in their order, and take the first that fit; then again with what is left."""
    left = [
        each
        for each in misses
        if each.number not in counted and each.shortfall and not each.provisional and each.excused_at is None
    ]
    found: list[tuple[int, ...]] = []
    while True:
        fits = next(
            (
                few
                for few in combinations(left, rule.misses)
                if max(each.recorded_at for each in few) <= NEW_YORK.due(few[0].recorded_at, rule.within)
            ),
            None,
        )
        if fits is None:
            return found
        found.append(tuple(each.number for each in fits))
        left = [each for each in left if each not in fits]


@examples(200)
@given(gaps, st.integers(2, 4), st.integers(1, 20), st.sets(st.integers(1, 9), max_size=3))
def test_runs_are_what_trying_out_every_few_misses_finds(
    steps: list[tuple[int, str]], misses: int, days: int, counted: set[int]
) -> None:
    at, found = BEGINS, []
    for number, (gap, kind) in enumerate(steps, 1):
        at += timedelta(days=gap)
        found.append(miss(number, at, kind))
    rule = Repeated(misses, Duration(days, "d"), "notice")
    got = [tuple(each.number for each in run) for run in runs(rule, reversed(found), counted, NEW_YORK)]
    assert got == tried_out(rule, found, counted)
    told = [number for run in got for number in run]
    assert len(told) == len(set(told))
    assert not list(runs(rule, found, counted | set(told), NEW_YORK)), "what was told is told again"


def test_a_year_ends_at_the_same_time_of_day_to_the_instant() -> None:
    rule = Repeated(2, Duration(365, "d"), "notice")
    first = miss(1, datetime(2026, 3, 1, 22, tzinfo=UTC))  # 17:00 in New York
    last_moment = datetime(2027, 3, 1, 22, tzinfo=UTC)
    assert list(runs(rule, [first, miss(2, last_moment)], (), NEW_YORK))
    assert not list(runs(rule, [first, miss(2, last_moment + timedelta(microseconds=1))], (), NEW_YORK))


def test_a_clock_change_in_between_moves_the_end_with_the_wall_clock() -> None:
    rule = Repeated(2, Duration(10, "d"), "notice")
    first = miss(1, datetime(2026, 3, 1, 22, tzinfo=UTC))  # 17:00; on 8 March the clocks go forward
    assert list(runs(rule, [first, miss(2, datetime(2026, 3, 11, 21, tzinfo=UTC))], (), NEW_YORK))
    assert not list(runs(rule, [first, miss(2, datetime(2026, 3, 11, 21, 1, tzinfo=UTC))], (), NEW_YORK))
