"""A promise's state as a sign, a word and a colour, each of which says it alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.charts.frame import SMALL
from bot.charts.inks import Ink
from bot.charts.lettering import clean, fit, is_covered, width_of
from bot.charts.shapes import Area, Box, Line, Point, Shape, Words

Sign = Literal["tick", "cross", "warning", "down", "dash"]

HEIGHT = 64
_SIGN = 40
_PADDING = 16
_GAP = 12
_WIDEST = 480


class Look(NamedTuple):
    """How a state is drawn: its sign, the colour of it, and the paler one behind."""

    sign: Sign
    ink: Ink
    wash: Ink


_LOOKS: dict[str, Look] = {
    "on pace": Look("tick", "good", "good wash"),
    "kept": Look("tick", "good", "good wash"),
    "met": Look("tick", "good", "good wash"),
    "at risk": Look("warning", "warning", "warning wash"),
    "met late": Look("tick", "warning", "warning wash"),
    "behind": Look("down", "bad", "bad wash"),
    "missed": Look("cross", "bad", "bad wash"),
    "no reading": Look("warning", "warning", "warning wash"),
    "short": Look("down", "warning", "warning wash"),
}
_PLAIN = Look("dash", "soft", "wash")


def badge(state: str, right: float, top: float) -> tuple[list[Shape], float]:
    """Draw a state's badge, its right edge given, and tell its width; nothing for an empty state.

    A provisional state is edged with dashes: it may still change. States that are not known are
    shown in grey, in their own words.
    """
    words = clean(state)
    if not words:
        return [], 0.0
    look, provisional = look_of(words)
    around = _PADDING * 2 + _SIGN + _GAP
    text = fit(words[:1].upper() + words[1:], SMALL, _WIDEST - around, bold=True)
    width = around + 4 + width_of(text, SMALL, bold=True)
    left = right - width
    middle = top + HEIGHT / 2
    return [
        Box(
            left,
            top,
            width,
            HEIGHT,
            fill=look.wash,
            edge=look.ink if provisional else None,
            edge_width=3,
            radius=HEIGHT / 2,
            dash=(10, 8) if provisional else None,
        ),
        *sign(look.sign, left + _PADDING + _SIGN / 2, middle, _SIGN, look.ink),
        Words(
            left + _PADDING + _SIGN + _GAP,
            middle + SMALL * 0.36,
            text,
            SMALL,
            "ink",
            width_of(text, SMALL, bold=True),
            bold=True,
            set_width=is_covered(text, bold=True),
            otherwise="see text",
        ),
    ], width


def sign(kind: Sign, x: float, y: float, size: float, ink: Ink) -> list[Shape]:
    """Draw a state's sign around a centre: each has its own outline, not only its own colour."""
    half = size / 2
    if kind == "warning":
        triangle = (Point(x, y - half), Point(x + half * 1.1, y + half * 0.86), Point(x - half * 1.1, y + half * 0.86))
        return [
            Area(triangle, ink),
            Line((Point(x, y - half * 0.3), Point(x, y + half * 0.18)), "mark", size * 0.12),
            _dot(x, y + half * 0.55, size * 0.075),
        ]
    if kind == "down":
        arrow = (
            Point(x - half * 0.36, y - half),
            Point(x + half * 0.36, y - half),
            Point(x + half * 0.36, y),
            Point(x + half * 0.9, y),
            Point(x, y + half),
            Point(x - half * 0.9, y),
            Point(x - half * 0.36, y),
        )
        return [Area(arrow, ink)]
    if kind == "cross":
        edge = Box(x - half, y - half, size, size, fill=ink, radius=size * 0.22)
        return [edge, *crossed(x, y, size, "mark")]
    disc = Box(x - half, y - half, size, size, fill=ink, radius=half)
    if kind == "tick":
        return [disc, ticked(x, y, size, "mark")]
    return [disc, Line((Point(x - half * 0.4, y), Point(x + half * 0.4, y)), "mark", size * 0.12)]


def ticked(x: float, y: float, size: float, ink: Ink) -> Line:
    """Draw a tick inside a square of the size."""
    return Line(
        (
            Point(x - size * 0.22, y + size * 0.02),
            Point(x - size * 0.06, y + size * 0.18),
            Point(x + size * 0.24, y - size * 0.16),
        ),
        ink,
        size * 0.12,
    )


def crossed(x: float, y: float, size: float, ink: Ink) -> list[Shape]:
    """Draw a cross inside a square of the size."""
    arm = size * 0.2
    return [
        Line((Point(x - arm, y - arm), Point(x + arm, y + arm)), ink, size * 0.12),
        Line((Point(x - arm, y + arm), Point(x + arm, y - arm)), ink, size * 0.12),
    ]


def _dot(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, radius * 2, radius * 2, fill="mark", radius=radius)


def look_of(words: str) -> tuple[Look, bool]:
    """A state's sign and colours, and whether it is still provisional."""
    lowered = words.lower()
    provisional = "provisional" in lowered
    core = lowered.replace("provisional", "").strip(" ,.:·–-()")
    look = _LOOKS.get(core, _PLAIN)
    if provisional and core == "missed":  # nothing provisional is called a miss
        look = _LOOKS["short"]
    return look, provisional
