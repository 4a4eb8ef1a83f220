"""What an export is made of: a month's rows of one agreement, a page at a time, so that no month is too long."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import (
    breaches,
    carry_entries,
    choices,
    deals,
    handoff_entries,
    handoffs,
    notices,
    obligations,
    plan_times,
)
from bot.store.tx import Tx

PAGE = 500
"""Rows read at once."""

Row = Mapping[str, Any]

_HANDOFFS = (
    select(handoffs)
    .where(
        mine(handoffs),
        handoffs.c.agreement == bindparam("agreement"),
        handoffs.c.handed_on >= bindparam("first_on"),
        handoffs.c.handed_on <= bindparam("last_on"),
        handoffs.c.number > bindparam("after"),
    )
    .order_by(handoffs.c.number)
    .limit(bindparam("most"))
)
_ENTRIES = (
    select(handoff_entries)
    .where(
        mine(handoff_entries),
        handoff_entries.c.handoff >= bindparam("low"),
        handoff_entries.c.handoff <= bindparam("high"),
    )
    .order_by(handoff_entries.c.handoff, handoff_entries.c.seq)
)
_OBLIGATIONS = (
    select(obligations)
    .where(
        mine(obligations),
        obligations.c.agreement == bindparam("agreement"),
        obligations.c.due_at >= bindparam("begins_at"),
        obligations.c.due_at < bindparam("ends_at"),
        obligations.c.number > bindparam("after"),
    )
    .order_by(obligations.c.number)
    .limit(bindparam("most"))
)
_BREACHES = (
    select(breaches)
    .where(
        mine(breaches),
        breaches.c.obligation >= bindparam("low"),
        breaches.c.obligation <= bindparam("high"),
    )
    .order_by(breaches.c.number)
)


_SOLD = (
    select(deals)
    .where(
        mine(deals),
        deals.c.agreement == bindparam("agreement"),
        deals.c.closed_on.between(bindparam("first_on"), bindparam("last_on")),
        deals.c.number > bindparam("after"),
    )
    .order_by(deals.c.number)
    .limit(bindparam("most"))
)
_CARRIED = (
    select(carry_entries)
    .where(mine(carry_entries), carry_entries.c.breach.between(bindparam("low"), bindparam("high")))
    .order_by(carry_entries.c.breach, carry_entries.c.seq)
)
_CHOSEN = select(choices).where(mine(choices), choices.c.breach.between(bindparam("low"), bindparam("high")))
_WANTED = select(plan_times).where(mine(plan_times), plan_times.c.breach.between(bindparam("low"), bindparam("high")))
_GIVEN = (
    select(notices)
    .where(mine(notices), notices.c.breach.between(bindparam("low"), bindparam("high")))
    .order_by(notices.c.breach)
)


async def handed_over(
    tx: Tx, agreement: str, first_on: date, last_on: date, most: int = PAGE
) -> AsyncIterator[Sequence[Row]]:
    """The handoffs logged for the dates from `first_on` to `last_on`, by number, up to `most` at once."""
    chosen = {"agreement": agreement, "first_on": first_on, "last_on": last_on, "most": most}
    after = 0
    while page := await tx.rows(_HANDOFFS, **chosen, after=after):
        yield page
        after = page[-1]["number"]


async def sold(tx: Tx, agreement: str, first_on: date, last_on: date, most: int = PAGE) -> AsyncIterator[Sequence[Row]]:
    """The sales closed from `first_on` to `last_on`, those taken back too, by number, up to `most` at once."""
    chosen = {"agreement": agreement, "first_on": first_on, "last_on": last_on, "most": most}
    after = 0
    while page := await tx.rows(_SOLD, **chosen, after=after):
        yield page
        after = page[-1]["number"]


async def entries_of(tx: Tx, found: Sequence[Row]) -> Sequence[Row]:
    """The whole ledgers of one page of handoffs."""
    wanted = {row["number"] for row in found}
    entries = await tx.rows(_ENTRIES, low=min(wanted), high=max(wanted))
    return [each for each in entries if each["handoff"] in wanted]


async def fallen_due(
    tx: Tx, agreement: str, begins_at: datetime, ends_at: datetime, most: int = PAGE
) -> AsyncIterator[Sequence[Row]]:
    """The obligations due from an instant to before another, by number, up to `most` at once."""
    chosen = {"agreement": agreement, "begins_at": begins_at, "ends_at": ends_at, "most": most}
    after = 0
    while page := await tx.rows(_OBLIGATIONS, **chosen, after=after):
        yield page
        after = page[-1]["number"]


async def made_of(tx: Tx, missed: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """What was carried over of some misses, entry by entry, and the notices that were given of them."""
    wanted = {row["number"] for row in missed}
    if not wanted:
        return (), ()
    reach = {"low": min(wanted), "high": max(wanted)}
    carried, given = await tx.rows(_CARRIED, **reach), await tx.rows(_GIVEN, **reach)
    return [each for each in carried if each["breach"] in wanted], [each for each in given if each["breach"] in wanted]


async def chosen_of(tx: Tx, missed: Sequence[Row]) -> Mapping[int, Mapping[str, Any]]:
    """What was chosen for some misses, and by when a plan was wanted, by the miss's number."""
    numbers = [row["number"] for row in missed]
    if not numbers:
        return {}
    reach = {"low": min(numbers), "high": max(numbers)}
    found: dict[int, dict[str, Any]] = {}
    for row in (*await tx.rows(_CHOSEN, **reach), *await tx.rows(_WANTED, **reach)):
        found.setdefault(row["breach"], {}).update(row)
    return found


async def breaches_of(tx: Tx, found: Sequence[Row]) -> Sequence[Row]:
    """The misses of one page of obligations."""
    wanted = {row["number"] for row in found}
    missed = await tx.rows(_BREACHES, low=min(wanted), high=max(wanted))
    return [each for each in missed if each["obligation"] in wanted]
