"""Every question about open time, held against a walk over the minutes of remarkable nights."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Calendar, Duration
from tests.examples import examples
from tests.slacore.walk import HOURS, MINUTE, NIGHTS, Roster, Spans, Walk, walk_through

walks = st.builds(walk_through, st.sampled_from(sorted(NIGHTS)), st.sampled_from(sorted(HOURS)))


def minutes_of(walk: Walk, first: float = 0.0, last: float = 1.0) -> st.SearchStrategy[datetime]:
    size = len(walk.minutes) - 1
    return st.integers(int(size * first), int(size * last)).map(lambda i: walk.minutes[i])


def pauses_of(walk: Walk) -> st.SearchStrategy[tuple[tuple[datetime, datetime], ...]]:
    length = st.integers(0, 3000).map(lambda minutes: MINUTE * minutes)
    return st.lists(st.tuples(minutes_of(walk), length), max_size=4).map(
        lambda drawn: tuple((begun, begun + lasted) for begun, lasted in drawn)
    )


@examples(100)
@given(st.data())
def test_due_is_the_first_minute_by_which_the_open_time_has_passed(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    start = data.draw(minutes_of(walk))
    minutes = data.draw(st.integers(1, 3000))
    seen = walk.due(start, minutes)
    if seen is not None:
        assert calendar.due(start, Duration(minutes, "wm")) == seen


@examples(100)
@given(st.data())
def test_a_paused_clock_is_due_when_the_unpaused_open_time_has_passed(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    start = data.draw(minutes_of(walk))
    minutes = data.draw(st.integers(1, 2000))
    pauses = data.draw(pauses_of(walk))
    seen = walk.due(start, minutes, pauses)
    if seen is not None:
        assert calendar.due(start, Duration(minutes, "wm"), pauses) == seen


@examples(100)
@given(st.data())
def test_elapsed_counts_the_open_minutes_that_were_not_paused(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    a, b = sorted(data.draw(st.tuples(minutes_of(walk), minutes_of(walk))))
    pauses = data.draw(pauses_of(walk))
    assert calendar.elapsed(a, b) == walk.elapsed(a, b)
    assert calendar.elapsed(a, b, pauses) == walk.elapsed(a, b, pauses)
    assert calendar.elapsed(b, a, pauses) == -walk.elapsed(a, b, pauses)


@examples(100)
@given(st.data())
def test_open_and_closed_moments_are_those_of_the_walk(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    at = data.draw(minutes_of(walk))
    assert calendar.is_open(at) == walk.is_open(at)
    opening = walk.next_open(at)
    if opening is not None:
        assert calendar.next_open(at) == opening


@examples(50)
@given(st.data())
def test_the_open_stretches_between_two_moments_hold_each_open_minute_and_no_other(data: st.DataObject) -> None:
    walk, calendar = data.draw(walks)
    a, b = sorted(data.draw(st.tuples(minutes_of(walk), minutes_of(walk))))
    stretches = calendar.open_between(a, b)
    assert all(start < end for start, end in stretches)
    assert all(end < start for (_, end), (start, _) in pairwise(stretches))
    covered = {start + MINUTE * i for start, end in stretches for i in range((end - start) // MINUTE)}
    assert covered == {minute for minute in walk.minutes[walk.index(a) : walk.index(b)] if walk.is_open(minute)}


def spans() -> st.SearchStrategy[Spans]:
    """Up to three windows of a day that touch or lie apart, the last perhaps running into the next day."""

    def apart(bounds: list[int]) -> Spans:
        pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
        return tuple((a, min(b, a + 1439)) for a, b in pairs if a < 1440)

    return st.lists(st.integers(0, 2000), min_size=0, max_size=6, unique=True).map(sorted).map(apart)


@st.composite
def walks_anywhere(draw: st.DrawFn) -> tuple[Walk, Calendar]:
    week = (draw(spans()), draw(spans()), draw(spans()), draw(spans()), draw(spans()), draw(spans()), ((600, 700),))
    zone = draw(st.sampled_from(sorted(name for name in available_timezones() if "/" in name)))
    # From 1973 on every zone's offset is of whole minutes; before, a walk by minutes would miss seconds.
    on = draw(st.dates(date(1973, 1, 1), date(2090, 1, 1)))
    special = draw(st.dictionaries(st.integers(0, 5).map(lambda days: on + timedelta(days=days)), spans(), max_size=3))
    roster = Roster(zone, week, tuple(special.items()))
    return Walk(roster, datetime(on.year, on.month, on.day, tzinfo=UTC), 6), roster.calendar()


@examples(15)
@given(walks_anywhere(), st.data())
def test_any_hours_in_any_zone_at_any_time_are_counted_like_the_walk(
    there: tuple[Walk, Calendar], data: st.DataObject
) -> None:
    walk, calendar = there
    for at in walk.minutes[::97]:
        assert calendar.is_open(at) == walk.is_open(at)
    for _ in range(5):
        start = data.draw(minutes_of(walk))
        minutes = data.draw(st.integers(1, 1500))
        seen = walk.due(start, minutes)
        if seen is not None:
            assert calendar.due(start, Duration(minutes, "wm")) == seen
    assert calendar.elapsed(walk.minutes[0], walk.minutes[-1]) == walk.elapsed(walk.minutes[0], walk.minutes[-1])
