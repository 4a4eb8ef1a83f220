"""The tour's part about the review: what the numbers do not say, a decision, and the promise that follows from it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import DIRECT, Meanwhile, TourStep

_ROOM = "smarketing"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


REVIEW: tuple[TourStep, ...] = (
    TourStep(
        as_person="amy",
        place=DIRECT,
        travel_to=_at(4, 16, 45),
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
            Meanwhile(_at(5, 10), "joan", DIRECT, "review here V-1"),
            Meanwhile(_at(5, 10, 1), "amy", _ROOM, "review here"),
            Meanwhile(_at(5, 10, 2), "josh", _ROOM, "review here"),
        ),
        travel_to=_at(5, 10, 5),
        says="review",
        title="The review",
        narration=(
            "Scorecard, misses, money and both sides’ words: the pack stands in the channel and grows while they meet."
        ),
        expects=("Reviewing October", "Scorecard", "never pick up the phone"),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="review decide 105 leads from December, since 48 % of them close",
        title="Decided",
        narration="With all three sides there, a decision can be taken. An action would be owed like any promise.",
        expects=("Decided:", "105 leads from December"),
    ),
    TourStep(
        as_person="josh",
        place=_ROOM,
        says="agreement amend leads target 105 from 1 December because close rate was 48 %",
        title="A new version",
        narration="The decision becomes a draft that says what changes. It counts for nothing before all have signed.",
        expects=("X-1", "100 → 105"),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        meanwhile=(
            Meanwhile(_at(5, 10, 20), "josh", DIRECT, "agreement propose X-1"),
            Meanwhile(_at(5, 10, 21), "josh", DIRECT, "agreement sign X-1"),
            Meanwhile(_at(5, 10, 25), "joan", DIRECT, "agreement sign X-1"),
        ),
        travel_to=_at(5, 10, 30),
        title="To sign",
        narration="Josh proposed it and signed, Joan signed; Amy reads the whole text and what changed.",
        expects=("X-1", "Sign", "It waits for Amy"),
    ),
    TourStep(
        as_person="amy",
        place=DIRECT,
        says="agreement sign X-1",
        title="Signed by all",
        narration="From 1 December it is 105. What runs keeps the terms that it began under.",
        expects=("signed by everybody", "100 → 105"),
    ),
)
