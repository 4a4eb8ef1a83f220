"""The keys people call promises by: `C-1`, counted per workspace, the same through every version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.store.fences import mine
from bot.store.tables import commitments, workspaces
from bot.store.tx import Tx

_ALL = select(commitments.c.agreement, commitments.c.slug, commitments.c.number).where(mine(commitments))


async def keys(tx: Tx) -> Mapping[tuple[str, str], str]:
    """Every promise's key, by agreement and slug; read once a change of the agreements."""
    row = await tx.get(workspaces)
    stamp = "" if row is None else row["agreements_stamp"]
    known = tx.memory.get(("commitments", tx.workspace))
    if known is not None and known[0] == stamp:
        return known[1]  # type: ignore[no-any-return]
    found = {(row["agreement"], row["slug"]): f"C-{row['number']}" for row in await tx.rows(_ALL)}
    tx.memory["commitments", tx.workspace] = (stamp, found)
    return found


async def know(tx: Tx, agreement: str, slug: str) -> None:
    """Give a promise its key, unless it has one."""
    if await tx.get(commitments, agreement, slug) is None:
        number = await tx.next_number("C")
        tx.insert(commitments, {"agreement": agreement, "slug": slug, "number": number})
