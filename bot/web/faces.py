"""The face of the rehearsal's clock, as it hangs on one reader's wall."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.web import moments
from bot.web.ports import TravelClock


@dataclass(frozen=True, slots=True)
class Face:
    """The date and time in the reader's zone, and how the month stands.

    `strip` is a class name a day of the month; `next` when something happens by itself, empty
    where nothing does; `going` says that the clock is under way, empty while it stands.
    """

    iso: str
    weekday: str
    day: int
    month: str
    time: str
    zone: str
    short: str
    strip: Sequence[str]
    next: str
    going: str


async def face(clock: TravelClock, zone: str, going_to: datetime | None) -> Face:
    """Read the clock for a reader in `zone`; `going_to` is where it is on its way to, if it is."""
    now = clock.now()
    local = now.astimezone(ZoneInfo(zone))
    upcoming = None if going_to else await clock.next_thing()
    return Face(
        iso=now.isoformat(),
        weekday=moments.long_day(local.date()).split()[0],
        day=local.day,
        month=moments.month(local.date()),
        time=moments.write(now, zone, "time"),
        zone=zone.rsplit("/", 1)[-1].replace("_", " "),
        short=moments.write(now, zone),
        strip=_strip(local.date()),
        next=moments.write(max(upcoming, now), zone, now=now) if upcoming else "",
        going=f"travelling… {moments.write(now, zone, 'day')}" if going_to else "",
    )


def _strip(today: date) -> Sequence[str]:
    drawn = []
    for number in range(1, calendar.monthrange(today.year, today.month)[1] + 1):
        when = "today" if number == today.day else "gone" if number < today.day else "ahead"
        drawn.append(f"{when} weekend" if today.replace(day=number).weekday() >= calendar.SATURDAY else when)
    return drawn
