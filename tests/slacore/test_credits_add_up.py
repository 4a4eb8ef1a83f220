"""A ledger of random histories adds up to the cent, and what a period is credited never exceeds its cap."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore import accruals
from slacore.accruals import Credit, CreditEntry
from slacore.calendars import Duration
from slacore.commitments import Level
from slacore.credits import Consequence, Tier
from slacore.errors import Refusal
from slacore.money import Money
from slacore.periods import PeriodRule
from slacore.standing import LevelStanding, MemberCount, MembersStanding, Span, attained_share
from tests.company_x import TERMS, at
from tests.examples import examples

NOW = at(16, 10)
TIERS = tuple(Tier(Fraction(below, 1000), Fraction(share, 100)) for below, share in ((999, 10), (995, 25), (990, 50)))


def consequence(charge: int = 200_000, cap: Fraction | None = None, minimum: int | None = None) -> Consequence:
    least = None if minimum is None else Money(minimum, "USD")
    return Consequence("credit", ("service credit",), tiers=TIERS, charge=Money(charge, "USD"), cap=cap, minimum=least)


def credit(number: int, breach: int, worth: Money, amount: Money) -> Credit:
    october = PeriodRule().containing(date(2026, 10, 1))
    return Credit(
        number, breach, "a", 1, "c", "credit", "marketing", "sales", october.first_on, october.last_on,
        Fraction(1, 10), worth, amount, NOW, NOW + timedelta(days=60),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("attained", "share"),
    [
        ("1", "0"),
        ("0.999", "0"),
        ("0.9989", "1/10"),
        ("0.995", "1/10"),
        ("0.9949", "1/4"),
        ("0.99", "1/4"),
        ("0", "1/2"),
    ],
)
def test_the_lowest_tier_that_it_falls_below_says_the_share(attained: str, share: str) -> None:
    assert consequence().share_at(Fraction(attained)) == Fraction(share)


def test_a_credit_below_the_least_that_is_paid_is_not() -> None:
    worth = Money(20_000, "USD")
    assert accruals.amount_left(consequence(minimum=20_000), worth, ()).amount == 20_000
    assert accruals.amount_left(consequence(minimum=20_001), worth, ()).amount == 0


def test_it_can_be_claimed_until_the_second_period_after_has_ended_and_five_days_at_least() -> None:
    october = PeriodRule().containing(date(2026, 10, 1))
    until = accruals.claimable_until(consequence(), PeriodRule(), october, TERMS, "sales", NOW)
    assert until == PeriodRule().containing(date(2026, 12, 1)).ends_at(TERMS.zone)
    late = until + timedelta(days=30)
    five_days = TERMS.calendar_of_party("sales").due(late, accruals.AT_LEAST_TO_CLAIM)
    assert accruals.claimable_until(consequence(), PeriodRule(), october, TERMS, "sales", late) == five_days
    named = replace(consequence(), claim_within=Duration.parse("720h"))
    assert accruals.claimable_until(named, PeriodRule(), october, TERMS, "sales", NOW) == NOW + timedelta(days=30)


@dataclass
class Books:
    """The rules' side: credits and their ledger, as the desk keeps them."""

    agreed: Consequence
    credits: dict[int, Credit] = field(default_factory=dict)
    ledger: list[CreditEntry] = field(default_factory=list)

    def worth(self, breach: int, attained: Fraction | None) -> None:
        """A miss is on the record with what was attained, or is none any more."""
        assert self.agreed.charge is not None
        worth = self.agreed.charge.times(Fraction() if attained is None else self.agreed.share_at(attained))
        mine = [each for each in self.credits.values() if each.breach == breach]
        newest = mine[-1] if mine else None
        if accruals.is_same(newest, worth):
            return
        if newest is not None and newest.status != "reversed":
            self._keep(*accruals.reverse(newest, "", NOW, "restated"))
        amount = accruals.amount_left(self.agreed, worth, list(self.credits.values()))
        if amount.amount:
            new = credit(len(self.credits) + 1, breach, worth, amount)
            self._keep(new, accruals.opening(new, ""))

    def say(self, number: int, word: str) -> None:
        """Somebody claims, approves, refuses, applies; or nobody did in time."""
        known = self.credits.get(number)
        if known is None:
            return
        try:
            if word == "expired":
                self._keep(*accruals.expire(known, known.claim_until))
            else:
                self._keep(*accruals.move(known, word, "lena", NOW, TERMS.zone))  # type: ignore[arg-type]
        except (Refusal, ValueError):
            assert self.credits[number] is known

    def _keep(self, after: Credit, entry: CreditEntry) -> None:
        self.credits[after.number] = after
        self.ledger.append(entry)


