"""What has not been heard: held back, folded into a digest, waiting, dropped or undeliverable, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from bot.chat.talk import Place
from bot.store.fences import mine
from bot.store.outbox import FOLDED, Kind, Letter, State, letter_of, place_of
from bot.store.tables import NOT_OVER, outbox
from bot.store.tx import Tx

_it = outbox.c
_HELD = (
    select(outbox)
    .where(mine(outbox), NOT_OVER, _it.state == "HELD", _it.person == bindparam("whom"))
    .order_by(_it.conversation, _it.number)
)
_FOLDED = (
    select(outbox)
    .where(mine(outbox), _it.person == bindparam("whom"), _it.created_at >= bindparam("since"), _it.why == FOLDED)
    .order_by(_it.number)
)
_before = outbox.alias()
_LAST_BEFORE = (
    select(_before.c.number)
    .where(mine(_before), _before.c.created_at < bindparam("since"))
    .order_by(_before.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
"""The newest of what is older: numbers rise with time, so nothing further back need be looked at."""
_UNHEARD = (
    select(outbox)
    .where(mine(outbox), _it.number > func.coalesce(_LAST_BEFORE, 0), _it.state != "SENT")
    .order_by(_it.number.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why something has not been heard: held, waiting, dropped, undeliverable, or unknown whether."""

    ref: str
    kind: Kind
    person: str
    place: Place
    state: State
    why: str
    until: datetime | None
    said_at: datetime


async def folded_for(tx: Tx, person: str, since: datetime) -> tuple[Letter, ...]:
    """What was left for somebody's digest since an instant, oldest first."""
    return tuple(letter_of(tx.workspace, row) for row in await tx.rows(_FOLDED, whom=person, since=since))


async def held_for(tx: Tx, person: str) -> tuple[Letter, ...]:
    """What is kept back for somebody, oldest first in each place."""
    return tuple(letter_of(tx.workspace, row) for row in await tx.rows(_HELD, whom=person))


async def why(tx: Tx, since: datetime, most: int = 200) -> tuple[Unheard, ...]:
    """Why did nobody hear? What was written since an instant and has not been said, newest first, and why not."""
    return tuple(_unheard(tx.workspace, row) for row in await tx.rows(_UNHEARD, since=since, most=most))


def _unheard(workspace: str, row: Mapping[str, Any]) -> Unheard:
    until = {"HELD": row["held_until"], "PENDING": row["not_before"], "UNKNOWN": row["look_at"]}.get(row["state"])
    reason = row["hold_reason"] if row["state"] == "HELD" else row["why"]
    return Unheard(
        ref=row["ref"],
        kind=row["kind"],
        person=row["person"] or "",
        place=place_of(workspace, row),
        state=row["state"],
        why=reason,
        until=until,
        said_at=row["created_at"],
    )
