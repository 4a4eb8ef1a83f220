"""Recovery plans with their steps and who said yes to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import plan_agreements, plan_steps, recovery_plans
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.plans import Agreed, PlanStep, RecoveryPlan

_OF_BREACH = (
    select(recovery_plans)
    .where(mine(recovery_plans), recovery_plans.c.breach == bindparam("breach"))
    .order_by(recovery_plans.c.number)
)
_STEPS = select(plan_steps).where(mine(plan_steps), plan_steps.c.plan == bindparam("plan")).order_by(plan_steps.c.seq)
_AGREED = (
    select(plan_agreements)
    .where(mine(plan_agreements), plan_agreements.c.plan == bindparam("plan"))
    .order_by(plan_agreements.c.agreed_at, plan_agreements.c.party)
)
_TAKE_BACK = delete(plan_agreements).where(mine(plan_agreements), plan_agreements.c.plan == bindparam("of"))

_DROP = delete(plan_steps).where(
    mine(plan_steps), plan_steps.c.plan == bindparam("of"), plan_steps.c.seq == bindparam("seq")
)


async def find(tx: Tx, number: int) -> RecoveryPlan:
    """The plan people call `P-<number>`; refuses a number that was never given."""
    row = await tx.get(recovery_plans, number)
    if row is None:
        raise Refusal(f"There is no P-{number}.", "Open one for a miss: `recovery B-3`.", field="key")
    return await _plan(tx, row)


async def of_breach(tx: Tx, breach: int) -> RecoveryPlan | None:
    """The newest plan for a miss."""
    rows = await tx.rows(_OF_BREACH, breach=breach)
    return await _plan(tx, rows[-1]) if rows else None


async def add(tx: Tx, plan: RecoveryPlan) -> None:
    """Keep a new plan."""
    tx.insert(
        recovery_plans,
        {
            "number": plan.number,
            "breach": plan.breach,
            "agreement": plan.agreement,
            "version": plan.version,
            "commitment": plan.commitment,
            "missed_by": plan.sides[0],
            "owed_to": plan.sides[1],
            "opened_by": plan.opened_by,
            "opened_at": plan.opened_at,
            "state": plan.state,
            "revision": plan.revision,
        },
    )


async def save(tx: Tx, before: RecoveryPlan, after: RecoveryPlan) -> None:
    """Keep what became of a plan: steps that were added, dropped or are owed now, and who said yes."""
    tx.update(recovery_plans, (after.number,), {"state": after.state, "revision": after.revision})
    known = {step.seq: step for step in before.steps}
    for step in after.steps:
        if step.seq not in known:
            tx.insert(plan_steps, {"plan": after.number, **_step_values(step)})
        elif step != known[step.seq]:
            tx.update(plan_steps, (after.number, step.seq), {"obligation": step.obligation})
    for seq in known.keys() - {step.seq for step in after.steps}:
        await tx.rows(_DROP, of=after.number, seq=seq)
    if any(each not in after.agreed for each in before.agreed):
        await tx.rows(_TAKE_BACK, of=after.number)
    for each in after.agreed:
        if each not in before.agreed:
            key = {"plan": after.number, "party": each.party}
            tx.insert(plan_agreements, {**key, "member": each.member, "agreed_at": each.at})


def _step_values(step: PlanStep) -> dict[str, Any]:
    return {
        "seq": step.seq,
        "owner": step.owner,
        "party": step.party,
        "thing": step.thing,
        "due_on": step.due_on,
        "obligation": step.obligation,
    }


async def _plan(tx: Tx, row: Mapping[str, Any]) -> RecoveryPlan:
    number = row["number"]
    return RecoveryPlan(
        number=number,
        breach=row["breach"],
        agreement=row["agreement"],
        version=row["version"],
        commitment=row["commitment"],
        sides=(row["missed_by"], row["owed_to"]),
        opened_by=row["opened_by"],
        opened_at=row["opened_at"],
        state=row["state"],
        steps=tuple(
            PlanStep(each["seq"], each["owner"], each["party"], each["thing"], each["due_on"], each["obligation"])
            for each in await tx.rows(_STEPS, plan=number)
        ),
        agreed=tuple(
            Agreed(each["party"], each["member"], each["agreed_at"]) for each in await tx.rows(_AGREED, plan=number)
        ),
        revision=row["revision"],
    )
