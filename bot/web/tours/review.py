"""The tour's part about the review: what the numbers do not say, a decision, and the promise that follows from it."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "smarketing"

REVIEW = TourPart(
    "The review",
    (
        TourStep(
            as_person="amy",
            place=DIRECT,
            meanwhile=(Meanwhile(at(11, 4, 16, 35), "amy", DIRECT, "sold $2,286 deals 24 in October from marketing"),),
            travel_to=at(11, 4, 16, 45),
            says="review unhappy because half of the leads never pick up the phone",
            title="What the numbers do not say",
            narration=(
                "Tomorrow the three owners meet. Each was asked beforehand, privately: green but unhappy? "
                "Answers are shown when the review begins."
            ),
            expects=("V-1", "unhappy"),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            meanwhile=(
                Meanwhile(at(11, 5, 10), "joan", DIRECT, "review here V-1"),
                Meanwhile(at(11, 5, 10, 1), "amy", _ROOM, "review here"),
                Meanwhile(at(11, 5, 10, 2), "josh", _ROOM, "review here"),
            ),
            travel_to=at(11, 5, 10, 5),
            says="review",
            title="The review",
            narration=(
                "Scorecard, misses, money and both sides’ words: the pack stands in the channel and grows while they "
                "meet. October’s 24 sales brought $95 each, so the quota asks for 105 leads, not 100."
            ),
            expects=(
                "Reviewing October",
                "Scorecard",
                "105 qualified leads a month are needed",
                "never pick up the phone",
            ),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            says="review decide 105 leads from December, since a sale brings $95, not $100",
            title="Decided",
            narration="With all three sides there, a decision can be taken. An action would be owed like any promise.",
            expects=("Decided:", "105 leads from December"),
        ),
        TourStep(
            as_person="josh",
            place=_ROOM,
            says="agreement amend leads target 105 from 1 December because a sale brought $95, not $100",
            title="A new version",
            narration="The decision becomes a draft that says what changes. None of it counts before all have signed.",
            expects=("X-2", "105 instead of 100"),
        ),
        TourStep(
            as_person="amy",
            place=DIRECT,
            meanwhile=(
                Meanwhile(at(11, 5, 10, 20), "josh", DIRECT, "agreement propose X-2"),
                Meanwhile(at(11, 5, 10, 21), "josh", DIRECT, "agreement sign X-2"),
                Meanwhile(at(11, 5, 10, 25), "joan", DIRECT, "agreement sign X-2"),
            ),
            travel_to=at(11, 5, 10, 30),
            says="agreement sign X-2",
            title="Signed again",
            narration="From 1 December it is 105. What runs keeps the terms that it began under.",
            expects=("signed by everybody", "105 instead of 100"),
        ),
    ),
)
