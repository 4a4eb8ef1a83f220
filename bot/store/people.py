"""The members of a workspace, as agreements and administrators name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.store.fences import mine
from bot.store.tables import people
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.parties import Member

_ALL = select(people).where(mine(people)).order_by(people.c.id)


def need(member: str) -> Need:
    """What `find` and `zone_of` will ask for."""
    return people, (member,)


async def keep(tx: Tx, person: Member) -> bool:
    """Make somebody a member, or bring what is known of him up to date; True if he is new."""
    values = {"name": person.name, "zone": person.zone, "title": person.title, "active": True}
    row = await tx.get(people, person.id)
    if row is None:
        tx.insert(people, {"id": person.id, **values})
        return True
    changed = {name: value for name, value in values.items() if row[name] != value}
    tx.update(people, (person.id,), changed)
    return False


async def find(tx: Tx, member: str) -> Member | None:
    """Somebody by member id, without his platforms' ids."""
    row = await tx.get(people, member)
    return None if row is None else _member(row)


async def zone_of(tx: Tx, member: str) -> str:
    """Where somebody lives (IANA); UTC for somebody unknown."""
    row = await tx.get(people, member)
    return "UTC" if row is None else str(row["zone"])


async def everybody(tx: Tx) -> tuple[Member, ...]:
    """All members who have not left, without their platforms' ids."""
    return tuple(_member(row) for row in await tx.rows(_ALL) if row["active"])


async def everyone(tx: Tx) -> tuple[Member, ...]:
    """All members there ever were, without their platforms' ids."""
    return tuple(map(_member, await tx.rows(_ALL)))


async def let_go(tx: Tx, member: str) -> None:
    """Somebody left: he is asked nothing any more; what he did stays on the record."""
    tx.update(people, (member,), {"active": False})


def _member(row: Mapping[str, Any]) -> Member:
    return Member(row["id"], row["name"], row["zone"], row["title"])
