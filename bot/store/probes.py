"""Proof that the database can be written, what /healthz stands on; and when somebody last left word of being here."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.store.tables import counters
from bot.store.tx import Tx


async def write(tx: Tx) -> None:
    """Count one more probe; durable like everything else, or it raises."""
    tx.add(counters, ("probe",), {"last": 1})


async def be_alive(tx: Tx, now: datetime) -> datetime | None:
    """Leave word of being here; when that was done last (aware UTC, to the second), None if never."""
    row, seconds = await tx.get(counters, "alive"), int(now.timestamp())
    if row is None:
        tx.insert(counters, {"letter": "alive", "last": seconds})
        return None
    if row["last"] < seconds:
        tx.update(counters, ("alive",), {"last": seconds})
    return datetime.fromtimestamp(row["last"], UTC)
