"""What happened to a handoff, a promise, an obligation: read from the audit log, in order."""

from __future__ import annotations

from datetime import date

from bot.cards.histories import Happening
from bot.desk.levels import levels
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import period_named
from bot.store import (
    amendments,
    audit,
    breach_disputes,
    breaches,
    commitments,
    credits,
    deals,
    disputes,
    handoffs,
    incidents,
    obligations,
    plans,
    readings,
    reviews,
)
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.owers import is_members_own
from slacore.periods import Period

MOST = 30
"""Entries told at once; the newest."""


async def history(sitting: Sitting, key: str, on: date | None = None) -> tuple[Terms, tuple[Happening, ...]]:
    """The newest entries about a key, oldest first, with the terms that names are read from.

    A promise's is that of the period that holds `on` (today's if None); nothing else has periods.
    """
    if on is not None and not key.startswith("C-"):
        raise Refusal(f"{key} has one history, not one a month.", f"Say `history {key}`.", field="month")
    subjects, terms, period = await _subjects(sitting, key, on)
    found = [
        entry
        for subject in subjects
        for entry in await audit.about(sitting.tx, subject, MOST)
        if period is None or (entry.after or {}).get("period", period.label) == period.label
    ]
    entries = sorted(found, key=lambda each: each.seq)[-MOST:]
    return terms, tuple(
        Happening(each.at, each.actor, each.via, each.what, _called(each.subject, terms), each.before, each.after)
        for each in entries
    )


def _called(subject: str, terms: Terms) -> str:
    """A subject as people say it: a promise by its name, everything else by its key."""
    agreement, _, slug = subject.partition("/")
    named = (each.name for each in terms.commitments if (agreement, slug) == (terms.slug, each.slug))
    return next(named, subject)


_Found = tuple[tuple[str, ...], Terms, Period | None]


async def _subjects(sitting: Sitting, key: str, on: date | None) -> _Found:
    """What the record calls the thing, the terms that it is read by, and the one period that is asked about."""
    letter, _, number = key.partition("-")
    tx = sitting.tx
    match letter:
        case "H":
            handoff = await handoffs.find(tx, int(number))
            return (key,), sitting.terms(handoff.agreement, handoff.version), None
        case "O":
            obligation = await obligations.find(tx, int(number))
            return (key,), sitting.terms(obligation.agreement, obligation.version), None
        case "B":
            breach = await breaches.find(tx, int(number))
            worth = [each.key for each in await credits.of_breach(tx, breach.number)]
            plan = await plans.of_breach(tx, breach.number)
            about = (key, f"O-{breach.obligation}", *worth, *((plan.key,) if plan is not None else ()))
            return about, sitting.terms(breach.agreement, breach.version), None
        case "D" if (over := await breach_disputes.find(tx, int(number))) is not None:
            return await _subjects(sitting, f"B-{over.breach}", on)
        case "D":
            handoff = await handoffs.find(tx, await disputes.handoff_of(tx, int(number)))
            return (f"H-{handoff.number}",), sitting.terms(handoff.agreement, handoff.version), None
        case "K":
            credit = await credits.find(tx, int(number))
            return (key,), sitting.terms(credit.agreement, credit.version), None
        case "A" | "X" | "V" | "P":
            return await _on_paper(sitting, key)
        case "W":
            deal = await deals.find(tx, int(number))
            subjects = (key,) if deal.item is None else (f"L-{deal.item}",)
            return subjects, sitting.agreement(deal.agreement).latest.terms, None
        case "R":
            reading = await readings.find(tx, int(number))
            return (key,), sitting.terms(reading.agreement, reading.version), None
        case "N":
            incident = await incidents.find(tx, int(number))
            promises = levels.of_service(sitting, incident.service)
            return (key,), promises[0].terms if promises else sitting.agreements[0].latest.terms, None
        case "C":
            return await _of_promise(sitting, key, on)
        case _:
            raise Refusal(f"{key} keeps no history of its own.", "Ask for a handoff, a promise or an obligation.")


async def _on_paper(sitting: Sitting, key: str) -> _Found:
    """An agreement with its drafts, one draft, a recovery plan, or a review."""
    letter, _, number = key.partition("-")
    if letter == "A":
        agreement = sitting.agreement(key)
        drafts = [each.key for each in await amendments.of_agreement(sitting.tx, agreement.slug)]
        return (agreement.key, *drafts), agreement.latest.terms, None
    if letter == "X":
        return (key,), (await amendments.find(sitting.tx, int(number))).terms, None
    if letter == "P":
        plan = await plans.find(sitting.tx, int(number))
        return (key,), sitting.terms(plan.agreement, plan.version), None
    review = await reviews.find(sitting.tx, int(number))
    return (key,), sitting.agreement(review.agreement).latest.terms, None


async def _of_promise(sitting: Sitting, key: str, on: date | None) -> _Found:
    """A promise's history in one period: what it owed, and the handoffs, readings or incidents under it."""
    named = {known: pair for pair, known in (await commitments.keys(sitting.tx)).items()}
    if key not in named:
        raise Refusal(f"There is no {key}.", "Say `status` to see the promises there are.")
    slug, commitment = named[key]
    agreement = sitting.agreement(slug)
    terms = agreement.latest.terms
    period = period_named(agreement, terms.commitment(commitment), on, sitting.today(terms.zone))
    owed = await obligations.of_period(sitting.tx, slug, commitment, period.first_on)
    given = await handoffs.of_period(sitting.tx, slug, commitment, period.first_on, MOST)
    subjects = [f"{slug}/{commitment}", *(each.key for each in owed if not is_members_own(each, terms))]
    subjects += [each.key for each in given]
    subjects += await levels.keys_in(sitting, terms, terms.commitment(commitment), period)
    return tuple(subjects), terms, period
