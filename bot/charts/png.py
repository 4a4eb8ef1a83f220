"""The picture as PNG, for chats that show only images: on light paper of its own, read well on dark too.

Shapes are drawn at twice the size and brought down, which smooths their edges; words are drawn
after that, at their own size, so that they stay sharp.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageColor, ImageDraw

from bot.charts import typefaces
from bot.charts.inks import INKS, LIGHT, Ink
from bot.charts.layout import lay_out
from bot.charts.shapes import Area, Box, Line, Picture, Point, Words
from bot.chat.card import Chart

_FINER = 2
_MOST_PIXELS = 1080 * 1700
"""A picture with more is drawn smaller, so that neither its time nor its file grows with its panels."""
_SMALLEST = 0.5
_STRIPES = 15 * math.sqrt(2)
_STEP = 44
_MEETING: tuple[tuple[Ink, Ink], ...] = (
    *(("paper", ink) for ink in INKS if ink != "paper"),
    *(("ink", ink) for ink in ("wash", "good wash", "warning wash", "bad wash", "accepted", "awaiting", "fan")),
    ("good wash", "good"),
    ("warning wash", "warning"),
    ("bad wash", "bad"),
    ("wash", "soft"),
    ("awaiting", "accepted"),
    ("fan", "fan edge"),
    ("accepted", "fan edge"),
)
_Drawn = Box | Line | Area
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def draw(chart: Chart) -> bytes:
    """Draw a chart as a PNG file of `size_of(lay_out(chart))` pixels.

    It computes for tens of milliseconds: in an event loop, await `bot.charts.aside.draw_png`.
    """
    return paint(lay_out(chart))


def size_of(picture: Picture) -> tuple[int, int]:
    """Width and height in pixels: 1,080 wide, and down to half of that for a picture of many panels."""
    scale = _scale_of(picture)
    return round(picture.width * scale), round(picture.height * scale)


def paint(picture: Picture) -> bytes:
    """Paint a picture that is laid out already."""
    scale = _scale_of(picture)
    canvas = Image.new("RGB", size_of(picture), LIGHT["paper"])
    for top, bottom, shapes in _strips(picture, scale):
        strip = Image.new("RGB", (canvas.width * _FINER, (bottom - top) * _FINER), LIGHT["paper"])
        brush = _Brush(strip, scale * _FINER, top * _FINER)
        for drawn in shapes:
            brush.draw(drawn)
        canvas.paste(strip.reduce(_FINER), (0, top))
    pen = ImageDraw.Draw(canvas)
    for shape in picture.shapes:
        if isinstance(shape, Words):
            _write(pen, shape, scale)
    file = BytesIO()
    canvas.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", compress_level=4)
    return file.getvalue()


def _strips(picture: Picture, scale: float) -> Iterator[tuple[int, int, list[_Drawn]]]:
    """Part the picture into strips of pixels that hold shapes, each shape in one; what is between is bare paper."""
    height = size_of(picture)[1]
    drawn = [shape for shape in picture.shapes if not isinstance(shape, Words)]
    spans = [(shape.bounds().top * scale, shape.bounds().bottom * scale) for shape in drawn]
    rows = [(max(0, math.floor(top) - 2), min(height, math.ceil(bottom) + 2)) for top, bottom in spans]
    merged: list[tuple[int, int]] = []
    for top, bottom in sorted(rows):
        if merged and top <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], bottom))
        else:
            merged.append((top, bottom))
    for top, bottom in merged:
        yield top, bottom, [shape for shape, row in zip(drawn, rows, strict=True) if top <= row[0] and row[1] <= bottom]


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Every colour of a picture: the inks, and the steps between those that meet at a smooth edge.

    Known beforehand, it makes the file a third as large in a fifth of the time that finding the
    best colours for each picture would take.
    """
    inks = [_rgb(ink) for ink in INKS]
    mixed = [mix for one, other in _MEETING for mix in _between(_rgb(one), _rgb(other))]
    # quantize() tells colours apart in steps of four; of those it takes for one, the ink comes first
    distinct = {tuple(part // 4 for part in colour): colour for colour in reversed([*inks, *mixed])}
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in distinct.values() for part in colour])
    return palette


