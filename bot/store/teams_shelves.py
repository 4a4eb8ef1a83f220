"""What Teams' cards cannot carry, laid aside by the key of its content, and requests that are in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import teams_inbox, teams_shelf
from bot.store.tx import Tx

KEPT_FOR = timedelta(days=90)
"""How long a button of an old message still works where its words were laid aside, and a picture is shown."""

_LET_GO = delete(teams_shelf).where(mine(teams_shelf), teams_shelf.c.kept_at < bindparam("before"))
_TAKE_OUT = delete(teams_inbox).where(mine(teams_inbox), teams_inbox.c.delivery == bindparam("answered"))
_WAITING = select(teams_inbox).order_by(teams_inbox.c.asked_at)


@dataclass(frozen=True, slots=True)
class InHand:
    """A request that was acknowledged before it was answered; `activity` is what Teams sent, as JSON."""

    workspace: str
    delivery: str
    activity: str
    asked_at: datetime


async def lay_aside(tx: Tx, texts: Mapping[str, str]) -> None:
    """Keep texts by key; one that is there already stays. What was laid aside long ago is let go."""
    for key, body in texts.items():
        if await tx.get(teams_shelf, key) is None:
            tx.insert(teams_shelf, {"key": key, "body": body, "kept_at": tx.now}, once=("key",))
    await tx.rows(_LET_GO, before=tx.now - KEPT_FOR)


async def laid_aside(tx: Tx, key: str) -> str | None:
    """The text under a key."""
    row = await tx.get(teams_shelf, key)
    return None if row is None else str(row["body"])


def take_in(tx: Tx, delivery: str, activity: str, asked_at: datetime) -> None:
    """Keep a request that is about to be acknowledged."""
    tx.insert(teams_inbox, {"delivery": delivery, "activity": activity, "asked_at": asked_at}, once=("delivery",))


async def take_out(tx: Tx, delivery: str) -> None:
    """Let go of a request that was answered."""
    await tx.rows(_TAKE_OUT, answered=delivery)


async def in_hand(view: Everywhere) -> tuple[InHand, ...]:
    """All requests in hand, in every workspace, oldest first."""
    return tuple(
        InHand(row["workspace_id"], row["delivery"], row["activity"], row["asked_at"])
        for row in await view.rows(_WAITING)
    )
