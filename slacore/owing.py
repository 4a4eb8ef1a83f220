"""What the promises of an agreement make of an item: every duty about it, under whichever promise.

One place knows which kinds of promise speak of items; standings are counted anew from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from slacore.agreements import Terms, means
from slacore.commitments import Commitment, FollowUps, Response
from slacore.followups import follow_up_duty
from slacore.items import Item, ItemDuty, response_duties


def promises_about(terms: Terms, receiver: str, unit: str) -> tuple[Commitment, ...]:
    """The promises that `receiver` made about each thing it is handed, where those things are called `unit`."""
    return tuple(
        each
        for each in terms.commitments
        if each.giver == receiver and isinstance(each.promise, Response | FollowUps) and means(each.promise.unit, unit)
    )


def duties_of(item: Item, terms: Terms, now: datetime) -> Iterator[tuple[Commitment, ItemDuty]]:
    """Everything that is or was owed about an item under these terms, as its ledger stands at `now`."""
    for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
        match commitment.promise:
            case Response() as promise:
                for duty in response_duties(item, commitment, promise, terms, now):
                    yield commitment, duty
            case FollowUps() as promise:
                yield commitment, follow_up_duty(item, commitment, promise, terms, now)
            case _:
                pass
