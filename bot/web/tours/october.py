"""The tour through Company X's October: marketing's promise of a hundred leads, from the first handoff to a miss.

The dates are the story's own: checkpoints of 25, 50, 75 and 100 leads on the last four Fridays of
October 2026 at 17:00 in New York, reports on the Fridays at 16:00. Ninety-one leads come, nine are
missing, and nine times 50 % times $100 is what it costs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import DIRECT, Meanwhile, TourStep

_ROOM = "smarketing"


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def _amy_approves(*days: int) -> tuple[Meanwhile, ...]:
    """On Thursdays, when she is shown the draft of Friday's report."""
    return tuple(Meanwhile(_at(10, day, 16, 30), "amy", DIRECT, "report approve") for day in days)


OCTOBER: tuple[TourStep, ...] = (
    TourStep(
        as_person="josh",
        place=_ROOM,
        title="A promise",
        narration=(
            "You are Josh. Marketing has promised sales 100 qualified leads in October, 25 of them by each of four "
            "Fridays. Both sides have signed, and Kept sits in the channel where they already talk."
        ),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 6, 10),
        says="/handoff 25 qualified leads to sales",
        title="A handoff",
        narration=(
            "Said in plain words. The receipt stands in the channel for both teams: the leads count from now, "
            "provisionally, and wait for sales."
        ),
        expects=("H-1", "25 qualified leads"),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        says="accept H-1",
        title="Accepted, in place",
        narration=(
            "You are Amy now, who runs sales. A button on her receipt says the same words. "
            "No new message: the receipt itself changed, for everybody."
        ),
        expects=("H-1", "accepted"),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        travel_to=_at(10, 8, 16, 30),
        title="The report writes itself",
        narration=(
            "Amy owes marketing four status reports a month. A day before each she gets the draft, privately, to add "
            "a note or approve it."
        ),
        expects=("Draft", "Approve"),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        says="report approve",
        title="Approved",
        narration="One word, and her own promise for this week is kept.",
        expects=("approved",),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        travel_to=_at(10, 9, 17, 5),
        title="Friday’s report",
        narration=(
            "It is in the channel at its hour: the month as a picture, what it is worth, and what it takes from here."
        ),
        expects=("Report 1 of 4", "Approved by"),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 13, 11),
        says="/handoff 20 qualified leads to sales",
        title="The second batch",
        narration="Twenty more make 45 of the 50 that are due on Friday.",
        expects=("H-2", "20 qualified leads"),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        says="accept H-2 16 because duplicate",
        title="A dispute",
        narration=(
            "Amy takes 16 and disputes four, with a reason that both sides agreed on. What is disputed is held apart "
            "and freezes every consequence; the clock goes on."
        ),
        expects=("H-2", "disputed"),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="correct H-2 to 16 because four were duplicates",
        title="Settled",
        narration="Josh looks, and she is right. The record is corrected by a reversing entry; nothing is ever erased.",
        expects=("H-2", "16"),
    ),
    TourStep(
        as_person="josh",
        place=DIRECT,
        meanwhile=_amy_approves(15),
        travel_to=_at(10, 16, 17, 5),
        title="Late, and told privately",
        narration=(
            "Friday 17:00 came with 41 of 50. The owner hears it first, alone and at once: where he stands, what it "
            "takes, what happens next, and how to stop it."
        ),
        expects=("41 of 50",),
    ),
    TourStep(
        as_person="josh",
        place=DIRECT,
        meanwhile=_amy_approves(22),
        travel_to=_at(10, 28, 17, 5),
        title="A nudge while it can be mended",
        narration="Two working days before the month’s promise is due it is at risk, so Josh is asked. Nobody else is.",
        expects=("41 of",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        travel_to=_at(10, 29, 11),
        says="/handoff 50 qualified leads to sales",
        title="Nearly",
        narration="Fifty more: 91. Had Amy said nothing for two working days, silence would accept them.",
        expects=("H-3", "50 qualified leads", "91 of 100"),
    ),
    TourStep(
        as_person="josh",
        place=DIRECT,
        meanwhile=(
            Meanwhile(_at(10, 29, 14), "amy", _ROOM, "accept H-3"),
            *_amy_approves(29),
            Meanwhile(_at(10, 29, 17), "tom", DIRECT, "friction new customers trip over the invoice page tag invoice"),
            Meanwhile(_at(10, 30, 11), "amy", DIRECT, "friction report now"),
        ),
        travel_to=_at(10, 30, 17, 5),
        title="The month is over",
        narration=(
            "91 of 100, and nothing is in doubt any more. Again the owner hears first, and what was agreed for this."
        ),
        expects=("91 of 100", "missed"),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        travel_to=_at(11, 3, 9, 5),
        title="The counterparty hears",
        narration=(
            "After a whole working day the ladder’s next step tells Amy: what was tried, who has seen it, what is next."
        ),
        expects=("91 of 100",),
    ),
    TourStep(
        as_person="amy",
        place=_ROOM,
        title="Told in the channel",
        narration=(
            "Only now is it public, with its price: nine leads at 50 % and $100 are $450. The consequence was agreed "
            "beforehand: a plan to make up for it, or the leads carried over."
        ),
        expects=("Missed: Qualified leads, October", "91 of 100", "$450"),
    ),
    TourStep(
        as_person="morgan",
        place=DIRECT,
        title="The sponsor hears",
        narration="Morgan Reyes, whom both sides answer to, was told with the breach.",
        expects=("91 of 100",),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="history H-2",
        title="On the record",
        narration=(
            "Who, what and when, for good. A miss ends nothing; it starts the plan that makes up for it. The room is "
            "yours: be anybody, say anything, move the clock."
        ),
        expects=("H-2", "History", "four were duplicates"),
    ),
)
