"""What sales come to is what a recount of each sale by itself comes to, in whole cents."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore import items
from slacore.commitments import Outcome
from slacore.deals import PRICES_AT_LEAST, Deal, income_of, price_of, sale_of, takings, withdraw
from slacore.errors import Refusal
from slacore.money import Money
from slacore.periods import PeriodRule
from tests.answering import MONDAY, lead
from tests.examples import examples

MONTH = PeriodRule("month")
BEGAN = date(2026, 10, 1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
QUOTA = Money(500_000, "USD")
PARTIES = ("marketing", "sales")

deals = st.builds(
    Deal,
    number=st.just(1),
    agreement=st.just("a"),
    commitment=st.just("leads"),
    found_by=st.sampled_from((*PARTIES, "service")),
    quantity=st.integers(1, 3),
    price=st.none() | st.builds(Money, st.integers(1, 10_001), st.sampled_from(("USD", "USD", "USD", "EUR"))),
    leads=st.just(0),
    closed_on=st.dates(date(2026, 7, 1), date(2026, 12, 31)),
    logged_by=st.just("amy"),
    logged_at=st.just(NOW),
    withdrawn_at=st.sampled_from((None, None, NOW)),
)


@examples(80)
@given(st.lists(deals, max_size=12))
def test_takings_are_a_recount_of_every_sale(sold: list[Deal]) -> None:
    # Slow and obvious: one sale at a time.
    sales, cents, prices, hidden = 0, 0, 0, False
    singles: list[int] = []
    for each in sold:
        if each.withdrawn_at is not None:
            continue
        for _ in range(each.quantity):
            sales += 1
        if each.price is not None and each.price.currency == "USD":
            cents += each.price.amount
            prices += each.quantity
            singles.append(each.price.amount)
            hidden = hidden or each.quantity > 1
    found = takings(sold, "USD")
    assert (found.sales, found.priced, found.unpriced) == (sales, prices, sales - prices)
    assert found.revenue == Money(cents, "USD")
    if not prices:
        assert found.mean is found.median is None
        return
    assert found.mean is not None
    assert abs(Fraction(cents, prices) - found.mean.amount) <= Fraction(1, 2)
    if hidden:
        assert found.median is None
    else:
        assert found.median is not None
        assert abs(Fraction(median([Fraction(each) for each in singles])) - found.median.amount) <= Fraction(1, 2)


@examples(80)
@given(st.lists(deals, max_size=12), st.integers(10, 12))
def test_every_sale_is_told_once_and_by_whose_finding_it_was(sold: list[Deal], month: int) -> None:
    period = MONTH.containing(date(2026, month, 1))
    income = income_of(sold, PARTIES, QUOTA, period, BEGAN, period.last_on)
    told: Counter[str] = Counter()
    for each in sold:
        if each.withdrawn_at is None and each.closed_on <= period.last_on:
            told["before" if each.closed_on < BEGAN else "since"] += each.quantity
            told["here"] += each.quantity * (period.first_on <= each.closed_on)
    before = income.before.whole.sales if income.before else 0
    since = income.since.whole.sales if income.since else 0
    assert (before, since, income.now.whole.sales) == (told["before"], told["since"], told["here"])
    for stretch in filter(None, (income.before, income.since, income.now)):
        assert sum(each.sales for each in stretch.found.values()) == stretch.whole.sales
        assert sum(each.revenue.amount for each in stretch.found.values()) == stretch.whole.revenue.amount
    if income.before is not None:
        assert income.before.months == 10 - min(each.closed_on for each in sold if each.withdrawn_at is None).month
    if income.since is not None:
        assert income.since.months == month - 9


def sale(price: int, found_by: str = "marketing", quantity: int = 1, leads: int = 0, on: date = BEGAN) -> Deal:
    return Deal(1, "a", "leads", found_by, quantity, Money(price, "USD"), leads, on, "amy", NOW)


def test_a_few_prices_move_no_target_and_the_sellers_own_finding_never_does() -> None:
    period = MONTH.containing(BEGAN)
    few = [sale(9_000)] * (PRICES_AT_LEAST - 1)
    own = [sale(900_000, "sales")] * PRICES_AT_LEAST
    assert price_of(income_of([*few, *own], PARTIES, QUOTA, period, BEGAN, period.last_on)) is None
    enough = income_of([*few, sale(9_001), *own], PARTIES, QUOTA, period, BEGAN, period.last_on)
    assert price_of(enough) == Money(9_000, "USD")


def test_sums_of_before_say_how_many_leads_closed() -> None:
    sums = [sale(300_000, quantity=30, leads=80, on=date(2026, 8, 31)), sale(5_000, "sales", on=date(2026, 8, 1))]
    before = income_of(sums, PARTIES, QUOTA, MONTH.containing(BEGAN), BEGAN, BEGAN).before
    assert before is not None
    assert before.close_rate == Fraction(30, 80)
    assert before.months == 2
    assert before.each_month(before.whole.revenue) == Money(152_500, "USD")


def test_what_is_taken_back_is_taken_back_once() -> None:
    gone = withdraw(sale(100), "amy", "cancelled", NOW)
    assert takings([gone], "USD").sales == 0
    with pytest.raises(Refusal):
        withdraw(gone, "amy", "again", NOW)


def test_a_price_said_later_is_of_the_same_sale() -> None:
    known = {"won": Outcome("won", "Won", final=True, counts_as="won"), "lost": Outcome("lost", "Lost", True, "lost")}
    won, _ = items.end(lead(), "won", "tom", MONDAY, final=True)
    told = sale_of(won, known)
    assert told is not None
    assert (told.closed_at, told.amount) == (MONDAY, None)
    later = MONDAY + timedelta(days=3)
    priced, new = items.end(won, "won", "tom", later, final=True, price=12_000)
    assert [each.happened for each in new] == ["reversed", "outcome"]
    told = sale_of(priced, known)
    assert told is not None
    assert (told.closed_at, told.amount) == (MONDAY, 12_000)
    with pytest.raises(Refusal):
        items.end(priced, "won", "tom", later, final=True, price=12_000)
    lost, _ = items.end(priced, "lost", "tom", later, final=True)
    assert sale_of(lost, known) is None
