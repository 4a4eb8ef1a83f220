"""When a period begins, what it owes: one obligation a volume promise, one a slot of a deliverable.

What was due before the last party signed is not owed: nobody had promised it yet.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.sitting import Sitting
from bot.desk.standings import supporting
from bot.store import obligations, schedules
from slacore.agreements import Agreement, Terms, Version
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.obligations import Obligation
from slacore.owers import owers_of, slots_owed
from slacore.periods import Period
from slacore.standing import due_of, goal_of, reporter_of, reporting_party, span_of
from slacore.sweep import next_step_at

KIND = "period"
SAMPLE = "sample"
"""What is put down for a slot whose confirmations are checked: its sample is drawn when it is over."""


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Set the rhythm of an agreement's promises going: each looks again at the start of its next period.

    Promises that have a rhythm already keep it, so that applying a new version opens nothing twice.
    """
    terms = agreement.latest.terms
    for commitment in terms.commitments:
        subject = f"{agreement.slug}/{commitment.slug}"
        if await schedules.find(sitting.tx, KIND, subject) is None:
            running = commitment.period.containing(max(terms.effective_on, sitting.today(terms.zone)))
            await schedules.put(sitting.tx, KIND, subject, _opens_at(running, terms))


async def begin_signed(sitting: Sitting, agreement: Agreement) -> None:
    """The last signature came: what the running periods owe is opened now, where it is not open already."""
    terms = agreement.latest.terms
    for commitment in terms.commitments:
        period = commitment.period.containing(max(terms.effective_on, sitting.today(terms.zone)))
        if not await obligations.of_period(sitting.tx, agreement.slug, commitment.slug, period.first_on):
            opens_at = _opens_at(period, _terms_of(agreement, commitment.slug, period))
            await schedules.put(sitting.tx, KIND, f"{agreement.slug}/{commitment.slug}", opens_at)


async def open_due(sitting: Sitting, subject: str, looked_for: datetime) -> None:
    """Open every period of a promise that has begun by now, and look again when the next one does.

    `looked_for` is the moment that came: the start of the first period to open.
    """
    slug, name = subject.split("/", 1)
    agreement = sitting.agreement(slug)
    terms = agreement.latest.terms
    if all(each.slug != name for each in terms.commitments):
        await schedules.end(sitting.tx, KIND, subject)
        return
    period = terms.commitment(name).period.containing(looked_for.astimezone(ZoneInfo(terms.zone)).date())
    while (opens_at := _opens_at(period, _terms_of(agreement, name, period))) <= sitting.now:
        version = agreement.governing(period.first_on, period.last_on, name)
        if version is not None:
            await _open(sitting, agreement, version, version.terms.commitment(name), period)
        elif terms.ends_on is not None and period.first_on > terms.ends_on:
            await schedules.end(sitting.tx, KIND, subject)
            return
        period = terms.commitment(name).period.following(period)
    await schedules.put(sitting.tx, KIND, subject, opens_at)


async def _open(
    sitting: Sitting, agreement: Agreement, version: Version, commitment: Commitment, period: Period
) -> None:
    terms = version.terms
    if await supporting.is_overruled(sitting, terms, commitment, period.first_on):
        return
    match commitment.promise:
        case Volume() as promise:
            goal = goal_of(commitment, promise, terms, period)
            if not goal.target or goal.due_at <= terms.signed_at:
                return
            await _owe_period(sitting, agreement, version, commitment, period, goal.due_at)
        case Level() as promise:
            judged_at = span_of(commitment, promise, terms, period).judged_at
            if judged_at <= terms.signed_at:
                return
            await _owe_period(sitting, agreement, version, commitment, period, judged_at)
            if not promise.is_of_incidents:
                owed = await _owed(sitting, agreement, version, commitment, period, judged_at)
                reported_by = reporting_party(commitment, terms).slug
                reading = replace(owed, kind="reading", party=reported_by, owner=reporter_of(commitment))
                await obligations.add(sitting.tx, reading)
        case Deliverable() as promise:
            await _open_slots(sitting, agreement, version, commitment, promise, period)
        case Response() | FollowUps():
            due_at = due_of(commitment, terms, period)
            await _owe_period(sitting, agreement, version, commitment, period, due_at)
    await sitting.record("PeriodOpened", f"{agreement.slug}/{commitment.slug}", None, {"period": period.label})


async def _open_slots(
    sitting: Sitting,
    agreement: Agreement,
    version: Version,
    commitment: Commitment,
    promise: Deliverable,
    period: Period,
) -> None:
    """Open each slot for everybody who owes it; what every member owes, the party owes once more for all of them."""
    slots, owers = slots_owed(commitment, version.terms, period), owers_of(commitment, version.terms)
    for slot in slots:
        look_again_at: datetime | None = None
        for ower in owers:
            owed = await _owed(sitting, agreement, version, commitment, period, slot.at)
            owed = replace(owed, subject=ower.subject(slot.on), party=ower.party, owner=ower.owner)
            if promise.by_every_member:
                look_again_at = look_again_at or _first_look(owed, version.terms)
                owed = replace(owed, look_again_at=look_again_at)
            await obligations.add(sitting.tx, owed)
        if promise.sample:
            await schedules.put(sitting.tx, SAMPLE, f"{agreement.slug}/{commitment.slug}/{slot.on}", slot.at)
    if promise.by_every_member and slots:
        await _owe_period(sitting, agreement, version, commitment, period, slots[-1].at)


def _first_look(owed: Obligation, terms: Terms) -> datetime:
    """When a member's own duty first wants a look, the same for all: nothing happens to it before a reminder."""
    upcoming = next_step_at(owed, terms)
    return owed.due_at if upcoming is None else min(upcoming[0], owed.due_at)


async def _owe_period(
    sitting: Sitting,
    agreement: Agreement,
    version: Version,
    commitment: Commitment,
    period: Period,
    due_at: datetime,
) -> None:
    owed = await _owed(sitting, agreement, version, commitment, period, due_at)
    await obligations.add(sitting.tx, replace(owed, kind="period"))


async def _owed(
    sitting: Sitting,
    agreement: Agreement,
    version: Version,
    commitment: Commitment,
    period: Period,
    due_at: datetime,
) -> Obligation:
    """Something that the giver's owner owes in a period; about its first date unless said otherwise."""
    opens_at = max(_opens_at(period, version.terms), version.terms.signed_at)
    return Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=agreement.slug,
        version=version.number,
        commitment=commitment.slug,
        kind="slot",
        subject=period.first_on.isoformat(),
        party=commitment.giver,
        owner=commitment.owner,
        period_starts_on=period.first_on,
        opens_at=opens_at,
        due_at=due_at,
        look_again_at=opens_at,
    )


def _terms_of(agreement: Agreement, name: str, period: Period) -> Terms:
    """The terms a promise's period begins under; an amendment within it changes nothing of when it opens."""
    version = agreement.governing(period.first_on, period.last_on, name) or agreement.latest
    return version.terms


def _opens_at(period: Period, terms: Terms) -> datetime:
    """When a period's duties begin to exist: its start, or the agreement's, if that is later."""
    if period.first_on < terms.begins_on <= period.last_on:
        return Period(terms.begins_on, period.last_on, period.label).starts_at(terms.zone)
    return period.starts_at(terms.zone)
