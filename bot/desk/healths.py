"""What does not work, what is held back, and why somebody did not hear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.sitting import Sitting
from bot.store import dues, outbox
from bot.store.outbox import Unheard

LOOKS_BACK = timedelta(days=7)
"""How far back troubles are told."""
KEEPS_UP_WITHIN = timedelta(minutes=1)
"""How far behind the clock may be without anybody being told."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot fares in this workspace, as far as the asker may know.

    `waiting` and `held` count messages not yet out; `behind_since` is the oldest look that the clock
    should have taken more than a minute ago, None if it keeps up.
    `troubles` are messages held, dropped, of unknown outcome or dead, newest first: those of the
    channels, and the asker's own.
    """

    at: datetime
    waiting: int
    held: int
    behind_since: datetime | None
    troubles: tuple[Unheard, ...]


async def health(sitting: Sitting) -> Health:
    """Ask the outbox and the clock's index; others' direct messages are counted and not shown."""
    oldest = await dues.next_at(sitting.tx)
    unheard = await outbox.why(sitting.tx, sitting.now - LOOKS_BACK)
    return Health(
        at=sitting.now,
        waiting=sum(each.state in {"PENDING", "SENDING", "UNKNOWN", "RECONCILING"} for each in unheard),
        held=sum(each.state == "HELD" for each in unheard),
        behind_since=oldest if oldest is not None and sitting.now - oldest > KEEPS_UP_WITHIN else None,
        troubles=tuple(each for each in unheard if each.person in {"", sitting.actor} and each.state != "PENDING"),
    )
