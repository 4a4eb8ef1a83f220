"""An answer owed on a handoff: after the agreed working time silence gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from slacore.obligations import Obligation
from slacore.sweep.facts import AcceptedBySilence, Decision
from slacore.sweep.ladder import resting


def decide_acceptance(obligation: Obligation, now: datetime) -> Decision:
    """Accept by silence once the receiver's time to object is over."""
    if obligation.settled:
        return resting(obligation)
    if now < obligation.due_at:
        return Decision(replace(obligation, look_again_at=obligation.due_at), ())
    kept = replace(
        obligation, state="kept", done_at=obligation.due_at, look_again_at=None, revision=obligation.revision + 1
    )
    return Decision(kept, (AcceptedBySilence(),))
