"""Who of a sample is to be looked at, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from bot.store.fences import mine
from bot.store.tables import checks
from bot.store.tx import Tx
from slacore.checks import Check
from slacore.obligations import Obligation

_it = checks.c
_OF_DUTY = select(checks).where(mine(checks), _it.duty == bindparam("of")).order_by(_it.member)
_OPEN_IN = (
    select(func.count().label("open"))
    .select_from(checks)
    .where(
        mine(checks),
        _it.agreement == bindparam("agreement"),
        _it.commitment == bindparam("commitment"),
        _it.period_starts_on == bindparam("period"),
        _it.result == "",
    )
)


async def add(tx: Tx, duty: Obligation, member: str) -> None:
    """Somebody is in the sample of a check duty."""
    tx.insert(
        checks,
        {
            "duty": duty.number,
            "member": member,
            "agreement": duty.agreement,
            "commitment": duty.commitment,
            "period_starts_on": duty.period_starts_on,
        },
    )


async def of_duty(tx: Tx, duty: int) -> tuple[Check, ...]:
    """Everybody whom a check duty names."""
    return tuple(map(_check, await tx.rows(_OF_DUTY, of=duty)))


async def save(tx: Tx, check: Check) -> None:
    """Keep what was found."""
    tx.update(
        checks,
        (check.duty, check.member),
        {
            "result": check.result,
            "reason": check.reason,
            "checked_by": check.checked_by,
            "checked_at": check.checked_at,
        },
    )


async def open_in(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> int:
    """How many of a period's sample nobody has looked at yet."""
    found = await tx.rows(_OPEN_IN, agreement=agreement, commitment=commitment, period=period_starts_on)
    return int(found[0]["open"])


def _check(row: Mapping[str, Any]) -> Check:
    return Check(row["duty"], row["member"], row["result"], row["reason"], row["checked_by"], row["checked_at"])
