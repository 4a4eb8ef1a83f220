"""The companies that live here; each is a wall that no data crosses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import obligations, outbox, schedules, workspaces
from bot.store.tx import Tx

_ALL = select(workspaces.c.workspace_id).order_by(workspaces.c.workspace_id)


async def begin(tx: Tx, name: str = "") -> bool:
    """Make the transaction's workspace known under a company's name; True if it is new.

    Without a name one that is known keeps its own, and a new one goes by its id.
    """
    row = await tx.get(workspaces)
    if row is None:
        tx.insert(workspaces, {"name": name or tx.workspace, "created_at": tx.now})
    elif name and row["name"] != name:
        tx.update(workspaces, (), {"name": name})
    return row is None


async def name_of(tx: Tx) -> str | None:
    """What the company is called; None before it has begun."""
    row = await tx.get(workspaces)
    return None if row is None else str(row["name"])


async def rehearsed_at(tx: Tx) -> datetime | None:
    """Where a rehearsal's clock stands (aware UTC); None for a real company, whose time is the world's."""
    row = await tx.get(workspaces)
    return None if row is None else row["rehearsed_at"]


async def rehearse_until(tx: Tx, at: datetime) -> None:
    """Keep where a rehearsal's clock stands, so that it goes on from there after a restart."""
    tx.update(workspaces, (), {"rehearsed_at": at})


async def fall_silent(tx: Tx) -> None:
    """Look at nothing here again by itself and say nothing more: a rehearsal that was started over."""
    await tx.rows(update(obligations).where(mine(obligations)).values(look_again_at=None))
    await tx.rows(delete(schedules).where(mine(schedules)))
    waiting = outbox.c.state.in_(("PENDING", "HELD"))
    over = {"state": "DROPPED", "held_until": None, "ended_at": tx.now, "why": "the rehearsal was started over"}
    await tx.rows(update(outbox).where(mine(outbox), waiting).values(**over))


async def all_of_them(view: Everywhere) -> tuple[str, ...]:
    """Every workspace."""
    return tuple(row["workspace_id"] for row in await view.rows(_ALL))
