"""Months: the one that is running, the ones before, and the ones to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import Month, MonthArg
from bot.commands.arguments.days import MONTH_NAMES, Toward
from bot.commands.vocabulary import Vocabulary
from tests.bot.commands.company import LEADS_PROMISE, NEW_YORK, SALES, WORDS, asked, refused

DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))


def on_day(today: date) -> Vocabulary:
    return replace(WORDS, now=datetime.combine(today, time(12), NEW_YORK).astimezone(UTC))


@given(DAYS, st.sampled_from(("past", "future")), st.integers(1, 12), st.booleans())
def test_a_month_without_a_year_is_the_first_one_met_walking_from_today(
    today: date, toward: Toward, number: int, short: bool
) -> None:
    walked = today
    while walked.month != number:
        walked += timedelta(days=1 if toward == "future" else -1)
    name = MONTH_NAMES[number - 1][: 3 if short else None]

    assert MonthArg(toward).parse(name, on_day(today)) == Month(walked.year, number)


@given(DAYS, DAYS)
def test_a_month_with_its_year_is_that_month_on_any_day(today: date, meant: date) -> None:
    month = Month.of(meant)
    words = on_day(today)

    for said in (str(month), MonthArg().say(month, words), f"{MONTH_NAMES[meant.month - 1][:3]} {meant.year}"):
        assert MonthArg().parse(said, words) == month


@given(DAYS)
def test_last_this_and_next_month_are_beside_today(today: date) -> None:
    def month(said: str) -> Month:
        return MonthArg().parse(said, on_day(today))

    first_on = today.replace(day=1)
    assert month("this month") == Month.of(today)
    assert month("last month") == Month.of(first_on - timedelta(days=1))
    assert month("next month") == Month.of(first_on + timedelta(days=31))


@given(DAYS)
def test_a_month_begins_and_ends_on_its_own_days(day: date) -> None:
    month = Month.of(day)

    assert month.first_on <= day <= month.last_on
    assert (month.first_on - timedelta(days=1)).month != day.month
    assert (month.last_on + timedelta(days=1)).month != day.month


def test_a_month_may_be_said_bare_or_behind_a_keyword() -> None:
    september = Month(2026, 9)

    assert asked("status Sept")[1] == asked("status for September")[1] == {"month": september}
    assert asked("status sales in 2026-09")[1] == {"about": SALES, "month": september}
    assert asked("status C-1 last month")[1] == {"about": LEADS_PROMISE, "month": september}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Octobr", "“octobr” is no month that I know; did you mean October?"),
        ("2026-13", "There is no month 13."),
        ("October 9999", "The year 9999 is not one that I keep."),
        ("banana", "“banana” is no month that I know."),
    ],
)
def test_what_is_no_month_is_refused_with_the_sentence_that_fits_it(said: str, problem: str) -> None:
    assert refused(f"status for {said}").problem == problem
