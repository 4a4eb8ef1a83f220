"""Money is exact."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.errors import Refusal
from slacore.money import Money

CURRENCIES = ["USD", "EUR", "GBP", "JPY", "CHF", "KWD", "ISK"]
amounts = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(CURRENCIES))


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("$450.00", Money(45_000, "USD")),
        ("$5,000", Money(500_000, "USD")),
        ("450 USD", Money(45_000, "USD")),
        ("USD 450", Money(45_000, "USD")),
        ("450.5 CHF", Money(45_050, "CHF")),
        ("€1,234,567.89", Money(123_456_789, "EUR")),
        ("99€", Money(9_900, "EUR")),
        ("-£5.10", Money(-510, "GBP")),
        ("¥1200", Money(1_200, "JPY")),
        ("1.234 KWD", Money(1_234, "KWD")),
    ],
)
def test_an_amount_is_read(text: str, money: Money) -> None:
    assert Money.parse(text) == money


@pytest.mark.parametrize(
    "text",
    ["", "450", "$", "$4,50", "$1.234,56", "$1.234", "¥1.5", "450 usd", "450 XYZ", "$450 USD", "$-5", "$1e9", "$٤",
     "$" + "9" * 30, "$9,999,999,999,999,999"],
)  # fmt: skip
def test_anything_else_is_refused_and_never_rounded(text: str) -> None:
    with pytest.raises(Refusal):
        Money.parse(text)


def test_an_amount_is_printed_in_full_and_said_briefly() -> None:
    assert [str(Money.parse(text)) for text in ("$5000", "-$5.1", "450 CHF", "¥1200", "1.2 KWD")] == [
        "$5,000.00",
        "-$5.10",
        "450.00 CHF",
        "¥1,200",
        "1.200 KWD",
    ]
    assert [Money.parse(text).in_words() for text in ("$5000", "$450.50", "450 CHF")] == [
        "$5,000",
        "$450.50",
        "450 CHF",
    ]


def test_nine_leads_short_at_half_of_a_hundred_dollars_each_are_450_dollars() -> None:
    assert Money.parse("$100").times(9 * Fraction(1, 2)) == Money.parse("$450")


def test_a_share_is_rounded_once_and_half_to_even() -> None:
    assert [Money(cents, "USD").percent(50).amount for cents in (1, 3, 5, -1, -3)] == [0, 2, 2, 0, -2]
    assert Money(1_000, "USD").percent(Decimal("2.5")) == Money(25, "USD")
    assert Money(100, "USD").times(Fraction(1, 3)) == Money(33, "USD")


def test_a_float_is_no_factor_of_money() -> None:
    with pytest.raises(TypeError, match="float"):
        Money(100, "USD").times(0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="float"):
        Money(100, "USD").percent(0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="whole number"):
        Money(4.5, "USD")  # type: ignore[arg-type]


def test_two_currencies_are_never_added_or_compared() -> None:
    dollars, euros = Money(100, "USD"), Money(100, "EUR")
    for wrong in (lambda: dollars + euros, lambda: dollars - euros, lambda: dollars < euros, lambda: dollars >= euros):
        with pytest.raises(Refusal, match="different currencies"):
            wrong()
    assert dollars != euros


def test_amounts_are_added_taken_away_and_compared() -> None:
    five, two = Money(500, "USD"), Money(200, "USD")
    assert five + two == Money(700, "USD")
    assert two - five == -Money(300, "USD")
    assert (two < five, two <= two, five > two, five >= five, five < two) == (True, True, True, True, False)
    assert min(five, two) == two


@given(amounts)
def test_what_is_printed_or_said_is_read_back(money: Money) -> None:
    assert Money.parse(str(money)) == Money.parse(money.in_words()) == money


@given(amounts, st.fractions(-10, 10))
def test_a_share_is_never_more_than_half_a_cent_off(money: Money, share: Fraction) -> None:
    assert abs(money.times(share).amount - money.amount * share) <= Fraction(1, 2)


@given(st.text(max_size=20))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(Refusal):
        Money.parse(text)
