"""Stretches of days: an absence that is planned, or has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import DateRange, DateRangeArg
from bot.commands.arguments.days import MONTH_NAMES
from bot.commands.vocabulary import Vocabulary
from tests.bot.commands.company import AMY, NEW_YORK, WORDS, asked, refused

DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))


def on_day(today: date) -> Vocabulary:
    return replace(WORDS, now=datetime.combine(today, time(12), NEW_YORK).astimezone(UTC))


def days(text: str, today: date = date(2026, 10, 16)) -> tuple[date, date]:
    found = DateRangeArg().parse(text, on_day(today))
    return found.first_on, found.last_on


def named(on: date) -> str:
    return f"{on.day} {MONTH_NAMES[on.month - 1][:3]}"


# Today is Friday 16 October 2026.
@pytest.mark.parametrize(
    ("said", "first_on", "last_on"),
    [
        ("12-16 Oct", "2026-10-12", "2026-10-16"),
        ("12–16 October", "2026-10-12", "2026-10-16"),
        ("12 - 16 Oct", "2026-10-12", "2026-10-16"),
        ("12 to 16 Oct 2027", "2027-10-12", "2027-10-16"),
        ("Oct 12-16", "2026-10-12", "2026-10-16"),
        ("Oct 12 to 16 2027", "2027-10-12", "2027-10-16"),
        ("Oct 12 - 3 Nov", "2026-10-12", "2026-11-03"),
        ("12 Oct - 3 Nov", "2026-10-12", "2026-11-03"),
        ("12 Oct-3 Nov", "2026-10-12", "2026-11-03"),
        ("from 12 Oct until 3 Nov", "2026-10-12", "2026-11-03"),
        ("28 Dec - 3 Jan", "2026-12-28", "2027-01-03"),
        ("2026-10-20 to 2026-10-22", "2026-10-20", "2026-10-22"),
        ("1-3 Oct", "2027-10-01", "2027-10-03"),
        ("today to Friday", "2026-10-16", "2026-10-16"),
        ("tomorrow to Tue", "2026-10-17", "2026-10-20"),
        ("Mon to Fri", "2026-10-19", "2026-10-23"),
        ("Mon-Fri", "2026-10-19", "2026-10-23"),
        ("until Fri", "2026-10-16", "2026-10-16"),
        ("until 20 Oct", "2026-10-16", "2026-10-20"),
        ("20 Oct", "2026-10-20", "2026-10-20"),
        ("tomorrow", "2026-10-17", "2026-10-17"),
        ("Mon 19 Oct to Fri 23 Oct", "2026-10-19", "2026-10-23"),
    ],
)
def test_days_are_read_as_people_write_them(said: str, first_on: str, last_on: str) -> None:
    assert days(said) == (date.fromisoformat(first_on), date.fromisoformat(last_on))


@given(DAYS, DAYS, st.integers(0, 180))
def test_days_without_a_year_are_the_stretch_that_ends_next(today: date, first_on: date, length: int) -> None:
    last_on = first_on + timedelta(days=length)
    said = f"{named(first_on)} - {named(last_on)}"

    # Walk on from today to the first day that is such a last day, then back to such a first one.
    ends_on = today
    while (ends_on.month, ends_on.day) != (last_on.month, last_on.day):
        ends_on += timedelta(days=1)
    starts_on = ends_on
    while (starts_on.month, starts_on.day) != (first_on.month, first_on.day):
        starts_on -= timedelta(days=1)
    if (ends_on - starts_on).days <= 183:
        assert days(said, today) == (starts_on, ends_on)


@given(DAYS, DAYS, st.integers(0, 366))
def test_what_is_said_of_a_stretch_is_read_as_that_stretch_ever_after(today: date, first_on: date, length: int) -> None:
    stretch = DateRange(first_on, first_on + timedelta(days=length))

    assert DateRangeArg().parse(DateRangeArg().say(stretch, WORDS), on_day(today)) == stretch


def test_the_to_of_a_deputy_is_not_the_to_of_the_days() -> None:
    one_day = DateRange(date(2026, 10, 16), date(2026, 10, 16))

    assert asked("away Fri to @amy")[1] == {"days": one_day, "deputy": AMY}
    assert asked("away until Fri to amy")[1] == {"days": one_day, "deputy": AMY}
    assert asked("away today to Fri to amy")[1] == {"days": one_day, "deputy": AMY}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("16-12 Oct", "That would be from Fri 16 Oct 2026 to Tue 12 Oct 2027."),
        ("2026-10-16 to 2026-10-12", "Mon 12 Oct 2026 is before Fri 16 Oct 2026."),
        ("2026-10-16 to 2028-10-12", "That is longer than a year, from Fri 16 Oct 2026 to Thu 12 Oct 2028."),
        ("30 Feb - 3 Mar", "February has 29 days, not 30."),
        ("12-16 Okt", "“okt” is no month that I know; did you mean October?"),
        ("until", "No day is named."),
        ("Firday", "“firday” is no day that I know; did you mean Friday?"),
        ("12-", "“12-” is neither days nor “off”."),
        ("banana", "“banana” is neither days nor “off”."),
    ],
)
def test_what_is_no_stretch_of_days_is_refused_with_the_sentence_that_fits_it(said: str, problem: str) -> None:
    assert refused(f"away {said}").problem == problem


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("next week", "2026-10-19", "2026-10-23"),
        ("this week", "2026-10-16", "2026-10-16"),
        ("all week", "2026-10-16", "2026-10-16"),
        ("the rest of the week", "2026-10-16", "2026-10-16"),
        ("from Mon to Wed", "2026-10-19", "2026-10-21"),
        ("the 19th to the 23rd", "2026-10-19", "2026-10-23"),
    ],
)
def test_a_week_is_its_working_days_that_are_left(said: str, first: str, last: str) -> None:
    assert DateRangeArg().parse(said, WORDS) == DateRange(date.fromisoformat(first), date.fromisoformat(last))


def test_from_a_day_without_a_last_one_is_asked_about() -> None:
    refusal = refused("away from Monday")

    assert (refusal.problem, refusal.next_step) == (
        "The last day is missing.",
        "Write both days, such as 12-16 Oct or Mon to Fri.",
    )
