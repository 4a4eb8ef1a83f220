"""Sales with their prices: what was sold, for how much, and whose finding it was.

A sale of a lead that was handed over is the giver's finding; what the receiver found itself it reports
itself. Sums are whole numbers of a currency's smallest unit, and a price that nobody gave is not made up:
such a sale counts as one and adds nothing to the money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from slacore.commitments import Outcome
from slacore.errors import Refusal
from slacore.items import Item
from slacore.money import Money
from slacore.periods import Period

PRICES_AT_LEAST = 10
"""Sales with a price that a period takes to move the price that a target is worked out with; fewer are an accident."""
MOST_AT_ONCE = 100_000
"""Sales that one report may sum up."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One sale, or the sum of several (`quantity`) that were reported together. People say `W-<number>`.

    `found_by` is the party whose lead it was; `price` the money of all of them, None where nobody said.
    `leads` is how many leads a sum came of, 0 where that is not said. `item` is the lead that was won,
    None of what was reported by itself. What was taken back keeps its line, with when, by whom and why.
    """

    number: int
    agreement: str
    commitment: str
    found_by: str
    quantity: int
    price: Money | None
    leads: int
    closed_on: date
    logged_by: str
    logged_at: datetime
    note: str = ""
    item: int | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""

    @property
    def key(self) -> str:
        """What people call it."""
        return f"W-{self.number}"


@dataclass(frozen=True, slots=True)
class Sale:
    """What an item's ledger says of its sale: when it was won, and for how much, if somebody said."""

    closed_at: datetime
    by: str
    amount: int | None


def sale_of(item: Item, outcomes: Mapping[str, Outcome]) -> Sale | None:
    """The sale that an item came to; None where its newest sale or loss is a loss, or it is owed to nobody."""
    decided = [each for each in item.outcomes if each.to in outcomes and outcomes[each.to].counts_as]
    if item.standing != "owed" or not decided or outcomes[decided[-1].to].counts_as != "won":
        return None
    said = [decided[-1]]  # the same outcome said again, to add a price, is still the sale of the first time
    for each in reversed(decided[:-1]):
        if each.to != said[-1].to:
            break
        said.append(each)
    return Sale(min(each.occurred_at for each in said), decided[-1].by, decided[-1].amount)


def withdraw(deal: Deal, by: str, why: str, at: datetime) -> Deal:
    """Take back a sale that was reported: it counts no more, and its line stays."""
    if deal.withdrawn_at is not None:
        raise Refusal(f"{deal.key} was taken back already.", "Say `deals` to see those that count.", field="key")
    return replace(deal, withdrawn_at=at, withdrawn_by=by, withdrawn_why=why)


@dataclass(frozen=True, slots=True)
class Takings:
    """What some sales come to. `sales` counts all of them, `priced` those whose price is known.

    `revenue` is the sum of what is known. `mean` and `median` are prices of one sale, rounded once, half to
    even; the median is None where sums hide the prices of single sales, both are None where no price is known.
    """

    sales: int
    priced: int
    revenue: Money
    mean: Money | None
    median: Money | None

    @property
    def unpriced(self) -> int:
        """Sales of which nobody said the price."""
        return self.sales - self.priced


def takings(deals: Iterable[Deal], currency: str) -> Takings:
    """Add sales up in one currency; those in another count as sales without a price."""
    counted = [each for each in deals if each.withdrawn_at is None]
    priced = [each for each in counted if each.price is not None and each.price.currency == currency]
    amounts = [each.price.amount for each in priced if each.price is not None]
    total, number = sum(amounts), sum(each.quantity for each in priced)
    single = all(each.quantity == 1 for each in priced)
    return Takings(
        sum(each.quantity for each in counted),
        number,
        Money(total, currency),
        Money(round(Fraction(total, number)), currency) if number else None,
        Money(round(_middle(sorted(amounts))), currency) if number and single else None,
    )


def _middle(rising: Sequence[int]) -> Fraction:
    half, odd = divmod(len(rising), 2)
    return Fraction(rising[half]) if odd else Fraction(rising[half - 1] + rising[half], 2)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The sales of some months on end: all of them, and by whose finding they were.

    `months` is how many months they spread over, at least one. `leads` and `sales_of_leads` are what sums
    of the giver's leads say of how many closed.
    """

    months: int
    whole: Takings
    found: Mapping[str, Takings]
    leads: int = 0
    sales_of_leads: int = 0

    @property
    def close_rate(self) -> Fraction | None:
        """The share of leads that became a sale, where the sums say of how many leads they are."""
        return Fraction(self.sales_of_leads, self.leads) if self.leads else None

    def each_month(self, amount: Money) -> Money:
        """So much of it a month, rounded once."""
        return amount.times(Fraction(1, self.months))


def stretch_of(deals: Sequence[Deal], parties: Sequence[str], currency: str, months: int) -> Stretch:
    """Add up the sales of some months, by whose finding they were, in the order of `parties`."""
    counted = [each for each in deals if each.withdrawn_at is None]
    found = {party: takings([each for each in counted if each.found_by == party], currency) for party in parties}
    summed = [each for each in counted if each.leads and each.found_by == parties[0]]
    return Stretch(
        max(1, months),
        takings(counted, currency),
        found,
        sum(each.leads for each in summed),
        sum(each.quantity for each in summed),
    )


@dataclass(frozen=True, slots=True)
class Income:
    """The money of one promise of units: this period's beside the months before the agreement and all since.

    `parties` are whose findings are told apart, the giver of the units first. `before` is None where
    nothing was recorded from before the agreement began, `since` where nothing was since.
    """

    period: Period
    began_on: date
    quota: Money
    parties: tuple[str, ...]
    now: Stretch
    before: Stretch | None
    since: Stretch | None


def income_of(
    deals: Sequence[Deal], parties: Sequence[str], quota: Money, period: Period, began_on: date, until_on: date
) -> Income:
    """Set a period's sales beside those before the agreement began (`began_on`) and those since, to `until_on`.

    The months before are counted from the first sale on record, since a sale's month is all that is known.
    """
    currency = quota.currency
    others = dict.fromkeys(each.found_by for each in deals if each.withdrawn_at is None)
    known = tuple(dict.fromkeys((*parties, *others)))
    counted = [each for each in deals if each.withdrawn_at is None and each.closed_on <= until_on]
    earlier = [each for each in counted if each.closed_on < began_on]
    later = [each for each in counted if each.closed_on >= began_on]
    here = [each for each in counted if period.first_on <= each.closed_on <= period.last_on]
    return Income(
        period,
        began_on,
        quota,
        known,
        stretch_of(here, known, currency, 1),
        stretch_of(earlier, known, currency, _months(min(each.closed_on for each in earlier), began_on))
        if earlier
        else None,
        stretch_of(later, known, currency, _months(began_on, until_on) + 1) if later else None,
    )


def _months(first_on: date, last_on: date) -> int:
    """Months from one date's to another's, the last one not counted."""
    return (last_on.year - first_on.year) * 12 + last_on.month - first_on.month


def price_of(income: Income) -> Money | None:
    """What a sale really brought in the period, for working the target out again; None of too few prices.

    It is of the sales that the giver's leads became: what the receiver found itself says nothing of them.
    """
    own = income.now.found[income.parties[0]]
    return own.mean if own.priced >= PRICES_AT_LEAST else None
