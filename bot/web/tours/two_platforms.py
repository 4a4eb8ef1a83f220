"""The tour's last part: one promise between a team in Slack and a team in Teams, which share no channel."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.web.tour import TourStep

_IN_SLACK, _IN_TEAMS = "events", "field-sales"

TWO_PLATFORMS: tuple[TourStep, ...] = (
    TourStep(
        as_person="ines",
        place=_IN_SLACK,
        travel_to=datetime(2026, 11, 4, 10, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC),
        says="/handoff 18 visitors to field sales",
        title="Elsewhere: one side in Slack",
        narration="Events lives in Slack. Ines hands over in her team’s own channel.",
        expects=("H-4", "18 booth visitors"),
    ),
    TourStep(
        as_person="ravi",
        place=_IN_TEAMS,
        title="The other in Teams",
        narration="Field sales lives in Microsoft Teams and sees no Slack. The same receipt stands in its channel too.",
        expects=("H-4", "18 booth visitors", "Accept all 18"),
    ),
    TourStep(
        as_person="ravi",
        place=_IN_TEAMS,
        says="@Kept accept H-4",
        title="Answered in Teams",
        narration="Ravi accepts where he is.",
        expects=("H-4", "accepted"),
    ),
    TourStep(
        as_person="ines",
        place=_IN_SLACK,
        says="/sla history H-4",
        title="Changed in Slack",
        narration="The receipt in Slack has changed with it, and there is one record for both.",
        expects=("H-4", "History", "Ravi"),
    ),
)
