"""What a review looks at, gathered from the record: the period's numbers, its misses, its last steps."""

from __future__ import annotations

from bot.cards.deals import Earnings
from bot.cards.duties import Duty
from bot.cards.lines import Overview
from bot.cards.packs import Missed, Past, ReviewPack
from bot.cards.reruns import Rerun
from bot.desk.drafts import papers
from bot.desk.items import deals
from bot.desk.misses import bests
from bot.desk.reports import lines
from bot.desk.reviews import reruns
from bot.desk.sitting import Sitting
from bot.store import (
    breach_disputes,
    breaches,
    carries,
    choices,
    commitments,
    credits,
    disputes,
    notices,
    obligations,
    plans,
)
from bot.store import reviews as kept
from slacore.agreements import Agreement, Terms
from slacore.carries import units_of
from slacore.commitments import Commitment
from slacore.periods import Period
from slacore.reports import Line
from slacore.reviews import Review, has_quorum, missing_for_quorum, participants_of

PERIODS = 6
"""How many periods a review looks back on."""
_LESSONS = 40


async def of_review(sitting: Sitting, review: Review) -> ReviewPack:
    """Gather what a meeting has before it."""
    agreement = sitting.agreement(review.agreement)
    terms = terms_of(agreement, review)
    present = await kept.present(sitting.tx, review.number)
    last = next(
        (each for each in await kept.newest(sitting.tx, agreement.slug, 2) if each.number < review.number), None
    )
    return ReviewPack(
        agreement=agreement.key,
        terms=terms,
        review=review,
        invited=participants_of(terms),
        present=present,
        quorum=has_quorum(terms.review, terms, present),
        lacking=missing_for_quorum(terms.review, terms, present),
        scorecard=await _scorecard(sitting, agreement, review),
        past=await _past(sitting, agreement, terms, review),
        missed=await _missed(sitting, agreement, review),
        voices=await kept.voices(sitting.tx, review.number),
        last=last.key if last else "",
        before=await obligations.steps_of(sitting.tx, agreement.slug, last.key) if last else (),
        minutes=await kept.minutes(sitting.tx, review.number),
        actions=await obligations.steps_of(sitting.tx, agreement.slug, review.key),
        lessons=await kept.lessons(sitting.tx, agreement.slug, _LESSONS),
        earnings=await _earnings(sitting, agreement, terms, review),
        reruns=await _reruns(sitting, agreement, terms, review),
        disputed=await disputes.of_stretch(sitting.tx, agreement.slug, terms, review.first_on, review.last_on),
        best=await bests.of_month(sitting, agreement, Period(review.first_on, review.last_on, review.label)),
        drafts=tuple(each.key for each in await papers.proposals_of(sitting, agreement.slug)),
    )


def terms_of(agreement: Agreement, review: Review) -> Terms:
    """The terms that the reviewed period was lived under; the newest where none governed it."""
    version = agreement.governing(review.first_on, review.last_on)
    return (version or agreement.latest).terms


async def _scorecard(sitting: Sitting, agreement: Agreement, review: Review) -> tuple[Overview, ...]:
    """Each promise in the period that held the last day under review."""
    keys = await commitments.keys(sitting.tx)
    found = []
    for each in terms_of(agreement, review).commitments:
        overview = await _at(sitting, agreement, each, each.period.containing(review.last_on))
        if overview is not None:
            found.append(Overview(keys[agreement.slug, each.slug], overview.terms, overview.period, overview.line))
    return tuple(found)


async def _past(sitting: Sitting, agreement: Agreement, terms: Terms, review: Review) -> tuple[Past, ...]:
    found = []
    for each in terms.commitments:
        period = each.period.containing(review.last_on)
        stood: list[tuple[Period, Line]] = []
        for _ in range(PERIODS):
            if period.last_on < agreement.versions[0].terms.effective_on:
                break
            overview = await _at(sitting, agreement, each, period)
            if overview is not None:
                stood.insert(0, (period, overview.line))
            period = each.period.previous(period)
        found.append(Past(each, tuple(stood)))
    return tuple(found)


async def _at(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> Overview | None:
    version = agreement.governing(period.first_on, period.last_on, commitment.slug)
    if version is None or all(each.slug != commitment.slug for each in version.terms.commitments):
        return None
    then = version.terms.commitment(commitment.slug)
    line = await lines.line(sitting, agreement, version.terms, then, period)
    return None if line is None else Overview("", version.terms, period, line)


async def _earnings(sitting: Sitting, agreement: Agreement, terms: Terms, review: Review) -> tuple[Earnings, ...]:
    found = [
        await deals.earnings(sitting, agreement, terms, each, each.period.containing(review.last_on))
        for each in terms.commitments
    ]
    return tuple(each for each in found if each is not None)


async def _reruns(sitting: Sitting, agreement: Agreement, terms: Terms, review: Review) -> tuple[Rerun, ...]:
    """What each promise with a worth would have to be on what the period came to."""
    found = [
        await reruns.again(sitting, agreement, each, each.period.containing(review.last_on))
        for each in terms.commitments
        if deals.worth_of(terms, each.slug) is not None
    ]
    return tuple(each for each in found if each is not None)


async def _missed(sitting: Sitting, agreement: Agreement, review: Review) -> tuple[Missed, ...]:
    """The misses of what was owed in the reviewed stretch, with what came of each."""
    found = []
    for breach in await breaches.of_stretch(sitting.tx, agreement.slug, review.first_on, review.last_on):
        obligation = await obligations.find(sitting.tx, breach.obligation)
        plan = await plans.of_breach(sitting.tx, breach.number)
        found.append(
            Missed(
                breach,
                Duty(obligation, sitting.terms(obligation.agreement, obligation.version)),
                await breach_disputes.of_breach(sitting.tx, breach.number),
                await credits.of_breach(sitting.tx, breach.number),
                plan.key if plan is not None else "",
                await obligations.steps_of(sitting.tx, agreement.slug, plan.key) if plan is not None else (),
                units_of(await carries.of_breach(sitting.tx, breach.number)),
                await notices.of_breach(sitting.tx, breach.number),
                await choices.course_of(sitting.tx, breach.number),
                plan,
            )
        )
    return tuple(found)
