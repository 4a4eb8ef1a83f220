"""Hours with a point, shares in per cent, and amounts of money: read exactly, or asked about."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import Misread, MoneyArg, MoneyListArg, NumberArg, PercentArg
from slacore.errors import Refusal
from slacore.money import Money
from tests.bot.commands.company import WORDS

HOURS = NumberArg(most=Fraction(744))


def dollars(*amounts: int) -> tuple[Money, ...]:
    return tuple(Money(amount * 100, "USD") for amount in amounts)


@pytest.mark.parametrize(
    ("text", "share"),
    [("48 %", 48), ("48%", 48), ("48 percent", 48), ("48 per cent", 48), ("48", 48), ("0.5 %", Fraction(1, 2)),
     ("99.95%", Fraction(1999, 20)), ("100", 100)],
)  # fmt: skip
def test_a_share_is_read_with_or_without_its_sign(text: str, share: Fraction) -> None:
    assert PercentArg().parse(text, WORDS) == Fraction(share) / 100


def test_a_share_below_one_without_a_sign_is_asked_about() -> None:
    with pytest.raises(Misread, match="can be read as") as refused:
        PercentArg().parse("0.48", WORDS)
    assert refused.value.instead == ("48 %", "0.48 %")


@pytest.mark.parametrize("text", ["0 %", "101 %", "-5 %", "half", "1/2", "4,8 %", "٤٨ %", "48 % %", '"48"', ""])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        PercentArg().parse(text, WORDS)


@pytest.mark.parametrize(
    ("text", "number"), [("7.5", Fraction(15, 2)), ("160", 160), ("0", 0), ("0.25", Fraction(1, 4))]
)
def test_a_number_may_have_a_point(text: str, number: Fraction) -> None:
    assert HOURS.parse(text, WORDS) == number


@pytest.mark.parametrize("text", ["7,5", "-1", "745", "1e3", "NaN", "many", "1.23456", "9" * 3_000])
def test_what_is_no_number_or_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        HOURS.parse(text, WORDS)


@pytest.mark.parametrize("text", ["$5,000", "$5000", "5000 USD", "USD 5,000", "$ 5000", "$5,000.00"])
def test_an_amount_is_read_with_its_currency(text: str) -> None:
    assert MoneyArg().parse(text, WORDS) == dollars(5_000)[0]


@pytest.mark.parametrize("text", ["5000", "$0", "-$5", "$5 $6", "5 usd", "$1.005", "money", '"$5"'])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        MoneyArg().parse(text, WORDS)


@pytest.mark.parametrize("text", ["$5, $6 and $7", "$5 $6 $7", "5 USD, USD 6, 7 USD", "$5 and $6 and $7"])
def test_several_amounts_stand_side_by_side(text: str) -> None:
    assert MoneyListArg().parse(text, WORDS) == dollars(5, 6, 7)


@pytest.mark.parametrize("text", ["$5 and", "$5 6", "$5, $0", " ".join(["$5"] * 13)])
def test_a_list_of_amounts_that_breaks_off_or_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        MoneyListArg().parse(text, WORDS)


@given(st.integers(1, 10**6))
def test_every_share_that_was_read_is_said_so_that_it_is_read_again(number: int) -> None:
    value = Fraction(number, 10**6)
    assert PercentArg().parse(PercentArg().say(value, WORDS), WORDS) == value


@given(st.integers(0, 744 * 10**4))
def test_every_number_that_was_read_is_said_so_that_it_is_read_again(number: int) -> None:
    value = Fraction(number, 10**4)
    assert HOURS.parse(HOURS.say(value, WORDS), WORDS) == value


@given(
    st.lists(st.builds(Money, st.integers(1, 10**12), st.sampled_from(["USD", "CHF", "JPY"])), min_size=1, max_size=12)
)
def test_every_list_of_amounts_is_said_so_that_it_is_read_again(amounts: list[Money]) -> None:
    value = tuple(amounts)
    assert MoneyListArg().parse(MoneyListArg().say(value, WORDS), WORDS) == value