_WORTH = st.tuples(st.integers(1, 4), st.none() | st.integers(970, 1000))
_SAID = st.tuples(st.integers(1, 6), st.sampled_from(("claimed", "approved", "refused", "applied", "expired")))


@examples(150)
@given(
    st.integers(1, 400_003),
    st.none() | st.integers(1, 100).map(lambda percent: Fraction(percent, 100)),
    st.lists(_WORTH | _SAID, max_size=25),
)
def test_the_ledger_adds_up_and_never_exceeds_the_cap(
    charge: int, cap: Fraction | None, history: list[tuple[int, int | str | None]]
) -> None:
    books = Books(consequence(charge, cap))
    cents = round(charge * (1 if cap is None else cap))
    for number, what in history:
        if isinstance(what, str):
            books.say(number, what)
        else:
            books.worth(number, None if what is None else Fraction(what, 1000))
        # Slow and obvious: every cent that is still promised, counted anew from each credit's own last word.
        standing = 0
        for each in books.credits.values():
            words = [line.happened for line in books.ledger if line.credit == each.number]
            assert words[0] == "accrued"
            assert words.count("applied") <= 1
            assert words.count("claimed") <= 1
            alive = words[-1] in ("accrued", "claimed", "approved", "applied")
            standing += each.amount.amount if alive else 0
            lines = [line.amount.amount for line in books.ledger if line.credit == each.number]
            assert sum(lines) == (each.amount.amount if alive else 0)
            assert 0 < each.amount.amount <= each.worth.amount
        assert sum(line.amount.amount for line in books.ledger) == standing <= cents
        alive_by_breach = [each.breach for each in books.credits.values() if each.status in accruals.COUNTED]
        assert len(alive_by_breach) == len(set(alive_by_breach))  # no miss is credited twice


def test_what_was_attained_is_held_against_a_tier_as_people_read_it() -> None:
    def level(comparison: Literal["at least", "at most"], threshold: str, unit: str, figure: str | None) -> Fraction:
        promise = Level("it", Fraction(threshold), comparison, unit=unit)
        october = PeriodRule().containing(date(2026, 10, 1))
        span = Span(october, NOW, NOW, NOW)
        measured = None if figure is None else Fraction(figure)
        return attained_share(LevelStanding("missed", False, promise, span, measured, 1, NOW, None))

    assert level("at least", "99.9", "%", "99.8") == Fraction("0.998")
    assert level("at least", "50", "days", "40") == Fraction(4, 5)
    assert level("at most", "4", "hours", "5") == Fraction(4, 5)
    assert level("at most", "4", "hours", "0") == 1
    assert level("at least", "99.9", "%", None) == 1
    assert attained_share(MembersStanding(MemberCount(kept=9, missed=1, to_come=0), NOW, NOW)) == Fraction(9, 10)
    assert attained_share(None) == 0


def test_it_is_claimed_before_its_time_is_over_and_expires_with_it() -> None:
    worth = Money(20_000, "USD")
    known = credit(1, 1, worth, worth)
    instant = timedelta.resolution
    assert accruals.move(known, "claimed", "lena", known.claim_until - instant, TERMS.zone)[0].status == "claimed"
    with pytest.raises(Refusal, match="that has passed"):
        accruals.move(known, "claimed", "lena", known.claim_until, TERMS.zone)
    assert accruals.expire(known, known.claim_until)[0].status == "expired"
    with pytest.raises(ValueError, match="does not expire"):
        accruals.expire(known, known.claim_until - instant)


def test_what_was_refused_or_let_expire_is_closed_whatever_the_miss_is_worth_now() -> None:
    known = credit(1, 1, Money(20_000, "USD"), Money(20_000, "USD"))
    for status, same in (("accrued", False), ("applied", False), ("refused", True), ("expired", True)):
        assert accruals.is_same(replace(known, status=status), Money(50_000, "USD")) == same  # type: ignore[arg-type]
    assert accruals.is_same(None, Money(0, "USD"))
    assert not accruals.is_same(replace(known, status="reversed"), Money(1, "USD"))


@pytest.mark.parametrize(
    ("charge", "worth", "most"),
    [
        ("¥12,345", "¥1,234", "¥6,172"),  # 1,234.5 and 6,172.5: half a yen goes to the even one
        ("¥12,355", "¥1,236", "¥6,178"),
        ("12.345 KWD", "1.234 KWD", "6.172 KWD"),
        ("$123.45", "$12.34", "$61.72"),
    ],
)
def test_a_share_of_a_charge_is_rounded_once_in_whatever_the_currency_has(charge: str, worth: str, most: str) -> None:
    agreed = replace(consequence(cap=Fraction(1, 2)), charge=Money.parse(charge))
    assert agreed.charge is not None
    assert (str(agreed.charge.times(agreed.share_at(Fraction(998, 1000)))), str(agreed.most())) == (worth, most)
