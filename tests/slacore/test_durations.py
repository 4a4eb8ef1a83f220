"""Durations as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Duration, Unit
from slacore.errors import Refusal

UNITS: tuple[Unit, ...] = ("wm", "wh", "wd", "m", "h", "d")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("4wh", Duration(4, "wh")),
        (" 4 WH ", Duration(4, "wh")),
        ("4 working hours", Duration(4, "wh")),
        ("4 business hours", Duration(4, "wh")),
        ("1 working hour", Duration(1, "wh")),
        ("30wm", Duration(30, "wm")),
        ("10wd", Duration(10, "wd")),
        ("10 working days", Duration(10, "wd")),
        ("24h", Duration(24, "h")),
        ("90 min", Duration(90, "m")),
        ("30d", Duration(30, "d")),
        ("30 days", Duration(30, "d")),
        ("0wd", Duration(0, "wd")),
    ],
)
def test_a_duration_is_read(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4",
        "wh",
        "-4wh",
        "1.5h",
        "4w",
        "4 weeks",
        "4wy",
        "four hours",
        "4wh 30wm",
        "٤wh",
        "4 whours",
        "99999999999h",
        "9" * 5000 + "h",
    ],
)
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        Duration.parse(text)
    assert "4wh" in caught.value.next_step or "20 years" in caught.value.next_step
    assert len(str(caught.value)) < 300


def test_a_duration_says_itself_in_words() -> None:
    assert [Duration.parse(text).in_words() for text in ("4wh", "1wd", "30m", "1h", "30d", "90wm")] == [
        "4 working hours",
        "1 working day",
        "30 minutes",
        "1 hour",
        "30 days",
        "90 working minutes",
    ]


@given(st.integers(0, 7000), st.sampled_from(UNITS))
def test_what_is_printed_or_said_is_read_back(amount: int, unit: Unit) -> None:
    duration = Duration(amount, unit)
    assert Duration.parse(str(duration)) == Duration.parse(duration.in_words()) == duration


@given(st.text(max_size=30))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(Refusal):
        Duration.parse(text)
