"""One tick of the clock: whatever has come due is looked at, in the order in which it came.

A tick asks an index what is due, so that it costs by what is due and never by what is open. Run
twice, or by two replicas at once, it changes nothing twice: each look moves `look_again_at` on in
the transaction that writes its facts.

What is due is looked at together, in one transaction. If that fails, each is looked at alone: what
fails then is put off, and what stands beside it goes on (`bot.desk.setbacks`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial

from bot.desk import checks, housekeeping, setbacks
from bot.desk.agreements import needs
from bot.desk.drafts import endings, papers
from bot.desk.duties import members, openings
from bot.desk.handoffs import lists
from bot.desk.items import old_sales
from bot.desk.levels import incidents
from bot.desk.misses import choices, credits, deciding, plan_times
from bot.desk.people import digests, presences
from bot.desk.reports import frictions, reports
from bot.desk.reviews import reruns, reviews
from bot.desk.setbacks import COMPANY, Looked
from bot.desk.sitting import CLOCK, Sitting, sit
from bot.desk.sweeping import sweep
from bot.store import dues, obligations, schedules
from bot.store.database import Database, DatabaseGone
from bot.store.schedules import Round
from bot.store.setbacks import OBLIGATION
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.obligations import Obligation
from slacore.sweep import LATE_AFTER

_log = logging.getLogger(__name__)

AT_ONCE = 100
"""How many obligations one transaction looks at: enough to share its cost, few enough that others wait briefly."""

Due = Round | Obligation
_SUMS_UP = (presences.DIGEST, reports.KIND, reviews.KIND)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did: workspaces visited, schedules and obligations looked at, and looks put off for they failed."""

    workspaces: int = 0
    schedules: int = 0
    obligations: int = 0
    put_off: int = 0

    def __add__(self, other: Ticked) -> Ticked:
        """Add up what several rounds did."""
        return Ticked(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Ticked)))


async def tick(database: Database, now: Callable[[], datetime]) -> Ticked:
    """Look at everything that is due in every workspace until nothing is; one that fails keeps no other waiting."""
    done = Ticked()
    for workspace in await database.everywhere(lambda view: dues.workspaces_due(view, now())):
        try:
            done += await _visit(database, workspace, now)
        except DatabaseGone as error:
            _log.error("what is due in %s cannot be looked at: %s", workspace, error)
        except Exception:  # noqa: BLE001 -- whatever is wrong in one company stays there
            _log.exception("nothing in %s can be looked at; putting the company off", workspace)
            await _put_off(database, workspace, now(), COMPANY)
            done += Ticked(put_off=1)
    return done


async def next_thing(database: Database, workspace: str, *, besides: Collection[str] = ()) -> datetime | None:
    """The next instant at which a tick would find something to do in a workspace; None if there is none."""
    return await database.read(workspace, lambda tx: dues.next_at(tx, besides=besides))


async def _visit(database: Database, workspace: str, now: Callable[[], datetime]) -> Ticked:
    """Look at everything that is due in one workspace."""
    done = Ticked(workspaces=1)
    while True:
        try:
            looked, more = await database.write(workspace, lambda tx: _look_together(tx, now()))
        except DatabaseGone:
            raise
        except Exception:  # noqa: BLE001 -- whichever it is shows when each is alone
            _log.info("what is due in %s cannot be looked at together, so each is looked at alone", workspace)
            looked = await _look_alone(database, workspace, now)
            more = looked != Ticked()
        done += looked
        if not more:
            return done


async def _due(tx: Tx, now: datetime) -> tuple[Due, ...]:
    """The oldest of what is due: schedules first, for what they open may be due already.

    What sums up and is late, after an outage, waits until all that came due meanwhile is decided: it tells of
    that, and of a miss the owner hears before the channel does.
    """
    rounds = await schedules.due(tx, now, AT_ONCE)
    ready = tuple(each for each in rounds if not _sums_up_late(each, now))
    if not ready and len(rounds) == AT_ONCE:  # others may stand behind so many digests
        ready = await schedules.due(tx, now, AT_ONCE, besides=_SUMS_UP)
    return ready or await obligations.due(tx, now, AT_ONCE) or rounds


def _sums_up_late(schedule: Round, now: datetime) -> bool:
    return schedule.kind in _SUMS_UP and now - schedule.look_again_at > LATE_AFTER


async def _look_together(tx: Tx, now: datetime) -> tuple[Ticked, bool]:
    """Look at what is due and at what that makes due, up to AT_ONCE in one transaction; whether more may be due."""
    sitting, done = await sit(tx, now, CLOCK, "clock"), Ticked()
    while due := await _due(tx, now):
        done += await _look(sitting, due)
        if done.schedules + done.obligations >= AT_ONCE:
            return done, True
    return done, False


