"""What Slack's buttons cannot carry, laid aside by the key of its content, and requests that are in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import slack_inbox, slack_shelf
from bot.store.tx import Tx

KEPT_FOR = timedelta(days=90)
"""How long a button of an old message still works where its words were laid aside."""

_LET_GO = delete(slack_shelf).where(mine(slack_shelf), slack_shelf.c.kept_at < bindparam("before"))
_TAKE_OUT = delete(slack_inbox).where(mine(slack_inbox), slack_inbox.c.delivery == bindparam("answered"))
_WAITING = select(slack_inbox).order_by(slack_inbox.c.asked_at)


@dataclass(frozen=True, slots=True)
class InHand:
    """A request that was acknowledged before it was answered; `utterance` is JSON of the door's own."""

    workspace: str
    delivery: str
    utterance: str
    response_url: str
    asked_at: datetime


async def lay_aside(tx: Tx, texts: Mapping[str, str]) -> None:
    """Keep texts by key; one that is there already stays. What was laid aside long ago is let go."""
    for key, body in texts.items():
        if await tx.get(slack_shelf, key) is None:
            tx.insert(slack_shelf, {"key": key, "body": body, "kept_at": tx.now}, once=("key",))
    await tx.rows(_LET_GO, before=tx.now - KEPT_FOR)


async def laid_aside(tx: Tx, key: str) -> str | None:
    """The text under a key."""
    row = await tx.get(slack_shelf, key)
    return None if row is None else str(row["body"])


def take_in(tx: Tx, delivery: str, utterance: str, response_url: str, asked_at: datetime) -> None:
    """Keep a request that is about to be acknowledged."""
    row = {"delivery": delivery, "utterance": utterance, "response_url": response_url, "asked_at": asked_at}
    tx.insert(slack_inbox, row, once=("delivery",))


async def take_out(tx: Tx, delivery: str) -> None:
    """Let go of a request that was answered."""
    await tx.rows(_TAKE_OUT, answered=delivery)


async def in_hand(view: Everywhere) -> tuple[InHand, ...]:
    """All requests in hand, in every workspace, oldest first."""
    return tuple(
        InHand(row["workspace_id"], row["delivery"], row["utterance"], row["response_url"], row["asked_at"])
        for row in await view.rows(_WAITING)
    )
