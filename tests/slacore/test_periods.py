"""The stretches that promises are judged over."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.errors import Refusal
from slacore.periods import Period, PeriodRule

RULES = ["day", "week", "month", "quarter", "year", "every 10 days from 2026-10-01", "every 1 days from 2020-02-29"]

rules = st.sampled_from(RULES).map(PeriodRule.parse)
dates = st.dates(date(1975, 1, 1), date(2095, 12, 31))


def labels(rule: str, on: str) -> str:
    return PeriodRule.parse(rule).containing(date.fromisoformat(on)).label


def test_periods_are_called_what_people_call_them() -> None:
    assert labels("day", "2026-10-16") == "16 October 2026"
    assert labels("week", "2026-10-16") == "week 42 of 2026 (12–18 Oct)"
    assert labels("month", "2026-10-16") == "October 2026"
    assert labels("quarter", "2026-10-16") == "Q4 2026"
    assert labels("year", "2026-10-16") == "2026"
    assert labels("every 10 days from 2026-10-01", "2026-10-16") == "11–20 Oct 2026"


def test_a_stretch_over_a_months_or_a_years_end_names_both() -> None:
    assert labels("week", "2026-10-01") == "week 40 of 2026 (28 Sep – 4 Oct)"
    assert labels("week", "2027-01-01") == "week 53 of 2026 (28 Dec 2026 – 3 Jan 2027)"
    assert labels("every 10 days from 2026-10-01", "2026-09-30") == "21–30 Sep 2026"
    assert labels("every 10 days from 2026-10-05", "2026-10-04") == "25 Sep – 4 Oct 2026"
    assert labels("every 1 days from 2026-10-05", "2026-10-04") == "4 Oct 2026"


def test_a_week_belongs_to_the_year_that_has_its_thursday() -> None:
    assert labels("week", "2024-12-31").startswith("week 1 of 2025")


@given(rules, dates)
def test_a_period_holds_its_date_and_touches_its_neighbours_without_gap_or_overlap(rule: PeriodRule, on: date) -> None:
    period = rule.containing(on)
    assert on in period
    assert rule.following(period).first_on == period.last_on + timedelta(days=1)
    assert rule.previous(period).last_on == period.first_on - timedelta(days=1)
    assert rule.previous(rule.following(period)) == period
    assert rule.containing(period.first_on) == rule.containing(period.last_on) == period
    assert period.days == sum(1 for step in range(800) if period.first_on + timedelta(days=step) in period)


@given(dates)
def test_a_months_a_quarters_and_a_years_dates_share_what_names_them(on: date) -> None:
    for rule, key in (
        ("week", lambda day: day.isocalendar()[:2]),
        ("month", lambda day: (day.year, day.month)),
        ("quarter", lambda day: (day.year, (day.month - 1) // 3)),
        ("year", lambda day: day.year),
    ):
        period = PeriodRule.parse(rule).containing(on)
        assert {key(period.first_on + timedelta(days=step)) for step in range(period.days)} == {key(on)}
        assert key(period.first_on - timedelta(days=1)) != key(on) != key(period.last_on + timedelta(days=1))


@given(
    rules,
    st.dates(date(2005, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["America/New_York", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "America/Havana"]),
)
def test_a_period_is_over_at_the_moment_its_successor_begins(rule: PeriodRule, on: date, zone: str) -> None:
    period = rule.containing(on)
    assert period.ends_at(zone) == rule.following(period).starts_at(zone)
    starts = period.starts_at(zone)
    assert starts.tzinfo is UTC
    assert starts.astimezone(ZoneInfo(zone)).replace(tzinfo=None).date() >= period.first_on
    just_before = starts - timedelta(microseconds=1)
    assert just_before.astimezone(ZoneInfo(zone)).replace(tzinfo=None).date() < period.first_on


def test_a_month_whose_midnight_is_skipped_begins_when_the_clock_moves_on() -> None:
    november = PeriodRule.parse("every 30 days from 2018-11-04").containing(date(2018, 11, 4))
    assert november.starts_at("America/Sao_Paulo") == datetime(2018, 11, 4, 3, 0, tzinfo=UTC)


def test_a_month_with_an_autumn_night_is_an_hour_longer() -> None:
    november = PeriodRule("month").containing(date(2026, 11, 11))
    assert november.ends_at("America/New_York") - november.starts_at("America/New_York") == timedelta(days=30, hours=1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Month", PeriodRule("month")),
        ("weekly", PeriodRule("week")),
        ("every quarter", PeriodRule("quarter")),
        ("each year", PeriodRule("year")),
        (" every  10 days from 2026-10-01 ", PeriodRule(days=10, anchor=date(2026, 10, 1))),
    ],
)
def test_a_rule_is_read(text: str, rule: PeriodRule) -> None:
    assert PeriodRule.parse(text) == rule


def test_a_rule_says_itself() -> None:
    assert [PeriodRule.parse(text).in_words() for text in ("month", "every 10 days from 2026-10-01")] == [
        "each month",
        "every 10 days from 1 October 2026",
    ]


@given(rules)
def test_what_is_printed_is_read_back(rule: PeriodRule) -> None:
    assert PeriodRule.parse(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    ["", "fortnight", "every", "every 10 days", "every 0 days from 2026-10-01", "every 99999 days from 2026-10-01",
     "every 10 days from 2026-02-30", "every 10 days from 1492-10-12", "x" * 9999],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        PeriodRule.parse(text)
    assert len(str(caught.value)) < 250


def test_a_date_out_of_reach_is_refused() -> None:
    for on in (date.min, date.max, date(1969, 12, 31)):
        with pytest.raises(Refusal, match="1970 to 2099"):
            PeriodRule("month").containing(on)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(Refusal):
        PeriodRule.parse(text)


def test_a_period_knows_its_dates() -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
    assert october.days == 31
    assert date(2026, 10, 31) in october
    assert date(2026, 11, 1) not in october
