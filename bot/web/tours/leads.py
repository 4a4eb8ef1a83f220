"""The tour's part about each lead: who answers it, who follows it up, what became of it, and who is owed what then."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import DIRECT, Meanwhile, TourStep

_ROOM = "smarketing"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


LEADS: tuple[TourStep, ...] = (
    TourStep(
        as_person="josh",
        place=_ROOM,
        meanwhile=(Meanwhile(_at(4, 10, 10), "joan", DIRECT, "log new customers kept happy 47 of 50 for October"),),
        travel_to=_at(4, 10, 30),
        says="/handoff 3 qualified leads to sales campaign pricing-guide items Ann Lee; Bob Ray; Cy Oz",
        title="November: leads by name",
        narration=(
            "Named, each lead is owed something of its own: an answer within four working hours and up to six "
            "follow-ups in ten working days. Sales takes turns."
        ),
        expects=("H-5", "3 qualified leads"),
    ),
    TourStep(
        as_person="priya",
        place=DIRECT,
        title="All that waits, in one message",
        narration="Priya got two. She hears once a day and promise, of everything that waits for her, with buttons.",
        expects=("First answers", "Responded"),
    ),
    TourStep(
        as_person="priya",
        place=DIRECT,
        says="respond L-1",
        title="Answered by a person",
        narration="Priya called. An automatic reply would be noted too, and would not count.",
        expects=("L-1", "answered"),
    ),
    TourStep(
        as_person="priya",
        place=DIRECT,
        says="outcome L-1 won",
        title="Won",
        narration="A final outcome ends the follow-ups, and this one opens a promise of somebody else.",
        expects=("L-1", "Won"),
    ),
    TourStep(
        as_person="joan",
        place=DIRECT,
        title="Service owes a welcome",
        narration="Joan’s service promised every new customer a welcome within two working days. Now one is owed.",
        expects=("Welcome to the new customer", "Ann Lee"),
    ),
    TourStep(
        as_person="tom",
        place=DIRECT,
        travel_to=_at(4, 15, 5),
        title="Late",
        narration="Four working hours have passed. Only Tom is told, and what happens if nothing changes.",
        expects=("late", "First answers"),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        meanwhile=(
            Meanwhile(_at(4, 15, 30), "tom", DIRECT, "respond L-2"),
            Meanwhile(_at(4, 15, 40), "priya", DIRECT, "respond L-3"),
            Meanwhile(_at(4, 16), "priya", DIRECT, "outcome L-3 not interested"),
        ),
        travel_to=_at(4, 16, 30),
        says="results",
        title="Back to marketing",
        narration="What became of the leads, by campaign: what won, what lost, and the close rate that it makes.",
        expects=("Pricing guide", "Lead to sale"),
    ),
)
