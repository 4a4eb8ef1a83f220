"""Moving the rehearsal's clock: how far each button goes, one journey at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import UTC, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.web.bell import Bell
from bot.web.moments import write
from bot.web.ports import TravelClock
from slacore.errors import Refusal

By = Literal["hour", "day", "next", "month"]
BYS = frozenset(get_args(By))
_REMEMBERED = 50


async def destination(by: By, clock: TravelClock, zone: str) -> datetime:
    """The moment a clock button leads to, aware UTC.

    A day is the same wall time tomorrow, also over a night that has 23 hours or 25; the month's
    end is the first moment of the next month in the reader's zone. Raises Refusal where nothing
    is to come.
    """
    now = clock.now()
    if by == "hour":
        return now + timedelta(hours=1)
    if by == "next":
        upcoming = await clock.next_thing()
        if upcoming is None:
            problem, step = "Nothing is due to happen by itself.", "Move on by a day, or hand something over first."
            raise Refusal(problem, step)
        return max(upcoming, now)
    local = now.astimezone(ZoneInfo(zone))
    if by == "day":
        return (local + timedelta(days=1)).astimezone(UTC)
    first = (local.date().replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), local.tzinfo).astimezone(UTC)


class Travels:
    """The one journey that can be under way. Lives as long as the app."""

    def __init__(self, clock: TravelClock, bell: Bell) -> None:
        """Move `clock`; ring `bell` at departure and arrival."""
        self._clock = clock
        self._bell = bell
        self._journeys: OrderedDict[str, asyncio.Task[None]] = OrderedDict()
        self._going_to: datetime | None = None

    @property
    def going_to(self) -> datetime | None:
        """Where the clock is on its way to, or None while it stands."""
        return self._going_to

    async def move(self, by: By, *, delivery: str, zone: str) -> None:
        """Travel as far as a clock button goes; a request that set out before is not sent further."""
        known = delivery in self._journeys
        moment = self._clock.now() if known else await destination(by, self._clock, zone)
        await self.go(moment, delivery=delivery, zone=zone)

    async def go(self, moment: datetime, *, delivery: str, zone: str) -> None:
        """Travel and return on arrival; the same delivery again joins the same journey.

        A journey goes on when the page that asked for it is closed. A moment that has passed is
        no journey. Raises Refusal while another journey is under way.
        """
        journey = self._journeys.get(delivery)
        if journey is None:
            if self._going_to is not None:
                raise Refusal(
                    f"The clock is already on its way to {write(self._going_to, zone)}.",
                    "Wait until it arrives, then move it on.",
                )
            if moment < self._clock.now():
                return
            self._going_to = moment
            journey = self._journeys[delivery] = asyncio.create_task(self._travel(moment))
            while len(self._journeys) > _REMEMBERED:
                self._journeys.popitem(last=False)
        await asyncio.shield(journey)

    async def _travel(self, moment: datetime) -> None:
        self._bell.ring()
        try:
            await self._clock.advance_to(moment)
        finally:
            self._going_to = None
            self._bell.ring()
