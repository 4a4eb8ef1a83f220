"""Where handed-over items stand, counted in the period they were handed over in.

Kept among the counts of the promise they were handed over under, a name a place, in the transaction
of the fact that moves an item.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from bot.store import counts
from bot.store.counts import PeriodKey
from bot.store.tx import Tx
from slacore.results import Place

_FIRST = "["
"""What the name of a place begins with, and no other counter's does."""


def move(tx: Tx, period: PeriodKey, before: Place | None, after: Place | None) -> None:
    """An item came, went, or stands elsewhere now."""
    if before == after:
        return
    for place, amount in ((before, -1), (after, 1)):
        if place is not None:
            counts.add(tx, period, _name(place), amount)


async def of_periods(tx: Tx, wanted: Collection[PeriodKey]) -> dict[PeriodKey, dict[Place, int]]:
    """Items by where they stand, of many periods, read with one statement."""
    found = await counts.of_periods(tx, wanted)
    return {
        period: {_place(name): amount for name, amount in named.items() if name.startswith(_FIRST) and amount}
        for period, named in found.items()
    }


def _name(place: Place) -> str:
    return json.dumps([place.campaign, place.content, place.stage, place.outcome], ensure_ascii=False)


def _place(name: str) -> Place:
    return Place(*json.loads(name))
