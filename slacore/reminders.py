"""When somebody is reminded of a time that is running out: once, while there is still time to act."""

from __future__ import annotations

from datetime import datetime, timedelta

from slacore.calendars import Calendar, Duration


def remind_at(begins_at: datetime, until: datetime, calendar: Calendar, working_days: int) -> datetime | None:
    """So many working days before a time ends, by the reader's calendar; half-way where the time is shorter.

    None where nobody is at work in it, or the whole of it is a few minutes: who has just been told
    needs no reminder.
    """
    before = calendar.before_working_days(until, working_days)
    if before > begins_at:
        return before
    half = calendar.elapsed(begins_at, until) // 2 // timedelta(minutes=1)
    return calendar.due(begins_at, Duration(half, "wm")) if half else None
