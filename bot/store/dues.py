"""When time has something to do: in which workspaces now, and when next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Exists, Select, Table, bindparam, or_, select

from bot.store import setbacks
from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.moments import UtcDateTime
from bot.store.tables import obligations, schedules, workspaces
from bot.store.tables import setbacks as kept_setbacks
from bot.store.tx import Tx

_now = bindparam("now", type_=UtcDateTime)


def _first(what: Table) -> Exists:
    """Whether something of a workspace is due: one step down the index, however many rows there are."""
    together = setbacks.beside(what, kept_setbacks.c.workspace_id == what.c.workspace_id)
    return (
        select(1)
        .select_from(together)
        .where(what.c.workspace_id == workspaces.c.workspace_id, what.c.look_again_at <= _now, setbacks.ALLOWED)
        .correlate(workspaces)
        .exists()
    )


def _next(what: Table) -> Select[Any]:
    """The first moment in the index that nothing holds back."""
    return (
        select(what.c.look_again_at.label("at"))
        .select_from(setbacks.beside(what))
        .where(mine(what), what.c.look_again_at.is_not(None), setbacks.UNTROUBLED)
        .order_by(what.c.look_again_at)
        .limit(1)
    )


_PUT_OFF = (
    select(1)
    .select_from(kept_setbacks)
    .where(
        kept_setbacks.c.workspace_id == workspaces.c.workspace_id,
        kept_setbacks.c.kind == setbacks.WORKSPACE,
        kept_setbacks.c.again_at > _now,
    )
    .correlate(workspaces)
    .exists()
)
_DUE = (
    select(workspaces.c.workspace_id)
    .where(or_(_first(obligations), _first(schedules)), ~_PUT_OFF)
    .order_by(workspaces.c.workspace_id)
)
_NEXT_OBLIGATION = _next(obligations)
_NEXT_SCHEDULE = _next(schedules).where(schedules.c.kind.not_in(bindparam("besides", expanding=True)))


async def workspaces_due(view: Everywhere, now: datetime) -> tuple[str, ...]:
    """The workspaces in which an obligation or a schedule must be looked at by `now`."""
    return tuple(row["workspace_id"] for row in await view.rows(_DUE, now=now))


async def next_at(tx: Tx, *, besides: Collection[str] = ()) -> datetime | None:
    """The next moment at which something here is to be looked at by itself; None if nothing is.

    `besides` names kinds of schedules that are not asked about. What is put off is not waited for: it
    is tried again on the way.
    """
    if await setbacks.find(tx, setbacks.WORKSPACE, "") is not None:
        return None
    found = (*await tx.rows(_NEXT_OBLIGATION), *await tx.rows(_NEXT_SCHEDULE, besides=list(besides)))
    return min((row["at"] for row in found), default=None)
