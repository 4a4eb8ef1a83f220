"""The tour's part about one promise between a team in Slack and a team in Teams, which share no channel."""

from __future__ import annotations

from bot.web.tour import Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_IN_SLACK, _IN_TEAMS = "events", "field-sales"

TWO_PLATFORMS = TourPart(
    "Slack and Teams",
    (
        TourStep(
            as_person="ines",
            place=_IN_SLACK,
            travel_to=at(11, 4, 10),
            says="/handoff 18 visitors to field sales",
            title="Elsewhere: one side in Slack",
            narration="Events lives in Slack. Ines hands over in her team’s own channel.",
            expects=("H-4", "18 booth visitors"),
        ),
        TourStep(
            as_person="ravi",
            place=_IN_TEAMS,
            title="The other in Teams",
            narration=(
                "Field sales lives in Microsoft Teams and sees no Slack. The same receipt stands in its channel too, "
                "and Ravi accepts where he is."
            ),
            expects=("H-4", "18 booth visitors", "Accept all 18"),
        ),
        TourStep(
            as_person="ines",
            place=_IN_SLACK,
            meanwhile=(Meanwhile(at(11, 4, 10, 5), "ravi", _IN_TEAMS, "@Kept accept H-4"),),
            travel_to=at(11, 4, 10, 10),
            says="/sla history H-4",
            title="Changed in Slack",
            narration="The receipt in Slack has changed with it, and there is one record for both.",
            expects=("H-4", "History", "Ravi"),
        ),
    ),
)
