"""A reminder comes after the time has begun, before it ends, and while somebody is there to act on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Calendar, Duration
from slacore.reminders import remind_at
from tests.examples import examples
from tests.world import moment

NEW_YORK = Calendar("America/New_York", {"Mon-Fri": "09:00-12:00, 13:00-17:00"})
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
begins = st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))


@examples(150)
@given(begins, st.integers(1, 20_000), st.integers(1, 5))
def test_it_lies_within_the_time_and_within_open_hours(begins_at: datetime, minutes: int, days: int) -> None:
    until = begins_at + timedelta(minutes=minutes)
    at = remind_at(begins_at, until, NEW_YORK, days)
    open_time = NEW_YORK.elapsed(begins_at, until)
    if at is None:
        assert open_time < timedelta(minutes=2)
        return
    assert begins_at < at < until
    around = timedelta(minutes=1)
    assert NEW_YORK.elapsed(at - around, at + around) > timedelta()


def test_it_is_so_many_working_days_before_where_there_are_as_many() -> None:
    begins_at, until = moment("Mon 02 Nov 2026 10:00"), moment("Thu 05 Nov 2026 17:00")
    assert remind_at(begins_at, until, NEW_YORK, 1) == moment("Wed 04 Nov 2026 17:00")


def test_it_comes_half_way_where_the_time_is_shorter() -> None:
    begins_at = moment("Mon 02 Nov 2026 10:00")
    until = NEW_YORK.due(begins_at, Duration(4, "wh"))
    assert remind_at(begins_at, until, NEW_YORK, 1) == moment("Mon 02 Nov 2026 12:00")
