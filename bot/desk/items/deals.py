"""Sales at the desk: they follow what is said of leads, and the seller reports beside them what it found itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.cards.deals import Earnings
from bot.desk.sitting import Sitting
from bot.desk.standings import results
from bot.store import commitments
from bot.store import deals as kept
from slacore import deals
from slacore.agreements import Agreement, Candidate, Terms
from slacore.commitments import Commitment, Outcome, Volume, Worth
from slacore.deals import MOST_AT_ONCE, Deal, income_of, sale_of
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.items import Item
from slacore.money import Money
from slacore.parties import require_speaker
from slacore.periods import Period
from slacore.planner import quota_of

_MOST = 10**13
"""Of the smallest unit: more than one sale brings."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What somebody reports: prices, each of one sale, or one price that is the sum of `quantity`.

    `leads` is how many leads that sum came of, 0 where it is not said.
    """

    candidate: Candidate
    prices: tuple[Money, ...]
    found_by: str
    closed_on: date
    quantity: int = 1
    leads: int = 0
    note: str = ""


async def follow(
    sitting: Sitting, handoff: Handoff, before: Item | None, after: Item, outcomes: dict[str, Outcome]
) -> None:
    """Let the sale on record be the one that the item's ledger tells of; what it told of before is taken back."""
    was = None if before is None else sale_of(before, outcomes)
    now = sale_of(after, outcomes)
    if was == now:
        return
    if was is not None and (known := await kept.of_item(sitting.tx, after.handed.number)) is not None:
        gone = deals.withdraw(known, sitting.actor, f"what is said of {after.key} is another", sitting.now)
        await kept.save(sitting.tx, known, gone)
    if now is None:
        return
    terms = sitting.terms(after.handed.agreement, after.handed.version)
    worth = worth_of(terms, handoff.commitment)
    price = Money(now.amount, worth.average_sale.currency) if worth is not None and now.amount is not None else None
    deal = Deal(
        number=await sitting.tx.next_number("W"),
        agreement=handoff.agreement,
        commitment=handoff.commitment,
        found_by=after.handed.giver,
        quantity=1,
        price=price,
        leads=0,
        closed_on=now.closed_at.astimezone(ZoneInfo(terms.zone)).date(),
        logged_by=now.by,
        logged_at=sitting.now,
        item=after.handed.number,
    )
    await kept.add(sitting.tx, deal)


async def report(sitting: Sitting, sold: Sold) -> tuple[Deal, ...]:
    """The seller reports sales: those it found itself, those of before the agreement, those of leads without names."""
    candidate = sold.candidate
    terms, commitment = candidate.version.terms, candidate.commitment
    _require(terms, commitment, sold, sitting.today(terms.zone))
    found = []
    for price in sold.prices:
        deal = Deal(
            number=await sitting.tx.next_number("W"),
            agreement=terms.slug,
            commitment=commitment.slug,
            found_by=sold.found_by,
            quantity=sold.quantity,
            price=price,
            leads=sold.leads,
            closed_on=sold.closed_on,
            logged_by=sitting.actor,
            logged_at=sitting.now,
            note=sold.note,
        )
        await kept.add(sitting.tx, deal)
        after = {"name": price.in_words(), "on": sold.closed_on.isoformat(), "note": sold.note}
        await sitting.record("Sold", deal.key, None, after)
        found.append(deal)
    return tuple(found)


async def withdraw(sitting: Sitting, deal: Deal, why: str) -> Deal:
    """Take back a sale that was reported by itself; a lead's own goes with its outcome."""
    terms = sitting.agreement(deal.agreement).latest.terms
    require_speaker(terms.party(terms.commitment(deal.commitment).receiver), sitting.actor, f"take {deal.key} back")
    if deal.item is not None and deal.withdrawn_at is None:
        raise Refusal(
            f"{deal.key} is the sale of L-{deal.item}.",
            f"Say `retract L-{deal.item} outcome because …`: the sale goes with it.",
            field="key",
        )
    gone = deals.withdraw(deal, sitting.actor, why, sitting.now)
    await kept.save(sitting.tx, deal, gone)
    await sitting.record("SaleTakenBack", deal.key, None, {"because": why})
    return gone


