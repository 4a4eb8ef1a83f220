"""Lists that were read: laid aside in parts until somebody hands them over, or while they are written down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import list_parts, lists
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.items import Listed

PART = 1_000
"""Things that one part holds, and that one transaction writes down."""
_LETTER = "list"
_dump = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_PARTS = select(list_parts).where(mine(list_parts), list_parts.c.list == bindparam("of")).order_by(list_parts.c.part)
_UNUSED = select(lists.c.number).where(mine(lists), lists.c.handoff.is_(None), lists.c.laid_at < bindparam("before"))
_DROP_PARTS = delete(list_parts).where(mine(list_parts), list_parts.c.list == bindparam("of"))
_DROP_PART = _DROP_PARTS.where(list_parts.c.part == bindparam("the_part"))
_DROP = delete(lists).where(mine(lists), lists.c.number == bindparam("of"))


@dataclass(frozen=True, slots=True)
class LaidAside:
    """A list that was read: who laid it aside when, how long it is, and the handoff it went with, if it did."""

    number: int
    laid_by: str
    laid_at: datetime
    rows: int
    handoff: int | None


async def lay_aside(tx: Tx, listed: Sequence[Listed], by: str, at: datetime) -> int:
    """Keep a list in parts, under a number of its own."""
    number = await tx.next_number(_LETTER)
    tx.insert(lists, {"number": number, "laid_by": by, "laid_at": at, "rows": len(listed)})
    for part, start in enumerate(range(0, len(listed), PART)):
        content = _dump([astuple(each) for each in listed[start : start + PART]])
        tx.insert(list_parts, {"list": number, "part": part, "content": content})
    return number


async def find(tx: Tx, number: int) -> LaidAside:
    """A list by its number; refuses a number that was never given, or is no longer kept."""
    row = await tx.get(lists, number)
    if row is None:
        raise Refusal("I no longer have that list.", "Send it again.", field="list")
    return LaidAside(number, row["laid_by"], row["laid_at"], row["rows"], row["handoff"])


async def all_of(tx: Tx, number: int) -> tuple[Listed, ...]:
    """Everything that a list holds."""
    return tuple(each for row in await tx.rows(_PARTS, of=number) for each in _read(row["content"]))


async def part(tx: Tx, number: int, place: int) -> tuple[Listed, ...]:
    """One part of a list, counted from 0; nothing behind its last."""
    row = await tx.get(list_parts, number, place)
    return () if row is None else _read(row["content"])


async def hand_over(tx: Tx, number: int, handoff: int) -> None:
    """The list goes with a handoff, and with no other."""
    tx.update(lists, (number,), {"handoff": handoff})


async def drop_part(tx: Tx, number: int, place: int) -> None:
    """Forget what was written down."""
    await tx.rows(_DROP_PART, of=number, the_part=place)


async def drop_parts(tx: Tx, number: int) -> None:
    """Forget what a list holds: it was written down, or is not to be."""
    await tx.rows(_DROP_PARTS, of=number)


async def drop_unused(tx: Tx, before: datetime) -> None:
    """Forget lists that nobody handed over."""
    for row in await tx.rows(_UNUSED, before=before):
        await tx.rows(_DROP_PARTS, of=row["number"])
        await tx.rows(_DROP, of=row["number"])


def _read(content: str) -> tuple[Listed, ...]:
    return tuple(Listed(*cells) for cells in json.loads(content))
