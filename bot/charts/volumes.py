"""The panel of a promise of quantity: its name and state, the number that matters, its parts, its plot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.charts.badges import HEIGHT, badge
from bot.charts.facts import Reading, day, day_of_month, hour, moment, number, read, short_number
from bot.charts.frame import BODY, HERO, INNER, LEFT, NAME, NUMBER, RIGHT, SMALL
from bot.charts.lettering import fit, is_covered, width_of, wrap
from bot.charts.plots import bracket, diamond, plot
from bot.charts.shapes import Area, Box, Line, Point, Shape, Words
from bot.chat.card import VolumePanel

_BETWEEN = 20
_KEY = 44
"""Room for the sign before a number that says which part of the plot it counts."""


def draw_volume(panel: VolumePanel, top: float, plot_height: float, nth: int) -> tuple[list[Shape], float]:
    """Draw the panel and tell where it ends; `nth` names it where its title has no letters."""
    reading = read(panel)
    heading, y = head(panel.title, panel.state, top, f"Promise {nth}")
    hero, y = _hero(panel, reading, y)
    parts, y = _parts(panel, reading, y)
    plotted, y = plot(panel, reading, y, plot_height)
    return [*heading, *hero, *parts, *plotted], y


def head(title: str, state: str, top: float, otherwise: str) -> tuple[list[Shape], float]:
    """Draw a promise's name with its state beside it; a long name takes two lines."""
    shapes, badge_width = badge(state, RIGHT, top)
    rooms = (INNER - badge_width - (32 if badge_width else 0), float(INNER))
    y = top + HEIGHT / 2 + NAME * 0.36
    for line in wrap(title, NAME, rooms, bold=True):
        shapes.append(
            Words(
                LEFT,
                y,
                line,
                NAME,
                "ink",
                width_of(line, NAME, bold=True),
                bold=True,
                set_width=is_covered(line, bold=True),
                otherwise=otherwise,
            )
        )
        y += NAME * 1.25
    return shapes, y - NAME * 1.25 + 24


def _hero(panel: VolumePanel, reading: Reading, top: float) -> tuple[list[Shape], float]:
    """The number that matters, large, and beside it what it is out of and what is left."""
    count = number(reading.attained)
    size = HERO if width_of(count, HERO, bold=True) <= INNER * 0.42 else NAME * 1.5
    if width_of(count, size, bold=True) > INNER * 0.42:
        count = short_number(reading.attained)
    y = top + HERO * 0.86
    wide = width_of(count, size, bold=True)
    left = LEFT + wide + 28
    room = RIGHT - left
    target = number(reading.target)
    if width_of(f"of {target} ", BODY, bold=True) > room * 0.6:
        target = short_number(reading.target)
    elif panel.carried:
        target = f"{number(panel.target - panel.carried)} + {number(panel.carried)}"
    first = fit(f"of {target} {panel.unit}", BODY, room, bold=True)
    second = _what_is_left(panel, reading, room)
    return [
        Words(LEFT, y, count, size, "ink", wide, bold=True),
        Words(
            left,
            y - SMALL * 1.36,
            first,
            BODY,
            "ink",
            width_of(first, BODY, bold=True),
            bold=True,
            set_width=is_covered(first, bold=True),
        ),
        Words(left, y, second, SMALL, "soft", width_of(second, SMALL)),
    ], y


