"""What is kept by saying that it was done: a deliverable at its slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from slacore.agreements import Terms
from slacore.obligations import Obligation
from slacore.sweep.facts import Decision, DutyMissed, Fact
from slacore.sweep.ladder import climb, missed, resting, steps_of
from slacore.sweep.sight import Sight


def decide_slot(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    """Call a slot missed at its due moment, at risk before it where the last one was missed, and climb its ladder."""
    if obligation.settled:
        return resting(obligation)
    facts: list[Fact] = []
    current = obligation
    if now >= current.due_at and current.state != "missed":
        current = missed(current, sight, current.due_at)
        facts.append(DutyMissed())
    elif sight.at_risk and current.state == "open" and _is_near(current, sight.terms, now):
        current = replace(current, state="at risk")
    return climb(current, obligation, sight, now, facts, ())


def _is_near(obligation: Obligation, terms: Terms, now: datetime) -> bool:
    """Whether the ladder's rungs before the due moment have begun: earlier, nothing is at risk yet."""
    calendar = terms.calendar_of(terms.commitment(obligation.commitment))
    before = (step for step in steps_of(obligation, terms) if step.working_days < 0)
    return any(step.at(obligation.due_at, calendar) <= now for step in before)
