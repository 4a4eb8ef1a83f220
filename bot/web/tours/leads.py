"""The tour's part about each lead: who answers it, what became of it, and who is owed what then."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "smarketing"

LEADS = TourPart(
    "Leads by name",
    (
        TourStep(
            as_person="josh",
            place=_ROOM,
            meanwhile=(
                Meanwhile(at(11, 4, 10, 12), "joan", DIRECT, "log new customers kept happy 47 of 50 for October"),
            ),
            travel_to=at(11, 4, 10, 30),
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
            narration="Priya got two. She hears once a day and promise, of all that waits for her, with buttons.",
            expects=("First answers", "Responded"),
        ),
        TourStep(
            as_person="priya",
            place=DIRECT,
            meanwhile=(Meanwhile(at(11, 4, 11), "priya", DIRECT, "respond L-1"),),
            travel_to=at(11, 4, 12),
            says="outcome L-1 won",
            title="Answered, and won",
            narration=(
                "Priya called: an automatic reply would not count. A final outcome ends the follow-ups, and this one "
                "opens a promise of somebody else."
            ),
            expects=("L-1", "Won"),
        ),
        TourStep(
            as_person="joan",
            place=DIRECT,
            title="Service owes a welcome",
            narration=(
                "Joan’s service promised every new customer a welcome within two working days. Now one is owed."
            ),
            expects=("Welcome to the new customer", "Ann Lee"),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            meanwhile=(
                Meanwhile(at(11, 4, 14), "tom", DIRECT, "respond L-2"),
                Meanwhile(at(11, 4, 14, 5), "tom", DIRECT, "outcome L-2 lost"),
                Meanwhile(at(11, 4, 14, 10), "priya", DIRECT, "respond L-3"),
                Meanwhile(at(11, 4, 14, 20), "priya", DIRECT, "outcome L-3 not interested"),
                Meanwhile(at(11, 4, 15), "joan", DIRECT, "done O-72"),
            ),
            travel_to=at(11, 4, 16, 30),
            says="results",
            title="Back to marketing",
            narration="What became of the leads, by campaign: what won, what lost, and the close rate that it makes.",
            expects=("Pricing guide", "Lead to sale"),
        ),
    ),
)
