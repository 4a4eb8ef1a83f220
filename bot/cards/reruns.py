"""A target worked out again on what a period came to: put before both owners, and into their review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.plans import Basis, beside_agreed, brings_in_words, comes_to, propose_of, sums
from bot.cards.words import capital, count, day_text_of, period_name, run, titled, whose
from bot.chat.card import Block, Button, Card, Fact, Note, Strong, Text
from bot.documents.scalars import write_share
from slacore.money import Money
from slacore.periods import Period
from slacore.planner import Revision
from slacore.results import Cohort


@dataclass(frozen=True, slots=True)
class Rerun:
    """A target worked out again on what a period came to: on the close rate of `cohort` and on `price`, where known.

    `priced` is how many sales the price is the mean of.
    """

    revision: Revision
    basis: Basis
    cohort: Cohort | None
    price: Money | None
    priced: int

    @property
    def mature(self) -> bool:
        """Whether the close rate is one that can be relied on: not read before its units had their time."""
        return self.cohort is None or self.cohort.mature


def rerun(revision: Revision, basis: Basis, cohort: Period, now: datetime) -> Card:
    """A period has closed: what the target would be on what really happened, for the owners of both sides."""
    found, promise = revision.target, basis.promise
    closed = capital(period_name(cohort, now, basis.terms.zone))
    rate = write_share(found.inputs.close_rate)
    words = f"{promise.unit.counted(found.units)}, not {promise.target:,}"
    title = f"{closed}: close rate {rate}, which takes {words}"
    return Card(
        title=titled(title),
        summary=f"{title}. {comes_to(found, promise.unit)} at that rate. Nothing changes by itself.",
        blocks=(
            *sums(found, promise.unit),
            Text(beside_agreed(revision, promise)),
            Fact(f"With the {revision.agreed:,} as agreed", (brings_in_words(revision.agreed, found.inputs),)),
            Note(("You own one side of it. Nothing changes unless somebody proposes it and everybody signs.",)),
        ),
        buttons=(*propose_of(revision, basis), ask("What if", f"plan {basis.key} close {rate}")),
        ref=basis.key,
    )


def needed(again: Rerun, now: datetime) -> list[Block]:
    """What the quota would need on what really happened, for a review: the number, the sum, and how sure it is."""
    revision, basis = again.revision, again.basis
    found, promise = revision.target, basis.promise
    verb = "is" if found.units == 1 else "are"
    lead = run(
        Strong(f"{promise.unit.counted(found.units)} a {basis.commitment.period.unit}"),
        f" {verb} needed for the {found.inputs.quota.in_words()} quota; today {revision.agreed:,} "
        f"{'is' if revision.agreed == 1 else 'are'} promised.",
    )
    blocks: list[Block] = [Text(lead), *sums(found, promise.unit), Text(beside_agreed(revision, promise))]
    if again.cohort is not None:
        whole = again.cohort.whole
        month = period_name(again.cohort.period, now, basis.terms.zone)
        of = f"{whole.won:,} of the {promise.unit.counted(whole.items)} of {month} that came by name"
        until = again.cohort.matures_at
        immature = (
            f", immature until {day_text_of(until, now, basis.terms.zone)}" if until is not None else ", immature"
        )
        blocks.append(Note((f"The close rate: {of}{'' if again.mature else immature}.",)))
    if again.price is not None:
        giver = basis.terms.party(basis.commitment.giver).name
        words = f"The price is the mean of {count(again.priced, 'sale')} of {whose(giver)} {promise.unit.plural}."
        blocks.append(Note((words,)))
    return blocks


def needed_buttons(again: Rerun) -> tuple[Button, ...]:
    """Draft the amendment where the close rate can be relied on; else look at what it would come to."""
    revision, basis = again.revision, again.basis
    if not revision.difference:
        return ()
    if again.mature:
        return tuple(replace(each, label=f"Propose {revision.target.units:,}") for each in propose_of(revision, basis))
    inputs = revision.target.inputs
    sale = f" sale {inputs.average_sale.in_words()}" if again.price is not None else ""
    return (act("Plan with these", f"plan {basis.key}{sale} close {write_share(inputs.close_rate)}"),)
