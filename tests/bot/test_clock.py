"""The one reader of the clock, and the clock that a rehearsal moves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock, MovableClock, SystemClock

NINE = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("America/New_York"))


def test_both_clocks_are_clocks() -> None:
    clocks: list[Clock] = [SystemClock(), MovableClock(NINE)]
    assert all(isinstance(clock, Clock) for clock in clocks)


def test_the_system_clock_tells_aware_utc_that_goes_on() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
    assert clock.monotonic() <= clock.monotonic()


def test_a_movable_clock_stands_where_it_was_put() -> None:
    clock = MovableClock(NINE)
    assert clock.now() == clock.now() == NINE
    assert clock.now().tzinfo is UTC


def test_a_movable_clock_is_set_forward_and_back() -> None:
    clock = MovableClock(NINE)
    assert clock.advance(timedelta(hours=3)) == clock.now() == NINE + timedelta(hours=3)
    clock.set(NINE - timedelta(days=1))
    assert clock.now() == NINE - timedelta(days=1)


def test_advancing_by_a_day_is_24_hours_even_through_the_night_the_clocks_change() -> None:
    saturday_noon = datetime(2026, 10, 31, 12, 0, tzinfo=ZoneInfo("America/New_York"))
    clock = MovableClock(saturday_noon)
    clock.advance(timedelta(days=1))
    assert clock.now().astimezone(ZoneInfo("America/New_York")).hour == 11


def test_moving_wall_time_leaves_the_monotonic_time_alone() -> None:
    seconds = iter([100.0, 101.5])
    clock = MovableClock(NINE, monotonic=lambda: next(seconds))
    assert clock.monotonic() == 100.0
    clock.advance(timedelta(hours=-3))
    assert clock.monotonic() == 101.5


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        MovableClock(datetime(2026, 10, 5, 9, 0))  # noqa: DTZ001 -- that is the point
