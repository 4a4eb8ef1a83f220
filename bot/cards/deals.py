"""Sales and their money: what was reported, and what a period brought beside the months before the agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bot.cards.offers import act, ask
from bot.cards.words import (
    capital,
    count,
    cut,
    day_text,
    listed,
    percent,
    period_name,
    quoted,
    run,
    said,
    speakers,
    titled,
    whose,
)
from bot.chat.card import Block, Button, Card, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.commitments import Commitment, Volume
from slacore.deals import Deal, Income, Stretch, Takings
from slacore.money import Money
from slacore.results import Cohort

_SHOWN = 12
_PRICES, _PRICED_AT_ONCE = 6, 2
"""Sales without a price: so many are named, and so many have a button each."""


@dataclass(frozen=True, slots=True)
class Earnings:
    """The money of one promise of units in a period: its income, and the close rates of its newest periods.

    `key` is the promise's; `cohorts` begin with the period's own units; `unpriced` are the period's sales
    of which nobody said the price.
    """

    key: str
    terms: Terms
    commitment: Commitment
    promise: Volume
    income: Income
    cohorts: tuple[Cohort, ...]
    unpriced: tuple[Deal, ...] = ()


def reported(done: Sequence[Deal], terms: Terms, commitment: Commitment, now: datetime) -> Card:
    """Answer `sold`: what counts now, and how it is taken back."""
    sales = sum(each.quantity for each in done)
    on = day_text(done[0].closed_on, now, terms.zone)
    brought = _added([each.price for each in done if each.price is not None])
    whose = "own finding" if done[0].found_by == commitment.receiver else f"from {terms.party(done[0].found_by).name}"
    title = f"{_keys(done)} · {count(sales, 'sale')} for {brought}"
    leads = f" of {count(done[0].leads, 'lead')}" if done[0].leads else ""
    words = f"{capital(count(sales, 'sale'))}{leads} for {brought}, closed {on}, {whose}."
    return Card(
        titled(title),
        words,
        (Text((words,)), Note(said(f"Wrong? Say `sold withdraw {done[0].key} because …`."))),
        (act("The money so far", "deals"), ask("Take back", f"sold withdraw {done[0].key}")),
        ref=done[0].key,
    )


def taken_back(deal: Deal) -> Card:
    """Answer `sold withdraw`."""
    title = f"{deal.key} taken back"
    words = f"{title}: {quoted(deal.withdrawn_why)} It counts no more; both stay on the record."
    return Card(titled(title), words, (Text((words,)),), (act("The money so far", "deals"),), ref=deal.key)


def listed_deals(told: Earnings, deals: Sequence[Deal], now: datetime) -> Card:
    """Answer `deals`: the money of the period, and its sales one by one, the newest first."""
    terms, income = told.terms, told.income
    name = period_name(income.period, now, terms.zone)
    here = income.now.whole
    brought = f"{count(here.sales, 'sale')}, {here.revenue.in_words()}" if here.sales else "no sale on record"
    title = f"Money · {name} · {brought}"
    blocks = money(told, now)
    if deals:
        rows = tuple(_row(each, terms, now) for each in deals[:_SHOWN])
        blocks.append(Table(("Key", "Closed", "Found by", "Sales", "Price"), rows, "Newest sales", (3, 4)))
        blocks += [Note((f"+{len(deals) - _SHOWN} more.",))] if len(deals) > _SHOWN else []
    summary = f"{capital(name)}: {in_short(told)}."
    buttons = (*prices_wanted(told), ask("Report a sale", "sold"))
    return Card(titled(title), summary, tuple(blocks), buttons, ref=told.key)


def money(told: Earnings, now: datetime) -> list[Block]:
    """The money of one promise: a table where anything is on record, and what to type for what is not."""
    income = told.income
    blocks: list[Block] = []
    if income.now.whole.sales or income.before is not None or income.since is not None:
        blocks.append(_table(told, now))
    blocks += [Note(each) for each in _missing(told, now)]
    return blocks


def in_short(told: Earnings) -> str:
    """A sentence without its full stop: "43 sales, $4,310 of the $5,000 quota"."""
    here = told.income.now.whole
    if not here.sales:
        return f"no sale is on record, {told.income.quota.in_words()} is the quota"
    return f"{count(here.sales, 'sale')}, {here.revenue.in_words()} of the {told.income.quota.in_words()} quota"


def _table(told: Earnings, now: datetime) -> Table:
    """What the period brought beside a month of before the agreement, and a month of all since."""
    income, terms = told.income, told.terms
    stretches: list[tuple[str, Stretch]] = []
    if income.before is not None:
        stretches.append((f"Before, a month (of {income.before.months})", income.before))
    if income.since is not None and income.since.months > 1:
        stretches.append((f"Since, a month (of {income.since.months})", income.since))
    stretches.append((capital(period_name(income.period, now, terms.zone)), income.now))
    rows: list[tuple[Spans, ...]] = [
        _line("Quota", [income.quota.in_words() if each is income.now else "" for _, each in stretches]),
        _line("Revenue", [_revenue(each, each.whole) for _, each in stretches], strong=True),
    ]
    rows += [
        _line(_found_by(told, party), [_revenue(each, each.found[party]) for _, each in stretches])
        for party in income.parties
        if any(each.found[party].sales for _, each in stretches)
    ]
    rows += [
        _line("Sales", [_a_month(each, each.whole.sales) for _, each in stretches]),
        _line("Average price", [_price(each.whole.mean) for _, each in stretches]),
        _line("Median price", [_price(each.whole.median) for _, each in stretches]),
        _line("Close rate", [_close_rate(told, each) for _, each in stretches]),
    ]
    columns = ("", *(label for label, _ in stretches))
    return Table(columns, tuple(rows), f"Money of {cut(told.commitment.name, 40)}", tuple(range(1, len(columns))))


def _line(label: str, values: Sequence[str], *, strong: bool = False) -> tuple[Spans, ...]:
    cells: list[Spans] = [(Strong(each) if strong else each,) if each else ("–",) for each in values]
    return ((Strong(label) if strong else label,), *cells)


def _found_by(told: Earnings, party: str) -> str:
    name = cut(told.terms.party(party).name, 30)
    return f"of {whose(name)} {'own' if party == told.commitment.receiver else told.promise.unit.plural}"


def _revenue(stretch: Stretch, of: Takings) -> str:
    if not of.priced:
        return ""
    return stretch.each_month(of.revenue).in_words()


def _a_month(stretch: Stretch, sales: int) -> str:
    """Sales a month, to a tenth: "38", "41.5"."""
    if not sales:
        return ""
    tenths = round(Fraction(sales * 10, stretch.months))
    return f"{tenths // 10:,}" + (f".{tenths % 10}" if tenths % 10 else "")


def _price(price: Money | None) -> str:
    return "" if price is None else price.in_words()


def _close_rate(told: Earnings, stretch: Stretch) -> str:
    """By cohort since the agreement: of the period's own units, and of all those that have had their time."""
    if stretch is told.income.before:
        return "" if stretch.close_rate is None else percent(stretch.close_rate)
    if stretch is told.income.since:
        mature = [each.whole for each in told.cohorts if each.mature and each.whole.items]
        items = sum(each.items for each in mature)
        return percent(Fraction(sum(each.won for each in mature), items)) if items else ""
    own = told.cohorts[0]
    if own.close_rate is None:
        return ""
    return percent(own.close_rate) + ("" if own.mature else " so far")