def require_price(terms: Terms, commitment: str, outcome: Outcome, price: Money) -> int:
    """A price in the smallest unit of the agreement's currency; refuses one of what is no sale or has no currency."""
    if outcome.counts_as != "won":
        raise Refusal(f"“{outcome.name}” is no sale, so it has no price.", "Leave the price out.", field="price")
    _require_currency(terms, worth_of(terms, commitment), price)
    return price.amount


def worth_of(terms: Terms, commitment: str) -> Worth | None:
    """What a unit of a promise is worth, where its terms say so."""
    found = next((each.promise for each in terms.commitments if each.slug == commitment), None)
    return found.worth if isinstance(found, Volume) else None


def sellable(sitting: Sitting, agreements: Sequence[Agreement], speaker: str) -> tuple[Candidate, ...]:
    """The promises of units with a worth whose receiver, the seller, somebody speaks for."""
    current = [(each, each.in_force(sitting.today(each.latest.terms.zone)) or each.latest) for each in agreements]
    return tuple(
        Candidate(agreement, version, each)
        for agreement, version in current
        for each in version.terms.commitments
        if worth_of(version.terms, each.slug) and speaker in version.terms.party(each.receiver).people
    )


async def earnings(
    sitting: Sitting, agreement: Agreement, terms: Terms, commitment: Commitment, period: Period
) -> Earnings | None:
    """The money of one promise in a period, beside what was before the agreement and since; None without a worth."""
    promise = commitment.promise
    if not isinstance(promise, Volume) or promise.worth is None:
        return None
    known = await kept.of_promise(sitting.tx, agreement.slug, commitment.slug)
    keys = await commitments.keys(sitting.tx)
    cohorts = (await results.learnt(sitting, agreement, commitment, period)).cohorts
    income = income_of(
        known,
        (commitment.giver, commitment.receiver),
        quota_of(promise.target, promise.worth),
        period,
        agreement.versions[0].terms.effective_on,
        period.last_on,
    )
    unpriced = tuple(
        each for each in known if each.price is None and period.first_on <= each.closed_on <= period.last_on
    )
    return Earnings(keys[agreement.slug, commitment.slug], terms, commitment, promise, income, cohorts, unpriced)


async def newest(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> tuple[Deal, ...]:
    """The sales of one period, newest first."""
    known = await kept.of_promise(sitting.tx, agreement.slug, commitment.slug)
    return tuple(each for each in reversed(known) if period.first_on <= each.closed_on <= period.last_on)


def _require(terms: Terms, commitment: Commitment, sold: Sold, today: date) -> None:
    if sold.closed_on > today:
        raise Refusal("That day has not come yet.", "Report a sale once it is closed.", field="on")
    for price in sold.prices:
        _require_currency(terms, worth_of(terms, commitment.slug), price)
    if sold.quantity > 1 and len(sold.prices) > 1:
        raise Refusal(
            f"{len(sold.prices)} prices are so many sales, not {sold.quantity:,}.",
            "Give the sum of all sales as one price, or each price without a number.",
            field="deals",
        )
    if sold.quantity > MOST_AT_ONCE:
        raise Refusal(f"A report sums up at most {MOST_AT_ONCE:,} sales.", "Report them month by month.", field="deals")
    if sold.leads and sold.found_by != commitment.giver:
        name = terms.party(commitment.giver).name
        raise Refusal(f"Only sales of {name}'s leads came of leads.", f"Add `from {name}`.", field="from")
    if sold.leads and sold.leads < sold.quantity * len(sold.prices):
        raise Refusal(
            f"{sold.leads:,} leads cannot have become {sold.quantity * len(sold.prices):,} sales.",
            "Give the number of leads that were worked.",
            field="leads",
        )


def _require_currency(terms: Terms, worth: Worth | None, price: Money) -> None:
    if worth is None:
        raise Refusal(
            f"{terms.name} does not say what one is worth, so a price has no currency to be in.",
            "Leave the price out, or add `worth:` to the promise.",
            field="price",
        )
    if price.currency != worth.average_sale.currency:
        raise Refusal(
            f"{terms.name} counts in {worth.average_sale.currency}, not in {price.currency}.",
            f"Give the price in {worth.average_sale.currency}.",
            field="price",
        )
    if price.amount > _MOST:
        raise Refusal(f"{price.in_words()} is more than a sale brings.", "Look the amount over.", field="price")
