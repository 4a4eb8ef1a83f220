"""Named counters of a promise's periods, kept with the facts they count, so that no standing scans the facts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import counts
from bot.store.tx import Tx
from slacore.items import counter_of
from slacore.obligations import Obligation

PeriodKey = tuple[str, str, date]
"""Agreement, commitment, first day of the period."""

_OF_PERIOD = select(counts).where(
    mine(counts),
    counts.c.agreement == bindparam("agreement"),
    counts.c.commitment == bindparam("commitment"),
    counts.c.period_starts_on == bindparam("period"),
)
# Three lists and no list of triples, which SQLite finds by no index; what they name beside what is wanted is left out.
_OF_PERIODS = select(counts).where(
    mine(counts),
    counts.c.agreement.in_(bindparam("agreements", expanding=True)),
    counts.c.commitment.in_(bindparam("commitments", expanding=True)),
    counts.c.period_starts_on.in_(bindparam("periods", expanding=True)),
)


def add(tx: Tx, period: PeriodKey, name: str, amount: int = 1) -> None:
    """Count something in a period; what is taken back is counted with a minus."""
    if amount:
        tx.add(counts, (*period, name), {"amount": amount})


def follow(tx: Tx, before: Obligation | None, after: Obligation) -> bool:
    """Keep the counts in step with what became of an item's duty; whether they changed."""
    old, new = (_counted(before) if before else None), _counted(after)
    if old == new:
        return False
    for place, amount in ((old, -1), (new, 1)):
        if place is not None:
            add(tx, place[0], place[1], amount)
    return True


async def of_period(tx: Tx, period: PeriodKey) -> dict[str, int]:
    """Every counter of one period by name; what was never counted is not in it."""
    agreement, commitment, starts_on = period
    found = await tx.rows(_OF_PERIOD, agreement=agreement, commitment=commitment, period=starts_on)
    return {row["name"]: row["amount"] for row in found}


async def of_periods(tx: Tx, wanted: Collection[PeriodKey]) -> dict[PeriodKey, dict[str, int]]:
    """The counters of many periods, read with one statement."""
    found: dict[PeriodKey, dict[str, int]] = {each: {} for each in wanted}
    agreements, commitments, periods = (list({each[part] for each in wanted}) for part in range(3))
    for row in await tx.rows(_OF_PERIODS, agreements=agreements, commitments=commitments, periods=periods):
        named = found.get((row["agreement"], row["commitment"], row["period_starts_on"]))
        if named is not None:
            named[row["name"]] = row["amount"]
    return found


def _counted(obligation: Obligation) -> tuple[PeriodKey, str] | None:
    name = counter_of(obligation)
    if name is None:
        return None
    return (obligation.agreement, obligation.commitment, obligation.period_starts_on), name
