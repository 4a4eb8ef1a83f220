"""Numbers and names are shortened so that they fit, and never so that they say more than is true."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.facts import number, read, short_number
from bot.charts.lettering import clean, fit, width_of, wrap
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, at
from tests.examples import examples

SCALES = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def value_of(text: str) -> Fraction:
    found = re.fullmatch(r"([\d.]+)([kMBT]?)", text.replace(",", ""))
    assert found
    return Fraction(found[1]) * SCALES[found[2]]


@given(st.integers(0, 10**15 - 1))
def test_a_short_number_is_never_more_than_the_number_and_at_most_a_hundredth_less(quantity: int) -> None:
    shown = value_of(short_number(quantity))
    assert 0 <= quantity - shown <= Fraction(quantity, 100)


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (12_345, "12.3k"),
        (999_999, "999k"),
        (10**6, "1M"),
        (2_050_000, "2.05M"),
    ],
)
def test_short_numbers(quantity: int, shown: str) -> None:
    assert short_number(quantity) == shown


def test_a_number_beyond_all_reason_is_still_a_number() -> None:
    assert number(10**5000) == "over 999,999,999,999,999"
    assert short_number(10**5000) == "999T"
    assert short_number(-3) == "0"


@examples(150)
@given(st.text(max_size=60), st.floats(0, 900), st.booleans())
def test_a_text_fits_its_room_or_is_nothing(text: str, room: float, bold: bool) -> None:
    shown = fit(text, 34, room, bold)
    assert width_of(shown, 34, bold) <= room
    if shown != clean(text) and shown:
        assert shown.endswith("…")
        assert clean(text).startswith(shown[:-1])


@examples(100)
@given(st.text(alphabet="ab é\u0301ש", max_size=80), st.floats(60, 500))
def test_a_wrapped_text_fits_its_rooms_and_loses_nothing_before_its_end(text: str, room: float) -> None:
    lines = wrap(text, 34, (room, room))
    assert len(lines) <= 2
    assert all(width_of(line, 34) <= room for line in lines)
    assert clean(text).startswith(" ".join(lines).removesuffix("…").rstrip())


def test_a_text_is_not_cut_between_a_letter_and_its_accent() -> None:
    shown = fit("e\u0301" * 50, 34, 200)
    assert shown.endswith("\u0301…")


@given(st.text())
def test_no_cleaned_text_holds_what_xml_may_not_or_what_turns_text_around(text: str) -> None:
    assert not [
        mark for mark in clean(text) if unicodedata.category(mark) in {"Cc", "Cs"} or mark in "\u202e\u2066\ufffe"
    ]


def test_a_hundred_kilobytes_of_name_are_cut_like_any_other() -> None:
    assert fit("x" * 100_000, 34, 300) == fit("x" * 100, 34, 300)


def test_what_is_left_is_said_in_words() -> None:
    assert read(MIDMONTH).gap == "57 to go"
    assert read(MISSED).gap == "9 short"
    assert read(EARLY).gap == "target met"


def test_the_next_goal_is_the_first_that_has_not_passed() -> None:
    assert (read(MIDMONTH).next_goal.at, read(MIDMONTH).next_goal.quantity) == (at(16), 50)
    assert (read(MISSED).next_goal.at, read(MISSED).next_goal.quantity) == (at(30), 100)


def test_after_the_due_moment_nothing_is_projected() -> None:
    assert read(MIDMONTH).projected == (84, 102)
    assert read(MISSED).projected is None
