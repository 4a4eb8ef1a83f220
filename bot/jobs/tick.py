"""One tick of the clock: whatever has come due is looked at, in the order in which it came.

A tick asks an index what is due, so that it costs by what is due and never by what is open. Run
twice, or by two replicas at once, it changes nothing twice: each look moves `look_again_at` on in
the transaction that writes its facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.desk import digests, frictions, openings, papers, presences, reports
from bot.desk.sitting import CLOCK, Sitting, sit
from bot.desk.sweeping import sweep
from bot.store import dues, obligations, schedules
from bot.store.database import Database
from bot.store.schedules import Round
from bot.store.tx import Tx

AT_ONCE = 100
"""How many obligations one transaction looks at: enough to share its cost, few enough that others wait briefly."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did: workspaces visited, schedules and obligations looked at."""

    workspaces: int = 0
    schedules: int = 0
    obligations: int = 0

    def __add__(self, other: Ticked) -> Ticked:
        """Add up what several rounds did."""
        return Ticked(
            self.workspaces + other.workspaces,
            self.schedules + other.schedules,
            self.obligations + other.obligations,
        )


async def tick(database: Database, now: Callable[[], datetime]) -> Ticked:
    """Look at everything that is due in every workspace until nothing is."""
    done = Ticked()
    for workspace in await database.everywhere(lambda view: dues.workspaces_due(view, now())):
        done += Ticked(workspaces=1)
        while True:
            looked = await database.write(workspace, lambda tx: _look(tx, now()))
            done += looked
            if not looked.schedules and not looked.obligations:
                break
    return done


async def next_thing(database: Database, workspace: str, *, besides: str = "") -> datetime | None:
    """The next instant at which a tick would find something to do in a workspace; None if there is none."""
    return await database.read(workspace, lambda tx: dues.next_at(tx, besides=besides))


async def _look(tx: Tx, now: datetime) -> Ticked:
    """Look at the oldest of what is due: schedules first, for what they open may be due already."""
    sitting = await sit(tx, now, CLOCK, "clock")
    due = await schedules.due(tx, now, AT_ONCE)
    for schedule in due:
        await _schedule(sitting, schedule)
    if due:
        return Ticked(schedules=len(due))
    owed = await obligations.due(tx, now, AT_ONCE)
    await sweep(sitting, owed)
    return Ticked(obligations=len(owed))


async def _schedule(sitting: Sitting, schedule: Round) -> None:
    match schedule.kind:
        case openings.KIND:
            await openings.open_due(sitting, schedule.subject, schedule.look_again_at)
        case reports.KIND:
            await reports.look(sitting, schedule.subject, schedule.look_again_at)
        case frictions.KIND:
            await frictions.look(sitting, schedule.subject)
        case presences.DIGEST:
            await digests.send(sitting, schedule.subject, schedule.look_again_at)
        case papers.KIND:
            await papers.look(sitting, schedule.subject)
        case unknown:
            raise ValueError(f"nobody knows what a schedule of kind {unknown!r} is for")
