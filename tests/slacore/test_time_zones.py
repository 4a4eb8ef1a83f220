"""Where a zone's offset changes, and what moment a wall clock's time is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import instant_of
from slacore.calendars.zones import DAY, HOUR, MICROSECOND, day_number, offset_spans

REMARKABLE = [
    ("America/New_York", 2020, 2030),
    ("America/Boa_Vista", 1999, 2001),  # daylight saving for a week: nobody's was shorter
    ("Africa/Casablanca", 2018, 2030),
    ("Africa/Cairo", 2008, 2016),
    ("Asia/Gaza", 2039, 2043),
    ("Australia/Lord_Howe", 1980, 1990),
    ("Pacific/Apia", 2009, 2013),
    ("Asia/Kathmandu", 1985, 1987),
    ("Asia/Pyongyang", 2014, 2019),
    ("America/Caracas", 2006, 2017),
    ("Antarctica/Troll", 2024, 2027),
    ("America/St_Johns", 2005, 2012),
    ("America/Argentina/Tucuman", 2003, 2005),
    ("UTC", 2020, 2022),
]


@pytest.mark.parametrize(("name", "first", "last"), REMARKABLE)
def test_the_offset_of_every_hour_is_the_offset_of_its_span(name: str, first: int, last: int) -> None:
    zone = ZoneInfo(name)
    since, until = day_number(date(first, 1, 1)) * DAY, day_number(date(last, 1, 1)) * DAY
    spans = offset_spans(zone, since, until)
    assert spans[0][0] == since
    assert spans[-1][1] == until
    assert all(before[1] == after[0] and before[2] != after[2] for before, after in pairwise(spans))
    for begins, ends, offset in spans:
        for moment in (*range(begins, ends, HOUR), ends - 1):
            shown = datetime.fromtimestamp(moment // 1_000_000, zone).utcoffset()
            assert shown is not None
            assert shown // MICROSECOND == offset


def test_a_single_week_of_daylight_saving_is_found_wherever_the_look_begins() -> None:
    until = day_number(date(2001, 1, 1)) * DAY
    for first in range(1, 15):
        since = day_number(date(2000, 9, first)) * DAY
        spans = offset_spans(ZoneInfo("America/Boa_Vista"), since, until)
        assert [offset // HOUR for _, _, offset in spans] == [-4, -3, -4]


@pytest.mark.parametrize(
    ("name", "wall", "moment"),
    [
        ("America/New_York", "2026-10-14 09:00", "2026-10-14 13:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00"),  # skipped: the clock jumps to 03:00
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),  # shown twice: the first
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),  # a date that never was: when the next begins
        ("Asia/Kathmandu", "2026-10-14 00:00", "2026-10-13 18:15"),
    ],
)
def test_a_wall_clocks_time_is_the_first_moment_it_is_shown_or_passed(name: str, wall: str, moment: str) -> None:
    shown = datetime.fromisoformat(wall)
    assert instant_of(shown.date(), shown.time(), ZoneInfo(name)) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@given(
    st.sampled_from(
        ["America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"]
    ),
    st.dates(date(2008, 1, 1), date(2026, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_no_earlier_minute_of_the_day_had_reached_the_time(name: str, on: date, at: time) -> None:
    zone = ZoneInfo(name)
    moment = instant_of(on, at, zone)
    wall = datetime.combine(on, at)
    assert moment.astimezone(zone).replace(tzinfo=None) >= wall
    for minutes in range(1, 200):
        earlier = moment - timedelta(minutes=minutes)
        assert earlier.astimezone(zone).replace(tzinfo=None) < wall
