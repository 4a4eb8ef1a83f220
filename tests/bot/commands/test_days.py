"""Days as people say them, against a walk over the calendar one day at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import DateArg, Misread
from bot.commands.arguments.days import DAY_NAMES, MONTH_NAMES, Toward
from bot.commands.vocabulary import Vocabulary
from tests.bot.commands.company import NEW_YORK, WORDS, refused, words_at

DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))
SIDES: st.SearchStrategy[Toward] = st.sampled_from(("past", "future"))


def on_day(today: date) -> Vocabulary:
    return replace(WORDS, now=datetime.combine(today, time(12), NEW_YORK).astimezone(UTC))


def day(text: str, today: date, toward: Toward = "past") -> date:
    return DateArg(toward).parse(text, on_day(today))


def walk(today: date, toward: Toward) -> Iterator[date]:
    """Today, then one day after another in that direction."""
    while True:
        yield today
        today += timedelta(days=1 if toward == "future" else -1)


def first(today: date, toward: Toward, fits: Callable[[date], bool]) -> date:
    return next(on for on in walk(today, toward) if fits(on))


@given(DAYS, SIDES, st.integers(0, 6), st.booleans())
def test_a_weekday_is_the_first_one_met_walking_from_today(
    today: date, toward: Toward, weekday: int, short: bool
) -> None:
    name = DAY_NAMES[weekday][: 3 if short else None]

    assert day(name, today, toward) == first(today, toward, lambda on: on.weekday() == weekday)


@given(DAYS, st.integers(0, 6))
def test_last_and_next_leave_today_out_and_this_stays_in_the_week(today: date, weekday: int) -> None:
    name = DAY_NAMES[weekday]
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    monday = first(today, "past", lambda on: on.weekday() == 0)

    assert day(f"last {name}", today) == first(yesterday, "past", lambda on: on.weekday() == weekday)
    assert day(f"next {name}", today) == first(tomorrow, "future", lambda on: on.weekday() == weekday)
    assert day(f"this {name}", today) == first(monday, "future", lambda on: on.weekday() == weekday)


@given(DAYS, SIDES, DAYS)
def test_a_day_of_a_month_is_the_first_one_met_walking_from_today(today: date, toward: Toward, meant: date) -> None:
    expected = first(today, toward, lambda on: (on.month, on.day) == (meant.month, meant.day))
    if toward == "past":
        # Tomorrow is meant, and not a year ago: why that cannot be is told of the day that was meant.
        coming = first(today, "future", lambda on: (on.month, on.day) == (meant.month, meant.day))
        is_near = (today - expected).days >= 300 and (coming - today).days < 60
        expected = coming if is_near else expected
    month = MONTH_NAMES[meant.month - 1]
    ways = (
        f"{meant.day} {month}",
        f"{meant.day} {month[:3]}",
        f"{month} {meant.day}",
        f"{meant.day}th {month}",
        f"{meant.day} of {month}",
        f"{meant.day}{month[:3]}",
    )

    assert {day(said, today, toward) for said in ways} == {expected}
    assert day(f"{DAY_NAMES[expected.weekday()]}, {meant.day} {month}", today, toward) == expected


@given(DAYS, SIDES, DAYS)
def test_a_day_with_its_year_is_that_day_on_any_day(today: date, toward: Toward, meant: date) -> None:
    month = MONTH_NAMES[meant.month - 1]
    ways = (
        meant.isoformat(),
        f"{meant.year}-{meant.month}-{meant.day}",
        f"{meant.day} {month} {meant.year}",
        f"{month[:3]} {meant.day}, {meant.year}",
        f"{meant.day}-{month[:3]}-{meant.year}",
        f"{DAY_NAMES[meant.weekday()][:3]} {meant.day} {month} {meant.year}",
    )

    assert {day(said, today, toward) for said in ways} == {meant}


@given(DAYS, SIDES, DAYS)
def test_what_is_said_of_a_day_is_read_as_that_day_ever_after(today: date, toward: Toward, meant: date) -> None:
    kind = DateArg(toward)

    assert kind.parse(kind.say(meant, WORDS), on_day(today)) == meant


def test_today_is_the_day_that_it_is_in_the_zone() -> None:
    # Half past nine in the evening in New York is tomorrow in London.
    words = words_at("2026-10-16 21:30")

    assert DateArg().parse("today", words) == date(2026, 10, 16)
    assert DateArg().parse("yesterday", words) == date(2026, 10, 15)
    assert DateArg("future").parse("tomorrow", words) == date(2026, 10, 17)


def test_the_29th_of_february_is_looked_for_across_a_century_without_one() -> None:
    assert day("29 Feb", date(2103, 2, 28)) == date(2096, 2, 29)
    assert day("29 Feb", date(2097, 1, 1), "future") == date(2104, 2, 29)


@given(DAYS, SIDES, st.integers(1, 31))
def test_a_day_of_any_month_is_the_first_one_met_walking_from_today(today: date, toward: Toward, number: int) -> None:
    expected = first(today, toward, lambda on: on.day == number)
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")

    assert day(f"the {number}{suffix}", today, toward) == day(f"{number}{suffix}", today, toward) == expected


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yesterday evening", date(2026, 10, 14)),
        ("this morning", date(2026, 10, 15)),
        ("2 days ago", date(2026, 10, 13)),
        ("two days ago", date(2026, 10, 13)),
        ("a week ago", date(2026, 10, 8)),
        ("14.10.26", date(2026, 10, 14)),
        ("10/14/26", date(2026, 10, 14)),
        ("16/10", date(2026, 10, 16)),
        ("Fri 16 Oct", date(2026, 10, 16)),
        ("1/12/25", None),
    ],
)
def test_days_are_read_as_people_say_them(said: str, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(Misread, match="can be 1 Dec 2025 or 12 Jan 2025"):
            day(said, date(2026, 10, 15))
    else:
        assert day(said, date(2026, 10, 15)) == meant


@given(DAYS, st.integers(1, 31), st.integers(1, 12))
def test_figures_are_read_only_where_they_can_mean_one_day(today: date, one: int, two: int) -> None:
    def days(day_of_month: int, month: int) -> set[date]:
        try:
            return {date(2026, month, day_of_month)}
        except ValueError:
            return set()

    meant, said = days(one, two) | days(two, one), f"{one}/{two}/2026"
    if len(meant) == 1:
        assert day(said, today) == next(iter(meant))
    else:
        with pytest.raises(Misread) as refusal:
            day(said, today)
        assert {day(said, today) for said in refusal.value.instead} == meant


def test_where_stops_stand_between_figures_the_day_comes_first() -> None:
    assert day("3.11.2026", date(2026, 12, 1)) == date(2026, 11, 3)
    assert day("3.11.", date(2026, 12, 1)) == date(2026, 11, 3)
    assert day("11.25.2026", date(2026, 12, 1)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("30 Feb", "February has 29 days, not 30."),
        ("29 Feb 2027", "February 2027 has 28 days, not 29."),
        ("31 Sep", "September has 30 days, not 31."),
        ("0 Oct", "October has 31 days, not 0."),
        ("2026-13-01", "There is no month 13."),
        ("2026-02-30", "February 2026 has 28 days, not 30."),
        ("0001-01-01", "The year 0001 is not one that I keep."),
        ("9999-12-31", "The year 9999 is not one that I keep."),
        ("40/40", "There is no day “40/40”."),
        ("Mon 16 Oct", "16 October 2026 is a Friday, not a Monday."),
        ("Firday", "“firday” is no day that I know; did you mean Friday?"),
        ("16 Okt", "“okt” is no month that I know; did you mean October?"),
        ("banana", "“banana” is no day that I know."),
        ("🎃", "“🎃” is no day that I know."),
        ("'today'", "“'today'” is no day that I know; did you mean today?"),
        ('"today"', "“today” is in quotes, so it is no day."),
    ],
)
def test_what_is_no_day_is_refused_with_the_sentence_that_fits_it(said: str, problem: str) -> None:
    refusal = refused(f"handoff 25 leads on {said}")

    assert (refusal.problem, refusal.field) == (problem, "on")


def test_a_day_that_does_not_fall_on_its_weekday_is_offered_with_the_right_one() -> None:
    assert refused("handoff 25 leads on Mon 16 Oct to sales").offers[0] == (
        "2026-10-16",
        "handoff 25 leads on 2026-10-16 to sales",
    )
