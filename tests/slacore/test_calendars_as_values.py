"""A calendar is a value: equal to another with the same hours, kept in sets, sent between processes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Calendar, Duration, HolidayRegion
from slacore.errors import Refusal


def company_x() -> Calendar:
    return Calendar(
        "America/New_York",
        {"Mon-Thu": "09:00-12:00, 13:00-17:00", "Fri": "09:00-15:00", "Sat": "22:00-06:00"},
        HolidayRegion("US", worked=("Columbus Day",)),
        closed={date(2026, 12, 24): "Company holiday"},
        replaced={date(2026, 12, 31): "09:00-12:00"},
        name="Sales",
    )


def test_calendars_with_the_same_hours_are_equal_and_hash_alike() -> None:
    assert company_x() == company_x()
    assert len({company_x(), company_x()}) == 1
    assert company_x() != Calendar("America/New_York", {"Mon": "09:00-17:00"})


def test_a_calendar_survives_pickling_and_copying_and_answers_the_same() -> None:
    original = company_x()
    moment = datetime(2026, 10, 14, tzinfo=UTC)
    for twin in (pickle.loads(pickle.dumps(original)), copy.deepcopy(original)):
        assert twin == original
        assert twin.due(moment, Duration(99, "wh")) == original.due(moment, Duration(99, "wh"))


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        company_x().zone = "UTC"  # type: ignore[misc]


def test_a_calendar_says_itself_in_a_line() -> None:
    assert company_x().in_words() == (
        "Mon-Thu 09:00-12:00, 13:00-17:00; Fri 09:00-15:00; Sat 22:00-06:00, New York time, closed on US holidays"
    )


def test_a_date_cannot_be_closed_and_have_hours() -> None:
    with pytest.raises(Refusal, match="2026-12-24"):
        Calendar("UTC", {"Mon": "9-17"}, closed={date(2026, 12, 24): "x"}, replaced={date(2026, 12, 24): "9-12"})


moments = st.timedeltas(timedelta(0), timedelta(days=365 * 60)).map(
    lambda after: datetime(2000, 1, 1, tzinfo=UTC) + after
)


@given(moments, moments, moments)
def test_open_time_adds_up_whatever_moment_parts_it(a: datetime, b: datetime, c: datetime) -> None:
    calendar = company_x()
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)


@given(moments, st.integers(1, 100_000))
def test_due_is_the_first_microsecond_by_which_the_time_has_passed(start: datetime, minutes: int) -> None:
    calendar = company_x()
    due = calendar.due(start, Duration(minutes, "wm"))
    assert calendar.elapsed(start, due) == timedelta(minutes=minutes)
    assert calendar.elapsed(start, due - timedelta(microseconds=1)) < timedelta(minutes=minutes)


@given(moments, moments, st.sampled_from(["1wm", "5wh", "1wd", "0wd", "12wd", "7h"]))
def test_who_begins_later_is_never_due_earlier(a: datetime, b: datetime, text: str) -> None:
    calendar, duration = company_x(), Duration.parse(text)
    earlier, later = sorted((a, b))
    assert calendar.due(earlier, duration) <= calendar.due(later, duration)
    near = earlier + timedelta(hours=7)
    assert earlier <= calendar.due(earlier, duration) <= calendar.due(near, duration)
