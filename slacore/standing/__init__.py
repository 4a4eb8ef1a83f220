"""Where a promise is in its period: attained, target, expected by now, projected, and the word for it.

The words: on pace, at risk, behind (while it runs); met, met late, missed, waived (after). Each
kind of promise is judged in a module of its own; `Judged` is what they have in common.
"""

from slacore.standing.attainments import attained_share
from slacore.standing.judged import Judged, State, due_of
from slacore.standing.levels import (
    LevelStanding,
    Reach,
    Span,
    reporter_of,
    reporting_party,
    service_of,
    span_of,
    standing_of_incidents,
    standing_of_readings,
)
from slacore.standing.members import MemberCount, MembersStanding
from slacore.standing.shares import (
    Delays,
    Sample,
    ShareStanding,
    Spread,
    delays_of,
    kinds_of,
    samples_of,
    share_standing,
    spread_of,
)
from slacore.standing.slots import SlotCount, deliverable_state
from slacore.standing.volumes import NOTHING, Carried, Goal, Standing, Tally, goal_of, revenue_of, volume_standing

__all__ = [
    "NOTHING",
    "Carried",
    "Delays",
    "Goal",
    "Judged",
    "LevelStanding",
    "MemberCount",
    "MembersStanding",
    "Reach",
    "Sample",
    "ShareStanding",
    "SlotCount",
    "Span",
    "Spread",
    "Standing",
    "State",
    "Tally",
    "attained_share",
    "delays_of",
    "deliverable_state",
    "due_of",
    "goal_of",
    "kinds_of",
    "reporter_of",
    "reporting_party",
    "revenue_of",
    "samples_of",
    "service_of",
    "share_standing",
    "span_of",
    "spread_of",
    "standing_of_incidents",
    "standing_of_readings",
    "volume_standing",
]
