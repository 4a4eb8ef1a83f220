"""A promise of quantity over time: what came in, against the goal line, and where it is heading."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.charts.axes import label_checkpoints
from bot.charts.facts import Reading, cumulated, number, short_number
from bot.charts.frame import LEFT, RIGHT, SMALL
from bot.charts.lettering import width_of
from bot.charts.scales import Course, Scale, scale_of
from bot.charts.shapes import Area, Box, Line, Point, Shape, Words
from bot.chat.card import VolumePanel

_BAND = 54
"""Room over the plot for the words that say where today and the due moment are."""
_CROWDED = 20
"""Checkpoints closer together than this are drawn without their diamonds."""
_ASIDE = 22
"""How far right of the due moment the projection's bracket stands, clear of the checkpoint's diamond."""
_BRACKET = 14


def plot(panel: VolumePanel, reading: Reading, top: float, height: float) -> tuple[list[Shape], float]:
    """Draw the plot with its band above and its labels below; tell where it ends."""
    accepted, counted = cumulated(panel, panel.accepted), cumulated(panel, panel.counted)
    scale = scale_of(panel, reading, counted, top=top + _BAND, bottom=top + _BAND + height)
    scale = replace(scale, right=_right_edge(panel, reading, scale.ends_at))
    labels, bottom = label_checkpoints(panel, reading, scale)
    shapes: list[Shape] = [
        *_fan(panel, reading, scale),
        *_came_in(accepted, counted, scale),
        *_landmarks(panel, reading, scale),
        *_today(panel, scale),
        *_target(reading, scale),
        *_goal_line(panel, reading, scale),
        *_here(panel, reading, scale),
        *_reach(reading, scale),
        *labels,
    ]
    return shapes, bottom


def _right_edge(panel: VolumePanel, reading: Reading, ends_at: datetime) -> float:
    """Where the plot ends: further left by what the projection's numbers need beside the due moment."""
    part = (panel.due_at - panel.starts_at) / (ends_at - panel.starts_at)
    due = RIGHT - _beside_due(reading)
    return min(RIGHT - 4, LEFT + (due - LEFT) / max(part, 0.01))


def _beside_due(reading: Reading) -> float:
    """The room that the projection's bracket and numbers take, right of the due moment."""
    if reading.projected is None:
        return 0
    numbers = max(width_of(short_number(end), SMALL, bold=True) for end in reading.projected)
    return _ASIDE + _BRACKET + 14 + numbers


def _came_in(accepted: Course, counted: Course, scale: Scale) -> list[Shape]:
    """What came in: accepted as a full area, what awaits acceptance as a hatched one on top of it."""
    lower = tuple(scale.at(*step) for step in accepted)
    upper = tuple(scale.at(*step) for step in counted)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lower, upper, strict=False)))
    shapes: list[Shape] = []
    if len(upper) > 1 and upper != lower:
        apart = upper[max(0, alike - 1) :]
        shapes.append(Area((*apart, *_ground(apart, scale)), "awaiting", stripe="stripe"))
    if len(lower) > 1:
        shapes.append(Area((*lower, *_ground(lower, scale)), "accepted"))
    if len(upper) > 1:
        shapes.append(Line(upper, "accepted", 6))
    return shapes


def _ground(line: tuple[Point, ...], scale: Scale) -> tuple[Point, Point]:
    return Point(line[-1].x, scale.bottom), Point(line[0].x, scale.bottom)


def _landmarks(panel: VolumePanel, reading: Reading, scale: Scale) -> list[Shape]:
    """The ground, the target's height up to the due moment, and the due moment itself."""
    due = scale.x(panel.due_at)
    height = scale.y(reading.target)
    return [
        Line((Point(scale.left, scale.bottom), Point(scale.right, scale.bottom)), "soft", 3),
        Line((Point(scale.left, height), Point(max(due, scale.left + 1), height)), "soft", 3, dash=(14, 10)),
        Line((Point(due, scale.top), Point(due, scale.bottom)), "soft", 3),
    ]


def _target(reading: Reading, scale: Scale) -> list[Shape]:
    """The target's name over its line, on a piece of paper of its own so that nothing runs through it.

    It stands at the left; only where the due moment comes so early that the projection's numbers
    stand there, it stands right of them.
    """
    height = scale.y(reading.target)
    words = f"Target {number(reading.target)}"
    width = width_of(words, SMALL, bold=True)
    left, due = scale.left, scale.x(scale.due_at)
    if reading.projected is not None and due + _ASIDE < left + width + 30:
        left = due + _beside_due(reading) + 20
    return [
        Box(left, height - SMALL - 18, width + 14, SMALL + 12, fill="paper", radius=8),
        Words(left + 4, height - 16, words, SMALL, "ink", width, bold=True),
    ]


