"""Who administers a company on a platform: whoever added Kept there."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.fences import mine
from bot.store.tables import administrators
from bot.store.tx import Tx

_ALL = select(administrators).where(mine(administrators)).order_by(administrators.c.since, administrators.c.user_id)


async def appoint(tx: Tx, platform: str, user: str) -> None:
    """Remember somebody as an administrator."""
    if user and await tx.get(administrators, platform, user) is None:
        tx.insert(administrators, {"platform": platform, "user_id": user, "since": tx.now})


async def is_one(tx: Tx, platform: str, user: str) -> bool:
    """Whether a platform's user is an administrator."""
    return await tx.get(administrators, platform, user) is not None


async def everybody(tx: Tx) -> tuple[tuple[str, str], ...]:
    """The (platform, user id) of every administrator, the first one first."""
    return tuple((row["platform"], row["user_id"]) for row in await tx.rows(_ALL))
