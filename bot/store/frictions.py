"""What customers trip over, as people noted it: kept for the report, found again by any of its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from bot.store.fences import mine
from bot.store.tables import frictions
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.frictions import Friction

_it = frictions.c
_WAITING = (
    select(frictions)
    .where(
        mine(frictions),
        _it.agreement == bindparam("agreement"),
        _it.commitment == bindparam("commitment"),
        _it.reported_at.is_(None),
        _it.withdrawn_at.is_(None),
    )
    .order_by(_it.number)
)
_LAST_OF = (
    select(frictions).where(mine(frictions), _it.noted_by == bindparam("member")).order_by(_it.number.desc()).limit(1)
)
_WITHIN = (mine(frictions), _it.withdrawn_at.is_(None), _it.agreement.in_(bindparam("agreements", expanding=True)))
_NEWEST = select(frictions).where(*_WITHIN).order_by(_it.number.desc()).limit(bindparam("most"))
_HOW_MANY = select(func.count().label("entries")).select_from(frictions).where(*_WITHIN)


async def find(tx: Tx, number: int) -> Friction:
    """The entry people call by that number; refuses one that was never given."""
    row = await tx.get(frictions, number)
    if row is None:
        raise Refusal(f"There is no entry no. {number}.", "Say `search friction` and a word of it.", field="number")
    return _friction(row)


async def add(tx: Tx, friction: Friction) -> None:
    """Keep a new entry."""
    tx.insert(
        frictions,
        {
            "number": friction.number,
            "agreement": friction.agreement,
            "commitment": friction.commitment,
            "text": friction.text,
            "tags": json.dumps(friction.tags, ensure_ascii=False, separators=(",", ":")),
            "folded": " ".join((friction.text, *friction.tags)).casefold(),
            "noted_by": friction.noted_by,
            "noted_at": friction.noted_at,
        },
    )


async def save(tx: Tx, friction: Friction) -> None:
    """Keep what became of an entry; its words never change."""
    tx.update(
        frictions,
        (friction.number,),
        {"reported_at": friction.reported_at, "withdrawn_at": friction.withdrawn_at},
    )


async def waiting(tx: Tx, agreement: str, commitment: str) -> tuple[Friction, ...]:
    """What no report has taken along yet, oldest first."""
    return tuple(map(_friction, await tx.rows(_WAITING, agreement=agreement, commitment=commitment)))


async def last_of(tx: Tx, member: str) -> Friction | None:
    """What somebody noted last."""
    found = await tx.rows(_LAST_OF, member=member)
    return _friction(found[0]) if found else None


async def search(tx: Tx, agreements: tuple[str, ...], words: str, most: int) -> tuple[tuple[Friction, ...], int]:
    """Entries in whose text or tags every one of `words` stands, newest first: the first `most`, and how many in all.

    Parts of words count ("check" finds checkout); capitals do not.
    """
    if not agreements:
        return (), 0
    has_them = [_it.folded.contains(word, autoescape=True) for word in dict.fromkeys(words.casefold().split())]
    rows = await tx.rows(_NEWEST.where(*has_them), agreements=list(agreements), most=most)
    total = await tx.rows(_HOW_MANY.where(*has_them), agreements=list(agreements))
    return tuple(map(_friction, rows)), int(total[0]["entries"])


def _friction(row: Mapping[str, Any]) -> Friction:
    return Friction(
        number=row["number"],
        agreement=row["agreement"],
        commitment=row["commitment"],
        text=row["text"],
        tags=tuple(json.loads(row["tags"])),
        noted_by=row["noted_by"],
        noted_at=row["noted_at"],
        reported_at=row["reported_at"],
        withdrawn_at=row["withdrawn_at"],
    )
