"""However a miss changes after it was carried over, a later period owes what an obvious bookkeeper would let it owe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.breaches import Breach
from slacore.carries import CarryEntry, most_carried, require_carriable, too_many, units_of
from slacore.errors import Refusal
from slacore.standing import Carried, Tally, volume_standing
from tests.company_x import OCTOBER, TERMS, at, standing
from tests.examples import examples

NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)
MISS = Breach(3, 12, "a", 1, "leads", "marketing", 9, provisional=False, recorded_at=NOW)
EXCUSED = replace(MISS, excused_at=NOW, excused_why="a flood")

changes = st.lists(
    st.one_of(
        st.tuples(st.just("carry"), st.integers(1, 30)),
        st.tuples(st.just("shrinks to"), st.integers(0, 30)),
        st.tuples(st.sampled_from(["excused", "made good"]), st.just(0)),
        st.tuples(st.just("uncertain"), st.integers(0, 1)),
    ),
    max_size=8,
)


@examples(150)
@given(shortfall=st.integers(1, 30), carried_in=st.integers(0, 10), room=st.none() | st.integers(-2, 20), steps=changes)
def test_the_ledger_is_what_a_bookkeeper_remembers(
    shortfall: int, carried_in: int, room: int | None, steps: list[tuple[str, int]]
) -> None:
    miss = replace(MISS, shortfall=shortfall)
    ledger: list[CarryEntry] = []
    owed, was_carried = 0, False  # all that the bookkeeper keeps
    for what, units in steps:
        match what:
            case "carry":
                own = max(0, miss.shortfall - carried_in)
                least = own if room is None else min(own, max(0, room))
                allowed = miss.counts and not was_carried and 0 < units <= least
                try:
                    number = require_carriable(miss, ledger, most_carried(miss, carried_in, room), units)
                except Refusal:
                    assert not allowed
                    continue
                assert allowed
                ledger.append(_entry(len(ledger), number))
                owed, was_carried = units, True
            case "shrinks to":
                miss = replace(miss, shortfall=units)
            case "excused":
                miss = replace(miss, excused_at=NOW, provisional=False)
            case "made good":
                miss = replace(miss, made_good_at=NOW)
            case _:
                miss = replace(miss, provisional=bool(units) and miss.excused_at is None)
        if excess := too_many(miss, ledger, carried_in):
            ledger.append(_entry(len(ledger), -excess))
        if not miss.provisional:
            bears = max(0, miss.shortfall - carried_in) if miss.counts else 0
            owed = min(owed, bears)
        assert units_of(ledger) == owed
        assert not too_many(miss, ledger, carried_in)
    assert sum(entry.units > 0 for entry in ledger) <= 1


def _entry(before: int, units: int) -> CarryEntry:
    return CarryEntry(3, before + 1, "a", "leads", date(2026, 10, 1), date(2026, 11, 1), units, "morgan", NOW)


@given(units=st.lists(st.integers(1, 40), max_size=3), counted=st.integers(0, 200))
def test_a_period_asks_for_its_own_and_what_was_carried_into_it(units: list[int], counted: int) -> None:
    before = standing(at(20))
    goal = before.goal.carrying(tuple(Carried(OCTOBER, each) for each in units))
    assert (goal.own, goal.target, goal.cut) == (100, 100 + sum(units), False)
    assert [quantity for _, quantity in goal.checkpoints] == [25, 50, 75, 100 + sum(units)]
    assert goal.carrying(()) == before.goal
    after = replace(before.tally.on_time, accepted=counted)
    calendar = TERMS.calendar_of(TERMS.commitment("leads"))
    judged = volume_standing(goal, Tally(on_time=after), calendar, goal.due_at + timedelta(hours=1))
    assert judged.shortfall == max(0, goal.target - counted)
    assert (judged.state == "met") is (counted >= goal.target)


def test_nothing_is_carried_of_a_miss_that_brings_nothing() -> None:
    for miss, word in (
        (replace(MISS, provisional=True), "still provisional"),
        (EXCUSED, "excused"),
        (replace(MISS, made_good_at=NOW), "made good"),
        (replace(MISS, shortfall=0), "closed without a miss"),
    ):
        with pytest.raises(Refusal, match=f"B-3 is {word}, so nothing is carried over"):
            require_carriable(miss, (), 9, None)
