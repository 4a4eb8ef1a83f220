"""What is learnt from what was handed over: read from the counts, never from the items."""

from __future__ import annotations

from datetime import date

from bot.desk.sitting import Sitting
from bot.store import results as kept
from bot.store import tallies
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Volume
from slacore.errors import Refusal
from slacore.periods import Period
from slacore.results import Group, Learnt, campaigns_of, cohort_of, grouped, outcomes_of, whole_of

_COHORTS = 6
"""Periods whose close rates are set side by side."""


async def learnt(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> Learnt:
    """What became of one promise's units in a period."""
    version = agreement.governing(period.first_on, period.last_on, commitment.slug) or agreement.latest
    terms = version.terms
    commitment = next((each for each in terms.commitments if each.slug == commitment.slug), commitment)
    promise = commitment.promise
    if not isinstance(promise, Volume):
        raise Refusal(f"{commitment.name} hands nothing over.", "Name a promise of a quantity.")
    periods = _periods(agreement, commitment, period)
    counted = await kept.of_periods(sitting.tx, [(terms.slug, commitment.slug, each.first_on) for each in periods])
    here = counted[terms.slug, commitment.slug, period.first_on]
    outcomes = outcomes_of([terms, *(each.terms for each in reversed(agreement.versions))])
    by_campaign = await tallies.campaigns(sitting.tx, terms.slug, commitment.slug, period.first_on)
    tally = await tallies.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on)
    piles = tally.on_time + tally.late
    names = {each.slug: each.name for each in promise.campaigns}
    calendar = terms.calendar_of_party(commitment.receiver)
    cycle = promise.worth.sales_cycle if promise.worth is not None else None
    return Learnt(
        terms=terms,
        commitment=commitment,
        unit=promise.unit,
        period=period,
        units=piles.counted,
        whole=whole_of(here, outcomes),
        campaigns=campaigns_of(promise, by_campaign, piles),
        by_campaign=tuple(_named(each, names) for each in grouped(here, "campaign", outcomes)),
        by_content=grouped(here, "content", outcomes),
        by_stage=grouped(here, "stage", outcomes),
        by_outcome=tuple(
            (outcomes[each.name].name if each.name in outcomes else each.name, each.items)
            for each in grouped(here, "outcome", outcomes)
        ),
        cohorts=tuple(
            cohort_of(
                each,
                whole_of(counted[terms.slug, commitment.slug, each.first_on], outcomes),
                cycle,
                calendar,
                terms.zone,
                sitting.now,
            )
            for each in periods
        ),
        worth=promise.worth,
    )


def handing_over(terms: Terms) -> tuple[Commitment, ...]:
    """The promises under which units are handed over."""
    return tuple(each for each in terms.commitments if isinstance(each.promise, Volume))


def _periods(agreement: Agreement, commitment: Commitment, period: Period) -> list[Period]:
    """The period asked for and those before it, back to the agreement's first."""
    first = agreement.versions[0].terms.effective_on
    found = [period]
    while len(found) < _COHORTS and found[-1].first_on > first:
        found.append(commitment.period.containing(date.fromordinal(found[-1].first_on.toordinal() - 1)))
    return found


def _named(group: Group, names: dict[str, str]) -> Group:
    return Group(names.get(group.name, group.name), group.items, group.won, group.lost)
