"""How many things were handed over, and what a number that is none is answered with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import Misread, QuantityArg
from bot.commands.arguments.counting import spelled
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


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a", 1),
        ("One", 1),
        ("twelve", 12),
        ("nineteen", 19),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("hundred", 100),
        ("one hundred and twenty", 120),
        ("two hundred five", 205),
        ("three thousand", 3_000),
        ("one thousand two hundred and thirty-four", 1_234),
        ("a million", 1_000_000),
    ],
)
def test_numbers_may_be_words(words: str, number: int) -> None:
    assert quantity(words) == number


_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int) -> str:
    """A number below a million as people write it."""
    if number >= 1_000:
        rest = number % 1_000
        return (
            f"{in_words(number // 1_000)} thousand{(' and ' if rest < 100 else ' ') + in_words(rest) if rest else ''}"
        )
    if number >= 100:
        rest = number % 100
        return f"{_ONES[number // 100 - 1]} hundred{' and ' + in_words(rest) if rest else ''}"
    if number >= 20:
        ones = number % 10
        return _TENS[number // 10 - 2] + (f"-{_ONES[ones - 1]}" if ones else "")
    return _ONES[number - 1]


@given(st.integers(1, 999_999))
def test_every_number_below_a_million_is_read_from_its_words(number: int) -> None:
    assert quantity(in_words(number)) == number


@pytest.mark.parametrize("text", ["twenty twenty", "hundred dozen", "and five", "half"])
def test_number_words_that_make_no_number_are_not_one(text: str) -> None:
    why_not(text)


def test_a_number_in_words_ends_where_it_does() -> None:
    assert spelled(["five", "leads"]) == (5, 1)
    assert spelled(["one", "hundred", "and", "twenty", "leads"]) == (120, 4)
    assert spelled(["leads"]) is None


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
        ("a few", "“a few” is no number.", ()),
        ("a couple of", "“a couple” is no number.", ()),
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


def test_digits_in_groups_are_one_number_only_where_they_can_be() -> None:
    assert asked("handoff 1 000 leads")[1] == {"quantity": 1000, "unit": LEADS}
    assert refused("handoff 1 00 leads").field == "unit"


def test_a_command_may_set_its_own_limit() -> None:
    with pytest.raises(Misread, match=r"11 is more than I count at once; the most is 10\."):
        QuantityArg(most=10).parse("11", WORDS)


def test_a_number_may_be_corrected_to_none_where_the_argument_says_so() -> None:
    assert QuantityArg(least=0).parse("0", WORDS) == 0
    assert QuantityArg(least=0).hint() == "a whole number from 0 to 1,000,000"
