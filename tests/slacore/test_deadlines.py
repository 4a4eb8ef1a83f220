"""When a promise is due, told in examples that people argue about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacore.calendars import Calendar, Duration, HolidayRegion
from slacore.errors import Refusal

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Calendar("America/New_York", {"Mon-Fri": "09:00-17:00"}, HolidayRegion("US"))


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def due(start: str, duration: str, calendar: Calendar = OFFICE) -> str:
    moment = calendar.due(new_york(start), Duration.parse(duration))
    assert moment.tzinfo is UTC
    return moment.astimezone(ZoneInfo(calendar.zone)).strftime("%a %d %b %H:%M")


def test_a_clock_that_runs_out_at_closing_time_is_due_at_closing_time() -> None:
    assert due("2026-10-14 13:00", "4wh") == "Wed 14 Oct 17:00"


def test_a_minute_more_than_is_left_today_is_due_a_minute_after_tomorrow_opens() -> None:
    assert due("2026-10-14 13:00", "241wm") == "Thu 15 Oct 09:01"


def test_what_begins_at_night_begins_with_the_next_opening() -> None:
    assert due("2026-10-14 22:00", "1wh") == "Thu 15 Oct 10:00"


def test_a_weekend_and_a_holiday_inside_a_running_clock_do_not_count() -> None:
    assert due("2026-10-09 15:00", "4wh") == "Tue 13 Oct 11:00"  # Columbus Day is Monday the 12th


def test_a_lunch_break_does_not_count() -> None:
    with_lunch = Calendar("America/New_York", {"Mon-Fri": "09:00-12:00, 13:00-17:00"})
    assert due("2026-10-14 11:30", "1wh", with_lunch) == "Wed 14 Oct 13:30"
    assert due("2026-10-14 11:00", "1wh", with_lunch) == "Wed 14 Oct 12:00"


def test_working_dates_end_at_the_close_of_the_nth_following_one() -> None:
    assert due("2026-10-08 10:00", "1wd") == "Fri 09 Oct 17:00"
    assert due("2026-10-08 10:00", "2wd") == "Tue 13 Oct 17:00"
    assert due("2026-10-10 10:00", "1wd") == "Tue 13 Oct 17:00"
    assert due("2026-10-14 20:00", "10wd") == "Wed 28 Oct 17:00"


def test_nought_working_dates_are_the_same_date_while_it_is_open() -> None:
    assert due("2026-10-14 10:00", "0wd") == "Wed 14 Oct 17:00"
    assert due("2026-10-14 17:00", "0wd") == "Wed 14 Oct 17:00"
    assert due("2026-10-14 18:00", "0wd") == "Thu 15 Oct 17:00"


def test_nought_of_anything_else_is_due_at_once() -> None:
    assert [due("2026-10-14 18:00", text) for text in ("0wh", "0m", "0h", "0d")] == ["Wed 14 Oct 18:00"] * 4


def test_hours_of_wall_time_run_through_the_night() -> None:
    assert due("2026-10-09 15:00", "24h") == "Sat 10 Oct 15:00"
    assert due("2026-10-09 15:00", "90m") == "Fri 09 Oct 16:30"


def test_thirty_days_keep_the_time_of_day_across_a_clock_change_and_720_hours_do_not() -> None:
    assert due("2026-10-14 15:00", "30d") == "Fri 13 Nov 15:00"
    assert due("2026-10-14 15:00", "720h") == "Fri 13 Nov 14:00"


def test_a_day_that_leads_into_the_skipped_hour_ends_where_the_clock_jumps_to() -> None:
    assert due("2026-03-07 02:30", "1d") == "Sun 08 Mar 03:00"


def test_a_window_that_the_spring_night_cuts_is_shorter_and_one_that_autumn_repeats_is_longer() -> None:
    night = Calendar("America/New_York", {"Mon-Sun": "00:00-06:00"})
    spring, autumn, usual = date(2026, 3, 8), date(2026, 11, 1), date(2026, 6, 1)

    def worked(on: date) -> timedelta:
        closes = night.closes_on(on)
        assert closes is not None
        return night.elapsed(closes - timedelta(hours=12), closes)

    assert [worked(on) / timedelta(hours=1) for on in (spring, usual, autumn)] == [5, 6, 7]


def test_a_window_within_the_skipped_hour_is_no_window_that_night() -> None:
    early = Calendar("America/New_York", {"Mon-Sun": "02:00-02:45"})
    assert not early.is_working_day(date(2026, 3, 8))
    assert early.is_working_day(date(2026, 3, 9))


def test_a_wall_clock_that_shows_the_hours_twice_is_open_twice_with_a_pause_between() -> None:
    early = Calendar("America/New_York", {"Mon-Sun": "01:15-01:45"})
    start = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    assert [a.strftime("%H:%M") for a, _ in early.open_between(start, start + timedelta(hours=4))] == ["05:15", "06:15"]


def test_a_shift_that_begins_before_a_closed_day_is_worked_to_its_end() -> None:
    night = Calendar("Europe/Berlin", {"Mon-Sun": "22:00-06:00"}, closed={date(2026, 12, 25): "Christmas"})
    assert night.is_open(datetime(2026, 12, 25, 4, 0, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 12, 25, 22, 0, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 12, 26, 4, 0, tzinfo=UTC))


def test_a_short_shift_within_a_long_one_does_not_end_it() -> None:
    calendar = Calendar("UTC", {"Mon": "08:00-02:00", "Tue": "01:00-01:30, 09:00-17:00"})
    assert calendar.is_open(datetime(2026, 10, 13, 1, 45, tzinfo=UTC))
    assert calendar.due(datetime(2026, 10, 12, 8, 0, tzinfo=UTC), Duration(18, "wh")).hour == 2


def test_a_half_day_ends_early_and_replaced_hours_open_a_holiday() -> None:
    december = Calendar(
        "America/New_York",
        {"Mon-Fri": "09:00-17:00"},
        HolidayRegion("US"),
        closed={date(2026, 12, 28): "Stocktaking"},
        replaced={date(2026, 12, 24): "09:00-12:00", date(2026, 12, 25): "10:00-14:00"},
    )
    assert due("2026-12-24 11:00", "4wh", december) == "Fri 25 Dec 13:00"
    assert due("2026-12-24 11:00", "6wh", december) == "Tue 29 Dec 10:00"
    assert [december.closed_for(date(2026, 12, day)) for day in (24, 25, 28, 29)] == ["", "", "Stocktaking", ""]
    assert OFFICE.closed_for(date(2026, 12, 25)) == "Christmas Day"


def test_a_date_that_a_zone_skipped_is_no_working_date_and_the_next_begins_with_the_jump() -> None:
    samoa = Calendar("Pacific/Apia", {"daily": "09:00-17:00"})
    assert [samoa.is_working_day(date(2011, 12, day)) for day in (29, 30, 31)] == [True, False, True]
    two_in_the_morning_of_the_31st = datetime(2011, 12, 30, 12, 0, tzinfo=UTC)
    assert samoa.due(two_in_the_morning_of_the_31st, Duration(1, "wd")) == samoa.closes_on(date(2012, 1, 1))


def test_a_leap_day_is_a_day_like_any_other() -> None:
    assert due("2028-02-28 16:00", "2wh") == "Tue 29 Feb 10:00"
    assert due("2028-02-28 16:00", "1wd") == "Tue 29 Feb 17:00"
    assert due("2027-02-26 16:00", "2wh") == "Mon 01 Mar 10:00"


def test_round_the_clock_is_open_without_a_seam() -> None:
    always = Calendar("Asia/Kathmandu", {"daily": "24h"})
    start = datetime(2026, 10, 14, 3, 7, 11, 13, tzinfo=UTC)
    assert always.due(start, Duration(1000, "wh")) == start + timedelta(hours=1000)
    assert always.next_open(start) == start


def test_a_fraction_of_a_second_is_neither_lost_nor_made() -> None:
    start = new_york("2026-10-14 16:59:59.999999")
    assert OFFICE.due(start, Duration(1, "wm")) == new_york("2026-10-15 09:00:59.999999")
    assert OFFICE.elapsed(start, new_york("2026-10-15 09:00:00.000001")) == timedelta(microseconds=2)


def test_the_moment_of_opening_is_open_and_the_moment_of_closing_is_not() -> None:
    assert OFFICE.is_open(new_york("2026-10-14 09:00"))
    assert not OFFICE.is_open(new_york("2026-10-14 17:00"))
    assert OFFICE.next_open(new_york("2026-10-14 17:00")) == new_york("2026-10-15 09:00")


def test_a_pause_moves_a_deadline_by_the_open_time_it_took() -> None:
    waiting = (new_york("2026-10-14 16:00"), new_york("2026-10-15 10:00"))
    assert OFFICE.due(new_york("2026-10-14 15:00"), Duration(4, "wh"), [waiting]) == new_york("2026-10-15 13:00")
    assert OFFICE.elapsed(new_york("2026-10-14 15:00"), new_york("2026-10-15 13:00"), [waiting, waiting]) == timedelta(
        hours=4
    )


def test_a_close_that_a_pause_swallows_is_no_working_date_gone() -> None:
    start = new_york("2026-10-14 10:00")
    over_thursday = (new_york("2026-10-15 09:00"), new_york("2026-10-16 10:00"))
    within_thursday = (new_york("2026-10-15 09:00"), new_york("2026-10-15 16:00"))
    assert OFFICE.due(start, Duration(2, "wd"), [over_thursday]) == new_york("2026-10-19 17:00")
    assert OFFICE.due(start, Duration(2, "wd"), [within_thursday]) == new_york("2026-10-16 17:00")


def test_a_pause_from_close_to_opening_swallows_nothing_and_one_up_to_the_close_does() -> None:
    start = new_york("2026-10-14 10:00")
    overnight = (new_york("2026-10-15 17:00"), new_york("2026-10-16 09:00"))
    to_the_close = (new_york("2026-10-15 09:00"), new_york("2026-10-15 17:00"))
    assert OFFICE.due(start, Duration(1, "wd"), [overnight]) == new_york("2026-10-15 17:00")
    assert OFFICE.due(start, Duration(1, "wd"), [to_the_close]) == new_york("2026-10-16 17:00")


def test_a_pause_of_many_years_is_waited_out() -> None:
    calendar = Calendar("America/New_York", {"Mon-Fri": "09:00-16:30"})
    start, resumed = new_york("2026-10-14 16:00"), new_york("2041-10-14 09:00")
    assert calendar.due(start, Duration(2, "wh"), [(start, resumed)]) == new_york("2041-10-14 11:00")
    assert calendar.due(start, Duration(1, "wd"), [(start, resumed)]) == new_york("2041-10-14 16:30")


def test_a_shift_across_new_year_heeds_the_holidays_of_either_year() -> None:
    night = Calendar("America/New_York", {"daily": "22:00-06:00"}, HolidayRegion("US"))
    assert night.is_open(new_york("2029-06-01 23:00"))  # the index now begins with 2028
    assert not night.is_open(new_york("2028-01-01 03:00"))  # Friday the 31st was observed as New Year's Day
    shop = Calendar("America/New_York", {"daily": "09:00-17:15"}, HolidayRegion("US"))
    assert shop.is_open(new_york("2029-06-01 12:00"))  # and this one ends with 2033
    assert shop.due(new_york("2033-12-31 16:15"), Duration(2, "wh")) == new_york("2034-01-03 10:00")


def test_a_pause_adds_its_wall_time_to_hours_and_days() -> None:
    start = new_york("2026-10-14 10:00")
    pause = (new_york("2026-10-14 22:00"), new_york("2026-10-15 01:00"))
    assert OFFICE.due(start, Duration(24, "h"), [pause]) == new_york("2026-10-15 13:00")
    assert OFFICE.due(start, Duration(1, "d"), [pause]) == new_york("2026-10-15 13:00")
    assert OFFICE.due(start, Duration(12, "h"), [pause]) == new_york("2026-10-14 22:00")


def test_a_deadline_of_ten_years_is_as_exact_as_one_of_an_hour() -> None:
    start = new_york("2026-10-14 09:00")
    working_days = OFFICE.working_days_between(date(2026, 10, 13), date(2036, 10, 13))
    assert OFFICE.elapsed(start, new_york("2036-10-14 09:00")) == timedelta(hours=8) * working_days
    assert OFFICE.due(start, Duration(8 * working_days, "wh")) == OFFICE.closes_on(
        OFFICE.add_working_days(date(2026, 10, 13), working_days)
    )


def test_a_deadline_beyond_the_years_that_calendars_know_is_refused_and_not_searched_for() -> None:
    rarely = Calendar("Europe/Berlin", {}, replaced={date(2026, 10, 14): "09:00-10:00"})
    start = datetime(2026, 10, 1, tzinfo=UTC)
    assert rarely.due(start, Duration(1, "wh")) == datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
    for question in (
        lambda: rarely.due(start, Duration(61, "wm")),
        lambda: rarely.due(start, Duration(2, "wd")),
        lambda: rarely.next_open(start + timedelta(days=30)),
        lambda: rarely.add_working_days(date(2026, 10, 1), -1),
        lambda: rarely.before_working_days(start, 1),
        lambda: rarely.is_open(datetime(2101, 1, 1, tzinfo=UTC)),
        lambda: OFFICE.is_working_day(date(1969, 12, 31)),
    ):
        with pytest.raises(Refusal, match="1970 to 2099"):
            question()


def test_a_calendar_that_is_never_open_is_refused() -> None:
    for hours in ({}, {"Mon-Sun": "closed"}):
        with pytest.raises(Refusal, match="never open"):
            Calendar("Europe/Berlin", hours)
    with pytest.raises(Refusal, match="never open"):
        Calendar("Europe/Berlin", {}, replaced={date(2026, 1, 1): "closed"})


def test_a_moment_without_a_zone_is_no_moment() -> None:
    naive = new_york("2026-10-14 09:00").replace(tzinfo=None)
    with pytest.raises(TypeError):
        OFFICE.due(naive, Duration(1, "wh"))


def test_an_unknown_zone_is_refused_with_the_name_that_was_meant() -> None:
    for wrong, right in (
        ("America/Newyork", "New_York"),
        ("New York", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
    ):
        with pytest.raises(Refusal, match=right):
            Calendar(wrong, {"Mon": "9-17"})
    for odd in ("", "/etc/passwd", "../UTC", "Europe", "\0"):
        with pytest.raises(Refusal, match="no time zone"):
            Calendar(odd, {"Mon": "9-17"})
