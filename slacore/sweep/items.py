"""A duty about one item: late at its due moment, and then told up to the manager, never a breach by itself.

What its lateness means for the promise is decided with the period, from the share that was agreed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from slacore.obligations import Obligation
from slacore.sweep.facts import Decision, Fact, ItemLate
from slacore.sweep.ladder import climb, missed, resting
from slacore.sweep.sight import Sight


def decide_item(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    """Call an item's duty late at its due moment, and climb the lower rungs of its ladder.

    At risk before it (`sight.at_risk`), its owner hears where the ladder says so. A duty that is held
    (paused or disputed) rests until its item's ledger sets it going again.
    """
    if obligation.settled or obligation.state == "paused":
        return resting(obligation)
    facts: list[Fact] = []
    current = obligation
    if now >= current.due_at and current.state != "missed":
        current = missed(current, sight, current.missed_at or current.due_at)
        facts.append(ItemLate())
    elif sight.at_risk and current.state == "open":
        current = replace(current, state="at risk")
    return climb(current, obligation, sight, now, facts, ())
