"""How long an item waited for a person: until somebody had it, and from then until he answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from slacore.agreements import Terms
from slacore.commitments import Commitment, Response
from slacore.items.duties import response_target
from slacore.items.ledger import Item


@dataclass(frozen=True, slots=True)
class Delay:
    """Two clocks of one answer, in the time its target is counted in, without what was paused.

    `routing` runs from the handing over until the item first has an owner, `human` from there until he
    answers, so that a slow router is not a slow rep. `whole` is what the promise is held against.
    An item that was answered before anybody had it was routed by answering it.
    """

    whole: timedelta
    routing: timedelta
    human: timedelta


def delay_of(item: Item, commitment: Commitment, promise: Response, terms: Terms) -> Delay | None:
    """How long the response took, of an item that was answered; None for one that waits still."""
    answered = item.responded_at
    if answered is None:
        return None
    within, calendar = response_target(item, commitment, promise, terms)
    begins = item.handed.handed_at
    assigned = min(item.assigned_at or answered, answered)
    pauses = tuple(
        (each.from_at, min(each.until_at or answered, answered)) for each in item.pauses if each.from_at < answered
    )

    def counted(since: datetime, until: datetime) -> timedelta:
        if within.is_working_time:
            return calendar.elapsed(since, until, pauses)
        stood_still = (max(timedelta(), min(b, until) - max(a, since)) for a, b in pauses)
        return until - since - sum(stood_still, timedelta())

    routing, human = counted(begins, assigned), counted(assigned, answered)
    return Delay(routing + human, routing, human)
