"""The ladder: when a promise is late, who hears, in which order.

A policy is data of the agreement and is kept with each obligation's version. Steps are working
time of the party who owes, before or after the due moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from slacore.calendars import Calendar

Role = Literal["owner", "contact", "counterparty", "manager", "sponsor", "channel"]


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: `working_days` before (negative), at (0) or after the due moment, and who hears.

    `level` 0 is the owner's own affair; 1 reaches the counterparty; 2 and up are escalations that
    no budget of messages folds away. `only_if_at_risk` keeps quiet where things go well.
    """

    working_days: int
    whom: tuple[Role, ...]
    level: int
    only_if_at_risk: bool = False

    def at(self, due_at: datetime, calendar: Calendar) -> datetime:
        """The instant this rung is reached, for an obligation due at `due_at` (aware UTC)."""
        if self.working_days == 0:
            return due_at
        if self.working_days < 0:
            return calendar.before_working_days(due_at, -self.working_days)
        return calendar.after_whole_working_days(due_at, self.working_days)


@dataclass(frozen=True, slots=True)
class Policy:
    """A ladder: its steps in the order they are reached, and how often a snooze is allowed."""

    slug: str
    steps: tuple[Step, ...]
    snoozes_allowed: int = 2

    def moments(self, due_at: datetime, calendar: Calendar) -> tuple[datetime, ...]:
        """When each step is reached for an obligation due at `due_at`."""
        return tuple(step.at(due_at, calendar) for step in self.steps)


DEFAULT = Policy(
    "default",
    (
        Step(-2, ("owner",), 0, only_if_at_risk=True),
        Step(0, ("owner",), 0),
        Step(1, ("owner", "contact", "counterparty", "channel"), 1),
        Step(2, ("manager",), 2),
        Step(5, ("sponsor",), 3),
    ),
)
"""The ladder of an agreement that declares none."""
