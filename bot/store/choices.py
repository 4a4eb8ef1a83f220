"""What was chosen for misses, what one side offered the other, and by when a recovery plan was asked for."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import choices, offers, plan_times
from bot.store.tx import Tx
from slacore.choices import Choice, Course, Offer
from slacore.plans import PlanTime

_CHOICE = tuple(each.name for each in fields(Choice))
_OFFER = tuple(each.name for each in fields(Offer))
_TIME = tuple(each.name for each in fields(PlanTime))
_OFFERS = select(offers).where(mine(offers), offers.c.breach == bindparam("breach")).order_by(offers.c.seq)


async def course_of(tx: Tx, breach: int) -> Course:
    """How far a miss has come: what was chosen, the offer that is open, by when a plan is wanted."""
    chosen = await tx.get(choices, breach)
    time = await tx.get(plan_times, breach)
    open_ = [each for each in await offers_of(tx, breach) if each.ended_at is None]
    return Course(
        None if chosen is None else Choice(**{name: chosen[name] for name in _CHOICE}),
        open_[-1] if open_ else None,
        None if time is None else PlanTime(**{name: time[name] for name in _TIME}),
    )


async def choose(tx: Tx, choice: Choice) -> None:
    """Keep what was chosen, once a miss."""
    tx.insert(choices, asdict(choice))


async def offers_of(tx: Tx, breach: int) -> tuple[Offer, ...]:
    """Everything that was offered over a miss, oldest first."""
    return tuple(Offer(**{name: row[name] for name in _OFFER}) for row in await tx.rows(_OFFERS, breach=breach))


async def offer(tx: Tx, made: Offer) -> None:
    """Keep an offer."""
    tx.insert(offers, asdict(made))


async def end_offer(tx: Tx, ended: Offer) -> None:
    """Keep how an offer ended."""
    tx.update(offers, (ended.breach, ended.seq), {"ended_at": ended.ended_at, "ended_how": ended.ended_how})


async def wait_for_plan(tx: Tx, time: PlanTime) -> None:
    """Keep by when a plan is wanted, or what became of that."""
    if await tx.get(plan_times, time.breach) is None:
        tx.insert(plan_times, asdict(time))
    else:
        tx.update(plan_times, (time.breach,), {name: getattr(time, name) for name in _TIME[1:]})
