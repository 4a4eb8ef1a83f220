"""A later version ends an agreement, or a promise of it, before its time: what runs is brought in step with that.

What was promised for a whole period is owed for the days that are left of it, and nothing is owed after
the last one. What was begun about an item, or agreed on after a miss, runs on to its own end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.desk.sitting import Sitting
from bot.store import obligations
from slacore.agreements import Agreement, Terms
from slacore.commitments import Deliverable, Level, Volume
from slacore.items import item_of
from slacore.obligations import Obligation
from slacore.owers import slot_of, slots_owed
from slacore.standing import goal_of, span_of


async def follow(sitting: Sitting, agreement: Agreement) -> None:
    """Let everything that is open fall due by its promise's last day as it is now, or be owed no more."""
    for owed in await obligations.open_of_agreement(sitting.tx, agreement.slug):
        terms = agreement.version(owed.version).terms
        if owed.state == "missed" or owed.due_at <= sitting.now:
            continue
        due_at = _due_at(owed, terms)
        if due_at is None:
            gone = replace(owed, state="withdrawn", look_again_at=None, revision=owed.revision + 1)
            await obligations.save(sitting.tx, owed, gone)
            await sitting.record("Withdrawn", owed.key, {"state": owed.state}, {"reason": "the promise ends before"})
        elif due_at != owed.due_at:
            sooner = replace(owed, due_at=due_at, look_again_at=sitting.now, revision=owed.revision + 1)
            await obligations.save(sitting.tx, owed, sooner)
            after = {"until": due_at.isoformat(), "reason": "the last day of the promise"}
            await sitting.record("DueMoved", owed.key, {"until": owed.due_at.isoformat()}, after)


def _due_at(owed: Obligation, terms: Terms) -> datetime | None:
    """When something is due now that these terms may end sooner; None for what is not owed any more."""
    commitment = terms.commitment(owed.commitment)
    period = commitment.period.containing(owed.period_starts_on)
    match owed.kind, commitment.promise:
        case "period", Volume() as promise:
            return goal_of(commitment, promise, terms, period).due_at
        case "period" | "reading", Level() as promise:
            # Of a promise that is left out nobody can name the figure any more.
            left_out = not promise.is_of_incidents and commitment.slug in terms.dropped
            return None if left_out else span_of(commitment, promise, terms, period).judged_at
        case "period", Deliverable():
            return max((each.at for each in slots_owed(commitment, terms, period)), default=None)
        case "slot", Deliverable() if item_of(owed) is None:
            last_on = terms.last_on_of(commitment.slug)
            return None if last_on is not None and date.fromisoformat(slot_of(owed)) > last_on else owed.due_at
        case _:
            return owed.due_at
