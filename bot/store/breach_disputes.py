"""Disputes over misses: opened, contested, ended, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import breach_disputes
from bot.store.tx import Tx
from slacore.disputes import BreachDispute

_FIELDS = tuple(each.name for each in fields(BreachDispute))
_OF_BREACH = (
    select(breach_disputes)
    .where(mine(breach_disputes), breach_disputes.c.breach == bindparam("breach"))
    .order_by(breach_disputes.c.number)
)


_OPEN = select(breach_disputes).where(mine(breach_disputes), breach_disputes.c.ended_at.is_(None))


async def find(tx: Tx, number: int) -> BreachDispute | None:
    """The dispute over a miss that people call `D-<number>`; None where that is no dispute over a miss."""
    row = await tx.get(breach_disputes, number)
    return None if row is None else _dispute(row)


async def of_breach(tx: Tx, breach: int) -> tuple[BreachDispute, ...]:
    """Every dispute there was over a miss, oldest first."""
    return tuple(map(_dispute, await tx.rows(_OF_BREACH, breach=breach)))


async def open_of(tx: Tx, breach: int) -> BreachDispute | None:
    """The dispute that holds up what follows from a miss, if one is open."""
    return next((each for each in await of_breach(tx, breach) if each.ended_at is None), None)


async def open_breaches(tx: Tx) -> frozenset[int]:
    """The misses that are disputed now, by number."""
    return frozenset(row["breach"] for row in await tx.rows(_OPEN))


async def add(tx: Tx, dispute: BreachDispute) -> None:
    """Keep a new dispute."""
    tx.insert(breach_disputes, {name: getattr(dispute, name) for name in _FIELDS})


async def save(tx: Tx, before: BreachDispute, after: BreachDispute) -> None:
    """Keep what became of a dispute."""
    changed = {name: new for name in _FIELDS if (new := getattr(after, name)) != getattr(before, name)}
    tx.update(breach_disputes, (before.number,), changed)


def _dispute(row: Mapping[str, Any]) -> BreachDispute:
    return BreachDispute(**{name: row[name] for name in _FIELDS})
