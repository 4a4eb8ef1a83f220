"""Misses on the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import breaches, obligations
from bot.store.tx import Tx
from slacore.breaches import Breach
from slacore.errors import Refusal

_FIELDS = tuple(each.name for each in fields(Breach))
_OF_OBLIGATION = select(breaches).where(mine(breaches), breaches.c.obligation == bindparam("obligation"))
_OF_AGREEMENT = (
    select(breaches)
    .where(mine(breaches), breaches.c.agreement == bindparam("agreement"))
    .order_by(breaches.c.number.desc())
    .limit(bindparam("most"))
)


_OF_STRETCH = (
    select(breaches)
    .join(
        obligations,
        # A sum, which no index knows: SQLite would else go through all that was ever owed, not through what was missed.
        (obligations.c.number == breaches.c.obligation + 0) & (obligations.c.workspace_id == breaches.c.workspace_id),
    )
    .where(
        mine(breaches),
        mine(obligations),
        breaches.c.agreement == bindparam("agreement"),
        obligations.c.period_starts_on.between(bindparam("first_on"), bindparam("last_on")),
    )
    .order_by((obligations.c.kind != "period"), breaches.c.number.desc())
    .limit(bindparam("most"))
)
_OF_PROMISE = (
    select(breaches)
    .where(
        mine(breaches),
        breaches.c.agreement == bindparam("agreement"),
        breaches.c.commitment == bindparam("commitment"),
    )
    .order_by(breaches.c.number.desc())
    .limit(bindparam("most"))
)


async def find(tx: Tx, number: int) -> Breach:
    """The breach people call `B-<number>`; refuses a number that was never given."""
    row = await tx.get(breaches, number)
    if row is None:
        raise Refusal(
            f"There is no B-{number}.", "Say `history` with the promise's key to see its misses.", field="key"
        )
    return _breach(row)


async def of_obligation(tx: Tx, obligation: int) -> Breach | None:
    """The one miss that an obligation can have."""
    found = await tx.rows(_OF_OBLIGATION, obligation=obligation)
    return _breach(found[0]) if found else None


async def of_agreement(tx: Tx, agreement: str, most: int = 50) -> tuple[Breach, ...]:
    """The newest misses under an agreement, newest first."""
    return tuple(map(_breach, await tx.rows(_OF_AGREEMENT, agreement=agreement, most=most)))


async def of_stretch(tx: Tx, agreement: str, first_on: date, last_on: date, most: int = 60) -> tuple[Breach, ...]:
    """The misses of what was owed in periods that began between two dates: whole periods' first, each newest first."""
    found = await tx.rows(_OF_STRETCH, agreement=agreement, first_on=first_on, last_on=last_on, most=most)
    return tuple(map(_breach, found))


async def of_promise(tx: Tx, agreement: str, commitment: str, most: int = 24) -> tuple[Breach, ...]:
    """The newest misses of one promise, newest first."""
    found = await tx.rows(_OF_PROMISE, agreement=agreement, commitment=commitment, most=most)
    return tuple(map(_breach, found))


async def add(tx: Tx, breach: Breach) -> None:
    """Put a miss on the record."""
    tx.insert(breaches, {name: getattr(breach, name) for name in _FIELDS})


async def save(tx: Tx, before: Breach, after: Breach) -> None:
    """Keep what changed of a miss: its final amount, or that it was made good."""
    changed = {name: new for name in _FIELDS if (new := getattr(after, name)) != getattr(before, name)}
    tx.update(breaches, (before.number,), changed)


async def make_good(tx: Tx, breach: Breach, at: datetime) -> None:
    """What was missed has been delivered after all; the miss stands."""
    if breach.made_good_at is None:
        await save(tx, breach, replace(breach, made_good_at=at, provisional=False, revision=breach.revision + 1))


def _breach(row: Mapping[str, Any]) -> Breach:
    return Breach(**{name: row[name] for name in _FIELDS})
