"""Looks that failed and are put off: what could not be looked at, since when, and when it is tried again.

What is owed keeps its own `look_again_at`, the moment that came; a setback only holds the next look
at it back. So a look that succeeds at last decides what it would have decided then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, Table, Text, and_, bindparam, cast, delete, literal, or_, select

from bot.store.fences import mine
from bot.store.moments import UtcDateTime
from bot.store.tables import obligations, setbacks
from bot.store.tx import Tx

OBLIGATION = "obligation"
"""The kind of a look at something owed; its subject is the number. The others are kinds of schedules."""
WORKSPACE = "workspace"
"""The kind of a look at a whole company, in which nothing could be looked at; its subject is empty."""

_ALL = select(setbacks).where(mine(setbacks)).order_by(setbacks.c.since, setbacks.c.kind, setbacks.c.subject)
_END = delete(setbacks).where(
    mine(setbacks), setbacks.c.kind == bindparam("the_kind"), setbacks.c.subject == bindparam("the_subject")
)
_FORGET = delete(setbacks).where(mine(setbacks), setbacks.c.again_at < bindparam("before"))


def beside(what: Table, fence: ColumnElement[bool] | None = None) -> FromClause:
    """Obligations or schedules, each with its setback where it has one.

    The fence ties setbacks to a workspace: the transaction's, unless a view of all of them gives another.
    """
    fence = mine(setbacks) if fence is None else fence
    if what is obligations:
        same = and_(setbacks.c.kind == literal(OBLIGATION), setbacks.c.subject == cast(what.c.number, Text))
    else:
        same = and_(setbacks.c.kind == what.c.kind, setbacks.c.subject == what.c.subject)
    return what.outerjoin(setbacks, and_(fence, same))


ALLOWED: ColumnElement[bool] = or_(
    setbacks.c.again_at.is_(None), setbacks.c.again_at <= bindparam("now", type_=UtcDateTime)
)
"""What no setback holds back at `now`, of what `beside` gives."""
UNTROUBLED: ColumnElement[bool] = setbacks.c.again_at.is_(None)
"""What has no setback at all, of what `beside` gives."""


@dataclass(frozen=True, slots=True)
class Setback:
    """A look that failed: at what, how often in a row and since when, and when it is tried again."""

    kind: str
    subject: str
    failures: int
    since: datetime
    again_at: datetime


async def everything(tx: Tx) -> tuple[Setback, ...]:
    """All that is put off here, the oldest trouble first."""
    return tuple(
        Setback(row["kind"], row["subject"], row["failures"], row["since"], row["again_at"])
        for row in await tx.rows(_ALL)
    )


async def find(tx: Tx, kind: str, subject: str) -> Setback | None:
    """What holds one look back; None if nothing does."""
    row = await tx.get(setbacks, kind, subject)
    return None if row is None else Setback(kind, subject, row["failures"], row["since"], row["again_at"])


async def put(tx: Tx, setback: Setback) -> None:
    """Hold a look back until `again_at`."""
    values = {"failures": setback.failures, "since": setback.since, "again_at": setback.again_at}
    if await tx.get(setbacks, setback.kind, setback.subject) is None:
        tx.insert(setbacks, {"kind": setback.kind, "subject": setback.subject, **values})
    else:
        tx.update(setbacks, (setback.kind, setback.subject), values)


async def end(tx: Tx, ended: Collection[Setback]) -> None:
    """Hold these looks back no longer: they succeeded."""
    for each in ended:
        await tx.rows(_END, the_kind=each.kind, the_subject=each.subject)


async def forget(tx: Tx, before: datetime) -> None:
    """Let go of what should have been tried again before then and was not: it was settled in another way."""
    await tx.rows(_FORGET, before=before)
