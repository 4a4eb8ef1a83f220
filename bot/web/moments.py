"""How a moment is written for one reader: in their zone, in the house's words, the same in every locale."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

Shows = Literal["day", "day and time", "time"]


def write(at: datetime, zone: str, shows: Shows = "day and time", *, now: datetime | None = None) -> str:
    """`Fri 16 Oct 17:00`, `Fri 16 Oct` or `17:00` on the reader's wall clock.

    The year is added when it is not the year of `now`, for then it matters.
    """
    local = at.astimezone(ZoneInfo(zone))
    time = f"{local:%H:%M}"
    if shows == "time":
        return time
    day = short_day(local.date())
    if now is not None and now.astimezone(ZoneInfo(zone)).year != local.year:
        day = f"{day} {local.year}"
    return day if shows == "day" else f"{day} {time}"


def write_in_full(at: datetime, zone: str) -> str:
    """`Friday 16 October 2026, 17:00 (America/New_York)`: nothing left to guess."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{long_day(local.date())} {local.year}, {local:%H:%M} ({zone})"


def short_day(day: date) -> str:
    """`Fri 16 Oct`."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def long_day(day: date) -> str:
    """`Friday 16 October`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def month(day: date) -> str:
    """`October 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def on_date(at: datetime, zone: str) -> date:
    """The date on the reader's wall."""
    return at.astimezone(ZoneInfo(zone)).date()
