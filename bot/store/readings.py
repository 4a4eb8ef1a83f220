"""Readings as people logged them. A row is never changed but for a correction that is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import readings
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.readings import Proposal, Reading

_FIELDS = tuple(each.name for each in fields(Reading))
_it = readings.c
_OF_PERIOD = (
    select(readings)
    .where(
        mine(readings),
        _it.agreement == bindparam("agreement"),
        _it.commitment == bindparam("commitment"),
        _it.period_starts_on == bindparam("period"),
    )
    .order_by(_it.number)
)
_CORRECTION = select(_it.number).where(mine(readings), _it.corrects == bindparam("of"))


async def find(tx: Tx, number: int) -> Reading:
    """The reading people call `R-<number>`; refuses a number that was never given."""
    row = await tx.get(readings, number)
    if row is None:
        raise Refusal(f"There is no R-{number}.", "`history` with the promise's key lists its readings.", field="key")
    return _reading(row)


async def of_period(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> tuple[Reading, ...]:
    """Everything that was logged for a promise's period, corrections and all, in that order."""
    found = await tx.rows(_OF_PERIOD, agreement=agreement, commitment=commitment, period=period_starts_on)
    return tuple(map(_reading, found))


async def correction_of(tx: Tx, number: int) -> int | None:
    """The number of the reading that took another's place, if one did."""
    found = await tx.rows(_CORRECTION, of=number)
    return int(found[0]["number"]) if found else None


async def add(tx: Tx, reading: Reading) -> None:
    """Keep a reading, or the correction of one."""
    tx.insert(readings, {name: getattr(reading, name) for name in _FIELDS})


async def proposal_of(tx: Tx, number: int) -> Proposal | None:
    """The correction that waits for the other side, if one does."""
    row = await tx.get(readings, number)
    if row is None or not row["proposed"]:
        return None
    asked = json.loads(row["proposed"])
    return Proposal(**{**asked, "at": datetime.fromisoformat(asked["at"])})


async def propose(tx: Tx, proposal: Proposal) -> None:
    """Remember a correction that the other side has yet to agree to; it replaces the one before."""
    asked = {each.name: getattr(proposal, each.name) for each in fields(Proposal)}
    tx.update(
        readings,
        (proposal.reading,),
        {"proposed": json.dumps({**asked, "at": proposal.at.isoformat()}, sort_keys=True)},
    )


async def end_proposal(tx: Tx, number: int) -> None:
    """Forget a correction that was agreed to."""
    tx.update(readings, (number,), {"proposed": ""})


def _reading(row: Mapping[str, Any]) -> Reading:
    return Reading(**{name: row[name] for name in _FIELDS})
