"""Where words go that an agreed channel cannot take: another channel, the owners alone, or nowhere for a while.

Read with the agreements and remembered under their stamp, since every word in a channel asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import detours
from bot.store.tx import Tx
from slacore.agreements import Channel, Terms

Goes = Literal["elsewhere", "direct", "nowhere"]
Spot = tuple[str, str]
"""A channel as its platform knows it: (platform, id)."""

_ALL = select(detours).where(mine(detours))
_END = delete(detours).where(
    mine(detours), detours.c.platform == bindparam("on"), detours.c.channel_id == bindparam("channel")
)


@dataclass(frozen=True, slots=True)
class Detour:
    """What was decided for an agreed channel. `to` is the channel instead, where it goes elsewhere."""

    goes: Goes
    decided_by: str
    decided_at: datetime
    to: Channel | None = None


async def everything(tx: Tx) -> Mapping[Spot, Detour]:
    """All detours of the workspace, by the channel as it was agreed."""
    return {(row["platform"], row["channel_id"]): _detour(row) for row in await tx.rows(_ALL)}


async def decide(tx: Tx, platform: str, channel: str, detour: Detour) -> None:
    """Keep a decision in place of the one before."""
    values = {
        "goes": detour.goes,
        "new_id": detour.to.id if detour.to else "",
        "new_name": detour.to.name if detour.to else "",
        "decided_by": detour.decided_by,
        "decided_at": detour.decided_at,
    }
    if await tx.get(detours, platform, channel) is None:
        tx.insert(detours, {"platform": platform, "channel_id": channel, **values})
    else:
        tx.update(detours, (platform, channel), values)


async def end(tx: Tx, platform: str, channel: str) -> bool:
    """Forget a decision; True if there was one."""
    if await tx.get(detours, platform, channel) is None:
        return False
    await tx.rows(_END, on=platform, channel=channel)
    return True


def redirected(terms: Terms, found: Mapping[Spot, Detour], names: Mapping[Spot, str]) -> Terms:
    """Terms whose channels are those that words go to now, by their names of today; what was agreed stays beside it."""
    channels = tuple(_instead(each, found, names) for each in terms.channels)
    return terms if channels == terms.channels else replace(terms, channels=channels)


def agreed(platform: str, channel: str, found: Mapping[Spot, Detour]) -> str:
    """The id that a channel was agreed by, given the one that words go to now."""
    for (on, known), detour in found.items():
        if detour.to is not None and (on, detour.to.id) == (platform, channel):
            return known
    return channel


def _instead(channel: Channel, found: Mapping[Spot, Detour], names: Mapping[Spot, str]) -> Channel:
    detour = found.get((channel.platform, channel.id))
    now = channel if detour is None or detour.to is None else replace(detour.to, parties=channel.parties)
    now = replace(now, name=names.get((now.platform, now.id), now.name))
    return channel if now == channel else replace(now, agreed=channel)


def _detour(row: Mapping[str, Any]) -> Detour:
    to = Channel(row["platform"], row["new_id"], row["new_name"]) if row["goes"] == "elsewhere" else None
    return Detour(row["goes"], row["decided_by"], row["decided_at"], to)
