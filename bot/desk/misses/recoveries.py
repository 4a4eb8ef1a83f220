"""Recovery plans at the desk: opened for a miss, filled with steps by either side, owed once both have agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.cards import recoveries as cards
from bot.desk.duties import duties
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import steps
from bot.desk.sitting import Sitting
from bot.store import breach_disputes, breaches, carries, obligations, schedules
from bot.store import plans as kept
from slacore import plans
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.errors import Refusal
from slacore.plans import PlanStep, RecoveryPlan
from slacore.reminders import remind_at

KIND = "plan"
"""What comes round when the time to plan a recovery is nearly over."""


async def open_(sitting: Sitting, breach: Breach) -> tuple[RecoveryPlan, bool]:
    """The plan for a miss, opened now if there is none; whether it is new.

    Refuses a miss from which nothing follows: provisional, excused, or made good.
    """
    if (running := await kept.of_breach(sitting.tx, breach.number)) is not None:
        return running, False
    if not breach.counts:
        how = "still provisional" if breach.provisional else "excused" if breach.excused_at else "made good"
        raise Refusal(
            f"{breach.key} is {how}, so nothing is to be recovered.", f"See `history {breach.key}`.", field="key"
        )
    terms = sitting.terms(breach.agreement, breach.version)
    commitment = terms.commitment(breach.commitment)
    other = commitment.receiver if breach.party == commitment.giver else commitment.giver
    plan = RecoveryPlan(
        await sitting.tx.next_number("P"),
        breach.number,
        breach.agreement,
        breach.version,
        breach.commitment,
        (breach.party, other),
        sitting.actor,
        sitting.now,
    )
    _side(sitting, terms, plan, "open a plan")
    await kept.add(sitting.tx, plan)
    await sitting.record("PlanOpened", breach.key, None, {"plan": plan.key})
    await tell(sitting, plan)
    return plan, True


async def begin(sitting: Sitting, breach: Breach) -> None:
    """A miss is certain: its owner is reminded once before the time is over in which a plan was agreed to be made."""
    if (within := _plan_within(sitting, breach)) is None or not breach.counts:
        return
    terms = sitting.terms(breach.agreement, breach.version)
    calendar = terms.calendar_of_party(breach.party)
    until = calendar.due(sitting.now, within)
    at = remind_at(sitting.now, until, calendar, working_days=1)
    if at is not None:
        await schedules.put(sitting.tx, KIND, f"{breach.number}/{until.isoformat()}", at)


async def look(sitting: Sitting, subject: str) -> None:
    """The time to plan is nearly over: whose turn it is hears so, unless nothing is left to plan."""
    await schedules.end(sitting.tx, KIND, subject)
    number, _, until = subject.partition("/")
    breach = await breaches.find(sitting.tx, int(number))
    made = await kept.of_breach(sitting.tx, breach.number)
    if not breach.counts or (made is not None and made.state == "agreed"):
        return
    if await carries.of_breach(sitting.tx, breach.number):
        return  # it is made good in another way
    if await breach_disputes.open_of(sitting.tx, breach.number) is not None:
        return  # nothing follows from it yet
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    waiting = made.missing() if made is not None and made.steps else (breach.party,)
    for side in waiting:
        member = duty.terms.party(side).owner
        card = cards.reminder(duty, breach, made, datetime.fromisoformat(until), sitting.now, reader=member)
        word = Word("nudge", f"{breach.key}.plan:{member}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, duty.terms, member, card, word)
    await sitting.record("PlanReminded", breach.key, None, {"told": [duty.terms.party(each).owner for each in waiting]})


def _plan_within(sitting: Sitting, breach: Breach) -> Duration | None:
    """How soon a plan was agreed to be made for a miss; None where none was agreed, or no time."""
    terms = sitting.terms(breach.agreement, breach.version)
    agreed = terms.consequence_of(terms.commitment(breach.commitment))
    return agreed.plan_within if agreed is not None and "recovery plan" in agreed.options else None


async def add_step(sitting: Sitting, plan: RecoveryPlan, thing: str, owner: str, by: date) -> RecoveryPlan:
    """Either side adds a step; what a side had agreed to before is another plan now."""
    terms = sitting.terms(plan.agreement, plan.version)
    _side(sitting, terms, plan, "add a step")
    party = next((side for side in plan.sides if owner in terms.party(side).people), None)
    if party is None:
        names = " or ".join(terms.party(side).name for side in plan.sides)
        raise Refusal(f"{terms.name_of(owner)} is not of {names}.", "Name somebody who is.", field="owner")
    steps.closes_at(sitting, terms, party, by)
    longer = plans.add_step(plan, owner, party, thing, by)
    await kept.save(sitting.tx, plan, longer)
    await sitting.record("StepAdded", plan.key, None, {"thing": thing, "owner": owner, "by": by.isoformat()})
    await tell(sitting, longer)
    return longer


async def drop_step(sitting: Sitting, plan: RecoveryPlan, seq: int) -> RecoveryPlan:
    """Either side takes a step out again; what a side had agreed to before is another plan now."""
    _side(sitting, sitting.terms(plan.agreement, plan.version), plan, "drop a step")
    shorter = plans.drop_step(plan, seq)
    await kept.save(sitting.tx, plan, shorter)
    gone = next(step for step in plan.steps if step.seq == seq)
    before = {"thing": gone.thing, "owner": gone.owner, "by": gone.due_on.isoformat()}
    await sitting.record("StepDropped", plan.key, before, None)
    await tell(sitting, shorter)
    return shorter


async def agree(sitting: Sitting, plan: RecoveryPlan) -> RecoveryPlan:
    """A side says yes; with both its steps are owed like any promise. An open dispute holds it up."""
    terms = sitting.terms(plan.agreement, plan.version)
    breach = await breaches.find(sitting.tx, plan.breach)
    if (dispute := await breach_disputes.open_of(sitting.tx, breach.number)) is not None:
        raise Refusal(
            f"{breach.key} is disputed ({dispute.key}), so nothing follows from it yet.",
            "Agree once the dispute has ended.",
            field="key",
        )
    if breach.excused_at is not None:
        raise Refusal(f"{breach.key} is excused, so nothing is to be recovered.", "Nothing is left to do.", field="key")
    side = _side(sitting, terms, plan, "agree")
    over = [each.seq for each in plan.steps if steps.is_over(sitting, terms, each.party, each.due_on)]
    said = plans.agree(plan, side, sitting.actor, sitting.now, over)
    if said.state == "agreed":
        said = replace(said, steps=tuple([await _owe(sitting, terms, said, step) for step in said.steps]))
    await kept.save(sitting.tx, plan, said)
    await sitting.record("PlanAgreed", plan.key, None, {"party": side, "state": said.state})
    await tell(sitting, said)
    return said


async def shown(sitting: Sitting, plan: RecoveryPlan) -> cards.Shown:
    """A plan with the miss it is for, and what has become of its steps."""
    breach = await breaches.find(sitting.tx, plan.breach)
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    owed = {
        step.seq: await obligations.find(sitting.tx, step.obligation)
        for step in plan.steps
        if step.obligation is not None
    }
    dispute = await breach_disputes.open_of(sitting.tx, breach.number)
    return cards.Shown(plan, breach, duty, owed, dispute.key if dispute is not None else "")


async def tell(sitting: Sitting, plan: RecoveryPlan) -> None:
    """Each side's owner and whoever decides has one message about a plan, which follows what becomes of it."""
    what = await shown(sitting, plan)
    terms = what.duty.terms
    decider = terms.decider_of(what.duty.commitment)
    for member in dict.fromkeys([*(terms.party(side).owner for side in plan.sides), decider]):
        if member:
            card = cards.plan(what, sitting.now, reader=member)
            word = Word("note", f"{plan.key}:{member}", str(plan.revision), level=EXEMPT_FROM)
            await saying.to_person(sitting, terms, member, card, word)
    if plan.state == "agreed":
        card = cards.plan(what, sitting.now, reader="")
        for channel in terms.channels_of(what.duty.commitment):
            await saying.in_channel(sitting, channel, card, Word("note", f"{plan.key}:agreed", fresh=True))


async def _owe(sitting: Sitting, terms: Terms, plan: RecoveryPlan, step: PlanStep) -> PlanStep:
    """A step of an agreed plan becomes an obligation like others, due at the close of its day."""
    owed = await steps.owe(
        sitting, terms, plan.version, terms.commitment(plan.commitment),
        subject=f"{plan.key}.{step.seq}", thing=step.thing, party=step.party, owner=step.owner, by=step.due_on,
    )  # fmt: skip
    return replace(step, obligation=owed.number)


def _side(sitting: Sitting, terms: Terms, plan: RecoveryPlan, doing: str) -> str:
    """The side that somebody speaks for: its owner, deputies or signatory; refuses everybody else."""
    for slug in plan.sides:
        party = terms.party(slug)
        if sitting.actor in {party.owner, party.signs, *party.deputies}:
            return slug
    names = " or ".join(terms.name_of(terms.party(slug).owner) for slug in plan.sides)
    raise Refusal(f"Only the owners of both sides and their deputies can {doing}.", f"Ask {names}.", field="key")
