"""What a review has before it: the period in numbers, what was missed, what each side feels, what was taken on."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.cards.deals import Earnings
from bot.cards.duties import Duty
from bot.cards.lines import Overview
from bot.cards.reruns import Rerun
from slacore.accruals import Credit
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.choices import Course
from slacore.commitments import Commitment
from slacore.disputes import BreachDispute
from slacore.notices import Notice
from slacore.obligations import Obligation
from slacore.periods import Period
from slacore.plans import RecoveryPlan
from slacore.recoveries import Recovery
from slacore.reports import Line, UnitDispute
from slacore.reviews import Minute, Review, Voice, all_good


@dataclass(frozen=True, slots=True)
class Past:
    """One promise over its last periods, oldest first, with where it stood in each."""

    commitment: Commitment
    lines: tuple[tuple[Period, Line], ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A miss of the period: its record and what it was a miss of, what was said of it, and what follows from it.

    `steps` are the recovery plan's, as they are owed; none where there is no plan or not both have agreed to it.
    `carried` units are owed by a later period; `notice` is the one that was given; `course` tells what was
    chosen, and by when a `made` plan was wanted.
    """

    breach: Breach
    duty: Duty
    disputes: tuple[BreachDispute, ...] = ()
    credits: tuple[Credit, ...] = ()
    plan: str = ""
    steps: tuple[Obligation, ...] = ()
    carried: int = 0
    notice: Notice | None = None
    course: Course = field(default_factory=Course)
    made: RecoveryPlan | None = None


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """Everything a meeting looks at, ready to be told on any platform and on paper.

    `before` are the steps that the last review (`last`, "" for none) ended with, `actions` those of this one.
    `drafts` are amendments that are on their way, `disputed` the units of the period that were held apart.
    """

    agreement: str
    terms: Terms
    review: Review
    invited: tuple[str, ...]
    present: tuple[str, ...]
    quorum: bool
    lacking: str
    scorecard: tuple[Overview, ...]
    past: tuple[Past, ...]
    missed: tuple[Missed, ...]
    voices: tuple[Voice, ...]
    last: str
    before: tuple[Obligation, ...]
    minutes: tuple[Minute, ...]
    actions: tuple[Obligation, ...]
    lessons: tuple[tuple[str, Minute], ...]
    earnings: tuple[Earnings, ...] = ()
    reruns: tuple[Rerun, ...] = ()
    drafts: tuple[str, ...] = ()
    best: Recovery | None = None
    disputed: tuple[UnitDispute, ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether the numbers of the period are all good."""
        return all_good(each.line.state for each in self.scorecard)

    @property
    def unhappy(self) -> tuple[Voice, ...]:
        """What is wrong all the same, by those who said so; kept back until the meeting begins."""
        return () if self.review.state == "invited" else tuple(each for each in self.voices if not each.content)
