"""The target calculator: quota × share ÷ average sale = customers, ÷ close rate = units, rounded up once."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from slacore.commitments import Worth
from slacore.errors import Refusal
from slacore.money import Money
from slacore.planner import Step, TargetInputs, checkpoints, plan_target, plan_targets, quota_of, rerun
from tests.examples import examples

COMPANY_X = TargetInputs(Money.parse("$5,000"), Money.parse("$100"), Fraction(1, 2))
shares = st.integers(1, 1_000).map(lambda tenths: Fraction(tenths, 1_000)) | st.just(Fraction(1, 3))
dollars = st.integers(1, 60_000).map(lambda cents: Money(cents, "USD"))
inputs = st.builds(
    TargetInputs, dollars, st.integers(500, 20_000).map(lambda cents: Money(cents, "USD")), shares, shares
)
signs = {"+": Fraction.__add__, "−": Fraction.__sub__, "×": Fraction.__mul__, "÷": Fraction.__truediv__}


def amount(value: Fraction | Money) -> Fraction:
    return Fraction(value.amount) if isinstance(value, Money) else value


def holds(step: Step) -> bool:
    """Whether a line of arithmetic is true, as somebody with a pencil would find."""
    first, *rest = (amount(figure.value) for figure in step.figures)
    for sign, figure in zip(step.signs, rest, strict=True):
        first = signs[sign](first, figure)
    whole = step.rounded is None or abs(step.rounded - first) < 1
    return first == amount(step.result.value) and whole


def test_company_x_needs_fifty_sales_and_a_hundred_leads_in_four_checkpoints() -> None:
    target = plan_target(COMPANY_X)
    assert (target.customers, target.units) == (50, 100)
    assert checkpoints(target.units) == (25, 50, 75, 100)


def test_at_a_close_rate_of_48_percent_the_same_fifty_sales_take_105_leads() -> None:
    revision = rerun(100, Worth(Fraction(1, 2), Money.parse("$100")), close_rate=Fraction(48, 100))
    assert (revision.target.customers, revision.target.units, revision.difference) == (50, 105, 5)
    assert checkpoints(105) == (27, 53, 79, 105)


def test_a_larger_sale_takes_fewer_leads() -> None:
    revision = rerun(100, Worth(Fraction(1, 2), Money.parse("$100")), average_sale=Money.parse("$125"))
    assert (revision.target.customers, revision.target.units, revision.difference) == (40, 80, -20)


def test_customers_are_not_rounded_before_leads_are() -> None:
    """$5,050 is fifty customers and a half: 101 leads, and not the 102 of fifty-one customers."""
    target = plan_target(TargetInputs(Money.parse("$5,050"), Money.parse("$100"), Fraction(1, 2)))
    assert (target.customers, target.units) == (51, 101)


def test_months_and_regions_are_rounded_each_on_its_own() -> None:
    region = TargetInputs(Money.parse("$101"), Money.parse("$100"), Fraction(1, 2))
    assert [each.units for each in plan_targets((region, region, region))] == [3, 3, 3]


@examples(100)
@given(inputs)
def test_a_target_is_the_fewest_units_that_bring_the_quota(planned: TargetInputs) -> None:
    asked = planned.quota.amount * planned.share
    target = plan_target(planned)
    assert target.units == next(n for n in count() if n * planned.close_rate * planned.average_sale.amount >= asked)
    assert target.customers == next(n for n in count() if n * planned.average_sale.amount >= asked)
    assert all(holds(step) for step in target.steps)


@examples(100)
@given(st.integers(1, 5_000), st.fractions(0, 1, max_denominator=5_000), st.integers(1, 10**7))
def test_what_is_agreed_comes_out_as_agreed_while_nothing_has_changed(agreed: int, close: Fraction, cents: int) -> None:
    assume(close * cents >= 1)
    worth = Worth(close, Money(cents, "USD"))
    assert rerun(agreed, worth).difference == 0
    assert quota_of(agreed, worth) <= worth.of(agreed) + Money(1, "USD")


@examples(100)
@given(st.integers(1, 10_000), st.integers(1, 500).flatmap(lambda of: st.tuples(
    st.just(of), st.lists(st.integers(1, of), min_size=1, max_size=6, unique=True).map(sorted)
)))  # fmt: skip
def test_checkpoints_keep_their_shape_and_never_ask_for_less(target: int, shape: tuple[int, list[int]]) -> None:
    of, marks = shape
    scaled = checkpoints(target, tuple(marks), of)
    assert list(scaled) == sorted(scaled)
    for mark, quantity in zip(marks, scaled, strict=True):
        assert quantity == next(n for n in range(target + 1) if Fraction(n, target) >= Fraction(mark, of))


@pytest.mark.parametrize(
    ("quota", "sale", "close", "share", "field"),
    [
        ("$0", "$100", 1, 1, "quota"),
        ("-$5", "$100", 1, 1, "quota"),
        ("$5", "$0", 1, 1, "sale"),
        ("$5", "€1", 1, 1, "sale"),
        ("$5", "$1", 0, 1, "close"),
        ("$5", "$1", Fraction(101, 100), 1, "close"),
        ("$5", "$1", 1, 0, "share"),
        ("$5", "$1", 1, 2, "share"),
    ],
)
def test_what_no_target_can_be_worked_out_from_is_refused(
    quota: str, sale: str, close: Fraction, share: Fraction, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        TargetInputs(Money.parse(quota), Money.parse(sale), Fraction(close), Fraction(share))
    assert refused.value.field == field
