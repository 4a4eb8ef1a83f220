"""The row of a level: a scale with the threshold in its middle, the promised side, and where the figure stands."""

from __future__ import annotations

from bot.charts.frame import INNER, LEFT, RIGHT, SMALL
from bot.charts.lettering import fit, width_of
from bot.charts.plots import diamond
from bot.charts.shapes import Box, Line, Point, Shape, Words
from bot.charts.volumes import head
from bot.chat.card import LevelPanel

_HEIGHT = 30
_ROOM = 26
_MARK = 22


def draw_level(panel: LevelPanel, top: float, nth: int) -> tuple[list[Shape], float]:
    """Draw the row and tell where it ends.

    The promised side is to the right where the figure must be at least the threshold, to the left
    where it must be at most that; a figure beyond the scale stands at its end.
    """
    shapes, y = head(panel.title, panel.state, top, f"Promise {nth}")
    y += 10 + _ROOM
    middle = LEFT + INNER / 2
    promised = middle if panel.comparison == "at least" else float(LEFT)
    centre = y + _HEIGHT / 2
    shapes += [
        Box(LEFT, y, INNER, _HEIGHT, fill="bad wash", radius=_HEIGHT / 2),
        Box(promised, y, INNER / 2, _HEIGHT, fill="good wash", radius=_HEIGHT / 2),
        Box(LEFT + 2, y + 2, INNER - 4, _HEIGHT - 4, edge="soft", edge_width=3, radius=_HEIGHT / 2),
        Line((Point(middle, y - 18), Point(middle, y + _HEIGHT + 18)), "ink", 6),
    ]
    if (place := _place(panel)) is not None:
        x = min(max(LEFT + place * INNER, LEFT + _MARK), RIGHT - _MARK)
        ink = diamond(Point(x, centre), _MARK, hollow=False)
        shapes += ink
    words, bottom = _in_words(panel, y + _HEIGHT + 18)
    return [*shapes, *words], bottom


def _place(panel: LevelPanel) -> float | None:
    """Where the figure stands on the scale, from 0 to 1; None where there is none."""
    if panel.attained is None:
        return None
    reach = max(1, panel.reach)
    off = max(-reach, min(panel.attained - panel.threshold, reach))
    return 0.5 + off / reach / 2


def _in_words(panel: LevelPanel, top: float) -> tuple[list[Shape], float]:
    y = top + 20 + SMALL
    limit = fit(f"{panel.comparison} {panel.threshold_words}", SMALL, INNER / 2)
    wide = width_of(limit, SMALL)
    figure = fit(panel.attained_words, SMALL, INNER - wide - 40, bold=True)
    return [
        Words(LEFT, y, figure, SMALL, "ink", width_of(figure, SMALL, bold=True), bold=True),
        Words(RIGHT - wide, y, limit, SMALL, "soft", wide),
    ], y + 14
