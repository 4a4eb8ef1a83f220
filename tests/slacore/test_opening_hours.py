"""Opening hours as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Window, parse_day, parse_week, print_day, print_week
from slacore.errors import Refusal


def test_a_week_is_read_by_groups_of_days() -> None:
    week = parse_week({"Mon-Fri": "09:00-12:00, 13:00-17:00", "Sat": "10-14"})
    assert week[0] == (Window(540, 720), Window(780, 1020))
    assert week[5] == (Window(600, 840),)
    assert week[6] == ()


def test_what_two_keys_say_of_a_day_adds_up() -> None:
    week = parse_week({"Mon-Fri": "09:00-12:00, 13:00-17:00", "Fri": "22:00-06:00"})
    assert week[4] == (Window(540, 720), Window(780, 1020), Window(1320, 1800))
    assert week[3] == (Window(540, 720), Window(780, 1020))


def test_hours_that_overlap_are_refused_by_name_and_not_guessed_at() -> None:
    with pytest.raises(Refusal, match=r"09:00-15:00 and 09:00-17:00 of Friday overlap"):
        parse_week({"Mon-Fri": "09:00-17:00", "Fri": "09:00-15:00"})
    with pytest.raises(Refusal, match="Friday is both open and closed"):
        parse_week({"Mon-Fri": "09:00-17:00", "Fri": "closed"})


def test_hours_may_touch() -> None:
    assert parse_day("09:00-12:00, 12:00-17:00") == (Window(540, 720), Window(720, 1020))


@pytest.mark.parametrize(
    ("key", "weekdays"),
    [
        ("Mon", [0]),
        ("monday", [0]),
        ("Mondays", [0]),
        ("Mon, Wed, Fri", [0, 2, 4]),
        ("Fri-Mon", [0, 4, 5, 6]),
        ("Sat – Sun", [5, 6]),
        ("Mon to Wed", [0, 1, 2]),
        ("weekdays", [0, 1, 2, 3, 4]),
        ("weekend", [5, 6]),
        ("daily", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_days_are_named_in_many_ways(key: str, weekdays: list[int]) -> None:
    week = parse_week({key: "9-17"})
    assert [weekday for weekday in range(7) if week[weekday]] == weekdays


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("09:00-17:00", [(540, 1020)]),
        ("9–17", [(540, 1020)]),
        ("9am-5:30pm", [(540, 1050)]),
        ("9 to 17", [(540, 1020)]),
        ("22:00-06:00", [(1320, 1800)]),
        ("16:00-24:00", [(960, 1440)]),
        ("16:00-00:00", [(960, 1440)]),
        ("00:00-24:00", [(0, 1440)]),
        ("24h", [(0, 1440)]),
        ("13-17, 9-12", [(540, 720), (780, 1020)]),
        ("closed", []),
    ],
)
def test_a_days_hours_are_read(text: str, windows: list[tuple[int, int]]) -> None:
    assert parse_day(text) == tuple(Window(*window) for window in windows)


@pytest.mark.parametrize(
    "text", ["", "9", "9-", "9-25", "9:60-17", "24:00-25:00", "13pm-5pm", "9-12;13-17", "nine to five", "9-12-17"]
)
def test_what_is_no_opening_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_week({"Mon": text})
    assert "Mon" in caught.value.problem
    assert "09:00-12:00" in caught.value.next_step


def test_hours_that_open_and_close_at_once_are_refused_because_they_can_mean_two_things() -> None:
    with pytest.raises(Refusal, match="at the same time"):
        parse_day("00:00-00:00")


@pytest.mark.parametrize("key", ["", "Funday", "Mon-", "Mon-Fri-Sun", "1"])
def test_what_is_no_weekday_is_refused(key: str) -> None:
    with pytest.raises(Refusal, match="no day of the week"):
        parse_week({key: "9-17"})


@given(st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True).map(sorted))
def test_what_is_printed_is_read_back(bounds: list[int]) -> None:
    day = tuple(Window(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False))
    assert parse_day(print_day(day)) == day
    week = (day, day, (), day, day, (), (Window(1320, 1800),))
    assert parse_week(print_week(week)) == week


@given(st.text(max_size=20), st.text(max_size=30))
def test_no_text_does_more_than_be_refused(key: str, text: str) -> None:
    with suppress(Refusal):
        parse_week({key: text})
