"""Notices that were given of misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.store.tables import notices
from bot.store.tx import Tx
from slacore.notices import Notice


async def of_breach(tx: Tx, breach: int) -> Notice | None:
    """The notice that was given of a miss; None if there is none."""
    row = await tx.get(notices, breach)
    return None if row is None else _notice(row)


async def add(tx: Tx, notice: Notice) -> None:
    """Keep a notice as it is given."""
    tx.insert(notices, {**asdict(notice), "counted": " ".join(map(str, notice.counted))})


async def acknowledge(tx: Tx, notice: Notice) -> None:
    """Keep that it was acknowledged."""
    changed = {"acknowledged_by": notice.acknowledged_by, "acknowledged_at": notice.acknowledged_at}
    tx.update(notices, (notice.breach,), changed)


def _notice(row: Mapping[str, Any]) -> Notice:
    values = {name: row[name] for name in Notice.__dataclass_fields__}
    return Notice(**{**values, "counted": tuple(map(int, row["counted"].split()))})
