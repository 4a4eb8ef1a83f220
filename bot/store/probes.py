"""Proof that the database can be written: what /healthz stands on."""

from __future__ import annotations

from bot.store.tables import counters
from bot.store.tx import Tx


async def write(tx: Tx) -> None:
    """Count one more probe; durable like everything else, or it raises."""
    tx.add(counters, ("probe",), {"last": 1})
