"""Which misses were counted as a repetition, under which rule: told once, whatever is decided later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import repetitions
from bot.store.tx import Tx
from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.credits import Repeated
from slacore.repeats import Repetition

_OF_PROMISE = select(repetitions).where(
    mine(repetitions),
    repetitions.c.agreement == bindparam("agreement"),
    repetitions.c.commitment == bindparam("commitment"),
)
_COMPLETED_BY = (
    select(repetitions)
    .where(mine(repetitions), repetitions.c.completed_by == bindparam("breach"))
    .order_by(repetitions.c.misses, repetitions.c.within, repetitions.c.breach)
)


async def counted(tx: Tx, agreement: str, commitment: str, rule: Repeated) -> frozenset[int]:
    """The misses of a promise that were counted under a rule before."""
    found = await tx.rows(_OF_PROMISE, agreement=agreement, commitment=commitment)
    same = (rule.misses, str(rule.within))
    return frozenset(row["breach"] for row in found if (row["misses"], row["within"]) == same)


async def completed_by(tx: Tx, breach: int) -> tuple[Repetition, ...]:
    """The repetitions that a miss completed, each with all the misses that made it."""
    found: dict[Repeated, list[int]] = {}
    for row in await tx.rows(_COMPLETED_BY, breach=breach):
        rule = Repeated(row["misses"], Duration.parse(row["within"]), row["leads_to"])
        found.setdefault(rule, []).append(row["breach"])
    return tuple(Repetition(rule, tuple(misses)) for rule, misses in found.items())


async def add(tx: Tx, rule: Repeated, run: tuple[Breach, ...], at: datetime) -> None:
    """Keep a run of misses, so that none of them is counted under this rule again."""
    completed_by = run[-1].number
    for breach in run:
        tx.insert(
            repetitions,
            {
                "breach": breach.number,
                "misses": rule.misses,
                "within": str(rule.within),
                "leads_to": rule.then,
                "agreement": breach.agreement,
                "commitment": breach.commitment,
                "completed_by": completed_by,
                "at": at,
            },
        )
