"""Requests that were answered, by the platform's own id, so that the same request has one effect.

The row is written in the transaction of the effect; its key is unique, so that of two twins at
once one fails, runs again, and finds the other's answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete

from bot.store.fences import mine
from bot.store.tables import requests
from bot.store.transaction import Need
from bot.store.tx import Tx

_spell = json.JSONEncoder(separators=(",", ":")).encode
_FORGET = delete(requests).where(mine(requests), requests.c.answered_at < bindparam("before"))


def need(platform: str, delivery: str) -> Need:
    """What `find` will ask for."""
    return requests, (platform, delivery)


async def find(tx: Tx, platform: str, delivery: str) -> Mapping[str, Any] | None:
    """The answer a request was given, as JSON; None if it is new."""
    row = await tx.get(requests, platform, delivery)
    return None if row is None else json.loads(row["reply"])


async def keep(tx: Tx, platform: str, delivery: str, reply: Mapping[str, Any], at: datetime) -> None:
    """Remember the answer a request was given."""
    tx.insert(requests, {"platform": platform, "delivery_id": delivery, "reply": _spell(reply), "answered_at": at})


async def forget(tx: Tx, before: datetime) -> None:
    """Let go of answers so old that no platform repeats their request."""
    await tx.rows(_FORGET, before=before)
