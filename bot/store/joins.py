"""Companies that became one: a platform's workspace that was joined to another's before it held anything.

Nothing moves. What the joined workspace's install needs (tokens, conversations) stays where it
is; what its people say from then on is said in the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import agreements, people, workspace_joins
from bot.store.tx import Tx

TOPIC = "joined"
"""Announced with every joining; doors that remember who is which company look again."""

_ALL = select(workspace_joins.c.workspace_id, workspace_joins.c.joined_to)
_ANY_AGREEMENT = select(agreements.c.slug).where(mine(agreements)).limit(1)
_ANYBODY = select(people.c.id).where(mine(people)).limit(1)


async def everywhere(view: Everywhere) -> Mapping[str, str]:
    """Which workspace each joined one has become part of."""
    return {row["workspace_id"]: row["joined_to"] for row in await view.rows(_ALL)}


async def joined_to(tx: Tx) -> str:
    """The workspace that this one has become part of; "" for one that stands alone."""
    row = await tx.get(workspace_joins)
    return "" if row is None else str(row["joined_to"])


def join(tx: Tx, to: str) -> None:
    """Make this workspace a part of another, for good."""
    tx.insert(workspace_joins, {"joined_to": to, "joined_at": tx.now})
    tx.announce(TOPIC)


async def holds_data(tx: Tx) -> bool:
    """Whether anything was agreed here, or anybody is known."""
    return bool(await tx.rows(_ANY_AGREEMENT)) or bool(await tx.rows(_ANYBODY))
