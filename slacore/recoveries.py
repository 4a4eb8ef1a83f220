"""The best recovery of a month: who came back from furthest behind, named where everybody sees it.

Two things are a recovery. A *loss made good*: a miss whose recovery plan both sides agreed to and whose every
step was done in time, the last of them in the month. And a quantity *caught up*: behind what was due at
half-time, and met all the same, in full and in time.

The rule: a loss made good comes before anything caught up, since it had cost somebody. Of losses made good the
largest in money comes first, then those without a price by the part of the target that was missed. Of what was
caught up the one comes first that was furthest behind at half-time: (expected − attained) / expected, half-time
being the middle between the period's start and its due moment. What is even goes to the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from slacore.calendars import Calendar
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.periods import Period
from slacore.plans import RecoveryPlan
from slacore.standing import Standing


@dataclass(frozen=True, slots=True)
class MadeGood:
    """A miss that was made good within its plan: by how much it was short, what that cost, and when it was done.

    `part` is the part of the target that was missed, 1 of a single thing. `loss` is None without a price.
    """

    commitment: str
    party: str
    breach: str
    plan: str
    shortfall: int
    part: Fraction
    loss: Money | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """A quantity that was behind at half-time and met: what was expected and there by then, and the whole of it."""

    commitment: str
    party: str
    period: Period
    half_at: datetime
    expected: int
    attained: int
    target: int

    @property
    def behind(self) -> Fraction:
        """How far behind it was, as a part of what was expected."""
        return Fraction(self.expected - self.attained, self.expected)


Recovery = MadeGood | CaughtUp


def best_of(found: Iterable[Recovery]) -> Recovery | None:
    """The best recovery of these, by the rule above; None of none. Losses in several currencies go by amount."""
    return min(found, key=_rank, default=None)


def _rank(recovery: Recovery) -> tuple[int, int, Fraction, datetime]:
    match recovery:
        case MadeGood(loss=loss) if loss is not None:
            return 0, -loss.amount, Fraction(), recovery.at
        case MadeGood():
            return 1, 0, -recovery.part, recovery.at
        case CaughtUp():
            return 2, 0, -recovery.behind, recovery.half_at


def done_in_time(plan: RecoveryPlan, steps: Sequence[Obligation], since: datetime, until: datetime) -> datetime | None:
    """When the last step of an agreed plan was done, if all were done in time and that was before `until`."""
    done = [each.done_at for each in steps if each.state == "kept" and each.done_at is not None]
    if plan.state != "agreed" or not done or len(done) != len(steps):
        return None
    return last if since <= (last := max(done)) < until else None


def caught_up(
    commitment: str,
    party: str,
    standing: Standing,
    counted_by_day: Sequence[tuple[date, int]],
    calendar: Calendar,
    zone: str,
) -> CaughtUp | None:
    """Whether a period's quantity was behind at half-time and met. `counted_by_day` is cumulative, by local date."""
    goal = standing.goal
    if standing.state != "met" or standing.provisional or not goal.target:
        return None
    half_at = goal.starts_at + (goal.due_at - goal.starts_at) / 2
    expected = goal.expected_by(half_at, calendar)
    half_on = half_at.astimezone(ZoneInfo(zone)).date()
    attained = max((units for on, units in counted_by_day if on <= half_on), default=0)
    if attained >= expected:
        return None
    return CaughtUp(commitment, party, goal.period, half_at, expected, attained, goal.target)