async def _look_alone(database: Database, workspace: str, now: Callable[[], datetime]) -> Ticked:
    """Look at what is due in a transaction each, and put off what fails."""
    # Where nobody can sit down, nothing can be looked at, and it is the company that is put off.
    await database.read(workspace, lambda tx: sit(tx, now(), CLOCK, "clock"))
    done = Ticked()
    for due in await database.read(workspace, lambda tx: _due(tx, now())):
        try:
            done += await database.write(workspace, partial(_look_at, now=now(), due=due))
        except DatabaseGone:
            raise
        except Exception:  # noqa: BLE001 -- whatever is wrong with one look stays there
            _log.exception("%s in %s cannot be looked at", _named(due), workspace)
            await _put_off(database, workspace, now(), _looked(due))
            done += Ticked(put_off=1)
    return done


async def _look_at(tx: Tx, now: datetime, due: Due) -> Ticked:
    """Look at one thing, unless that was done meanwhile: by another replica, or by the look before this one."""
    still: Due | None
    if isinstance(due, Obligation):
        still = await obligations.find(tx, due.number)
    else:
        still = await schedules.find(tx, due.kind, due.subject)
    if still is None or still.look_again_at is None or still.look_again_at > now:
        return Ticked()
    return await _look(await sit(tx, now, CLOCK, "clock"), (still,))


async def _look(sitting: Sitting, due: Sequence[Due]) -> Ticked:
    rounds = [each for each in due if isinstance(each, Round)]
    owed = [each for each in due if isinstance(each, Obligation)]
    await sitting.tx.prefetch([need for each in rounds for need in _needs(each)])
    for each in rounds:
        await _come_round(sitting, each)
    await sweep(sitting, owed)
    for over in await setbacks.healed(sitting.tx, [COMPANY, *map(_looked, due)]):
        _log.info("%s %s in %s can be looked at again", over.kind, over.subject, sitting.workspace)
    return Ticked(schedules=len(rounds), obligations=len(owed))


async def _come_round(sitting: Sitting, schedule: Round) -> None:
    subject, at = schedule.subject, schedule.look_again_at
    if schedule.kind in _TIMED:
        await _TIMED[schedule.kind](sitting, subject, at)
    elif schedule.kind in _UNTIMED:
        await _UNTIMED[schedule.kind](sitting, subject)
    elif schedule.kind == housekeeping.HOUSEKEEPING:
        await housekeeping.keep_house(sitting, at)
    else:
        raise ValueError(f"nobody knows what a schedule of kind {schedule.kind!r} is for")


_TIMED: Mapping[str, Callable[[Sitting, str, datetime], Awaitable[None]]] = {
    openings.KIND: openings.open_due,
    reports.KIND: reports.look,
    reviews.KIND: reviews.look,
    presences.DIGEST: digests.send,
}
"""What comes round, with the moment it was meant for: after an outage that is not now."""
_UNTIMED: Mapping[str, Callable[[Sitting, str], Awaitable[None]]] = {
    openings.SAMPLE: checks.draw_sample,
    members.KIND: members.look,
    frictions.KIND: frictions.look,
    incidents.KIND: incidents.ask_about,
    lists.KIND: lists.write_on,
    endings.KIND: endings.look,
    reruns.KIND: reruns.look,
    papers.KIND: papers.look,
    needs.KIND: needs.look,
    credits.KIND: credits.look,
    plan_times.KIND: plan_times.look,
    choices.KIND: choices.look,
    deciding.KIND: deciding.look,
    old_sales.KIND: old_sales.look,
}
"""What comes round and is the same whenever it is looked at."""


def _needs(schedule: Round) -> tuple[Need, ...]:
    """The rows that looking at it will ask for, so that they are read for the whole batch at once."""
    asked = digests.needs(schedule.subject) if schedule.kind == presences.DIGEST else ()
    return schedules.need(schedule.kind, schedule.subject), *asked


async def _put_off(database: Database, workspace: str, now: datetime, looked: Looked) -> None:
    setback = await database.write(workspace, lambda tx: setbacks.put_off(tx, now, looked))
    _log.warning("%s %s in %s is put off until %s", *looked, workspace, setback.again_at.isoformat())


def _looked(due: Due) -> Looked:
    return (OBLIGATION, str(due.number)) if isinstance(due, Obligation) else (due.kind, due.subject)


def _named(due: Due) -> str:
    return due.key if isinstance(due, Obligation) else f"the {due.kind} of {due.subject}"
