"""The picture as SVG: sharp at any size, readable by a screen reader, at home on light and dark paper."""

from __future__ import annotations

from hashlib import sha256
from html import escape

from bot.charts.inks import DARK, INKS, LIGHT, Ink
from bot.charts.layout import lay_out
from bot.charts.shapes import Area, Box, Line, Picture, Point, Shape, Words
from bot.chat.card import Chart

_LETTERS = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_STRIPES = 15


def _class_of(ink: Ink) -> str:
    return ink.replace(" ", "-")


_RULES = "".join(
    f".kept-chart .{kind}-{_class_of(ink)}{{{what}:var(--kept-{_class_of(ink)},light-dark({LIGHT[ink]},{DARK[ink]}))}}"
    for ink in INKS
    for kind, what in (("f", "fill"), ("s", "stroke"))
)
STYLESHEET = f".kept-chart{{max-width:100%;height:auto}}@supports (color:light-dark(#000,#fff)){{{_RULES}}}"
"""What lets a chart follow the colour scheme it stands in; for a page that shows `draw_inline`'s SVG.

A page can set any colour to its own: `--kept-paper: var(--card)`. A browser that lacks
`light-dark()` keeps the light colours, which every shape also carries as attributes.
"""


def draw(chart: Chart) -> str:
    """Draw a chart as an SVG document of its own, with its paper and its style: a file, an `<img>`."""
    picture = lay_out(chart)
    paper = Box(0, 0, picture.width, picture.height, fill="paper", radius=28)
    style = f"<style>:root{{color-scheme:light dark}}{STYLESHEET}</style>"
    return _document(picture, style, [paper, *picture.shapes])


def draw_inline(chart: Chart) -> str:
    """Draw a chart as an SVG element to set into a page that serves `STYLESHEET` as its own.

    It holds no style element, so that a strict content security policy lets it be, and no paper,
    so that it stands on the page's; without the stylesheet it is drawn in the light colours.
    """
    picture = lay_out(chart)
    return _document(picture, "", list(picture.shapes))


def _document(picture: Picture, style: str, shapes: list[Shape]) -> str:
    said_and_drawn = f"{picture.title}\n{picture.description}\n{picture.shapes}"
    name = f"kept-{sha256(said_and_drawn.encode(errors='replace')).hexdigest()[:10]}"
    body = "".join(_drawn(shape, f"{name}-stripes") for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kept-chart" viewBox="0 0 {picture.width} {picture.height}" '
        f'width="{picture.width}" height="{picture.height}" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-words" font-family="{_LETTERS}">'
        f'<title id="{name}-title">{escape(picture.title)}</title>'
        f'<desc id="{name}-words">{escape(picture.description)}</desc>{style}{_stripes(name)}{body}</svg>'
    )


def _stripes(name: str) -> str:
    return (
        f'<defs><pattern id="{name}-stripes" width="{_STRIPES}" height="{_STRIPES}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M3 0V{_STRIPES}" {_paint(stroke="stripe")} stroke-width="5"/>'
        "</pattern></defs>"
    )


def _drawn(shape: Shape, stripes: str) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Line():
            caps = _dash(shape.dash) or ' stroke-linecap="round"'
            return (
                f'<polyline points="{_points(shape.points)}" {_paint(stroke=shape.ink)} '
                f'stroke-width="{_n(shape.width)}" stroke-linejoin="round"{caps}/>'
            )
        case Area():
            points = _points(shape.points)
            hatched = f'<polygon points="{points}" fill="url(#{stripes})"/>' if shape.stripe else ""
            return f'<polygon points="{points}" {_paint(fill=shape.fill)}/>{hatched}'
        case Words():
            return _words(shape)


def _box(box: Box) -> str:
    radius = f' rx="{_n(box.radius)}"' if box.radius else ""
    edge = f' stroke-width="{_n(box.edge_width)}"{_dash(box.dash)}' if box.edge else ""
    return (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"{radius} '
        f"{_paint(fill=box.fill, stroke=box.edge)}{edge}/>"
    )


def _words(words: Words) -> str:
    """A line of text, held to the width it was given room for, whatever letters the reader's machine has."""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    weight = 700 if words.bold else 500
    held = f' textLength="{_n(words.width)}" lengthAdjust="spacingAndGlyphs"' if words.set_width else ""
    return (
        f'<text x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}" font-weight="{weight}"{anchor}{held} '
        f"{_paint(fill=words.ink)}>{escape(words.text)}</text>"
        if words.text
        else ""
    )


def _paint(*, fill: Ink | None = None, stroke: Ink | None = None) -> str:
    """Colours as attributes for light paper, and as classes by which a stylesheet can change them."""
    named = [("f", fill), ("s", stroke)]
    classes = " ".join(f"{kind}-{_class_of(ink)}" for kind, ink in named if ink)
    edge = f' stroke="{LIGHT[stroke]}"' if stroke else ""
    return f'class="{classes}" fill="{LIGHT[fill] if fill else "none"}"{edge}'


def _dash(dash: tuple[float, float] | None) -> str:
    return f' stroke-dasharray="{_n(dash[0])} {_n(dash[1])}"' if dash else ""


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(point.x)},{_n(point.y)}" for point in points)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
