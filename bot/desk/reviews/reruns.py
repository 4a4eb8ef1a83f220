"""Each month the target is worked out again on what happened, and the difference is put before both owners."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from bot.cards import reruns as cards
from bot.cards.reruns import Rerun
from bot.desk.items import deals
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.desk.standings import plans
from bot.store import commitments, schedules
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Volume
from slacore.deals import price_of
from slacore.periods import Period
from slacore.planner import rerun

KIND = "rerun"


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Look at each promise that says what a unit is worth, once its running period has closed."""
    terms = agreement.latest.terms
    for commitment in terms.commitments:
        subject = f"{agreement.slug}/{commitment.slug}"
        if _worth(commitment) and await schedules.find(sitting.tx, KIND, subject) is None:
            running = commitment.period.containing(max(terms.effective_on, sitting.today(terms.zone)))
            await schedules.put(sitting.tx, KIND, subject, _looks_at(terms, commitment, running))


async def look(sitting: Sitting, subject: str) -> None:
    """Work the target out again on what became of the units, and tell both owners where it is another one.

    Nothing is said where the target stands, where nobody can know the close rate yet, and in a
    period that the agreement no longer governs.
    """
    slug, name = subject.split("/", 1)
    agreement = sitting.agreement(slug)
    today = sitting.today(agreement.latest.terms.zone)
    version = agreement.in_force(today)
    commitment = next((each for each in agreement.latest.terms.commitments if each.slug == name), None)
    if commitment is None or not _worth(commitment):
        await schedules.end(sitting.tx, KIND, subject)
        return
    running = commitment.period.containing(today)
    await schedules.put(sitting.tx, KIND, subject, _looks_at(agreement.latest.terms, commitment, running))
    if version is not None:
        await _propose(sitting, agreement, commitment, commitment.period.previous(running))


async def again(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> Rerun | None:
    """Work the target of a promise out again on what a period really came to; None where nothing is known of it.

    The close rate, to a tenth of a per cent, is that of the newest units that have had their sales cycle;
    where none have, that of the period's own so far, marked immature. The price is the period's, once
    enough sales have one.
    """
    keys = await commitments.keys(sitting.tx)
    basis = next(iter(await plans.bases(sitting, (agreement,), keys[agreement.slug, commitment.slug])), None)
    terms = (agreement.governing(period.first_on, period.last_on, commitment.slug) or agreement.latest).terms
    earned = await deals.earnings(sitting, agreement, terms, commitment, period)
    if basis is None or basis.promise.worth is None or earned is None:
        return None
    known = next((each for each in earned.cohorts if each.mature and each.close_rate), None)
    cohort = known or (earned.cohorts[0] if earned.cohorts[0].close_rate else None)
    rate = None
    if cohort is not None and cohort.close_rate:
        rate = Fraction(max(1, round(cohort.close_rate * 1000)), 1000)
    price = price_of(earned.income)
    if rate is None and price is None:
        return None
    revision = rerun(basis.promise.target, basis.promise.worth, close_rate=rate, average_sale=price)
    return Rerun(revision, basis, cohort, price, earned.income.now.found[commitment.giver].priced)


async def _propose(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> None:
    found = await again(sitting, agreement, commitment, period)
    if found is None or found.cohort is None or not found.cohort.mature or not found.revision.difference:
        return
    revision, terms = found.revision, found.basis.terms
    card = cards.rerun(revision, found.basis, found.cohort.period, sitting.now)
    for side in (commitment.giver, commitment.receiver):
        member = terms.party(side).owner
        word = Word("note", f"rerun:{agreement.slug}:{commitment.slug}:{period.first_on}:{member}", fresh=True)
        await saying.to_person(sitting, terms, member, card, word)
    rate = str(revision.target.inputs.close_rate)
    after = {"close rate": rate, "target": revision.target.units, "agreed": revision.agreed}
    await sitting.record("TargetRerun", f"{agreement.slug}/{commitment.slug}", None, after)


def _worth(commitment: Commitment) -> bool:
    return isinstance(commitment.promise, Volume) and commitment.promise.worth is not None


def _looks_at(terms: Terms, commitment: Commitment, period: Period) -> datetime:
    """A whole working day of the giver after a period has closed, when the last figures are in."""
    return terms.calendar_of(commitment).after_whole_working_days(period.ends_at(terms.zone), 1)
