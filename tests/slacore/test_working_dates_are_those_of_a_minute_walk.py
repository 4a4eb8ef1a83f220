"""Promises in working dates, held against the dates that a walk over the minutes sees worked."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Duration
from tests.examples import examples
from tests.slacore.walk import HOURS, NIGHTS, Walk, walk_through

KINDS = sorted(set(HOURS) - {"overlapping shifts"})  # there a date may end before the date before it

walks = st.builds(walk_through, st.sampled_from(sorted(NIGHTS)), st.sampled_from(KINDS))


def whole_shifts(walk: Walk) -> list[tuple[datetime, datetime]]:
    """Openings and closes of the dates that the walk's own ends do not cut."""
    fringe = timedelta(days=1)
    return [s for s in walk.shifts.values() if walk.start + fringe < s[0] and s[1] < walk.end - fringe]


@examples(50)
@given(st.data())
def test_n_working_dates_end_at_the_nth_following_close_that_no_pause_swallows(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    start = walk.minutes[data.draw(st.integers(2 * 1440, 8 * 1440))]
    amount = data.draw(st.integers(1, 4))
    paused = st.tuples(st.integers(1440, 9 * 1440), st.integers(0, 3 * 1440))
    pauses = tuple(
        (walk.minutes[begun], walk.minutes[begun] + timedelta(minutes=lasted))
        for begun, lasted in data.draw(st.lists(paused, max_size=3))
    )
    own = walk.date_of(start)
    following = [
        closes
        for on, (_, closes) in walk.shifts.items()
        if on > own and not any(begun < closes <= resumed and resumed > start for begun, resumed in pauses)
    ]
    if len(following) > amount:  # one more than asked for: the last one may be cut by the walk's end
        assert calendar.due(start, Duration(amount, "wd"), pauses) == following[amount - 1]


@examples(50)
@given(st.data())
def test_nought_working_dates_end_at_the_next_close_of_a_date(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    start = walk.minutes[data.draw(st.integers(2 * 1440, 7 * 1440))]
    closes = [closes for _, closes in walk.shifts.values() if closes >= start]
    assert calendar.due(start, Duration(0, "wd")) == closes[0]


@examples(50)
@given(st.data())
def test_a_step_after_waits_for_whole_dates_and_fires_at_the_next_opening(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    at = walk.minutes[data.draw(st.integers(2 * 1440, 8 * 1440))]
    amount = data.draw(st.integers(0, 3))
    openings = [opens for opens, _ in whole_shifts(walk) if opens >= at]
    if len(openings) > amount:
        assert calendar.after_whole_working_days(at, amount) == openings[amount]


@examples(50)
@given(st.data())
def test_a_step_before_lies_in_the_hours_of_the_date_that_many_dates_earlier(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    at = walk.minutes[data.draw(st.integers(4 * 1440, 9 * 1440))]
    amount = data.draw(st.integers(1, 3))
    shifts = walk.shifts
    running = [on for on, (opens, closes) in shifts.items() if opens < at <= closes]  # a close belongs to its shift
    own = running[-1] if running else walk.date_shown[walk.index(at)]
    earlier = [shift for on, shift in shifts.items() if on < own]
    if len(earlier) > amount:
        opens, closes = earlier[-amount]
        step = calendar.before_working_days(at, amount)
        assert opens <= step <= closes
        assert calendar.is_open(step) or calendar.is_open(step - timedelta(minutes=1))


@examples(50)
@given(st.data())
def test_dates_open_and_close_when_the_walk_saw_it(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    shifts = walk.shifts
    for on in sorted(set(walk.date_shown))[2:-2]:
        assert calendar.is_working_day(on) == (on in shifts)
        assert calendar.closes_on(on) == (shifts[on][1] if on in shifts else None)