def _between(one: tuple[int, ...], other: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The steps from one colour to another: more of them, the further they are apart."""
    count = max(1, math.dist(one, other) // _STEP)
    for step in range(1, int(count)):
        yield tuple(round(a + (b - a) * step / count) for a, b in zip(one, other, strict=True))


def _rgb(ink: Ink) -> tuple[int, ...]:
    return ImageColor.getrgb(LIGHT[ink])


def _scale_of(picture: Picture) -> float:
    return max(_SMALLEST, min(1.0, math.sqrt(_MOST_PIXELS / (picture.width * picture.height))))


class _Brush:
    """Draws shapes on a strip that is `scale` times as fine as their units and begins `top` pixels down."""

    def __init__(self, strip: Image.Image, scale: float, top: int) -> None:
        self._strip = strip
        self._scale = scale
        self._top = top
        self._draw = ImageDraw.Draw(strip)

    def draw(self, shape: _Drawn) -> None:
        match shape:
            case Box():
                self._box(shape)
            case Line():
                self._line(shape)
            case Area():
                self._area(shape)

    def _place(self, point: Point) -> tuple[float, float]:
        return point.x * self._scale, point.y * self._scale - self._top

    def _box(self, box: Box) -> None:
        by = self._scale
        out = box.edge_width / 2 if box.edge and not box.dash else 0
        left, top = self._place(Point(box.x - out, box.y - out))
        right, bottom = self._place(Point(box.x + box.width + out, box.y + box.height + out))
        corners = left, top, right - 1, bottom - 1
        if corners[2] < corners[0] or corners[3] < corners[1]:
            return
        self._draw.rounded_rectangle(
            corners,
            radius=(box.radius + out) * by if box.radius else 0,
            fill=LIGHT[box.fill] if box.fill else None,
            outline=LIGHT[box.edge] if box.edge and not box.dash else None,
            width=round(box.edge_width * by),
        )
        if box.edge and box.dash:
            self._line(Line(tuple(_outline(box)), box.edge, box.edge_width, box.dash))

    def _line(self, line: Line) -> None:
        if line.dash:
            for stroke in _dashes(line.points, *line.dash):
                self._stroke(stroke, line, round_ends=False)
        else:
            self._stroke(line.points, line, round_ends=True)

    def _stroke(self, points: tuple[Point, ...], line: Line, *, round_ends: bool) -> None:
        by, ink = self._scale, LIGHT[line.ink]
        places = [self._place(point) for point in points]
        width = max(1, round(line.width * by))
        self._draw.line(places, fill=ink, width=width, joint="curve")
        if round_ends and width > 2:
            for x, y in (places[0], places[-1]):
                half = width / 2
                self._draw.ellipse((x - half, y - half, x + half - 1, y + half - 1), fill=ink)

    def _area(self, area: Area) -> None:
        by = self._scale
        places = [self._place(point) for point in area.points]
        self._draw.polygon(places, fill=LIGHT[area.fill])
        if not area.stripe:
            return
        left, top = (math.floor(min(axis)) for axis in zip(*places, strict=True))
        right, bottom = (math.ceil(max(axis)) for axis in zip(*places, strict=True))
        size = right - left + 1, bottom - top + 1
        shape = Image.new("1", size)
        ImageDraw.Draw(shape).polygon([(x - left, y - top) for x, y in places], fill=1)
        striped = Image.new("1", size)
        pen = ImageDraw.Draw(striped)
        step = _STRIPES * by
        for start in range(math.ceil((size[0] + size[1]) / step) + 1):
            pen.line((start * step, 0, start * step - size[1], size[1]), fill=1, width=round(5 * by))
        self._strip.paste(LIGHT[area.stripe], (left, top), ImageChops.logical_and(shape, striped))


def _write(pen: ImageDraw.ImageDraw, words: Words, by: float) -> None:
    size = words.size * by
    face, text = typefaces.shipped(bold=words.bold), words.text
    if not words.set_width:
        face = typefaces.best_for(text, bold=words.bold)
        text = _written(text, face) or words.otherwise
        wide = typefaces.at(face, size).getlength(text)
        if wide > words.width * by > 0:
            size *= words.width * by / wide
    if not text:
        return
    pen.text(
        (words.x * by, words.y * by),
        text,
        font=typefaces.at(face, size),
        fill=LIGHT[words.ink],
        anchor=_ANCHORS[words.anchor],
    )


def _written(text: str, face: str) -> str:
    """What a face can write of a text; signs that it lacks are left out rather than shown as frames."""
    return " ".join("".join(mark for mark in text if typefaces.has(face, mark)).split())


def _outline(box: Box) -> Iterator[Point]:
    """Walk around a box, its corners as arcs."""
    radius = min(box.radius, box.width / 2, box.height / 2)
    left, top, right, bottom = box.x + radius, box.y + radius, box.x + box.width - radius, box.y + box.height - radius
    for x, y, turn in ((right, top, -0.5), (right, bottom, 0.0), (left, bottom, 0.5), (left, top, 1.0)):
        for step in range(9):
            angle = math.pi * (turn + step / 16)
            yield Point(x + radius * math.cos(angle), y + radius * math.sin(angle))
    yield Point(right, top - radius)


def _dashes(points: tuple[Point, ...], on: float, off: float) -> Iterator[tuple[Point, ...]]:
    """Cut a line into dashes, round its bends."""
    drawn, left = True, on
    stroke = [points[0]]
    for start, end in itertools.pairwise(points):
        here, length = start, math.dist(start, end)
        while length > left:
            here = Point(here.x + (end.x - here.x) * left / length, here.y + (end.y - here.y) * left / length)
            length -= left
            if drawn:
                yield (*stroke, here)
            drawn, left = not drawn, off if drawn else on
            stroke = [here]
        left -= length
        stroke.append(end)
    if drawn and len(stroke) > 1:
        yield tuple(stroke)
