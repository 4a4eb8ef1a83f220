"""The best recovery of a month at the desk: looked for among the plans that were done and the numbers that were met."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import accumulate

from bot.desk.sitting import Sitting
from bot.desk.standings.standings import volume_standing_of
from bot.store import breaches, obligations, plans, tallies
from slacore.agreements import Agreement, Terms
from slacore.breaches import Breach
from slacore.commitments import Commitment, Volume
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.periods import Period
from slacore.recoveries import MadeGood, Recovery, best_of, caught_up, done_in_time
from slacore.reports import loss_of
from slacore.standing import goal_of


async def of_month(
    sitting: Sitting, agreement: Agreement, month: Period, among: Collection[str] | None = None
) -> Recovery | None:
    """The best recovery of a month, by the rule of `slacore.recoveries`; None where nobody came back.

    `among` are the promises (slugs) that may be spoken of where it is said; None means all.
    """
    found = [*await _made_good(sitting, agreement, month), *await _caught_up(sitting, agreement, month)]
    return best_of(each for each in found if among is None or each.commitment in among)


async def _made_good(sitting: Sitting, agreement: Agreement, month: Period) -> list[Recovery]:
    found: list[Recovery] = []
    for breach in await breaches.of_agreement(sitting.tx, agreement.slug):
        if breach.excused_at is not None or (plan := await plans.of_breach(sitting.tx, breach.number)) is None:
            continue
        terms = sitting.terms(breach.agreement, breach.version)
        steps = await obligations.steps_of(sitting.tx, agreement.slug, plan.key)
        at = done_in_time(plan, steps, month.starts_at(terms.zone), month.ends_at(terms.zone))
        if at is not None:
            obligation = await obligations.find(sitting.tx, breach.obligation)
            part, loss = _loss(terms, breach, obligation)
            found.append(
                MadeGood(breach.commitment, breach.party, breach.key, plan.key, breach.shortfall, part, loss, at)
            )
    return found


def _loss(terms: Terms, breach: Breach, obligation: Obligation) -> tuple[Fraction, Money | None]:
    """The part of what was promised that a miss lacked, and what that cost where the promise has a worth."""
    commitment = terms.commitment(breach.commitment)
    promise = commitment.promise
    if not isinstance(promise, Volume) or obligation.kind != "period":
        return Fraction(1), None
    target = goal_of(commitment, promise, terms, commitment.period.containing(obligation.period_starts_on)).target
    return Fraction(breach.shortfall, target or 1), loss_of(promise.worth, breach.shortfall)


async def _caught_up(sitting: Sitting, agreement: Agreement, month: Period) -> list[Recovery]:
    version = agreement.governing(month.first_on, month.last_on)
    found: list[Recovery] = []
    if version is None:
        return found
    terms = version.terms
    for commitment in terms.commitments:
        if not isinstance(commitment.promise, Volume):
            continue
        for period in _periods(commitment, month):
            begun = agreement.governing(period.first_on, period.last_on, commitment.slug)
            if begun is None or all(each.slug != commitment.slug for each in begun.terms.commitments):
                continue
            then = begun.terms.commitment(commitment.slug)
            standing = await volume_standing_of(sitting, begun.terms, then, period)
            days = await tallies.days(sitting.tx, agreement.slug, then.slug, period.first_on)
            counted = tuple(zip((on for on, _ in days), accumulate(piles.counted for _, piles in days), strict=True))
            calendar, zone = begun.terms.calendar_of(then), begun.terms.zone
            caught = caught_up(then.slug, then.giver, standing, counted, calendar, zone)
            found += [] if caught is None else [caught]
    return found


def _periods(commitment: Commitment, month: Period) -> Iterator[Period]:
    """The periods that ended in a month. What is promised for each day has no half-time to speak of."""
    if commitment.period.unit == "day":
        return
    period = commitment.period.containing(month.last_on)
    while period.last_on >= month.first_on:
        if period.last_on <= month.last_on:
            yield period
        period = commitment.period.previous(period)
