"""The tour's part about what follows a miss: a plan that makes up for it, and a miss that was none."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

MISSES = TourPart(
    "What follows a miss",
    (
        TourStep(
            as_person="morgan",
            place=DIRECT,
            meanwhile=(Meanwhile(at(11, 3, 9, 30), "josh", DIRECT, "why B-7 a campaign brought fewer than planned"),),
            travel_to=at(11, 3, 9, 40),
            says="choose B-7 recovery plan",
            title="One of two ways, chosen",
            narration=(
                "What follows a miss was agreed beforehand: a recovery plan, or nine leads carried over. Morgan, whom "
                "both sides answer to, chooses one; that closes the other, wherever anybody tries it."
            ),
            expects=("B-7", "Chosen: recovery plan", "closed"),
        ),
        TourStep(
            as_person="josh",
            place=DIRECT,
            travel_to=at(11, 3, 9, 45),
            says="recovery step P-1 nine leads from the trade fair owner Nina by 13 Nov",
            title="A recovery plan",
            narration=(
                "The consequence was agreed beforehand and ends no relationship: a plan, opened with what the miss "
                "cost. Josh adds a step, with who and by when."
            ),
            expects=("P-1", "$450", "nine leads from the trade fair"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            meanwhile=(Meanwhile(at(11, 3, 10), "josh", DIRECT, "recovery agree P-1"),),
            travel_to=at(11, 3, 10, 5),
            says="recovery agree P-1",
            title="Agreed by both",
            narration="With the second yes each step is owed like any promise: reminded, escalated, kept.",
            expects=("P-1", "Agreed by both sides"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            says="dispute B-4 because I sent it by mail, the CRM was down",
            title="A miss of Amy’s, disputed",
            narration=(
                "Amy’s own last report of October was never approved: a miss on the record. She says that it is none. "
                "Nothing follows from it meanwhile; the clocks go on."
            ),
            expects=("D-2", "B-4"),
        ),
        TourStep(
            as_person="josh",
            place=DIRECT,
            says="answer D-2 falls because it was in my inbox",
            title="Taken back",
            narration="Josh gives in, and the miss falls. Had he not, Morgan would decide. Both stay on the record.",
            expects=("B-4 was taken back",),
        ),
    ),
)
