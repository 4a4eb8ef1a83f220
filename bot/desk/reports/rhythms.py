"""When a report comes round: its slots, its previews before them, and where each stands among those that are owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slacore.agreements import Channel, ReportSchedule, Terms
from slacore.commitments import Deliverable
from slacore.errors import Refusal
from slacore.periods import Period, PeriodRule, Slot

MONTH = PeriodRule.parse("month")


@dataclass(frozen=True, slots=True)
class Due:
    """One event of a report schedule: its preview or its posting, for one slot."""

    at: datetime
    slot: Slot
    preview: bool


def events(terms: Terms, schedule: ReportSchedule, after: datetime) -> Iterator[Due]:
    """Previews and postings after an instant, in order; ends with the agreement."""
    calendar = terms.calendars[terms.calendar]
    pending: list[Due] = []
    for slot in slots_of(terms, schedule, after - timedelta(days=1)):
        pending.append(Due(slot.at, slot, preview=False))
        if schedule.preview_working_days:
            preview_at = calendar.before_working_days(slot.at, schedule.preview_working_days)
            pending.append(Due(preview_at, slot, preview=True))
        pending.sort(key=lambda each: each.at)
        horizon = slot.at
        while pending and pending[0].at <= horizon:
            event = pending.pop(0)
            if event.at > after:
                yield event


def slots_of(terms: Terms, schedule: ReportSchedule, after: datetime) -> Iterator[Slot]:
    """The slots of a schedule from an instant on, while the terms are in force."""
    zone = ZoneInfo(terms.zone)
    period = MONTH.containing(max(after.astimezone(zone).date(), terms.effective_on))
    calendar = terms.calendars[terms.calendar]
    while terms.last_on is None or period.first_on <= terms.last_on:
        for slot in schedule.slots.slots(period, calendar, terms.zone):
            if slot.at > after and terms.spans(slot.on):
                yield slot
        period = MONTH.following(period)


def current_slot(today: date, terms: Terms, schedule: ReportSchedule) -> Slot:
    """The slot that words about "the report" mean: the next one, or today's just passed."""
    start = Period(today, today, "today").starts_at(terms.zone) - timedelta(microseconds=1)
    slot = next(slots_of(terms, schedule, start), None)
    if slot is None:
        raise Refusal(f"{terms.name} has no further report.", "Its reports have ended.")
    return slot


def place_in_period(terms: Terms, schedule: ReportSchedule, on: date) -> tuple[int, int]:
    """Which of the owed slots a date is ("3 of 4"), or (0, 0) where nobody owes that week's report."""
    if not schedule.commitment:
        return 0, 0
    commitment = terms.commitment(schedule.commitment)
    if not isinstance(commitment.promise, Deliverable) or commitment.promise.slots is None:
        return 0, 0
    period = commitment.period.containing(on)
    slots = commitment.promise.slots.slots(period, terms.calendar_of(commitment), terms.zone)
    return next(((place, len(slots)) for place, slot in enumerate(slots, 1) if slot.on == on), (0, 0))


def channels_of(terms: Terms, schedule: ReportSchedule) -> tuple[Channel, ...]:
    """Where it is said: where the promise that it keeps is spoken of, else everywhere."""
    if schedule.commitment:
        return terms.channels_of(terms.commitment(schedule.commitment))
    return terms.channels
