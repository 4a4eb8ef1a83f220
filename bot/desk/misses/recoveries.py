"""Recovery plans at the desk: opened for a miss, filled with steps by either side, owed once both have agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards import recoveries as cards
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import chosen, steps
from bot.desk.sitting import Sitting
from bot.store import breach_disputes, breaches, choices, obligations, repetitions
from bot.store import plans as kept
from slacore import plans
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.errors import Refusal
from slacore.plans import PlanStep, RecoveryPlan


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
    await chosen.require_open(
        sitting, breach, "recovery plan", await repetitions.completed_by(sitting.tx, breach.number)
    )
    terms = sitting.terms(breach.agreement, breach.version)
    _require_opening(sitting, terms, breach, pending=await chosen.is_pending(sitting, breach))
    return await open_as_agreed(sitting, breach), True


async def open_as_agreed(sitting: Sitting, breach: Breach) -> RecoveryPlan:
    """Open the plan that one side wants, or that whoever decides has chosen; a plan that there is already is told."""
    if (running := await kept.of_breach(sitting.tx, breach.number)) is not None:
        await tell(sitting, running)
        return running
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
    await kept.add(sitting.tx, plan)
    await sitting.record("PlanOpened", breach.key, None, {"plan": plan.key})
    await tell(sitting, plan)
    return plan


async def add_step(sitting: Sitting, plan: RecoveryPlan, thing: str, owner: str, by: date) -> RecoveryPlan:
    """Either side adds a step; what a side had agreed to before is another plan now."""
    terms = sitting.terms(plan.agreement, plan.version)
    _side(sitting, terms, plan.sides, "add a step")
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
    _side(sitting, sitting.terms(plan.agreement, plan.version), plan.sides, "drop a step")
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
    side = _side(sitting, terms, plan.sides, "agree")
    await _require_chosen(sitting, terms, breach)
    over = [each.seq for each in plan.steps if steps.is_over(sitting, terms, each.party, each.due_on)]
    said = plans.agree(plan, side, sitting.actor, sitting.now, over)
    if said.state == "agreed":
        said = replace(said, steps=tuple([await _owe(sitting, terms, said, step) for step in said.steps]))
        await chosen.settle(sitting, breach, "recovery plan", proposed_by=said.agreed[0].member)
    await kept.save(sitting.tx, plan, said)
    time = (await choices.course_of(sitting.tx, breach.number)).plan_time
    late = said.state == "agreed" and time is not None and time.has_passed(sitting.now)
    after = {"party": side, "state": said.state, **({"name": "late"} if late else {})}
    await sitting.record("PlanAgreed", plan.key, None, after)
    if said.state == "agreed":
        newer = replace(breach, revision=breach.revision + 1)
        await breaches.save(sitting.tx, breach, newer)
        duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
        await telling.breach_said(sitting, duty, newer)
    await tell(sitting, said)
    return said


async def _require_chosen(sitting: Sitting, terms: Terms, breach: Breach) -> None:
    """Refuse to agree to a plan while somebody still has to choose among several ways, or has chosen another."""
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    await chosen.require_open(sitting, breach, "recovery plan", repeated)
    decider = chosen.decider_of(sitting, breach)
    if not decider or not await chosen.is_pending(sitting, breach):
        return
    raise Refusal(
        f"{terms.name_of(decider)} has not chosen yet what makes {breach.key} good.",
        "Prepare the plan meanwhile; it is agreed to once it was chosen.",
        offers=(("See what can be chosen", f"choose {breach.key}"),),
        field="key",
    )


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
    course = await choices.course_of(sitting.tx, breach.number)
    return cards.Shown(plan, breach, duty, owed, dispute.key if dispute is not None else "", course)


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


def _require_opening(sitting: Sitting, terms: Terms, breach: Breach, *, pending: bool) -> None:
    """Refuse whoever is of neither side; whoever decides is told how he chooses a plan."""
    commitment = terms.commitment(breach.commitment)
    sides = (commitment.giver, commitment.receiver)
    decides = pending and sitting.actor and sitting.actor == terms.decider_of(commitment)
    if decides and not any(_speaks_for(terms, side, sitting.actor) for side in sides):
        raise Refusal(
            "A plan is opened by either side, once you have chosen it.",
            f"Say `choose {breach.key} recovery plan`.",
            offers=(("Choose a recovery plan", f"choose {breach.key} recovery plan"),),
            field="key",
        )
    _side(sitting, terms, sides, "open a plan")


def _side(sitting: Sitting, terms: Terms, sides: tuple[str, str], doing: str) -> str:
    """The side that somebody speaks for: its owner, deputies or signatory; refuses everybody else."""
    for slug in sides:
        if _speaks_for(terms, slug, sitting.actor):
            return slug
    names = " or ".join(terms.name_of(terms.party(slug).owner) for slug in sides)
    raise Refusal(f"Only the owners of both sides and their deputies can {doing}.", f"Ask {names}.", field="key")


def _speaks_for(terms: Terms, side: str, member: str) -> bool:
    party = terms.party(side)
    return member in {party.owner, party.signs, *party.deputies}
