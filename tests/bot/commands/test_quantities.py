"""How many things were handed over, and what a number that is none is answered with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import Misread, QuantityArg
from bot.commands.arguments.quantities import SMALL_NUMBERS
from tests.bot.commands.company import LEADS, WORDS, asked, refused


def quantity(text: str) -> int:
    return QuantityArg().parse(text, WORDS)


def why_not(text: str) -> Misread:
    with pytest.raises(Misread) as refusal:
        quantity(text)
    return refusal.value


@given(st.integers(1, 1_000_000))
def test_every_whole_number_up_to_a_million_is_read_however_its_thousands_are_parted(number: int) -> None:
    for separator in ("", ",", "'", "’", " ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"):
        assert quantity(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(("word", "number"), [*SMALL_NUMBERS.items(), ("Twelve", 12), ("A", 1)])
def test_numbers_up_to_twelve_may_be_words(word: str, number: int) -> None:
    assert quantity(word) == number


@pytest.mark.parametrize("text", ["25", " 25 ", "025", "25.", "*25*", "２５", "\N{RIGHT-TO-LEFT MARK}25", "2\u200b5"])
def test_decoration_width_and_invisible_marks_do_not_change_a_number(text: str) -> None:
    assert quantity(text) == 25


@pytest.mark.parametrize(
    ("text", "problem", "instead"),
    [
        ("0", "Zero is not a quantity here; the least is 1.", ()),
        ("zero", "Zero is not a quantity here; the least is 1.", ()),
        ("-5", "“-5” is below zero; the least is 1.", ()),
        ("−5", "“−5” is below zero; the least is 1.", ()),
        ("+5", "“+5” has a sign.", ("5",)),
        ("25.5", "“25.5” is not a whole number; I count whole things.", ("25", "26")),
        ("25,5", "“25,5” is not a whole number; I count whole things.", ("25", "26")),
        ("1.000", "“1.000” can be read as a thousand or as a fraction.", ("1000",)),
        ("1e9", "“1e9” is in scientific notation.", ()),
        ("25k", "“25k” is short for a number.", ("25000",)),
        ("50%", "“50%” is a share, not a quantity.", ()),
        ("1,00,000", "“1,00,000” has its separators in places where I cannot be sure of the number.", ()),
        ("٢٥", "“٢٥” is written in digits that not everybody here can read.", ("25",)),
        ("twenty-five", "I read numbers above twelve in digits only, not “twenty-five”.", ("25",)),
        ("fifteen", "I read numbers above twelve in digits only, not “fifteen”.", ("15",)),
        ("1000001", "1,000,001 is more than I count at once; the most is 1,000,000.", ()),
        ("9" * 3_000, "A number of 3000 digits is more than I count at once; the most is 1,000,000.", ()),
        ("25²", "“25²” is not a whole number.", ()),
        ("½", "“½” is not a whole number.", ()),
        ("many", "“many” is not a whole number.", ()),
        ("0x19", "“0x19” is not a whole number.", ()),
        ("NaN", "“NaN” is not a whole number.", ()),
        ("🎉", "“🎉” is not a whole number.", ()),
        ('"25"', "“25” is not a whole number.", ()),
    ],
)
def test_what_is_no_quantity_is_refused_with_the_sentence_that_fits_it(
    text: str, problem: str, instead: tuple[str, ...]
) -> None:
    refusal = why_not(text)

    assert refusal.problem == problem
    assert refusal.instead == instead
    assert refusal.next_step


@pytest.mark.parametrize("text", ["a hundred leads", "twenty five leads", "twenty-five leads", "a dozen leads"])
def test_large_numbers_in_words_are_offered_in_digits_within_the_whole_command(text: str) -> None:
    number = {"a hundred": "100", "a dozen": "12"}.get(text.removesuffix(" leads"), "25")

    assert refused(f"handoff {text} to sales").offers[0] == (number, f"handoff {number} leads to sales")


def test_digits_in_groups_are_one_number_only_where_they_can_be() -> None:
    assert asked("handoff 1 000 leads")[1] == {"quantity": 1000, "unit": LEADS}
    assert refused("handoff 1 00 leads").field == "unit"


def test_a_command_may_set_its_own_limit() -> None:
    with pytest.raises(Misread, match=r"11 is more than I count at once; the most is 10\."):
        QuantityArg(most=10).parse("11", WORDS)


def test_a_number_may_be_corrected_to_none_where_the_argument_says_so() -> None:
    assert QuantityArg(least=0).parse("0", WORDS) == 0
    assert QuantityArg(least=0).hint() == "a whole number from 0 to 1,000,000"
