"""Friction at the desk: noted when it happens, gathered into the report that somebody owes, and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import frictions as cards
from bot.cards.frictions import FrictionReport
from bot.desk import obligations as duties
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import frictions, schedules
from bot.store import obligations as kept_obligations
from slacore.agreements import Agreement, Terms, require_signed
from slacore.commitments import Commitment, Deliverable
from slacore.errors import Refusal
from slacore.frictions import Friction, withdrawn
from slacore.obligations import Obligation

KIND = "friction"
TWICE_WITHIN = timedelta(minutes=2)
"""The same words of the same person within this time are a slip more often than not."""


async def note(sitting: Sitting, agreement: Agreement, commitment: str, text: str, tags: tuple[str, ...]) -> Friction:
    """Write an entry down for the next report of that promise."""
    terms = _in_force(sitting, agreement)
    _require_part(sitting, terms)
    last = await frictions.last_of(sitting.tx, sitting.actor)
    if last is not None and (last.text, last.tags) == (text, tags) and sitting.now - last.noted_at < TWICE_WITHIN:
        raise Refusal(f"You noted the same a moment ago: {last.key}.", "Say it in other words if it is another one.")
    entry = Friction(
        number=await sitting.tx.next_number(KIND),
        agreement=agreement.slug,
        commitment=commitment,
        text=text,
        tags=tags,
        noted_by=sitting.actor,
        noted_at=sitting.now,
    )
    await frictions.add(sitting.tx, entry)
    await sitting.record("FrictionNoted", _subject(entry), None, {"note": text, "tags": list(tags)})
    return entry


async def withdraw(sitting: Sitting, number: int) -> Friction:
    """Take an entry back: whoever noted it, or who owes the report."""
    entry = await frictions.find(sitting.tx, number)
    terms = sitting.agreement(entry.agreement).latest.terms
    owner = terms.commitment(entry.commitment).owner
    if sitting.actor not in {entry.noted_by, owner}:
        raise Refusal(
            f"Entry {entry.key} is {terms.name_of(entry.noted_by)}'s.", f"Ask them, or {terms.name_of(owner)}."
        )
    after = withdrawn(entry, sitting.now)
    await frictions.save(sitting.tx, after)
    await sitting.record("FrictionWithdrawn", _subject(entry), None, None)
    return after


async def draft(sitting: Sitting, agreement: Agreement, commitment: str) -> FrictionReport:
    """The report as it would be sent now: everything noted that no report has told yet."""
    terms = _in_force(sitting, agreement)
    entries = await frictions.waiting(sitting.tx, agreement.slug, commitment)
    owed = await _next_owed(sitting, agreement, commitment)
    upcoming = next(_slots_after(terms, terms.commitment(commitment), sitting.now), None)
    return FrictionReport(terms, terms.commitment(commitment), entries, owed, owed.due_at if owed else upcoming)


async def send(sitting: Sitting, agreement: Agreement, commitment: str) -> FrictionReport:
    """Send the report to the receiver's channel: that is what keeps the promise of it.

    Refuses anybody but its owner or his deputies, and where no report is owed now: a second one
    would tell nothing that the first has not told.
    """
    report = await draft(sitting, agreement, commitment)
    owed = report.owed
    if owed is None:
        raise Refusal(
            f"No {report.commitment.name.lower()} is owed now.",
            "What is noted waits for the next one; say `friction report` to read it.",
        )
    await duties.deliver(sitting, owed, cards.in_short(report))
    for entry in report.entries:
        await frictions.save(sitting.tx, replace(entry, reported_at=sitting.now))
    card = cards.report(report, sitting.now, by=sitting.actor)
    word = Word("report", f"friction:{owed.key}", fresh=True)
    for channel in report.terms.channels_of(report.commitment):
        await saying.in_channel(sitting, channel, card, word)
    await sitting.record("FrictionReportSent", owed.key, None, {"quantity": len(report.entries)})
    return report


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Set the rhythm of an agreement's friction reports going: its owner sees each a working day before."""
    terms = agreement.latest.terms
    for commitment in reports_of(terms):
        subject = f"{agreement.slug}/{commitment.slug}"
        if await schedules.find(sitting.tx, KIND, subject) is None:
            upcoming = next(_previews_after(terms, commitment, sitting.now), None)
            if upcoming is not None:
                await schedules.put(sitting.tx, KIND, subject, upcoming)


async def look(sitting: Sitting, subject: str) -> None:
    """Show the report's owner what would be sent; look again before the next one is due."""
    slug, name = subject.split("/", 1)
    agreement = sitting.agreement(slug)
    latest = agreement.latest.terms
    promised = next((each for each in reports_of(latest) if each.slug == name), None)
    upcoming = next(_previews_after(latest, promised, sitting.now), None) if promised else None
    if upcoming is None:
        await schedules.end(sitting.tx, KIND, subject)
    else:
        await schedules.put(sitting.tx, KIND, subject, upcoming)
    if promised is None or agreement.in_force(sitting.today(latest.zone)) is None:
        return
    report = await draft(sitting, agreement, name)
    if report.owed is None:
        return
    terms, commitment = report.terms, report.commitment
    party = terms.party(commitment.giver)
    presence = await sitting.presence()
    reader = presence.stands_in(commitment.owner, (party.owner, *party.deputies), sitting.now)
    if reader:
        card = cards.preview(report, sitting.now, reader=reader)
        word = Word("preview", f"friction:{report.owed.key}:{reader}", about=report.owed.number, while_open=True)
        await saying.to_person(sitting, terms, reader, card, word)


def reports_of(terms: Terms) -> tuple[Commitment, ...]:
    """The friction reports that are promised in these terms."""
    return tuple(each for each in terms.commitments if isinstance(each.promise, Deliverable) and each.promise.friction)


async def _next_owed(sitting: Sitting, agreement: Agreement, commitment: str) -> Obligation | None:
    owed = await kept_obligations.open_of_promise(sitting.tx, agreement.slug, commitment)
    return owed[0] if owed else None


def _previews_after(terms: Terms, commitment: Commitment, after: datetime) -> Iterator[datetime]:
    calendar = terms.calendar_of(commitment)
    previews = (calendar.before_working_days(at, 1) for at in _slots_after(terms, commitment, after))
    return (at for at in previews if at > after)


def _slots_after(terms: Terms, commitment: Commitment, after: datetime) -> Iterator[datetime]:
    """When its reports are due from an instant on, while the terms are in force."""
    promise = commitment.promise
    if not isinstance(promise, Deliverable) or promise.slots is None:
        return
    period = commitment.period.containing(max(after.astimezone(ZoneInfo(terms.zone)).date(), terms.effective_on))
    while terms.last_on is None or period.first_on <= terms.last_on:
        for slot in promise.slots.slots(period, terms.calendar_of(commitment), terms.zone):
            if slot.at > after and terms.spans(slot.on):
                yield slot.at
        period = commitment.period.following(period)


def _in_force(sitting: Sitting, agreement: Agreement) -> Terms:
    version = agreement.in_force(sitting.today(agreement.latest.terms.zone))
    if version is None:
        require_signed(agreement.latest.terms)
        raise Refusal(f"{agreement.latest.terms.name} is not in force today.", "Say `agreement` to see when it is.")
    return version.terms


def _require_part(sitting: Sitting, terms: Terms) -> None:
    if not terms.parties_of(sitting.actor):
        raise Refusal("Only the parties' people note friction.", "Tell it to somebody of theirs.")


def _subject(entry: Friction) -> str:
    return f"friction {entry.key}"
