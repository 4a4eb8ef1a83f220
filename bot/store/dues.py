"""When time has something to do: in which workspaces now, and when next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import obligations, schedules, workspaces
from bot.store.tx import Tx

# min() of an indexed column is one step down the index, however many rows there are.
_FIRST_OBLIGATION = (
    select(func.min(obligations.c.look_again_at))
    .where(obligations.c.workspace_id == workspaces.c.workspace_id, obligations.c.look_again_at.is_not(None))
    .correlate(workspaces)
    .scalar_subquery()
)
_FIRST_SCHEDULE = (
    select(func.min(schedules.c.look_again_at))
    .where(schedules.c.workspace_id == workspaces.c.workspace_id)
    .correlate(workspaces)
    .scalar_subquery()
)
_NEXT_OBLIGATION = select(func.min(obligations.c.look_again_at).label("at")).where(
    mine(obligations), obligations.c.look_again_at.is_not(None)
)
_NEXT_SCHEDULE = select(func.min(schedules.c.look_again_at).label("at")).where(
    mine(schedules), schedules.c.kind != bindparam("besides")
)


async def workspaces_due(view: Everywhere, now: datetime) -> tuple[str, ...]:
    """The workspaces in which an obligation or a schedule must be looked at by `now`."""
    rows = await view.rows(
        select(workspaces.c.workspace_id)
        .where(or_(now >= _FIRST_OBLIGATION, now >= _FIRST_SCHEDULE))
        .order_by(workspaces.c.workspace_id)
    )
    return tuple(row["workspace_id"] for row in rows)


async def next_at(tx: Tx, *, besides: str = "") -> datetime | None:
    """The next moment at which something here is to be looked at by itself; None if nothing is.

    `besides` names a kind of schedule that is not asked about.
    """
    moments = [
        (await tx.rows(_NEXT_OBLIGATION))[0]["at"],
        (await tx.rows(_NEXT_SCHEDULE, besides=besides))[0]["at"],
    ]
    return min((at for at in moments if at is not None), default=None)
