"""Running sums of what was handed over, so that no standing ever scans the handoffs.

They are only ever added to, in the transaction of the handoff's own entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import campaign_tallies, tallies, tally_days
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.handoffs import Handoff, Piles
from slacore.standing import NOTHING, Tally

PeriodKey = tuple[str, str, date]
"""Agreement, commitment, first day of the period."""

_DAYS = (
    select(tally_days)
    .where(
        mine(tally_days),
        tally_days.c.agreement == bindparam("agreement"),
        tally_days.c.commitment == bindparam("commitment"),
        tally_days.c.period_starts_on == bindparam("period"),
    )
    .order_by(tally_days.c.on_date)
)
_CAMPAIGNS = select(campaign_tallies).where(
    mine(campaign_tallies),
    campaign_tallies.c.agreement == bindparam("agreement"),
    campaign_tallies.c.commitment == bindparam("commitment"),
    campaign_tallies.c.period_starts_on == bindparam("period"),
)


def needs(agreement: str, commitment: str, period_starts_on: date) -> list[Need]:
    """What `of_period` will ask for (without days)."""
    return [(tallies, (agreement, commitment, period_starts_on, late)) for late in (False, True)]


def move(tx: Tx, handoff: Handoff, change: Piles) -> None:
    """Add a change of a handoff's piles to its period, its day and its campaign; what moves none adds nothing."""
    if change == NOTHING:
        return
    amounts = {"accepted": change.accepted, "awaiting": change.awaiting, "disputed": change.disputed}
    key = (handoff.agreement, handoff.commitment, handoff.period_starts_on, handoff.late)
    tx.add(tallies, key, amounts)
    tx.add(tally_days, (*key, handoff.handed_on), amounts)
    if handoff.campaign:
        tx.add(campaign_tallies, (*key, handoff.campaign), amounts)


def carry(tx: Tx, agreement: str, commitment: str, period_starts_on: date, units: int) -> None:
    """Let a period owe so many more units than its own, or fewer again."""
    tx.add(tallies, (agreement, commitment, period_starts_on, False), {"carried": units})


async def of_period(tx: Tx, agreement: str, commitment: str, period_starts_on: date, *, by_day: bool = False) -> Tally:
    """What was handed over in one period; `by_day` lists the days too."""
    on_time = await tx.get(tallies, agreement, commitment, period_starts_on, False)
    late = await tx.get(tallies, agreement, commitment, period_starts_on, True)
    listed = await days(tx, agreement, commitment, period_starts_on) if by_day else ()
    units = tuple((on, piles.counted) for on, piles in listed)
    return Tally(_piles(on_time), _piles(late), units, on_time["carried"] if on_time is not None else 0)


async def of_periods(tx: Tx, wanted: Collection[PeriodKey]) -> dict[PeriodKey, Tally]:
    """What was handed over in many periods, read with one statement; without days."""
    keys = [(*period, late) for period in wanted for late in (False, True)]
    piles = dict(zip(keys, map(_piles, await tx.get_many(tallies, keys)), strict=True))
    return {period: Tally(piles[*period, False], piles[*period, True]) for period in wanted}


async def days(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> tuple[tuple[date, Piles], ...]:
    """Units by the local date they were handed over on, in order of the dates."""
    found: defaultdict[date, Piles] = defaultdict(Piles)
    for row in await tx.rows(_DAYS, agreement=agreement, commitment=commitment, period=period_starts_on):
        found[row["on_date"]] += _piles(row)
    return tuple(found.items())


async def campaigns(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> dict[str, Piles]:
    """Units by campaign."""
    found: defaultdict[str, Piles] = defaultdict(Piles)
    for row in await tx.rows(_CAMPAIGNS, agreement=agreement, commitment=commitment, period=period_starts_on):
        found[row["campaign"]] += _piles(row)
    return dict(found)


def _piles(row: Mapping[str, Any] | None) -> Piles:
    return NOTHING if row is None else Piles(row["accepted"], row["awaiting"], row["disputed"])