def _missing(told: Earnings, now: datetime) -> list[Spans]:
    """What is not on record, and what to type to have it there."""
    income, terms = told.income, told.terms
    name = period_name(income.period, now, terms.zone)
    seller, finder = terms.party(told.commitment.receiver).name, terms.party(told.commitment.giver).name
    price = told.promise.worth.average_sale.in_words() if told.promise.worth is not None else "…"
    unit = told.promise.unit
    notes: list[Spans] = []
    if not income.now.whole.sales:
        own = f"`sold {price} in {name}` for what {seller} found itself"
        won = f"`outcome L-… won for {price}` when a {unit.singular} is won"
        notes.append(said(f"No sale of {name} is on record. Say {won}, {own}."))
    elif income.now.whole.unpriced:
        unpriced = income.now.whole.unpriced
        keys = [f"L-{each.item}" for each in told.unpriced if each.item is not None]
        which = f" ({listed(_some(keys))})" if keys else ""
        says = f"{capital(count(unpriced, 'sale'))} of {name} {'has' if unpriced == 1 else 'have'} no price{which}"
        lacks = "it" if unpriced == 1 else "them"
        adds = f"`outcome {keys[0] if keys else 'L-…'} won for {price}` adds it"
        notes.append(said(f"{says}, so the money lacks {lacks}: {adds}."))
    if income.before is None:
        began = day_text(income.began_on, now, terms.zone)
        notes.append(
            said(
                f"Nothing from before {began} is on record. {seller} says `sold $… deals … leads … in … from {finder}`"
                f": a month’s sum, its sales, and the {unit.plural} they came of."
            )
        )
    return notes


def _some(keys: Sequence[str]) -> list[str]:
    """Some keys by name, and how many more there are."""
    return [*keys[:_PRICES], f"{len(keys) - _PRICES} more"] if len(keys) > _PRICES else list(keys)


def prices_wanted(told: Earnings) -> tuple[Button, ...]:
    """Enter the price of a sale that has none, the oldest first; for those who sell."""
    may = speakers(told.terms, told.commitment.receiver)
    keys = [f"L-{each.item}" for each in told.unpriced if each.item is not None]
    return tuple(ask(f"Price of {key}", f"outcome {key} won for", may=may) for key in keys[:_PRICED_AT_ONCE])


def _row(deal: Deal, terms: Terms, now: datetime) -> tuple[Spans, ...]:
    of = f" (L-{deal.item})" if deal.item is not None else ""
    price = "no price" if deal.price is None else deal.price.in_words()
    return (
        (f"{deal.key}{of}",),
        (day_text(deal.closed_on, now, terms.zone),),
        (cut(terms.party(deal.found_by).name, 30),),
        (f"{deal.quantity:,}",),
        run(price, f" {quoted(cut(deal.note, 40))}" if deal.note else ""),
    )


def _keys(done: Sequence[Deal]) -> str:
    return done[0].key if len(done) == 1 else f"{done[0].key} to {done[-1].key}"


def _added(prices: Sequence[Money]) -> str:
    total = prices[0]
    for each in prices[1:]:
        total += each
    return total.in_words()
