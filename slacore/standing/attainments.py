"""How much of a promise was attained, as the one share that consequences are agreed by."""

from __future__ import annotations

from fractions import Fraction

from slacore.standing.judged import Judged
from slacore.standing.levels import LevelStanding
from slacore.standing.members import MembersStanding
from slacore.standing.shares import ShareStanding
from slacore.standing.volumes import Standing


def attained_share(standing: Judged | None) -> Fraction:
    """The share of a promise that was attained; 0 of a single thing that was due and did not come (None).

    An indicator in per cent that is to be at least so much, and a share of items, are that figure
    itself: availability of 99.8 % is 0.998. Of anything else it is the part of the target: 91 of 100
    leads, 40 days of the 50 that were promised. For a figure that may be at most so much it is the
    part that the promise is of the figure: 5 hours where 4 are promised are 0.8. It may be above 1.
    """
    match standing:
        case LevelStanding(level=level, figure=figure) if figure is not None:
            if level.comparison == "at most":
                return level.threshold / figure if figure > 0 else Fraction(1)
            if level.unit == "%":
                return figure / 100
            return figure / level.threshold if level.threshold > 0 else Fraction(1)
        case LevelStanding():
            return Fraction(1)
        case ShareStanding(samples=samples):
            return min((share for each in samples if (share := each.share) is not None), default=Fraction(1))
        case MembersStanding(count=count):
            return Fraction(count.kept, count.total) if count.total else Fraction(1)
        case Standing(goal=goal, tally=tally):
            return Fraction(tally.on_time.accepted, goal.target) if goal.target else Fraction(1)
        case _:
            return Fraction()
