"""What comes round again: the next moment at which periods open, reports are due, digests go out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.store import setbacks
from bot.store.fences import mine
from bot.store.tables import schedules
from bot.store.transaction import Need
from bot.store.tx import Tx

_DUE = (
    select(schedules)
    .select_from(setbacks.beside(schedules))
    .where(mine(schedules), schedules.c.look_again_at <= bindparam("now"), setbacks.ALLOWED)
    .order_by(schedules.c.look_again_at, schedules.c.kind, schedules.c.subject)
    .limit(bindparam("most"))
)
_DUE_BESIDES = _DUE.where(schedules.c.kind.not_in(bindparam("besides", expanding=True)))
_END = delete(schedules).where(
    mine(schedules), schedules.c.kind == bindparam("the_kind"), schedules.c.subject == bindparam("the_subject")
)


@dataclass(frozen=True, slots=True)
class Round:
    """One thing that comes round: of which kind, about what, and when next."""

    kind: str
    subject: str
    look_again_at: datetime


def need(kind: str, subject: str) -> Need:
    """What `find` and `put` will ask for."""
    return schedules, (kind, subject)


async def find(tx: Tx, kind: str, subject: str) -> Round | None:
    """When something comes round next; None if it does not."""
    row = await tx.get(schedules, kind, subject)
    return None if row is None else Round(kind, subject, row["look_again_at"])


async def put(tx: Tx, kind: str, subject: str, at: datetime) -> None:
    """Let something come round at `at`, whatever was planned before."""
    row = await tx.get(schedules, kind, subject)
    if row is None:
        tx.insert(schedules, {"kind": kind, "subject": subject, "look_again_at": at})
    elif row["look_again_at"] != at:
        tx.update(schedules, (kind, subject), {"look_again_at": at})


async def end(tx: Tx, kind: str, subject: str) -> None:
    """Let it come round no more."""
    await tx.rows(_END, the_kind=kind, the_subject=subject)


async def due(tx: Tx, now: datetime, most: int = 100, *, besides: Collection[str] = ()) -> tuple[Round, ...]:
    """What has come round by now and is not put off, in the order in which its moment came; `besides` some kinds."""
    if besides:
        rows = await tx.rows(_DUE_BESIDES, now=now, most=most, besides=list(besides))
    else:
        rows = await tx.rows(_DUE, now=now, most=most)
    return tuple(Round(row["kind"], row["subject"], row["look_again_at"]) for row in rows)
