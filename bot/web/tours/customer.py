"""The tour's last part: a promise to a customer outside the company, kept in minutes of downtime."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import DIRECT, TourStep

_ROOM = "harbor-books"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


CUSTOMER: tuple[TourStep, ...] = (
    TourStep(
        as_person="sam",
        place=_ROOM,
        travel_to=_at(10, 9, 20),
        says="incident start web-shop because payments time out",
        title="A customer’s shop is down",
        narration="Service promised Harbor Books 99.9 % in a month: 43 minutes of downtime. They are counting.",
        expects=("N-1", "web-shop", "down"),
    ),
    TourStep(
        as_person="sam",
        place=_ROOM,
        travel_to=_at(10, 9, 50),
        says="incident restored N-1",
        title="Up again",
        narration="Half an hour, to the minute, and what is left of the month’s budget.",
        expects=("N-1", "restored", "30 minutes"),
    ),
    TourStep(
        as_person="lena",
        place=_ROOM,
        says="status",
        title="What the customer sees",
        narration="Lena reads the same numbers as Sam. There is one record for both.",
        expects=("Shop open", "99.9"),
    ),
    TourStep(
        as_person="priya",
        place=DIRECT,
        says="mine",
        title="My part",
        narration=(
            "What each one owes and is owed, his own password and access card too. "
            "The room is yours: be anybody, say anything, move the clock."
        ),
        expects=("Your part",),
    ),
)
