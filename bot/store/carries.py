"""What later periods owe of earlier misses: the ledger, beside the sum that each period's tally keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from bot.store import tallies
from bot.store.fences import mine
from bot.store.tables import carry_entries
from bot.store.tx import Tx
from slacore.carries import CarryEntry

_FIELDS = tuple(each.name for each in fields(CarryEntry))
_OF_BREACH = (
    select(carry_entries)
    .where(mine(carry_entries), carry_entries.c.breach == bindparam("breach"))
    .order_by(carry_entries.c.seq)
)
_INTO = (
    select(carry_entries)
    .where(
        mine(carry_entries),
        carry_entries.c.agreement == bindparam("agreement"),
        carry_entries.c.commitment == bindparam("commitment"),
        carry_entries.c.to_starts_on == bindparam("period"),
    )
    .order_by(carry_entries.c.from_starts_on, carry_entries.c.breach, carry_entries.c.seq)
)


async def of_breach(tx: Tx, breach: int) -> tuple[CarryEntry, ...]:
    """The ledger of one miss, oldest first."""
    return tuple(map(_entry, await tx.rows(_OF_BREACH, breach=breach)))


async def into(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> tuple[CarryEntry, ...]:
    """Every entry that a period owes more or less by, in the order of the periods that lacked the units."""
    found = await tx.rows(_INTO, agreement=agreement, commitment=commitment, period=period_starts_on)
    return tuple(map(_entry, found))


async def add(tx: Tx, entry: CarryEntry) -> None:
    """Write an entry down, and let its period owe that much more."""
    tx.insert(carry_entries, asdict(entry))
    tallies.carry(tx, entry.agreement, entry.commitment, entry.to_starts_on, entry.units)


def _entry(row: Mapping[str, Any]) -> CarryEntry:
    return CarryEntry(**{name: row[name] for name in _FIELDS})
