"""When a ladder's steps are reached: whole working dates after, or some before, the due moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacore.calendars import Calendar

ZONE = ZoneInfo("America/New_York")
OFFICE = Calendar("America/New_York", {"Mon-Fri": "09:00-12:00, 13:00-17:00"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def after(due: str, amount: int) -> str:
    return OFFICE.after_whole_working_days(at(due), amount).astimezone(ZONE).strftime("%a %d %H:%M")


def before(due: str, amount: int) -> str:
    return OFFICE.before_working_days(at(due), amount).astimezone(ZONE).strftime("%a %d %H:%M")


def test_one_working_day_after_thursday_17_00_is_monday_09_00() -> None:
    assert after("2026-10-15 17:00", 1) == "Mon 19 09:00"


def test_the_rest_of_a_date_is_not_a_whole_one() -> None:
    assert after("2026-10-15 11:00", 1) == "Mon 19 09:00"
    assert after("2026-10-15 09:00", 1) == "Fri 16 09:00"
    assert after("2026-10-15 07:00", 1) == "Fri 16 09:00"


def test_steps_of_one_two_and_five_working_days_climb_over_the_weekend() -> None:
    assert [after("2026-10-15 17:00", amount) for amount in (0, 1, 2, 5)] == [
        "Fri 16 09:00",
        "Mon 19 09:00",
        "Tue 20 09:00",
        "Fri 23 09:00",
    ]


def test_two_working_days_before_thursday_17_00_is_tuesday_17_00() -> None:
    assert before("2026-10-15 17:00", 2) == "Tue 13 17:00"
    assert before("2026-10-15 10:15", 2) == "Tue 13 10:15"
    assert before("2026-10-19 10:15", 1) == "Fri 16 10:15"


def test_a_step_before_moves_into_the_hours_of_its_date() -> None:
    assert before("2026-10-15 06:00", 1) == "Wed 14 09:00"
    assert before("2026-10-15 12:30", 1) == "Wed 14 13:00"
    assert before("2026-10-15 23:00", 1) == "Wed 14 17:00"
    assert before("2026-10-17 10:00", 1) == "Fri 16 10:00"


def test_a_night_shift_keeps_its_place_in_the_shift() -> None:
    night = Calendar("America/New_York", {"Mon-Fri": "22:00-06:00"})
    assert night.before_working_days(at("2026-10-20 02:00"), 1) == at("2026-10-17 02:00")
    assert night.before_working_days(at("2026-10-20 06:00"), 1) == at("2026-10-17 06:00")


def test_a_step_before_is_at_least_one_working_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        OFFICE.before_working_days(at("2026-10-15 17:00"), 0)


def test_working_days_are_counted_forwards_and_back() -> None:
    friday, saturday, monday = date(2026, 10, 16), date(2026, 10, 17), date(2026, 10, 19)
    assert OFFICE.add_working_days(friday, 1) == OFFICE.add_working_days(saturday, 1) == monday
    assert OFFICE.add_working_days(monday, -1) == OFFICE.add_working_days(saturday, -1) == friday
    assert OFFICE.add_working_days(saturday, 0) == OFFICE.add_working_days(monday, 0) == monday
    for start in (friday, saturday, monday):
        for amount in (-300, -7, -1, 1, 7, 300):
            assert OFFICE.working_days_between(start, OFFICE.add_working_days(start, amount)) == amount


def test_the_index_grows_to_the_years_asked_about_and_answers_as_if_it_had_always_known_them() -> None:
    def fresh(name: str) -> Calendar:
        return Calendar("Europe/Berlin", {"Mon-Fri": "08:00-16:00"}, closed={date(2026, 1, 2): name})

    start = datetime(2026, 5, 5, 5, 5, tzinfo=UTC)
    grown, straight = fresh("one way"), fresh("the other")
    for years in (0, 3, -9, 30, -40, 60):
        grown.is_open(start + timedelta(days=365 * years))
    for years in (-50, -41, -10, 0, 1, 30, 72):
        moment = start + timedelta(days=365 * years)
        assert grown.next_open(moment) == straight.next_open(moment)
        assert grown.elapsed(moment, start) == straight.elapsed(moment, start)
        assert grown.before_working_days(moment, 3) == straight.before_working_days(moment, 3)
