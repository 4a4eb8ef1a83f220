"""What makes up for a miss: a recovery plan, opened with the loss, agreed by both sides, of steps that are owed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from slacore.errors import Refusal

State = Literal["open", "agreed"]
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step: who does what by the close of which day, for which party. `obligation` once both sides agreed."""

    seq: int
    owner: str
    party: str
    thing: str
    due_on: date
    obligation: int | None = None


@dataclass(frozen=True, slots=True)
class PlanTime:
    """By when a plan was asked for, and what became of it: `lapsed_at` where none was agreed by then.

    `followed` is what the agreement lets follow in that case, `obstacle` why it could not.
    """

    breach: int
    until: datetime
    lapsed_at: datetime | None = None
    followed: str = ""
    obstacle: str = ""

    def has_passed(self, now: datetime) -> bool:
        """Whether a plan that is agreed now comes late."""
        return now >= self.until


@dataclass(frozen=True, slots=True)
class Agreed:
    """A side's yes to a plan as it stood then."""

    party: str
    member: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecoveryPlan:
    """A plan that makes up for a miss; people say `P-<number>`.

    `sides` are the two parties whose yes it takes, the one that missed first. A step that is added or
    dropped after a yes takes it back, since that yes was to another plan.
    """

    number: int
    breach: int
    agreement: str
    version: int
    commitment: str
    sides: tuple[str, str]
    opened_by: str
    opened_at: datetime
    state: State = "open"
    steps: tuple[PlanStep, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"P-{self.number}"

    @property
    def agreed_at(self) -> datetime | None:
        """When the second side agreed; None before."""
        return max(each.at for each in self.agreed) if self.state == "agreed" else None

    def missing(self) -> tuple[str, ...]:
        """The sides that have not said yes."""
        said = {each.party for each in self.agreed}
        return tuple(side for side in self.sides if side not in said)


def add_step(plan: RecoveryPlan, owner: str, party: str, thing: str, due_on: date) -> RecoveryPlan:
    """Write one more step down. Refused once both sides have agreed."""
    _require_open(plan)
    if len(plan.steps) >= MOST_STEPS:
        raise Refusal(f"A plan has at most {MOST_STEPS} steps.", "Say more in one of them.", field="thing")
    step = PlanStep(max((each.seq for each in plan.steps), default=0) + 1, owner, party, thing, due_on)
    return replace(plan, steps=(*plan.steps, step), agreed=(), revision=plan.revision + 1)


def drop_step(plan: RecoveryPlan, seq: int) -> RecoveryPlan:
    """Take a step out again, such as one whose day has passed; the others keep their numbers."""
    _require_open(plan)
    kept = tuple(step for step in plan.steps if step.seq != seq)
    if len(kept) == len(plan.steps):
        raise Refusal(f"{plan.key} has no step {seq}.", f"See `recovery {plan.key}`.", field="step")
    return replace(plan, steps=kept, agreed=(), revision=plan.revision + 1)


def agree(plan: RecoveryPlan, party: str, member: str, now: datetime, over: Collection[int]) -> RecoveryPlan:
    """One side says yes to the plan as it stands; with the second yes it is agreed.

    `over` are the numbers of the steps by whose end of day it is too late: nobody agrees to owe them.
    """
    _require_open(plan)
    if not plan.steps:
        raise Refusal(f"{plan.key} has no step yet.", f"Add one: `recovery step {plan.key} …`.", field="key")
    if party not in plan.missing():
        raise Refusal(f"Your side has agreed to {plan.key} already.", "It waits for the other.", field="key")
    if passed := [step.seq for step in plan.steps if step.seq in over]:
        raise Refusal(
            f"Step {passed[0]} of {plan.key} was for a day that is over.",
            f"Take it out with `recovery drop {plan.key} {passed[0]}`, and add it with a later day.",
            offers=((f"Drop step {passed[0]}", f"recovery drop {plan.key} {passed[0]}"),),
            field="key",
        )
    said = replace(plan, agreed=(*plan.agreed, Agreed(party, member, now)), revision=plan.revision + 1)
    return said if said.missing() else replace(said, state="agreed")


def _require_open(plan: RecoveryPlan) -> None:
    if plan.state != "open":
        raise Refusal(
            f"{plan.key} is agreed by both sides.", "Its steps are owed now; say `done` with each.", field="key"
        )
