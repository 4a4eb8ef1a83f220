"""Which of several agreed ways makes a miss good: chosen once by whoever decides, or by both sides together.

Choosing one closes the others. Where nobody is named who decides, one side offers a way and the
other takes it; an offer that nobody answers in its time comes to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.credits import Consequence, Option
from slacore.errors import Refusal
from slacore.plans import PlanTime

OFFER_STANDS = Duration(5, "wd")
"""How long an offer stands, in the working time of the side that is to answer it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a miss, by whom and when; it never changes.

    `proposed_by` is the member of the other side whose offer it was, "" where one person decides alone.
    """

    breach: int
    option: Option
    by: str
    at: datetime
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way that one `side` offers the other, open until it is taken, another offer takes its place, or `until`.

    `units` are those to be carried over, 0 for any other way.
    """

    breach: int
    seq: int
    option: Option
    units: int
    side: str
    by: str
    at: datetime
    until: datetime
    ended_at: datetime | None = None
    ended_how: Literal["", "taken", "replaced", "lapsed"] = ""

    def is_same(self, option: Option, units: int) -> bool:
        """Whether somebody speaks of the same thing."""
        return (self.option, self.units) == (option, units)

    def end(self, how: Literal["taken", "replaced", "lapsed"], at: datetime) -> Offer:
        """It is open no more."""
        return replace(self, ended_at=at, ended_how=how)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a miss has come: what was chosen, what is on offer, how long a plan is waited for."""

    choice: Choice | None = None
    offer: Offer | None = None
    plan_time: PlanTime | None = None

    @property
    def followed(self) -> str:
        """What followed by itself, since no plan was agreed in time; "" where nothing did."""
        return self.plan_time.followed if self.plan_time is not None else ""


def is_pending(agreed: Consequence, course: Course) -> bool:
    """Whether one of several ways is still to be chosen."""
    return agreed.is_a_choice and course.choice is None


def is_closed(agreed: Consequence, course: Course, option: Option) -> bool:
    """Whether a way is out: it was not agreed, or another one was chosen."""
    if course.followed == option:
        return False
    if option not in agreed.options:
        return True
    return agreed.is_a_choice and course.choice is not None and course.choice.option != option


def applies(agreed: Consequence, course: Course, option: Option) -> bool:
    """Whether a way is what the miss brings, as far as anybody has to choose."""
    return not is_closed(agreed, course, option) and (course.followed == option or not is_pending(agreed, course))


def require_open(breach: Breach, agreed: Consequence, course: Course, option: Option, chooser: str) -> None:
    """Refuse a way that was not agreed, or that what was chosen has closed; `chooser` is the name of who chose."""
    if option not in agreed.named:
        raise Refusal(
            f"No {option} was agreed for {breach.key}.", f"See `history {breach.key}` and `agreement`.", field="key"
        )
    if is_closed(agreed, course, option):
        if course.choice is None:
            raise Refusal(
                f"A {option} follows {breach.key} only where no plan was agreed in time.",
                f"See `recovery {breach.key}`.",
                field="key",
            )
        raise Refusal(
            f"{chooser} chose another way for {breach.key}: {course.choice.option}. That closed the others.",
            f"See `choose {breach.key}`.",
            field="key",
        )
