"""How long answers took, an item and promise each, for the median and the slow end of a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import delays
from bot.store.tx import Tx
from slacore.items import Delay

_MICROSECOND = timedelta(microseconds=1)
_OF_PERIOD = (
    select(delays.c.whole, delays.c.routing, delays.c.human)
    .where(
        mine(delays),
        delays.c.agreement == bindparam("agreement"),
        delays.c.commitment == bindparam("commitment"),
        delays.c.period_starts_on == bindparam("period"),
        delays.c.whole.is_not(None),
    )
    .order_by(delays.c.whole)
)


async def keep(tx: Tx, agreement: str, commitment: str, item: int, period_starts_on: date, delay: Delay | None) -> None:
    """Keep how long one answer took; None where it does not count any more."""
    known = await tx.get(delays, agreement, commitment, item)
    if known is None and delay is None:
        return
    values: dict[str, Any] = {"period_starts_on": period_starts_on}
    for name in ("whole", "routing", "human"):
        values[name] = None if delay is None else getattr(delay, name) // _MICROSECOND
    if known is None:
        tx.insert(delays, {"agreement": agreement, "commitment": commitment, "item": item, **values})
    elif any(known[name] != value for name, value in values.items()):
        tx.update(delays, (agreement, commitment, item), values)


async def of_period(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> tuple[Delay, ...]:
    """How long the answers that count in a period took, quickest first."""
    found = await tx.rows(_OF_PERIOD, agreement=agreement, commitment=commitment, period=period_starts_on)
    return tuple(Delay(*(timedelta(microseconds=row[name]) for name in ("whole", "routing", "human"))) for row in found)