def _goal_line(panel: VolumePanel, reading: Reading, scale: Scale) -> list[Shape]:
    """The pace that the checkpoints ask for: full diamonds have passed, hollow ones are to come."""
    goals = [goal for goal in reading.goals if scale.holds(goal.at)]
    places = [scale.at(goal.at, goal.quantity) for goal in goals]
    line = (scale.at(panel.starts_at, 0), *places)
    if len(line) < 2:
        return []
    shapes: list[Shape] = [Line(line, "paper", 10), Line(line, "ink", 5)]
    gaps = [after.x - before.x for before, after in zip(line, places, strict=False)]
    if min(gaps) < _CROWDED:
        return shapes
    half = 15 if min(gaps) > 60 else 9
    for goal, place in zip(goals, places, strict=True):
        shapes += diamond(place, half, hollow=goal.at > panel.now)
    return shapes


def diamond(place: Point, half: float, *, hollow: bool) -> list[Shape]:
    """Draw a checkpoint."""

    def around(out: float) -> tuple[Point, ...]:
        x, y = place
        return Point(x, y - out), Point(x + out, y), Point(x, y + out), Point(x - out, y)

    shapes: list[Shape] = [Area(around(half + 6), "paper"), Area(around(half), "ink")]
    if hollow:
        shapes.append(Area(around(half - 6), "paper"))
    return shapes


def _fan(panel: VolumePanel, reading: Reading, scale: Scale) -> list[Shape]:
    """What is likely: from where things stand now to the range at the due moment."""
    if reading.projected is None or not scale.holds(panel.now):
        return []
    low, high = reading.projected
    here = scale.at(panel.now, reading.attained)
    ends = scale.at(panel.due_at, high), scale.at(panel.due_at, low)
    return [
        Area((here, *ends), "fan"),
        *(Line((here, end), "fan edge", 4, dash=(3, 10)) for end in ends),
    ]


def _reach(reading: Reading, scale: Scale) -> list[Shape]:
    """The projected range as a bracket beside the due moment, with its numbers."""
    if reading.projected is None:
        return []
    low, high = reading.projected
    x, top, bottom = scale.x(scale.due_at) + _ASIDE, scale.y(high), scale.y(low)
    labels = [short_number(high), short_number(low)] if high != low else [short_number(high)]
    apart = max(bottom - top, SMALL + 6) if len(labels) > 1 else 0
    first = min(max((top + bottom - apart) / 2, scale.top + SMALL / 2), scale.bottom - apart - 4)
    return [
        *bracket(x, top, bottom),
        *(
            Words(
                x + _BRACKET + 14,
                first + index * apart + SMALL * 0.36,
                words,
                SMALL,
                "ink",
                width_of(words, SMALL, bold=True),
                bold=True,
            )
            for index, words in enumerate(labels)
        ),
    ]


def bracket(x: float, top: float, bottom: float) -> list[Shape]:
    """Draw a range as a bracket that opens to the left."""
    right = x + _BRACKET
    return [Line((Point(x, top), Point(right, top), Point(right, bottom), Point(x, bottom)), "accepted", 6)]


def _here(panel: VolumePanel, reading: Reading, scale: Scale) -> list[Shape]:
    """The disc at the end of the line: where things stand now."""
    if not scale.holds(panel.now):
        return []
    x, y = scale.at(panel.now, reading.attained)
    return [
        Box(x - 16, y - 16, 32, 32, fill="paper", radius=16),
        Box(x - 12, y - 12, 24, 24, fill="accepted", radius=12),
    ]


def _today(panel: VolumePanel, scale: Scale) -> list[Shape]:
    """The line at today, and the words over the plot that name it and the due moment."""
    due = ("Due", scale.x(panel.due_at), False)
    if not scale.holds(panel.now):
        return [*_over(scale, due)]
    x = scale.x(panel.now)
    return [
        Line((Point(x, scale.top), Point(x, scale.bottom)), "ink", 3, dash=(4, 8)),
        *_over(scale, ("Now" if scale.is_short else "Today", x, True), due),
    ]


def _over(scale: Scale, *labels: tuple[str, float, bool]) -> list[Shape]:
    """Words over their places, each inside the picture, pushed apart where they would touch."""
    gap = 22
    placed: list[Words] = []
    least = float(LEFT)
    for text, x, bold in sorted(labels, key=lambda label: label[1]):
        width = width_of(text, SMALL, bold)
        middle = max(least + width / 2, min(x, RIGHT - width / 2))
        placed.append(Words(middle, scale.top - 14, text, SMALL, "ink" if bold else "soft", width, bold, "middle"))
        least = middle + width / 2 + gap
    most = float(RIGHT)
    for index in reversed(range(len(placed))):
        words = placed[index]
        middle = min(words.x, most - words.width / 2)
        placed[index] = replace(words, x=middle)
        most = middle - words.width / 2 - gap
    return [*placed]
