"""Following an item up: so many attempts within a time, each due on its day, until an outcome ends it.

A follow-up is one attempt on an item. How the duty stands is worked out anew from the attempts and
the outcome that the record now holds, so a correction needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration, Pauses
from slacore.commitments import Commitment, FollowUps
from slacore.items import Entry, Item, ItemDuty


@dataclass(frozen=True, slots=True)
class Course:
    """How following up one item stands. All moments are aware UTC.

    `dues` is the moment each promised attempt is due, the first one's first. `made` counts the attempts,
    those beyond the promised ones too; `made_until_the_end` leaves out what came after the duty had
    ended. `late_at` is the first due moment that passed without its attempt and before any final
    outcome, None while there is none. `ended_at` is when the duty ended, by the last promised attempt
    or the first final outcome; None while it runs.
    """

    dues: tuple[datetime, ...]
    made: int
    made_until_the_end: int
    late_at: datetime | None
    ended_at: datetime | None

    @property
    def due_at(self) -> datetime:
        """When all promised attempts are to have been made, or an outcome to have come."""
        return self.dues[-1]

    @property
    def next_number(self) -> int | None:
        """Which attempt is owed next, counted from one; None once the duty has ended."""
        return None if self.ended_at is not None else self.made + 1

    @property
    def next_at(self) -> datetime | None:
        """When the next attempt is due, past or to come; None once the duty has ended."""
        return None if self.ended_at is not None else self.dues[self.made]

    @property
    def asked_at(self) -> datetime:
        """The due moment of the attempt that is owed, or was owed when the duty ended."""
        return self.dues[min(self.made_until_the_end, len(self.dues) - 1)]

    @property
    def missing(self) -> int:
        """Attempts still to be made by the next due moment; 0 once the duty has ended."""
        if self.ended_at is not None:
            return 0
        return sum(each <= self.dues[self.made] for each in self.dues) - self.made

    @property
    def in_time(self) -> bool:
        """Whether the duty ended with nothing late."""
        return self.ended_at is not None and self.late_at is None


def dues_of(
    promise: FollowUps, calendar: Calendar, started_at: datetime, class_: str = "", pauses: Pauses = ()
) -> tuple[datetime, ...]:
    """When each promised attempt on an item is due: the closes of its cadence's days, the rest with the window's end.

    `started_at` is when the item was handed over, `calendar` the working time of the party that
    follows up. A close that falls into a pause is no day of the cadence, and the window grows by it.
    """
    pauses = tuple(pauses)
    ends_at = calendar.due(started_at, promise.within, pauses)
    days = promise.cadence_of(class_)[: promise.attempts]
    dues = [min(ends_at, calendar.due(started_at, Duration(day, "wd"), pauses)) for day in days]
    return (*dues, *([ends_at] * (promise.attempts - len(dues))))


def course_of(
    dues: tuple[datetime, ...], attempted_at: Sequence[datetime], final_at: datetime | None, now: datetime
) -> Course:
    """How the duty stands at `now`, from the attempts that stand and the first final outcome that does.

    An attempt at its due moment is in time; one before it counts for the next that is due, so two
    calls on the first day keep the second day too. What came after a final outcome is counted as
    made and changes nothing else.
    """
    attempts = sorted(at for at in attempted_at if at <= now)
    ended_at = attempts[len(dues) - 1] if len(attempts) >= len(dues) else None
    if final_at is not None and final_at <= now:
        ended_at = final_at if ended_at is None else min(ended_at, final_at)
    late_at = None
    for number, due_at in enumerate(dues):
        if due_at > now or (ended_at is not None and ended_at <= due_at):
            break
        if number >= len(attempts) or attempts[number] > due_at:
            late_at = due_at
            break
    until_the_end = sum(ended_at is None or at < ended_at for at in attempts)
    return Course(dues, len(attempts), until_the_end, late_at, ended_at)


def course_of_item(item: Item, commitment: Commitment, promise: FollowUps, terms: Terms, now: datetime) -> Course:
    """How following up an item stands at `now`, as its ledger tells it, in the working time of whoever owes it.

    Its class is the stage at which it was handed over: a cadence that changed on the way would make
    late what was in time. What was paused after the duty had ended changes nothing.
    """
    ending = _ending(item, promise)
    until = ending.occurred_at if ending is not None else now
    pauses = tuple((a, min(b, until)) for a, b in item.pauses_until(now) if a < until)
    dues = dues_of(promise, terms.calendar_of(commitment), item.handed.handed_at, _class_of(item), pauses)
    outcome = final_outcome(item, promise)
    return course_of(
        dues, [each.occurred_at for each in item.attempts], outcome.occurred_at if outcome is not None else None, now
    )


def final_outcome(item: Item, promise: FollowUps) -> Entry | None:
    """The outcome that ended the duty: the first of the agreement's final ones."""
    final = {each.slug for each in promise.outcomes if each.final}
    return next((each for each in item.outcomes if each.to in final), None)


def follow_up_duty(item: Item, commitment: Commitment, promise: FollowUps, terms: Terms, now: datetime) -> ItemDuty:
    """What a follow-up promise asks about an item: the next attempt by its due moment, until the duty ends.

    The item counts in the period of the attempt that decided it: the first that was missed, else the
    one that was owed when the duty ended. A missed attempt makes the item late for good; the next one is
    owed all the same, and whoever owes it hears of it anew.
    """
    course = course_of_item(item, commitment, promise, terms, now)
    calendar = terms.calendar_of(commitment)
    before = [step.at(course.asked_at, calendar) for step in terms.policy_of(commitment).steps if step.working_days < 0]
    ending = _ending(item, promise) if course.ended_at is not None else None
    overdue = course.next_at is not None and course.next_at <= now
    return ItemDuty(
        kind="follow-up",
        subject=item.key,
        owner=item.owner or commitment.owner,
        opens_at=item.handed.handed_at,
        due_at=course.asked_at,
        done_at=course.ended_at,
        done_by=ending.by if ending is not None else "",
        held=course.ended_at is None and (item.standing == "disputed" or (item.paused is not None and not overdue)),
        over=item.standing == "withdrawn",
        counts_at=course.late_at or course.asked_at,
        late_at=course.late_at,
        look_at=min(before, default=None) if course.missing > 1 else None,
    )


def is_at_risk(course: Course, calendar: Calendar, now: datetime) -> bool:
    """Whether more attempts are missing by the next due moment than working days are left for them, today included.

    Where all are due at once, nobody would hear before it is too late for an honest attempt a day.
    """
    if course.next_at is None or course.next_at <= now:
        return False
    zone = ZoneInfo(calendar.zone)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    return course.missing > calendar.working_days_between(yesterday, course.next_at.astimezone(zone).date())


def _ending(item: Item, promise: FollowUps) -> Entry | None:
    """The entry that ended the duty: the last promised attempt or the first final outcome, whichever came first."""
    last = item.attempts[promise.attempts - 1 : promise.attempts]
    outcome = final_outcome(item, promise)
    endings = [*last, *([outcome] if outcome is not None else [])]
    return min(endings, key=lambda each: (each.occurred_at, each.seq), default=None)


def _class_of(item: Item) -> str:
    """The stage at which an item was handed over; "" where none was said."""
    reversed_ = {each.about for each in item.entries if each.happened == "reversed"}
    staged = [
        each.to
        for each in item.entries
        if each.happened == "staged" and each.to and each.occurred_at <= item.handed.handed_at
        and each.seq not in reversed_
    ]  # fmt: skip
    return staged[-1] if staged else ""
