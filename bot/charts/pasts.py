"""The row of a promise over its last periods: a column each, against the line of what was promised."""

from __future__ import annotations

from bot.charts.badges import look_of, sign
from bot.charts.frame import INNER, LEFT, RIGHT, SMALL
from bot.charts.inks import Ink
from bot.charts.lettering import clean, fit, is_covered, width_of
from bot.charts.shapes import Box, Line, Point, Shape, Words
from bot.charts.volumes import head
from bot.chat.card import PastPanel, PastPoint

MOST_POINTS = 6
_WHOLE = 120
"""How high a column of exactly what was promised stands."""
_MOST_SHARE = 1_250
"""Thousandths beyond which a column grows no higher."""
_BAR = 92
_SIGN = 32


def draw_past(panel: PastPanel, top: float, nth: int) -> tuple[list[Shape], float]:
    """Draw the row and tell where it ends: the name, and for each period figure, column, sign and label."""
    shapes, y = head(panel.title, "", top, f"Promise {nth}")
    points = panel.points[-MOST_POINTS:]
    column = INNER / MOST_POINTS
    ground = y + SMALL + 16 + _WHOLE * _MOST_SHARE / 1000
    for index, point in enumerate(points):
        shapes += _column(point, LEFT + column * index, column, ground)
    promised = ground - _WHOLE
    shapes += [
        Line((Point(LEFT, ground), Point(RIGHT, ground)), "soft", 3),
        Line((Point(LEFT, promised), Point(RIGHT, promised)), "ink", 3, dash=(14, 10)),
    ]
    return shapes, ground + 14 + _SIGN + 10 + SMALL + 16


def _column(point: PastPoint, left: float, width: float, ground: float) -> list[Shape]:
    look, provisional = look_of(clean(point.state))
    middle, room = left + width / 2, width - 14
    height = 0.0
    shapes: list[Shape] = []
    if point.share is not None:
        height = max(4.0, _WHOLE * min(max(point.share, 0), _MOST_SHARE) / 1000)
        edge = look.ink if provisional else None
        fill = look.wash if provisional else look.ink
        dash = (10.0, 8.0) if provisional else None
        shapes.append(
            Box(middle - _BAR / 2, ground - height, _BAR, height, fill=fill, edge=edge, edge_width=3, dash=dash)
        )
    below = ground + 14 + _SIGN / 2
    shapes += sign(look.sign, middle, below, _SIGN, look.ink)
    # The figure stands over its column, clear of the line of what was promised.
    foot = ground - height - 10
    if ground - _WHOLE - 8 < foot < ground - _WHOLE + SMALL:
        foot = ground - _WHOLE - 8
    shapes += [
        _word(point.words, middle, foot, room, bold=True),
        _word(point.label, middle, ground + 14 + _SIGN + 10 + SMALL * 0.8, room, bold=False),
    ]
    return shapes


def _word(text: str, middle: float, y: float, room: float, *, bold: bool) -> Words:
    words = fit(text, SMALL, room, bold=bold)
    width = min(width_of(words, SMALL, bold=bold), room)
    ink: Ink = "ink" if bold else "soft"
    covered = is_covered(words, bold=bold)
    return Words(middle, y, words, SMALL, ink, width, bold, "middle", set_width=covered, otherwise="…")
