"""A date for people's calendars: a file that every calendar programme takes (iCalendar, RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.plain import printable


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting. `uid` stays the same when it is moved, and `revision` grows, so that calendars move it too."""

    uid: str
    revision: int
    title: str
    about: str
    at: datetime
    lasts: timedelta
    made_at: datetime


def ics(invitation: Invitation) -> bytes:
    """Write the calendar file: moments in UTC, which every calendar shows on its reader's own wall clock."""
    from icalendar import Calendar, Event  # a start need not wait for it

    calendar = Calendar()
    calendar.add("prodid", "-//Kept//Reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.revision)
    event.add("dtstamp", invitation.made_at)
    event.add("dtstart", invitation.at)
    event.add("dtend", invitation.at + invitation.lasts)
    event.add("summary", printable(invitation.title))
    event.add("description", printable(invitation.about))
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
