"""What time does to an obligation: a pure decision, asked whenever `look_again_at` is reached.

`decide` sees the obligation, the terms it began under, where the promise stands and who is
reachable, and answers with the changed obligation and the facts that follow. It says nothing
itself: who hears, in which words, is decided from the facts.
"""

from slacore.sweep.decisions import decide
from slacore.sweep.facts import (
    AcceptedBySilence,
    CheckpointMissed,
    Decision,
    DutyMissed,
    Fact,
    ItemLate,
    MadeGood,
    MissSettled,
    Recipient,
    Reminded,
    Reopened,
    StepReached,
    TargetMet,
    TargetMissed,
)
from slacore.sweep.ladder import LATE_AFTER, has_told, ladder_is_over, next_step_at, steps_of, who_hears
from slacore.sweep.sight import Sight

__all__ = [
    "LATE_AFTER",
    "AcceptedBySilence",
    "CheckpointMissed",
    "Decision",
    "DutyMissed",
    "Fact",
    "ItemLate",
    "MadeGood",
    "MissSettled",
    "Recipient",
    "Reminded",
    "Reopened",
    "Sight",
    "StepReached",
    "TargetMet",
    "TargetMissed",
    "decide",
    "has_told",
    "ladder_is_over",
    "next_step_at",
    "steps_of",
    "who_hears",
]
