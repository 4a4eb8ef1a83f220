"""Kept's mark as PNG: a tick in a square, for the places that want a small picture of an app."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

_GREEN = (47, 111, 79, 255)
_WHITE = (255, 255, 255, 255)
_NOTHING = (0, 0, 0, 0)
_FINER = 8
_TICK = ((0.27, 0.53), (0.43, 0.69), (0.74, 0.33))


def mark(size: int, *, outline: bool = False) -> bytes:
    """The mark, `size` pixels square: white on green to every edge, or white lines on nothing."""
    whole = size * _FINER
    canvas = Image.new("RGBA", (whole, whole), _NOTHING if outline else _GREEN)
    pen = ImageDraw.Draw(canvas)
    stroke = round(whole * (0.08 if outline else 0.1))
    if outline:
        edge = round(whole * 0.06)
        pen.rounded_rectangle((edge, edge, whole - edge, whole - edge), whole // 6, outline=_WHITE, width=stroke)
    points = [(x * whole, y * whole) for x, y in _TICK]
    pen.line(points, fill=_WHITE, width=stroke, joint="curve")
    for x, y in points:
        pen.ellipse((x - stroke / 2, y - stroke / 2, x + stroke / 2, y + stroke / 2), fill=_WHITE)
    drawn = canvas.reduce(_FINER)
    if outline:
        # Teams wants an outline that is white alone, so that it can colour it.
        blank = Image.new("RGBA", drawn.size, (255, 255, 255, 0))
        blank.putalpha(drawn.getchannel("A"))
        drawn = blank
    file = BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()
