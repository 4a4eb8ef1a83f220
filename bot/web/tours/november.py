"""The tour's part about a month that goes well: good news is shared too."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "smarketing"

NOVEMBER = TourPart(
    "November: a good month",
    (
        TourStep(
            as_person="josh",
            place=_ROOM,
            meanwhile=(
                Meanwhile(at(11, 5, 16, 30), "amy", DIRECT, "report approve"),
                Meanwhile(at(11, 6, 11), "josh", _ROOM, "/handoff 40 qualified leads to sales"),
                Meanwhile(at(11, 6, 15), "amy", _ROOM, "accept H-6"),
                Meanwhile(at(11, 12, 14), "nina", DIRECT, "done O-63 nine from the fair"),
                Meanwhile(at(11, 12, 16, 30), "amy", DIRECT, "report approve"),
                Meanwhile(at(11, 13, 11), "josh", _ROOM, "/handoff 35 qualified leads to sales"),
                Meanwhile(at(11, 13, 15), "amy", _ROOM, "accept H-7"),
                Meanwhile(at(11, 19, 16, 30), "amy", DIRECT, "report approve"),
                Meanwhile(at(11, 20, 11), "josh", _ROOM, "/handoff 22 qualified leads to sales"),
            ),
            travel_to=at(11, 23, 10),
            says="status C-1",
            title="The plan was kept",
            narration="Three weeks on: Nina’s nine leads came in time, and nothing is at risk.",
            expects=("Qualified leads", "100 of 100"),
        ),
        TourStep(
            as_person="amy",
            place=_ROOM,
            says="accept H-8",
            title="Good news is public",
            narration="A month that is met is told in the channel at once, with how early; misses wait, this does not.",
            expects=("100", "early"),
        ),
    ),
)
