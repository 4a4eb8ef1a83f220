"""The few things a picture is made of: boxes, lines, areas and words, in places.

Units are those of a canvas 1,080 wide; y grows downwards. A shape further back in the list lies
over one before it, and words lie over everything. Where a shape is says `bounds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.charts.inks import Ink

Anchor = Literal["start", "middle", "end"]

ASCENT = 0.76
"""How far capitals and digits of the shipped letters rise above their baseline, in letter sizes."""
DESCENT = 0.21
"""How far letters such as g hang below it."""


class Point(NamedTuple):
    """A place on the canvas."""

    x: float
    y: float


class Bounds(NamedTuple):
    """The upright rectangle that something fills."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Bounds) -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with rounded corners if it has a `radius`; half its side makes a disc."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink | None = None
    edge: Ink | None = None
    edge_width: float = 0
    radius: float = 0
    dash: tuple[float, float] | None = None

    def bounds(self) -> Bounds:
        """Where it is, its edge included."""
        out = self.edge_width / 2 if self.edge else 0
        return Bounds(self.x - out, self.y - out, self.x + self.width + out, self.y + self.height + out)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, its joints round; its ends too, unless it is dashed."""

    points: tuple[Point, ...]
    ink: Ink
    width: float
    dash: tuple[float, float] | None = None

    def bounds(self) -> Bounds:
        """Where it is, its width included."""
        return _around(self.points, self.width / 2)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon, filled plainly or, with a `stripe`, hatched so that it differs without colour."""

    points: tuple[Point, ...]
    fill: Ink
    stripe: Ink | None = None

    def bounds(self) -> Bounds:
        """Where it is."""
        return _around(self.points, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is its baseline and `width` the room it fills at most.

    `set_width` is False where the shipped letters lack some of the text's, so that the width is
    a guess and the letters should not be stretched to it. `otherwise` stands in for a text of
    which a painter has no letter at all.
    """

    x: float
    y: float
    text: str
    size: float
    ink: Ink
    width: float
    bold: bool = False
    anchor: Anchor = "start"
    set_width: bool = True
    otherwise: str = ""

    def bounds(self) -> Bounds:
        """Where it is, from the top of its capitals to the bottom of its hanging letters."""
        left = self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]
        return Bounds(left, self.y - self.size * ASCENT, left + self.width, self.y + self.size * DESCENT)


Shape = Box | Line | Area | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything drawn, and the words that stand for it."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    title: str
    description: str


def _around(points: tuple[Point, ...], out: float) -> Bounds:
    xs, ys = [point.x for point in points], [point.y for point in points]
    return Bounds(min(xs) - out, min(ys) - out, max(xs) + out, max(ys) + out)
