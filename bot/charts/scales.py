"""Where moments and quantities are on the canvas."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.charts.facts import Reading
from bot.charts.frame import LEFT, RIGHT
from bot.charts.shapes import Point
from bot.chat.card import VolumePanel

_HEADROOM = 54
"""Room between the highest quantity and the plot's top, so that the target's label has a place."""
_LATE = 4
"""A late arrival is drawn up to this part of the period after its end, and at the edge beyond."""

Course = list[tuple[datetime, int]]


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns moments and quantities into places; what lies beyond is drawn at the edge.

    `due_at` is the due moment; `full` the highest quantity drawn.
    """

    starts_at: datetime
    ends_at: datetime
    due_at: datetime
    full: int
    left: float
    right: float
    top: float
    bottom: float

    def x(self, at: datetime) -> float:
        """Where a moment is."""
        part = (at - self.starts_at) / (self.ends_at - self.starts_at)
        return self.left + (self.right - self.left) * max(0.0, min(1.0, part))

    def y(self, quantity: int) -> float:
        """Where a quantity is."""
        part = max(0, min(quantity, self.full)) / self.full
        return self.bottom - (self.bottom - self.top - _HEADROOM) * part

    def at(self, when: datetime, quantity: int) -> Point:
        """Where a quantity at a moment is."""
        return Point(self.x(when), self.y(quantity))

    def holds(self, at: datetime) -> bool:
        """Tell whether a moment lies on the scale."""
        return self.starts_at <= at <= self.ends_at

    @property
    def is_short(self) -> bool:
        """Tell whether hours matter more than days."""
        return self.ends_at - self.starts_at <= timedelta(hours=36)


def scale_of(panel: VolumePanel, reading: Reading, counted: Course, *, top: float, bottom: float) -> Scale:
    """Fit a panel's period, what came late, its goals and its projection into a plot.

    A projection far above everything else is cut at half as much again, so that what has been
    attained stays readable; its number is written beside it in any case.
    """
    ends_at = max(panel.ends_at, panel.due_at, panel.starts_at + timedelta(minutes=1))
    changed = [after[0] for before, after in itertools.pairwise(counted) if before[1] != after[1]]
    if changed and changed[-1] > ends_at:
        ends_at = min(changed[-1], ends_at + (ends_at - panel.starts_at) / _LATE)
    highest = max(1, reading.target, *(total for _, total in counted), *(goal.quantity for goal in reading.goals))
    projected = reading.projected[1] if reading.projected else 0
    return Scale(
        starts_at=panel.starts_at,
        ends_at=ends_at,
        due_at=panel.due_at,
        full=max(highest, min(projected, highest + highest // 2)),
        left=LEFT,
        right=RIGHT,
        top=top,
        bottom=bottom,
    )
