"""How much waits, over all companies: counts and ages for whoever watches, and nobody's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.store.everywhere import Everywhere
from bot.store.moments import UtcDateTime
from bot.store.tables import obligations, outbox, schedules, setbacks
from bot.store.tables.said import NOT_OVER

_now = bindparam("now", type_=UtcDateTime)
_WAITING = (
    select(outbox.c.state, func.count().label("count"), func.min(outbox.c.created_at).label("since"))
    .where(NOT_OVER)
    .group_by(outbox.c.state)
)
_PUT_OFF = select(func.count().label("count")).select_from(setbacks).where(setbacks.c.again_at > _now)
_BEHIND = tuple(
    select(func.min(each.c.look_again_at).label("since")).where(each.c.look_again_at <= _now)
    for each in (obligations, schedules)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: messages by the state they are in, and since when the oldest of each; what is due and not looked at.

    `put_off` counts the looks that failed and are tried again; what they look at counts as behind.
    """

    messages: Mapping[str, int]
    oldest: Mapping[str, datetime]
    put_off: int
    behind_since: datetime | None


async def waiting(view: Everywhere, now: datetime) -> Waiting:
    """Count what waits at an instant."""
    found = await view.rows(_WAITING)
    (put_off,) = await view.rows(_PUT_OFF, now=now)
    behind = [row["since"] for each in _BEHIND for row in await view.rows(each, now=now) if row["since"] is not None]
    return Waiting(
        {row["state"]: row["count"] for row in found},
        {row["state"]: row["since"] for row in found},
        put_off["count"],
        min(behind, default=None),
    )
