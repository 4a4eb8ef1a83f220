"""The tour through Company X's October: marketing's promise of a hundred leads, from the first handoff to a miss.

The dates are the story's own: checkpoints of 25, 50, 75 and 100 leads on the four Fridays of
October 2026 at 17:00 in New York, reports on the same days at 16:00.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import DIRECT, TourStep

_ROOM = "smarketing"


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


COMPANY_X: tuple[TourStep, ...] = (
    TourStep(
        as_person="josh",
        place=_ROOM,
        title="A promise",
        narration=(
            "You are Josh. Marketing has promised sales 100 qualified leads in October: 25 by each Friday at 17:00. "
            "Both sides signed it, and Kept lives in the channel where they already talk. It is the first of the month."
        ),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 6, 10),
        title="Tuesday morning",
        narration="Time passed and Kept stayed quiet: nothing was late, so there was nothing to say.",
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="/handoff 25 qualified leads to sales",
        title="A handoff",
        narration=(
            "Josh said it in plain words. The receipt stands in the channel for both teams: the leads count from now, "
            "provisionally, and wait for sales to accept them."
        ),
        expects=("H-1", "25 qualified leads"),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        says="accept H-1",
        title="Accepted, in place",
        narration=(
            "You are Amy now, who owns sales’ side. She could have pressed the button; it says the same words. "
            "No new message: the receipt itself changed."
        ),
        expects=("accepted",),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        travel_to=_at(10, 8, 16, 30),
        title="The report, a day early",
        narration=(
            "Amy owes marketing four reports a month. She gets each one privately a day before, to add a note and "
            "approve it. Nobody has to write it."
        ),
        expects=("report",),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        travel_to=_at(10, 9, 17, 5),
        title="The weekly report",
        narration=(
            "Friday: the report is in the channel, with the month as a picture. "
            "25 of 25 are in, so marketing is on pace."
        ),
        expects=("25",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 13, 11),
        title="The second week",
        narration="Tuesday. Josh is about to hand over a batch that sales will not be happy with.",
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="/handoff 16 qualified leads to sales",
        title="Sixteen more",
        narration="41 of the 50 that are due on Friday. They count from the moment they were handed over.",
        expects=("H-2", "16 qualified leads"),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        says="dispute H-2 because duplicate",
        title="A dispute",
        narration=(
            "Amy says that they are duplicates. What is disputed is held apart with its reason, on the record, "
            "and freezes consequences; the clock goes on."
        ),
        expects=("H-2", "duplicate"),
    ),
    TourStep(
        as_person="josh",
        place=DIRECT,
        travel_to=_at(10, 14, 17, 5),
        title="A quiet word first",
        narration=(
            "Two working days before the checkpoint Kept sees that it will be missed, and tells the owner. Only Josh: "
            "nobody is shown up for what can still be mended."
        ),
        expects=("leads",),
    ),
    TourStep(
        as_person="josh",
        place=DIRECT,
        travel_to=_at(10, 16, 17, 5),
        title="A checkpoint is missed",
        narration="Friday 17:00 passed with too few. Again the owner hears first, at once, and says what happens next.",
        expects=("leads",),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        travel_to=_at(10, 20, 9, 5),
        title="The counterparty hears",
        narration=(
            "A whole working day later, still behind: the next step of the ladder tells Amy as well. "
            "Every message says why it came, and what happens if nobody does anything."
        ),
        expects=("leads",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 27, 10),
        title="The last week",
        narration="The reports kept coming. Josh has one more batch.",
        expects=("leads",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="/handoff 50 qualified leads to sales",
        title="Fifty at once",
        narration="A good week, but the month asked for a hundred.",
        expects=("H-3", "50 qualified leads"),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        says="accept H-3",
        title="Accepted",
        narration="Amy takes all fifty. 75 accepted, 16 disputed, and the month ends on Friday.",
        expects=("H-3",),
    ),
    TourStep(
        as_person="morgan",
        place=DIRECT,
        travel_to=_at(10, 30, 17, 5),
        title="The sponsor hears",
        narration=(
            "Friday 30 October, 17:00: the period is over and short. Morgan Reyes, the revenue officer "
            "both sides answer to, is told with the breach, and what was agreed for this case."
        ),
        expects=("leads",),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        travel_to=_at(11, 5, 9, 5),
        title="Told in the channel",
        narration=(
            "Only now, a whole working day after the owner was told and with nothing provisional called a miss, "
            "the channel hears it: what was promised, what came, and the consequence agreed beforehand."
        ),
        expects=("October",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="history",
        title="On the record",
        narration=(
            "Everything is on the record: who, what and when. A miss does not end the relationship; it starts the plan "
            "that makes up for it. The room is yours: be anybody, say anything, move the clock."
        ),
    ),
)
