"""The tour through Company X's October: marketing's promise of a hundred leads, from the first handoff to a miss.

The dates are the story's own: checkpoints of 25, 50, 75 and 100 leads on the last four Fridays of
October 2026 at 17:00 in New York, reports on the Fridays at 16:00. Ninety-one leads come, nine are
missing, and nine times 50 % times $100 is what it costs.
"""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "smarketing"


def _amy_approves(*days: int) -> tuple[Meanwhile, ...]:
    """On Thursdays, when she is shown the draft of Friday's report."""
    return tuple(Meanwhile(at(10, day, 16, 30), "amy", DIRECT, "report approve") for day in days)


OCTOBER = TourPart(
    "October: nine short",
    (
        TourStep(
            as_person="josh",
            place=_ROOM,
            travel_to=at(10, 6, 10),
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
                "A button on her receipt says the same words. No new message: the receipt itself changed, for "
                "everybody."
            ),
            expects=("H-1", "accepted"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            travel_to=at(10, 8, 16, 30),
            title="The report writes itself",
            narration=(
                "Amy owes marketing four status reports a month. A day before each she gets the draft, privately, "
                "to add a note or approve it. One word, and her own promise is kept."
            ),
            expects=("Draft", "Approve"),
        ),
        TourStep(
            as_person="amy",
            place=_ROOM,
            meanwhile=(Meanwhile(at(10, 8, 16, 35), "amy", DIRECT, "report approve"),),
            travel_to=at(10, 9, 17, 5),
            title="Friday’s report",
            narration=(
                "It is in the channel at its hour: the month as a picture, what it is worth, and what it takes from "
                "here."
            ),
            expects=("Report 1 of 4", "Approved by"),
        ),
        TourStep(
            as_person="amy",
            place=_ROOM,
            meanwhile=(Meanwhile(at(10, 13, 11), "josh", _ROOM, "/handoff 20 qualified leads to sales"),),
            travel_to=at(10, 13, 14),
            says="accept H-2 16 because duplicate",
            title="A dispute",
            narration=(
                "Amy takes 16 of twenty and disputes four, for a reason that both sides agreed on. What is disputed is "
                "held apart and freezes every consequence; the clock goes on."
            ),
            expects=("H-2", "disputed"),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            says="correct H-2 to 16 because four were duplicates",
            title="Settled",
            narration="Josh looks, and she is right. A reversing entry corrects the record; nothing is ever erased.",
            expects=("H-2", "16"),
        ),
        TourStep(
            as_person="josh",
            place=DIRECT,
            meanwhile=_amy_approves(15),
            travel_to=at(10, 16, 17, 5),
            title="Late, and told privately",
            narration=(
                "Friday 17:00 came with 41 of 50. The owner hears it first, alone and at once: where he stands, what "
                "it takes, what happens next, and how to stop it."
            ),
            expects=("41 of 50",),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            meanwhile=_amy_approves(22),
            travel_to=at(10, 29, 11),
            says="/handoff 50 qualified leads to sales",
            title="Nearly",
            narration="Fifty more: 91. Had Amy said nothing for two working days, silence would accept them.",
            expects=("H-3", "50 qualified leads", "91 of 100"),
        ),
        TourStep(
            as_person="josh",
            place=DIRECT,
            meanwhile=(
                Meanwhile(at(10, 29, 14), "amy", _ROOM, "accept H-3"),
                Meanwhile(
                    at(10, 29, 17), "tom", DIRECT, "friction new customers trip over the invoice page tag invoice"
                ),
                Meanwhile(at(10, 30, 11), "amy", DIRECT, "friction report now"),
            ),
            travel_to=at(10, 30, 17, 5),
            title="The month is over",
            narration=(
                "91 of 100, and nothing is in doubt any more. Again the owner hears first, and what was agreed for "
                "this."
            ),
            expects=("91 of 100", "missed"),
        ),
        TourStep(
            as_person="amy",
            place=_ROOM,
            travel_to=at(11, 3, 9, 5),
            title="Told in the channel",
            narration=(
                "After a whole working day the other side has heard, Morgan as sponsor too; only now is it public, "
                "with its price: nine leads at 50 % and $100 are $450."
            ),
            expects=("Missed: Qualified leads, October", "91 of 100", "$450"),
        ),
    ),
)
