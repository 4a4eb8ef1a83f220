"""The labels under a plot: what is expected by when, as many of them as have room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.charts.facts import Reading, day, day_of_month, hour, moment, short_number
from bot.charts.frame import LEFT, RIGHT, SMALL
from bot.charts.lettering import width_of
from bot.charts.scales import Scale
from bot.charts.shapes import Anchor, Line, Point, Shape, Words
from bot.chat.card import GoalPoint, VolumePanel

_GAP = 26
_TICK = 12
_LINE = 42


_Say = Callable[[datetime, str], str]


@dataclass(frozen=True, slots=True)
class _Label:
    """What is expected by a checkpoint, and where that is written."""

    goal: GoalPoint
    words: str
    x: float
    width: float
    anchor: Anchor

    @property
    def left(self) -> float:
        return self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]

    def keeps_from(self, other: _Label) -> bool:
        return self.left >= other.left + other.width + _GAP or other.left >= self.left + self.width + _GAP


def label_checkpoints(panel: VolumePanel, reading: Reading, scale: Scale) -> tuple[list[Shape], float]:
    """Label the checkpoints with quantity and day, and tell where the labels end.

    Where not all have room, the last one is labelled first, then the next one expected, then
    every second, fourth and so on of the others; the days are said as fully as all of them fit.
    """
    marks = [goal for goal in reading.goals if scale.holds(goal.at)]
    start = GoalPoint(panel.starts_at, 0)
    wanted = [*_by_importance(marks, reading.next_goal), start]
    chosen: list[_Label] = []
    for say in _ways_to_say(scale, marks):
        chosen = _those_with_room(wanted, panel.zone, scale, say)
        if len(chosen) >= len(marks):
            break
    shapes: list[Shape] = []
    first = scale.bottom + _TICK + _LINE
    for label in chosen:
        x = scale.x(label.goal.at)
        quantity = short_number(label.goal.quantity)
        shapes += [
            Line((Point(x, scale.bottom), Point(x, scale.bottom + _TICK)), "soft", 3),
            Words(label.x, first, quantity, SMALL, "ink", _wide(quantity, True), bold=True, anchor=label.anchor),
            Words(label.x, first + _LINE, label.words, SMALL, "soft", _wide(label.words), anchor=label.anchor),
        ]
    return shapes, first + _LINE + 10


def _by_importance(marks: Sequence[GoalPoint], upcoming: GoalPoint) -> list[GoalPoint]:
    """The last, the next expected, then ever finer subdivisions counted back from the last."""
    ordered = [*marks[-1:], *(goal for goal in marks if goal == upcoming)]
    step = 1 << len(marks).bit_length()
    while step:
        ordered += marks[::-1][::step]
        step //= 2
    return list(dict.fromkeys(ordered))


def _ways_to_say(scale: Scale, marks: Sequence[GoalPoint]) -> list[_Say]:
    if scale.is_short:
        return [hour]
    days = {goal.at.date() for goal in marks}
    fullest: list[_Say] = [moment] if len(days) < len(marks) else []
    return [*fullest, day, day_of_month]


def _those_with_room(goals: Sequence[GoalPoint], zone: str, scale: Scale, say: _Say) -> list[_Label]:
    chosen: list[_Label] = []
    for goal in goals:
        label = _label(goal, say(goal.at, zone), scale.x(goal.at))
        if all(label.keeps_from(other) for other in chosen):
            chosen.append(label)
    return chosen


def _label(goal: GoalPoint, words: str, x: float) -> _Label:
    """A label under its place, or beginning or ending at the picture's edge where it would stick out."""
    width = max(_wide(words), _wide(short_number(goal.quantity), True))
    if x - width / 2 < LEFT:
        return _Label(goal, words, LEFT, width, "start")
    if x + width / 2 > RIGHT:
        return _Label(goal, words, RIGHT, width, "end")
    return _Label(goal, words, x, width, "middle")


def _wide(words: str, bold: bool = False) -> float:
    return width_of(words, SMALL, bold)
