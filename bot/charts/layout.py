"""Where everything of the weekly report's picture goes: panels stacked, so that a phone shows them whole."""

from __future__ import annotations

import math

from bot.charts.bars import draw_bar
from bot.charts.facts import clock_of, moment
from bot.charts.frame import BODY, INNER, LEFT, MARGIN, RIGHT, SMALL, TITLE, WIDTH
from bot.charts.lettering import clean, fit, is_covered, width_of, wrap
from bot.charts.levels import draw_level
from bot.charts.pasts import draw_past
from bot.charts.shapes import Line, Picture, Point, Shape, Words
from bot.charts.volumes import draw_volume
from bot.chat.card import Chart

MOST_VOLUMES = 6
MOST_BARS = 6
MOST_LEVELS = 6
MOST_PASTS = 8
_PLOT_HEIGHTS = {1: 400, 2: 320}
_LOW_PLOT = 220
"""Three plots and more are drawn lower, so that the picture can still be scrolled past."""


def lay_out(chart: Chart) -> Picture:
    """Place a chart's panels on a canvas as high as they need.

    Promises beyond the first few of each kind are counted in a last line; the words that go with
    the picture name them all.
    """
    title = clean(chart.title) or "Promises"
    shapes, y = _header(chart)
    volumes, bars = chart.volumes[:MOST_VOLUMES], chart.bars[:MOST_BARS]
    plot_height = _PLOT_HEIGHTS.get(len(volumes), _LOW_PLOT)
    for nth, volume in enumerate(volumes, start=1):
        shapes.append(_rule(y))
        drawn, y = draw_volume(volume, y + 40, plot_height, nth)
        shapes += drawn
        y += 40
    for nth, bar in enumerate(bars, start=len(volumes) + 1):
        shapes.append(_rule(y))
        drawn, y = draw_bar(bar, y + 34, nth)
        shapes += drawn
        y += 34
    levels = chart.levels[:MOST_LEVELS]
    for nth, level in enumerate(levels, start=len(volumes) + len(bars) + 1):
        shapes.append(_rule(y))
        drawn, y = draw_level(level, y + 34, nth)
        shapes += drawn
        y += 34
    if chart.pasts:
        line = fit("Dashed: all that was promised.", SMALL, INNER)
        shapes.append(Words(LEFT, y + SMALL * 0.2, line, SMALL, "soft", width_of(line, SMALL)))
        y += 34
    others = len(volumes) + len(bars) + len(levels)
    for nth, past in enumerate(chart.pasts[:MOST_PASTS], start=others + 1):
        shapes.append(_rule(y))
        drawn, y = draw_past(past, y + 34, nth)
        shapes += drawn
        y += 34
    last = _last_line(chart)
    if last:
        shapes += [_rule(y), Words(LEFT, y + 62, last, SMALL, "soft", width_of(last, SMALL))]
        y += 84
    return Picture(
        width=WIDTH,
        height=math.ceil(y + MARGIN - 34),
        shapes=tuple(shapes),
        title=title,
        description=clean(chart.alt) or title,
    )


def _header(chart: Chart) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y = MARGIN + TITLE * 0.8
    for line in wrap(chart.title, TITLE, (INNER, INNER), bold=True):
        shapes.append(
            Words(
                LEFT,
                y,
                line,
                TITLE,
                "ink",
                width_of(line, TITLE, bold=True),
                bold=True,
                set_width=is_covered(line, bold=True),
                otherwise="This period",
            )
        )
        y += TITLE * 1.2
    y -= TITLE * 1.2
    if chart.volumes:
        first = chart.volumes[0]
        line = fit(f"As of {moment(first.now, first.zone)}, {clock_of(first.zone)}", BODY, INNER)
        y += 58
        shapes.append(Words(LEFT, y, line, BODY, "soft", width_of(line, BODY)))
    return shapes, y + 40


def _last_line(chart: Chart) -> str:
    if not chart.volumes and not chart.bars and not chart.levels and not chart.pasts:
        return "No promise falls in this period."
    hidden = max(0, len(chart.volumes) - MOST_VOLUMES) + max(0, len(chart.bars) - MOST_BARS)
    hidden += max(0, len(chart.levels) - MOST_LEVELS) + max(0, len(chart.pasts) - MOST_PASTS)
    return f"+{hidden} more, named in the text" if hidden else ""


def _rule(y: float) -> Shape:
    return Line((Point(LEFT, y), Point(RIGHT, y)), "hair", 3)
