"""Platforms on which nothing can be said to a company any more: Kept was taken out, or its token revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import silences
from bot.store.tx import Tx

_ALL = select(silences).where(mine(silences)).order_by(silences.c.platform)
_END = delete(silences).where(mine(silences), silences.c.platform == bindparam("of"))


@dataclass(frozen=True, slots=True)
class Silence:
    """A platform that takes no words, why, and since when."""

    platform: str
    why: str
    since: datetime


async def begin(tx: Tx, platform: str, why: str) -> bool:
    """Remember that a platform takes no words any more; True if that is news."""
    if await tx.get(silences, platform) is not None:
        return False
    tx.insert(silences, {"platform": platform, "why": why, "since": tx.now})
    return True


async def end(tx: Tx, platform: str) -> bool:
    """A platform takes words again; True if that is news."""
    if await tx.get(silences, platform) is None:
        return False
    await tx.rows(_END, of=platform)
    return True


async def everything(tx: Tx) -> tuple[Silence, ...]:
    """All silences of the workspace."""
    return tuple(Silence(row["platform"], row["why"], row["since"]) for row in await tx.rows(_ALL))
