"""The row of a promise of things done: one cell each, kept, missed or still to come."""

from __future__ import annotations

from bot.charts.badges import crossed, ticked
from bot.charts.facts import number, short_number
from bot.charts.frame import INNER, LEFT, SMALL
from bot.charts.inks import Ink
from bot.charts.lettering import fit, width_of
from bot.charts.shapes import Box, Shape, Words
from bot.charts.volumes import head
from bot.chat.card import BarPanel

_HEIGHT = 58
_GAP = 10
_MOST_CELLS = 16
_NARROWEST = 64
_ORDER = ("kept", "missed", "to come")


def draw_bar(panel: BarPanel, top: float, nth: int) -> tuple[list[Shape], float]:
    """Draw the row and tell where it ends: the promise's name and state, its cells, and the counts in words.

    Few things are drawn a cell each, so that they can be counted; many as one cell a kind, as wide
    as their share.
    """
    shapes, y = head(panel.title, panel.state, top, f"Promise {nth}")
    y += 10
    counts = dict(zip(_ORDER, (max(0, panel.kept), max(0, panel.missed), max(0, panel.to_come)), strict=True))
    x = float(LEFT)
    for kind, width in _cells(counts):
        shapes += _cell(kind, x, y, width)
        x += width + _GAP
    words, bottom = _in_words(counts, y + _HEIGHT)
    return [*shapes, *words], bottom


def _cells(counts: dict[str, int]) -> list[tuple[str, float]]:
    total = sum(counts.values())
    if not total:
        return [("to come", float(INNER))]
    if total <= _MOST_CELLS:
        width = (INNER - _GAP * (total - 1)) / total
        return [(kind, width) for kind in _ORDER for _ in range(counts[kind])]
    kinds = [kind for kind in _ORDER if counts[kind]]
    spare = INNER - _GAP * (len(kinds) - 1) - _NARROWEST * len(kinds)
    return [(kind, _NARROWEST + spare * (counts[kind] / total)) for kind in kinds]


def _cell(kind: str, x: float, y: float, width: float) -> list[Shape]:
    middle = x + width / 2, y + _HEIGHT / 2
    if kind == "kept":
        return [Box(x, y, width, _HEIGHT, fill="good", radius=12), ticked(*middle, 52, "mark")]
    if kind == "missed":
        return [Box(x, y, width, _HEIGHT, fill="bad", radius=12), *crossed(*middle, 52, "mark")]
    return [_hollow(x, y, width, _HEIGHT, 12)]


def _hollow(x: float, y: float, width: float, height: float, radius: float) -> Box:
    return Box(x + 2, y + 2, width - 4, height - 4, edge="soft", edge_width=4, radius=radius, dash=(12, 9))


def _in_words(counts: dict[str, int], top: float) -> tuple[list[Shape], float]:
    column = INNER / len(_ORDER)
    y = top + 26 + SMALL
    key = 32
    shapes: list[Shape] = []
    for index, kind in enumerate(_ORDER):
        x = LEFT + column * index
        room = column - key - 30
        whole = f"{number(counts[kind])} {kind}"
        words = whole if width_of(whole, SMALL, bold=True) <= room else f"{short_number(counts[kind])} {kind}"
        words = fit(words, SMALL, room, bold=True)
        shapes += [
            *_key(kind, x, y - SMALL * 0.36 - key / 2, key, empty=not counts[kind]),
            Words(
                x + key + 12,
                y,
                words,
                SMALL,
                "ink" if counts[kind] else "soft",
                width_of(words, SMALL, bold=True),
                bold=True,
            ),
        ]
    return shapes, y + 14


def _key(kind: str, x: float, y: float, size: float, *, empty: bool) -> list[Shape]:
    """The sign of a kind; grey where there is none of it, so that "0 missed" raises no alarm."""
    if kind == "to come":
        return [Box(x + 2, y + 2, size - 4, size - 4, edge="soft", edge_width=4, radius=7)]
    ink: Ink = "soft" if empty else "good" if kind == "kept" else "bad"
    box = Box(x, y, size, size, fill=ink, radius=8)
    middle = x + size / 2, y + size / 2
    return [box, ticked(*middle, size, "mark")] if kind == "kept" else [box, *crossed(*middle, size, "mark")]
