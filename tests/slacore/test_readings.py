"""Readings: what is taken, what is refused, and the one figure that a period makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.commitments import Aggregation, Level
from slacore.errors import Refusal
from slacore.readings import (
    Reading,
    figure_of,
    in_unit,
    is_lost,
    percentile_of,
    require_reading,
    scaled,
    standing,
)

AVAILABILITY = Level(
    "availability", Fraction(999, 10), "at least", "mean", "%", lowest=Fraction(0), highest=Fraction(100)
)
SATISFACTION = Level("customer satisfaction", Fraction(90), "at least", "good/total", "%")
fractions = st.integers(-(10**12), 10**12).map(lambda micro: Fraction(micro, 10**6))


def reading(
    number: int, value: str | None, on: int = 1, out_of: int | None = None, corrects: int | None = None
) -> Reading:
    return Reading(
        number,
        "acme",
        1,
        "uptime",
        date(2026, 10, 1),
        date(2026, 10, on),
        None if value is None else scaled(Fraction(value)),
        "ada",
        datetime(2026, 10, on, 12, tzinfo=UTC),
        None if out_of is None else scaled(Fraction(out_of)),
        corrects,
    )


def figure(level: Level, *found: Reading) -> Fraction | None:
    return figure_of(level, standing(found))


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("sum", "10.5"), ("mean", "3.5"), ("last", "2.5"), ("min", "2.5"), ("max", "5")],
)
def test_readings_come_to_one_figure_in_the_order_they_were_measured(aggregation: Aggregation, expected: str) -> None:
    level = replace(AVAILABILITY, aggregation=aggregation)
    # R-3 was logged last, for the earliest date.
    found = (reading(1, "5", on=8), reading(2, "2.5", on=9), reading(3, "3", on=2))
    assert figure(level, *found) == Fraction(expected)


def test_no_reading_has_no_figure() -> None:
    assert figure(AVAILABILITY) is None


def test_good_of_total_is_the_share_of_all_good_ones_in_all() -> None:
    assert figure(SATISFACTION, reading(1, "45", out_of=50), reading(2, "5", out_of=10)) == Fraction(250, 3)
    assert figure(replace(SATISFACTION, unit=""), reading(1, "45", out_of=50)) == Fraction(9, 10)


def test_a_correction_takes_a_reading_out_in_full_and_may_leave_its_place_empty() -> None:
    first, second = reading(1, "90"), reading(2, "100", on=2)
    assert figure(AVAILABILITY, first, second, reading(3, "98", corrects=1)) == 99
    assert figure(AVAILABILITY, first, second, reading(3, None, corrects=1)) == 100
    again = (first, reading(3, "98", corrects=1), reading(4, "97", corrects=3))
    assert figure(AVAILABILITY, *again) == 97


@given(st.lists(fractions, min_size=1, max_size=30), st.integers(1, 99))
def test_a_percentile_is_the_smallest_figure_that_so_many_do_not_exceed(amounts: list[Fraction], percent: int) -> None:
    enough = [each for each in amounts if sum(other <= each for other in amounts) * 100 >= percent * len(amounts)]
    assert percentile_of(amounts, percent) == min(enough)


@given(fractions)
def test_what_is_shown_never_looks_better_than_what_was_measured(amount: Fraction) -> None:
    at_least = replace(AVAILABILITY, unit="")
    assert Fraction(in_unit(at_least, amount).replace(",", "")) <= amount
    assert Fraction(in_unit(replace(at_least, comparison="at most"), amount).replace(",", "")) >= amount


def test_figures_are_shown_with_their_unit() -> None:
    hours = replace(AVAILABILITY, unit="hours", threshold=Fraction(4))
    assert in_unit(hours, Fraction(1)) == "1 hour"
    assert in_unit(hours, Fraction(2)) == "2 hours"
    assert in_unit(AVAILABILITY, Fraction("99.93")) == "99.93 %"
    assert in_unit(AVAILABILITY, Fraction("99.899999")) == "99.8999 %"
    assert in_unit(replace(AVAILABILITY, unit="USD"), Fraction(1_250_000)) == "1,250,000 USD"
    assert in_unit(replace(AVAILABILITY, comparison="at most", unit="hours"), Fraction(10, 3)) == "3.3334 hours"


@pytest.mark.parametrize(
    ("level", "value", "out_of", "problem"),
    [
        (AVAILABILITY, "100.01", None, "Reading out of range: 100.01 %, where 0 to 100 is agreed."),
        (AVAILABILITY, "-1", None, "Reading out of range"),
        (AVAILABILITY, "45", "50", "is logged as one figure"),
        (SATISFACTION, "45", None, "so many good ones of all"),
        (SATISFACTION, "51", "50", "51 of 50 cannot be"),
        (SATISFACTION, "0", "0", "0 of 0 cannot be"),
        (SATISFACTION, "4.5", "50", "counted whole"),
        (replace(AVAILABILITY, highest=None), "1000000000001", None, "is more than"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(level: Level, value: str, out_of: str | None, problem: str) -> None:
    with pytest.raises(Refusal, match=problem):
        require_reading(level, Fraction(value), None if out_of is None else Fraction(out_of))


def test_more_places_than_are_kept_are_refused_rather_than_rounded() -> None:
    assert scaled(Fraction("99.999999")) == 99_999_999
    with pytest.raises(Refusal, match="six places"):
        scaled(Fraction("99.9999999"))


@pytest.mark.parametrize(
    ("aggregation", "comparison", "lost"),
    [
        ("max", "at most", True),
        ("min", "at least", True),
        ("sum", "at most", True),
        ("mean", "at most", False),
        ("percentile", "at most", False),
        ("last", "at least", False),
    ],
)
def test_some_figures_can_only_get_worse(
    aggregation: Aggregation, comparison: Literal["at least", "at most"], lost: bool
) -> None:
    value = "60" if comparison == "at most" else "40"
    level = replace(
        AVAILABILITY,
        threshold=Fraction(50),
        aggregation=aggregation,
        comparison=comparison,
        percentile=95,
    )
    assert is_lost(level, (reading(1, value),)) is lost
    assert not is_lost(level, (reading(1, "50"),))
