"""What a later period owes of a miss, in words: how many, from where, how many that makes, and who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act
from bot.cards.words import called, capital, cut, deadline, period_name, quoted, run, titled
from bot.chat.card import Block, Card, Fact, Note, Text
from slacore.breaches import Breach
from slacore.carries import CarryEntry
from slacore.commitments import Unit, Volume
from slacore.standing import Goal

AS_AGREED = "as agreed where no plan is made in time"
"""By whom something was done that nobody decided: the agreement itself said it."""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A miss of which `units` are owed by a later period now, its ledger, and what that period asks in all.

    `offered_by` is the member of the other side where both sides agreed on it, "" where one person decided.
    """

    duty: Duty
    breach: Breach
    units: int
    entries: tuple[CarryEntry, ...]
    goal: Goal
    offered_by: str = ""

    def in_short(self, now: datetime) -> str:
        """One line for the miss itself: "9 into November, decided by Morgan"."""
        into = period_name(self.goal.period, now, self.duty.terms.zone)
        if not self.units:
            return f"taken back from {into}: {self.entries[-1].why}"
        return f"{self.units:,} into {into}, {self.decided}"

    @property
    def decided(self) -> str:
        """By whom: one person, both sides, or by itself as the agreement says."""
        by, terms = self.entries[0].by, self.duty.terms
        if self.offered_by:
            return f"offered by {called(terms, self.offered_by)} and taken by {called(terms, by)}"
        return f"decided by {called(terms, by)}" if by else AS_AGREED

    @property
    def unit(self) -> Unit:
        """What is counted."""
        promise = self.duty.commitment.promise
        return promise.unit if isinstance(promise, Volume) else Unit("unit", "units")


def carried_over(moved: CarriedOver, now: datetime) -> Card:
    """Tell one side what is owed with the later period's own, or that it is not any more."""
    duty, terms, goal = moved.duty, moved.duty.terms, moved.goal
    name, into = cut(duty.name(now), 40), period_name(goal.period, now, terms.zone)
    units = moved.unit.counted(moved.units)
    asked = run(f"{into} asks for {_sum(moved)} by ", deadline(goal.due_at, terms), ".")
    blocks: list[Block] = [Fact("For", (f"{moved.breach.key}, {name}",))]
    if moved.units:
        verb = "is" if moved.units == 1 else "are"
        heading = f"{units} carried into {into}"
        blocks.append(Text(run(f"{units} {verb} owed with {into}\u2019s own: ", asked)))
        blocks.append(Note((f"{capital(moved.decided)}. It is done once; the miss stays on record.",)))
    else:
        heading = f"No longer carried into {into}"
        blocks.append(Text(run(f"Taken back, for {quoted(moved.entries[-1].why)}: ", asked)))
    return Card(
        title=titled(f"{moved.breach.key} · {heading}"),
        summary=f"{moved.breach.key}, {name}: {heading}.",
        blocks=tuple(blocks),
        buttons=(act("History", f"history {moved.breach.key}"),),
        ref=moved.breach.key,
    )


def _sum(moved: CarriedOver) -> str:
    """What the later period asks in all: "100 + 9 = 109 qualified leads"."""
    goal, unit = moved.goal, moved.unit
    if not goal.carried:
        return unit.counted(goal.target)
    return f"{goal.own:,} + {goal.target - goal.own:,} = {unit.counted(goal.target)}"
