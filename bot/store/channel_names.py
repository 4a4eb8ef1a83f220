"""What channels are called today, where their platform has told of another name than was agreed.

Read with the agreements and remembered under their stamp, since every word about a channel asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.store.detours import Spot
from bot.store.fences import mine
from bot.store.tables import channel_names
from bot.store.tx import Tx

_ALL = select(channel_names).where(mine(channel_names))


async def everything(tx: Tx) -> Mapping[Spot, str]:
    """The names of channels that were renamed, by platform and id."""
    return {(row["platform"], row["channel_id"]): row["name"] for row in await tx.rows(_ALL)}


async def keep(tx: Tx, platform: str, channel: str, name: str) -> None:
    """Remember what a channel is called now."""
    values = {"name": name, "renamed_at": tx.now}
    if await tx.get(channel_names, platform, channel) is None:
        tx.insert(channel_names, {"platform": platform, "channel_id": channel, **values})
    else:
        tx.update(channel_names, (platform, channel), values)
