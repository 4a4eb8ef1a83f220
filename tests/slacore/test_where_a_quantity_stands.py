"""What a promised quantity asks of a period, and the word for it: told by a walk over minutes, and by every end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import product
from math import ceil
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.agreements import Signature, Terms
from slacore.commitments import Checkpoints, Volume
from slacore.handoffs import Piles
from slacore.periods import Period, PeriodRule, SlotRule
from slacore.standing import Goal, Tally, goal_of, volume_standing
from tests.company_x import OCTOBER, TERMS, at, standing
from tests.examples import examples
from tests.slacore.walk import Roster, Walk, every_day, faces

WEEK = PeriodRule("week")
_LEADS = TERMS.commitment("leads")
assert isinstance(_LEADS.promise, Volume)
LEADS: Volume = _LEADS.promise
ZONES = {
    "Australia/Lord_Howe": date(2026, 4, 4),  # half an hour back on the fifth of April
    "America/Havana": date(2026, 3, 7),  # no midnight on the eighth of March
    "Europe/London": date(2026, 10, 24),
    "Asia/Kathmandu": date(2024, 2, 28),  # a leap day, a quarter of an hour off
}
HOURS = every_day("9-12 13-17"), every_day("0-24"), every_day("22-30"), every_day("2:15-2:45")


def _terms(zone: str, roster: Roster, begins: date, ends: date | None, promise: Volume, due: SlotRule | None) -> Terms:
    leads = replace(_LEADS, promise=promise, period=WEEK, due=due, calendar="own")
    return replace(
        TERMS, zone=zone, effective_on=begins, ends_on=ends, commitments=(leads,), signatures=(),
        calendars={"own": roster.calendar()},
    )  # fmt: skip


@examples(25)
@given(
    zone=st.sampled_from(sorted(ZONES)),
    week=st.sampled_from(HOURS),
    first=st.integers(-3, 6),
    last=st.none() | st.integers(0, 8),
    target=st.sampled_from([1, 7, 100, 1_000_000]),
    due=st.sampled_from([None, "Friday 17:00"]),
    marks=st.sampled_from([None, ("every Tuesday, Thursday and Friday 17:00", (20, 60, 100))]),
)
def test_a_period_that_is_cut_asks_for_its_part_of_the_open_time(
    zone: str, week: tuple[tuple[tuple[int, int], ...], ...], first: int, last: int | None, target: int,
    due: str | None, marks: tuple[str, tuple[int, ...]] | None,
) -> None:  # fmt: skip
    period = WEEK.containing(ZONES[zone])
    roster = Roster(zone, week)  # type: ignore[arg-type]
    begins, ends = period.first_on + timedelta(first), None if last is None else period.first_on + timedelta(last)
    checkpoints = None
    if marks is not None:
        quantities = tuple(-(-target * each // 100) for each in marks[1])
        checkpoints = Checkpoints(SlotRule.parse(marks[0]), quantities)
    promise = replace(LEADS, target=target, checkpoints=checkpoints)
    terms = _terms(zone, roster, begins, ends, promise, SlotRule.parse(due) if due else None)
    goal = goal_of(terms.commitments[0], promise, terms, period)

    start = datetime.combine(period.first_on, datetime.min.time(), UTC) - timedelta(2)
    walk, on = Walk(roster, start, 12), period.first_on + timedelta(4)
    whole = [
        shown for place, (shown, minute) in enumerate(faces(zone, start, 12))
        if shown in period and (due is None or (shown, minute) < (on, 17 * 60)) and walk.counts(place)
    ]  # fmt: skip
    left = [shown for shown in whole if begins <= shown and (ends is None or shown <= ends)]
    if not whole:
        assert not goal.target or due is not None
        return
    assert goal.target == ceil(Fraction(target * len(left), len(whole)))
    assert goal.cut == (0 < goal.target != target)
    for moment, quantity in goal.checkpoints:
        assert quantity <= goal.target
        assert moment.astimezone(ZoneInfo(zone)).date() >= begins
    if begins <= period.first_on and checkpoints is not None:
        agreed = dict(zip((2, 4, 5), checkpoints.quantities, strict=True))  # Tuesday, Thursday and Friday
        for moment, quantity in goal.checkpoints:
            weekday = moment.astimezone(ZoneInfo(zone)).isoweekday()
            assert quantity == min(goal.target, agreed[weekday])


def _cut(**changes: object) -> Goal:
    return goal_of(_LEADS, LEADS, replace(TERMS, **changes), OCTOBER)  # type: ignore[arg-type]


def _said(goal: Goal) -> list[tuple[int, int]]:
    return [(moment.astimezone(ZoneInfo(TERMS.zone)).day, quantity) for moment, quantity in goal.checkpoints]


def test_one_that_begins_in_mid_period_drops_what_had_passed_and_keeps_the_shape_of_the_rest() -> None:
    goal = _cut(effective_on=date(2026, 10, 19))
    assert (goal.target, goal.starts_at) == (48, at(19, 0))
    assert _said(goal) == [(23, 24), (30, 48)]


def test_one_that_ends_in_mid_period_keeps_what_was_agreed_for_before() -> None:
    goal = _cut(ends_on=date(2026, 10, 20))
    assert (goal.target, goal.due_at) == (62, at(21, 0))
    assert _said(goal) == [(9, 25), (16, 50)]


def test_cut_at_both_ends_no_checkpoint_asks_for_more_than_all() -> None:
    goal = _cut(effective_on=date(2026, 10, 12), ends_on=date(2026, 10, 20))
    assert (goal.target, goal.expected_by(at(20, 23), TERMS.calendar_of(_LEADS))) == (29, 23)
    assert _said(goal) == [(16, 23)]


@pytest.mark.parametrize(
    ("signed_at", "target"),
    [(at(28, 9, month=9), 100), (at(1, 16), 100), (at(19, 0), 48), (at(19, 23), 48), (at(31, 12), 0)],
)
def test_what_was_signed_within_its_period_begins_with_the_day_of_the_last_signature(
    signed_at: datetime, target: int
) -> None:
    last = replace(TERMS.signatures[-1], signed_at=signed_at)
    goal = _cut(signatures=(*TERMS.signatures[:-1], last))
    assert goal.target == target


def test_one_that_begins_after_the_due_moment_asks_for_nothing() -> None:
    goal = _cut(effective_on=date(2026, 10, 31))
    assert (goal.target, goal.checkpoints) == (0, ())


def test_unsigned_terms_say_the_whole_period() -> None:
    assert _cut(signatures=(Signature("marketing", "josh", at(19)),)).target == 100


small = st.integers(0, 4)
piles = st.builds(Piles, small, small, small)


@examples(150)
@given(target=st.integers(1, 8), on_time=piles, late=piles)
def test_after_the_due_moment_a_miss_is_called_when_nothing_open_can_avert_it(
    target: int, on_time: Piles, late: Piles
) -> None:
    """Every way in which what waits and what is disputed may still be decided, tried one by one."""
    goal = replace(_cut(), target=target)
    found = volume_standing(goal, Tally(on_time, late), TERMS.calendar_of(_LEADS), goal.due_at)
    ends = set()
    for first, second in product(range(on_time.accepted, on_time.total + 1), range(late.accepted, late.total + 1)):
        ends.add("met" if first >= target else "met late" if first + second >= target else "missed")
    could_be_met = "met" in ends
    assert found.provisional == (len(ends) > 1 or (not could_be_met and _may_move(on_time, late, ends)))
    if not found.provisional:
        assert {found.state} == ends
    assert (found.state in ("missed", "met late")) == (not could_be_met)
    assert found.shortfall == max(0, target - on_time.accepted - on_time.awaiting)


def _may_move(on_time: Piles, late: Piles, ends: set[str]) -> bool:
    """Whether a miss that is certain is still open in its amount."""
    every = on_time + late
    return ends == {"missed"} and bool(every.awaiting or every.disputed)


@pytest.mark.parametrize(
    ("day", "hour", "handed", "state"),
    [
        (9, 17, 25, "on pace"),
        (9, 17, 24, "behind"),
        (9, 16, 24, "at risk"),
        (16, 9, 25, "at risk"),
        (28, 9, 100, "met"),
    ],
)
def test_before_it_a_promise_is_held_against_the_last_checkpoint_and_its_pace(
    day: int, hour: int, handed: int, state: str
) -> None:
    found = standing(at(day, hour), on_time=Piles(awaiting=handed), by_day=((date(2026, 10, 2), handed),))
    assert found.state == state
    assert found.provisional == (state == "met")


def test_nothing_is_projected_before_a_tenth_of_the_open_time_has_passed() -> None:
    assert standing(at(2, 17), on_time=Piles(awaiting=10)).projected is None
    assert standing(at(6, 9), on_time=Piles(awaiting=10)).projected is not None


def test_a_period_in_which_nobody_works_asks_for_nothing() -> None:
    day = replace(_LEADS, period=PeriodRule("day"), due=None, promise=replace(LEADS, checkpoints=None))
    assert isinstance(day.promise, Volume)
    sunday = Period(date(2026, 10, 11), date(2026, 10, 11), "")
    goal = goal_of(day, day.promise, TERMS, sunday)
    found = volume_standing(goal, Tally(), TERMS.calendar_of(_LEADS), at(11, 12))
    assert (goal.target, found.state) == (0, "nothing due")
