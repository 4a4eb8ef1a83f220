"""The tour's first part: what the parties wrote down counts for nothing before every one of them has signed."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "smarketing"

SIGNED_ON_TOUR = "company-x"
"""The agreement that begins the tour unsigned."""

SIGNING = TourPart(
    "Signing",
    (
        TourStep(
            as_person="josh",
            place=_ROOM,
            title="A promise on paper",
            narration=(
                "You are Josh. Marketing, sales and service have written down who owes whom what: first of all, 100 "
                "qualified leads a month for sales. Kept sits in the channel where they already talk."
            ),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            says="/handoff 25 qualified leads to sales",
            title="No clock starts unsigned",
            narration="Nobody has signed yet, so nothing counts, nothing is due, and Kept says so.",
            expects=("is not signed by", "Marketing, Sales, Service"),
            is_refused=True,
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            says="/sla agreement propose A-1",
            title="Proposed",
            narration="Josh puts the whole text before whoever signs for each party: Amy, Joan and himself.",
            expects=("X-1", "to sign"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            meanwhile=(
                Meanwhile(at(10, 1, 9, 10), "josh", DIRECT, "agreement sign X-1"),
                Meanwhile(at(10, 1, 9, 20), "joan", DIRECT, "agreement sign X-1"),
            ),
            travel_to=at(10, 1, 9, 30),
            title="Before Amy, privately",
            narration=(
                "You are Amy now, who runs sales. She reads every promise in plain sentences; she can sign, decline, "
                "comment, or counter with figures of her own. Two have signed; it waits for her."
            ),
            expects=("X-1", "It waits for Amy"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            says="agreement sign X-1",
            title="Signed by all",
            narration="With the last name it is in force, and what October owes is owed from now on.",
            expects=("signed by everybody",),
        ),
    ),
)
