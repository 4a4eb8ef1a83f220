"""Which rule decides an obligation: for what people answer, a period, an item, or what is done by saying so."""

from __future__ import annotations

from datetime import datetime

from slacore.obligations import Obligation
from slacore.sweep.acceptances import decide_acceptance
from slacore.sweep.facts import Decision
from slacore.sweep.items import decide_item
from slacore.sweep.periods import decide_period
from slacore.sweep.sight import Sight
from slacore.sweep.slots import decide_slot


def decide(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    """Say what an obligation has become by `now`, and when to look again.

    Deciding twice at the same instant changes nothing the second time.
    """
    match obligation.kind:
        case "acceptance":
            return decide_acceptance(obligation, now)
        case "period":
            return decide_period(obligation, sight, now)
        case "response" | "update" | "resolution" | "follow-up":
            return decide_item(obligation, sight, now)
        case _:
            return decide_slot(obligation, sight, now)
