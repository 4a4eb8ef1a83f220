"""Each month the target is worked out again on what happened, and the difference is put before both owners."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from fractions import Fraction

from bot.cards import plans as cards
from bot.desk import plans, results, saying
from bot.desk.saying import Word
from bot.desk.sitting import Sitting
from bot.store import commitments, schedules
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Volume
from slacore.periods import Period
from slacore.planner import rerun

KIND = "rerun"

Closing = Callable[[Sitting, Agreement, Commitment, Period], Awaitable[tuple[Fraction, Period] | None]]
"""Where a close rate comes from: the rate and the period whose units it is of; None where nobody can know yet."""


async def closed(
    sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period
) -> tuple[Fraction, Period] | None:
    """The close rate of the newest cohort that has had its sales cycle, to a tenth of a per cent."""
    cohorts = (await results.learnt(sitting, agreement, commitment, period)).cohorts
    for cohort in cohorts:
        if cohort.mature and cohort.close_rate:
            return Fraction(round(cohort.close_rate * 1000), 1000), cohort.period
    return None


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Look at each promise that says what a unit is worth, once its running period has closed."""
    terms = agreement.latest.terms
    for commitment in terms.commitments:
        subject = f"{agreement.slug}/{commitment.slug}"
        if _worth(commitment) and await schedules.find(sitting.tx, KIND, subject) is None:
            running = commitment.period.containing(max(terms.effective_on, sitting.today(terms.zone)))
            await schedules.put(sitting.tx, KIND, subject, _looks_at(terms, commitment, running))


async def look(sitting: Sitting, subject: str, closing: Closing = closed) -> None:
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
        await _propose(sitting, agreement, commitment, commitment.period.previous(running), closing)


async def _propose(
    sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period, closing: Closing
) -> None:
    found = await closing(sitting, agreement, commitment, period)
    keys = await commitments.keys(sitting.tx)
    bases = await plans.bases(sitting, (agreement,), keys[agreement.slug, commitment.slug])
    if found is None or not bases or bases[0].promise.worth is None:
        return
    basis, (rate, cohort) = bases[0], found
    revision = rerun(basis.promise.target, bases[0].promise.worth, close_rate=rate)
    if not revision.difference:
        return
    card = cards.rerun(revision, basis, cohort, sitting.now)
    terms = basis.terms
    for side in (commitment.giver, commitment.receiver):
        member = terms.party(side).owner
        word = Word("note", f"rerun:{agreement.slug}:{commitment.slug}:{period.first_on}:{member}", fresh=True)
        await saying.to_person(sitting, terms, member, card, word)
    after = {"close rate": str(rate), "target": revision.target.units, "agreed": revision.agreed}
    await sitting.record("TargetRerun", f"{agreement.slug}/{commitment.slug}", None, after)


def _worth(commitment: Commitment) -> bool:
    return isinstance(commitment.promise, Volume) and commitment.promise.worth is not None


def _looks_at(terms: Terms, commitment: Commitment, period: Period) -> datetime:
    """A whole working day of the giver after a period has closed, when the last figures are in."""
    return terms.calendar_of(commitment).after_whole_working_days(period.ends_at(terms.zone), 1)
