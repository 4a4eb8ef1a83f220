"""Instants: when to be reminded again, and since when a service is down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import MomentArg
from bot.commands.arguments.days import DAY_NAMES, Toward
from tests.bot.commands.company import WORDS, asked, at, refused, words_at

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC")]
)
NOWS = st.integers(1_420_070_400, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, UTC))
MINUTE = timedelta(minutes=1)


# Now is Friday 16 October 2026, 10:00 in New York.
@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("15:00", "2026-10-16 15:00"),
        ("at 15:00", "2026-10-16 15:00"),
        ("3pm", "2026-10-16 15:00"),
        ("3 pm", "2026-10-16 15:00"),
        ("3:30pm", "2026-10-16 15:30"),
        ("12am", "2026-10-17 00:00"),
        ("noon", "2026-10-16 12:00"),
        ("09:00", "2026-10-17 09:00"),
        ("10:00", "2026-10-17 10:00"),
        ("tomorrow 09:00", "2026-10-17 09:00"),
        ("tomorrow at 9am", "2026-10-17 09:00"),
        ("9am tomorrow", "2026-10-17 09:00"),
        ("15:00 on Fri", "2026-10-16 15:00"),
        ("tomorrow", "2026-10-17 09:00"),
        ("Mon", "2026-10-19 09:00"),
        ("Fri", "2026-10-23 09:00"),
        ("Fri 15:00", "2026-10-16 15:00"),
        ("Fri 09:59", "2026-10-23 09:59"),
        ("20 Oct", "2026-10-20 09:00"),
        ("16 Oct 15:00", "2026-10-16 15:00"),
        ("Oct 20, 15:00", "2026-10-20 15:00"),
        ("2026-10-20 15:00", "2026-10-20 15:00"),
        ("2026-10-20T15:00", "2026-10-20 15:00"),
        ("2026-10-20T19:00Z", "2026-10-20 15:00"),
        ("in 2 hours", "2026-10-16 12:00"),
        ("in an hour", "2026-10-16 11:00"),
        ("in 90 min", "2026-10-16 11:30"),
        ("in 2h", "2026-10-16 12:00"),
        ("in three days", "2026-10-19 10:00"),
        ("in a week", "2026-10-23 10:00"),
    ],
)
def test_a_moment_to_come_is_read_as_people_write_it(said: str, moment: str) -> None:
    assert asked(f"snooze O-77 until {said}")[1]["until"] == at(moment)
    assert asked(f"snooze O-77 {said}")[1]["until"] == at(moment)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("08:30", "2026-10-16 08:30"),
        ("10:00", "2026-10-16 10:00"),
        ("10:01", "2026-10-15 10:01"),
        ("yesterday 23:15", "2026-10-15 23:15"),
        ("Mon 15:00", "2026-10-12 15:00"),
        ("Fri 15:00", "2026-10-09 15:00"),
        ("16 Oct 09:00", "2026-10-16 09:00"),
    ],
)
def test_a_moment_that_has_been_is_looked_for_backwards(said: str, moment: str) -> None:
    assert asked(f"incident start at {said}")[1]["since"] == at(moment)


@given(NOWS, ZONES, st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.sampled_from(("past", "future")))
def test_a_bare_time_is_the_nearest_one_on_the_right_side_of_now(
    now: datetime, zone: ZoneInfo, wall: time, toward: Toward
) -> None:
    words = replace(WORDS, now=now, zone=zone)
    step = MINUTE if toward == "future" else -MINUTE
    # Walk minute by minute until the wall shows that time, skipping days that have no such time.
    walked = now.replace(second=0, microsecond=0) + (MINUTE if toward == "future" else timedelta(0))
    local = walked.astimezone(zone)
    while local.time() != wall or local.fold:
        walked += step
        local = walked.astimezone(zone)
    clocks_jump_over_it = abs(walked - now) > timedelta(hours=25)

    if not clocks_jump_over_it:
        assert MomentArg(toward).parse(f"{wall:%H:%M}", words) == walked


@given(NOWS, ZONES, st.integers(0, 6), st.integers(0, 23))
def test_a_weekday_with_a_time_is_the_next_one_to_come(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> None:
    words = replace(WORDS, now=now, zone=zone)
    day = now.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if day.weekday() == weekday and moment > now:
            break
        day += timedelta(days=1)

    if moment.astimezone(zone).time() == time(hour):
        assert MomentArg().parse(f"{DAY_NAMES[weekday]} {hour}:00", words) == moment


@given(NOWS, st.integers(1, 300), st.sampled_from((("minutes", 1), ("hours", 60), ("days", 1440))))
def test_a_span_from_now_is_never_shorter_than_it_says_nor_a_minute_longer(
    now: datetime, count: int, unit: tuple[str, int]
) -> None:
    moment = MomentArg().parse(f"in {count} {unit[0]}", replace(WORDS, now=now))

    assert timedelta(0) <= moment - now - count * unit[1] * MINUTE < MINUTE
    assert (moment.second, moment.microsecond) == (0, 0)


@given(NOWS, ZONES, ZONES, st.integers(1, 500_000))
def test_what_is_said_of_a_moment_is_that_moment_in_every_zone(
    now: datetime, said_in: ZoneInfo, read_in: ZoneInfo, minutes: int
) -> None:
    now = now.replace(second=0, microsecond=0)
    moment, kind = now + minutes * MINUTE, MomentArg()

    said = kind.say(moment, replace(WORDS, now=now, zone=said_in))
    assert kind.parse(said, replace(WORDS, now=now, zone=read_in)) == moment


@given(NOWS, ZONES, st.integers(1, 500_000))
def test_what_a_form_shows_of_a_moment_is_read_as_that_moment(now: datetime, zone: ZoneInfo, minutes: int) -> None:
    now = now.replace(second=0, microsecond=0)
    words = replace(WORDS, now=now, zone=zone)
    moment = now + minutes * MINUTE

    assert MomentArg().parse(MomentArg().fill(moment, words), words) == moment


def test_a_time_that_the_clocks_jump_over_is_refused_with_the_time_that_there_is() -> None:
    # New York goes from 02:00 to 03:00 on Sunday 8 March 2026.
    refusal = refused("snooze O-77 until 2:30am", words_at("2026-03-07 12:00"))

    assert refusal.problem == "There is no 02:30 on Sun 8 Mar 2026 in America/New_York: clocks go forward then."
    assert refusal.offers[0] == ("2026-03-08T03:30", "snooze O-77 until 2026-03-08T03:30")


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    # New York has 01:30 twice on Sunday 1 November 2026: at 05:30 and at 06:30 UTC.
    moment = asked("snooze O-77 until 01:30", words_at("2026-10-31 12:00"))[1]["until"]

    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("today 09:00", "Fri 16 Oct 2026 09:00 has already passed; now it is 10:00."),
        ("yesterday", "Thu 15 Oct 2026 09:00 has already passed; now it is 10:00."),
        ("2026-10-16T14:00Z", "Fri 16 Oct 2026 10:00 has already passed; now it is 10:00."),
        ("25:00", "“25:00” is no time of day."),
        ("13pm", "“13pm” is no time of day."),
        ("09:60", "“09:60” is no time of day."),
        ("in 0.5 hours", "“in 0.5 hours” is no time from now."),
        ("in two", "“in two” is no time from now."),
        ("in 999999 weeks", "That is more than a year away."),
        ("Mon 16 Oct 15:00", "16 October 2026 is a Friday, not a Monday."),
        ("Munday", "“munday” is no moment that I know; did you mean Sunday or Monday?"),
        ("later", "“later” is no moment that I know."),
        ('"15:00"', "“15:00” is in quotes, so it is no moment."),
    ],
)
def test_what_is_no_moment_is_refused_with_the_sentence_that_fits_it(said: str, problem: str) -> None:
    assert refused(f"snooze O-77 until {said}").problem == problem


def test_a_day_alone_is_asked_for_its_hour_where_no_hour_is_usual() -> None:
    assert refused("incident start at yesterday").problem == "The hour is missing."


def test_what_is_still_to_come_has_not_begun() -> None:
    refusal = refused("incident start at today 15:00")

    assert refusal.problem == "Fri 16 Oct 2026 15:00 is still to come; now it is 10:00."
