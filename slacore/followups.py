"""Following an item up: so many attempts within a time, each due on its day, until an outcome ends it.

A follow-up is one attempt on an item. How the duty stands is worked out anew from the attempts and
the outcome that the record now holds, so a correction needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slacore.calendars import Calendar, Duration, Pauses
from slacore.commitments import FollowUps


@dataclass(frozen=True, slots=True)
class Course:
    """How following up one item stands. All moments are aware UTC.

    `dues` is the moment each promised attempt is due, the first one's first; the last one decides
    the period that the item counts in. `made` counts the attempts, those
    beyond the promised ones too. `late_at` is the first due moment that passed without its attempt
    and before any final outcome, None while there is none. `ended_at` is when the duty ended, by the
    last promised attempt or the first final outcome; None while it runs.
    """

    dues: tuple[datetime, ...]
    made: int
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
    return Course(dues, len(attempts), late_at, ended_at)