def _what_is_left(panel: VolumePanel, reading: Reading, room: float) -> str:
    tense = "was due" if reading.is_due else "due"
    ways = [
        f"{reading.gap} · {tense} {moment(panel.due_at, panel.zone)}",
        f"{reading.gap} · {tense} {day(panel.due_at, panel.zone)}",
        f"{tense} {moment(panel.due_at, panel.zone)}",
    ]
    return next((way for way in ways if width_of(way, SMALL) <= room), fit(ways[-1], SMALL, room))


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with the sign of what it counts and the words for it, the fullest first."""

    key: Callable[[float, float], list[Shape]]
    count: str
    brief: str
    ways: tuple[str, ...]

    def wide(self, count: str, size: float) -> float:
        return max(_KEY + width_of(count, size, bold=True), width_of(self.ways[-1], SMALL)) + _BETWEEN


def _parts(panel: VolumePanel, reading: Reading, top: float) -> tuple[list[Shape], float]:
    """The numbers of the plot side by side, each with the sign it has in the plot: the plot's legend."""
    parts = [
        _Part(_accepted_key, number(reading.accepted), short_number(reading.accepted), ("accepted",)),
        _Part(_awaiting_key, number(reading.awaiting), short_number(reading.awaiting), ("awaiting",)),
        _goal_part(panel, reading),
    ]
    if reading.projected is not None:
        ends = dict.fromkeys(reading.projected)
        parts.append(
            _Part(_projected_key, "–".join(map(number, ends)), "–".join(map(short_number, ends)), ("projected",))
        )
    counts, size, columns = _columns(parts)
    y = top + 86
    left = float(LEFT)
    shapes: list[Shape] = []
    for part, count, column in zip(parts, counts, columns, strict=True):
        fitting = (way for way in part.ways if width_of(way, SMALL) <= column - _BETWEEN)
        words = next(fitting, fit(part.ways[-1], SMALL, column))
        shapes += [
            *part.key(left, y - NUMBER * 0.36),
            Words(left + _KEY, y, count, size, "ink", width_of(count, size, bold=True), bold=True),
            Words(left, y + 46, words, SMALL, "soft", width_of(words, SMALL)),
        ]
        left += column
    return shapes, y + 46 + 22


def _columns(parts: list[_Part]) -> tuple[list[str], float, list[float]]:
    """Choose numbers in full or brief, their size, and columns: equal ones unless a number needs more."""
    full, brief = [part.count for part in parts], [part.brief for part in parts]
    for counts, size in ((full, NUMBER), (brief, NUMBER), (brief, BODY)):
        needed = [part.wide(count, size) for part, count in zip(parts, counts, strict=True)]
        if max(needed) <= INNER / len(parts):
            return counts, size, [INNER / len(parts)] * len(parts)
        if sum(needed) <= INNER:
            break
    spare = (INNER - sum(needed)) / len(parts)
    return counts, size, [room + spare for room in needed]


def _goal_part(panel: VolumePanel, reading: Reading) -> _Part:
    goal = reading.next_goal
    if day(goal.at, panel.zone) == day(panel.now, panel.zone):
        ways = (f"goal today {hour(goal.at, panel.zone)}", "goal today")
    else:
        ways = (f"goal {day(goal.at, panel.zone)}", f"goal {day_of_month(goal.at, panel.zone)}")
    return _Part(_goal_key, number(goal.quantity), short_number(goal.quantity), ways)


def _accepted_key(x: float, y: float) -> list[Shape]:
    return [Box(x, y - 15, 30, 30, fill="accepted", radius=5)]


def _awaiting_key(x: float, y: float) -> list[Shape]:
    square = (Point(x, y - 15), Point(x + 30, y - 15), Point(x + 30, y + 15), Point(x, y + 15))
    return [
        Area(square, "awaiting", stripe="stripe"),
        Box(x + 1.5, y - 13.5, 27, 27, edge="accepted", edge_width=3, radius=2),
    ]


def _goal_key(x: float, y: float) -> list[Shape]:
    return [Line((Point(x, y), Point(x + 30, y)), "ink", 5), *diamond(Point(x + 15, y), 13, hollow=True)]


def _projected_key(x: float, y: float) -> list[Shape]:
    fan = Area((Point(x - 1, y), Point(x + 20, y - 15), Point(x + 20, y + 15)), "fan")
    return [fan, *bracket(x + 17, y - 15, y + 15)]
