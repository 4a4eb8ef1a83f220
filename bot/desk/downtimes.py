"""When nobody was there: stretches in which no process of the bot looked at anything, so that silence has a reason.

A reminder that should have come on a day on which the bot was down did not come. Whoever is told of
the miss afterwards, and whoever judges it, can see that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.sitting import CLOCK, Sitting, sit
from bot.sections import WORKSPACE
from bot.store import audit, probes, workspaces
from bot.store.database import Database
from bot.store.tx import Tx

WORTH_TELLING = timedelta(minutes=10)
"""A restart or an upgrade takes less, and nobody missed a reminder by it."""
SUBJECT = "downtime"


@dataclass(frozen=True, slots=True)
class Downtime:
    """A stretch (aware UTC moments) in which nothing was looked at and nothing said."""

    since: datetime
    until: datetime


async def be_here(database: Database, now: datetime) -> Downtime | None:
    """Leave word of being here; if nobody had for long, write in every company that nobody was there.

    The first thing a process does, and then every minute: a machine may sleep, or lose its database for a while.
    """
    since = await database.write(WORKSPACE, lambda tx: probes.be_alive(tx, now))
    if since is None or now - since <= WORTH_TELLING:
        return None

    async def job(tx: Tx) -> None:
        sitting = await sit(tx, now, CLOCK, "clock")
        await sitting.record("WasDown", SUBJECT, None, {"since": since.isoformat(), "until": now.isoformat()})

    for workspace in await database.everywhere(workspaces.all_of_them):
        await database.write(workspace, job)
    return Downtime(since, now)


async def last_since(sitting: Sitting, earliest: datetime) -> Downtime | None:
    """The last downtime that ended at `earliest` or later; None if there was none."""
    for line in await audit.about(sitting.tx, SUBJECT, most=1):
        if line.after is not None and line.at >= earliest:
            return Downtime(datetime.fromisoformat(line.after["since"]), line.at)
    return None
