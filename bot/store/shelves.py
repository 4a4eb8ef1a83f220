"""What a platform cannot carry, laid aside by the key of its content, and requests of its that are in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, delete, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import slack_inbox, slack_shelf, teams_inbox, teams_shelf
from bot.store.tx import Tx

KEPT_FOR = timedelta(days=90)
"""How long a button of an old message still works where its words were laid aside, and a picture is shown."""


@dataclass(frozen=True, slots=True)
class InHand:
    """A request that was acknowledged before it was answered.

    `request` is JSON of the door's own; `answer_to` is where its answer goes, on a platform that
    names a place for it.
    """

    workspace: str
    delivery: str
    request: str
    answer_to: str
    asked_at: datetime


class Shelf:
    """One platform's shelf, and its inbox; `request` and `answer_to` are what the inbox calls its columns."""

    def __init__(self, shelf: Table, inbox: Table, request: str, answer_to: str = "") -> None:
        """Keep in these tables."""
        self._shelf, self._inbox = shelf, inbox
        self._request, self._answer_to = request, answer_to
        self._let_go = delete(shelf).where(mine(shelf), shelf.c.kept_at < bindparam("before"))
        self._take_out = delete(inbox).where(mine(inbox), inbox.c.delivery == bindparam("answered"))
        self._waiting = select(inbox).order_by(inbox.c.asked_at)

    async def lay_aside(self, tx: Tx, texts: Mapping[str, str]) -> None:
        """Keep texts by key; one that is there already stays. What was laid aside long ago is let go."""
        for key, body in texts.items():
            if await tx.get(self._shelf, key) is None:
                tx.insert(self._shelf, {"key": key, "body": body, "kept_at": tx.now}, once=("key",))
        await tx.rows(self._let_go, before=tx.now - KEPT_FOR)

    async def laid_aside(self, tx: Tx, key: str) -> str | None:
        """The text under a key."""
        row = await tx.get(self._shelf, key)
        return None if row is None else str(row["body"])

    def take_in(self, tx: Tx, delivery: str, request: str, asked_at: datetime, answer_to: str = "") -> None:
        """Keep a request that is about to be acknowledged."""
        row: dict[str, Any] = {"delivery": delivery, self._request: request, "asked_at": asked_at}
        if self._answer_to:
            row[self._answer_to] = answer_to
        tx.insert(self._inbox, row, once=("delivery",))

    async def take_out(self, tx: Tx, delivery: str) -> None:
        """Let go of a request that was answered."""
        await tx.rows(self._take_out, answered=delivery)

    async def in_hand(self, view: Everywhere) -> tuple[InHand, ...]:
        """All requests in hand, in every workspace, oldest first."""
        return tuple(
            InHand(
                row["workspace_id"],
                row["delivery"],
                row[self._request],
                row[self._answer_to] if self._answer_to else "",
                row["asked_at"],
            )
            for row in await view.rows(self._waiting)
        )


SLACK = Shelf(slack_shelf, slack_inbox, request="utterance", answer_to="response_url")
TEAMS = Shelf(teams_shelf, teams_inbox, request="activity")
