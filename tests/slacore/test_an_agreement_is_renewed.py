"""A renewal lasts as long again as the agreement was first made for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.agreements import Agreement, Version
from slacore.errors import Refusal
from slacore.renewals import renewed_until, require_later
from tests.company_x import TERMS
from tests.examples import examples


def made_for(effective_on: date, ends_on: date | None) -> Agreement:
    return Agreement("A-1", "company-x", (Version(1, replace(TERMS, effective_on=effective_on, ends_on=ends_on)),))


@examples(120)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_whole_months_are_renewed_by_as_many(begins: date, months: int) -> None:
    # Slow and obvious: walk month by month.
    begins = begins.replace(day=min(begins.day, 28))
    after = begins
    for _ in range(months):
        after = date(after.year + after.month // 12, after.month % 12 + 1, after.day)
    again = after
    for _ in range(months):
        again = date(again.year + again.month // 12, again.month % 12 + 1, again.day)
    ends_on = after - timedelta(days=1)
    assert renewed_until(made_for(begins, ends_on), ends_on) == again - timedelta(days=1)


@examples(60)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 25))
def test_what_is_not_whole_months_is_renewed_by_as_many_days(begins: date, days: int) -> None:
    ends_on = begins + timedelta(days=days)
    renewed = renewed_until(made_for(begins, ends_on), ends_on)
    assert renewed - ends_on == timedelta(days=days + 1)


@pytest.mark.parametrize(
    ("ends_on", "until"), [("2026-12-31", "2027-12-31"), ("2028-02-28", "2029-02-27"), ("2027-02-28", "2028-02-29")]
)
def test_what_was_made_without_an_end_is_renewed_for_a_year(ends_on: str, until: str) -> None:
    agreement = made_for(date(2026, 10, 1), None)
    assert renewed_until(agreement, date.fromisoformat(ends_on)) == date.fromisoformat(until)


def test_only_what_still_runs_gets_a_later_last_day() -> None:
    agreement, today = made_for(date(2026, 10, 1), None), date(2026, 12, 1)
    last = date(2026, 12, 31)
    assert require_later(agreement, last, date(2027, 1, 1), today) == last
    for ends_on, until in ((None, last), (date(2026, 11, 30), last), (last, last)):
        with pytest.raises(Refusal):
            require_later(agreement, ends_on, until, today)
