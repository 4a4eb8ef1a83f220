"""The letters: Inter ships with the product, DejaVu Sans stands in for scripts that Inter lacks.

Neither has Chinese, Japanese or Korean, and none has colour emoji: those letters are taken from
the machine's own fonts where it has a well-known one, and left out of the PNG otherwise (the SVG
uses the reader's). See docs/decisions/0031.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_SHIPPED = Path(__file__).parent / "fonts"
_MEDIUM = str(_SHIPPED / "Inter-Medium.ttf")
_BOLD = str(_SHIPPED / "Inter-Bold.ttf")
_STAND_INS = (
    str(_SHIPPED / "DejaVuSans.ttf"),
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
)
_NOTHING = "\U0010ffff"
"""A code point that no font has: what is drawn for it is what a font draws for a letter it lacks."""


def shipped(*, bold: bool) -> str:
    """The face that everything is laid out in."""
    return _BOLD if bold else _MEDIUM


def best_for(text: str, *, bold: bool) -> str:
    """The face that has most of a text's letters, the shipped one first.

    One face draws the whole text, so that right-to-left and left-to-right parts keep their order.
    """
    faces = (shipped(bold=bold), *stand_ins())
    return max(faces, key=lambda face: sum(has(face, mark) for mark in text))


@lru_cache(maxsize=64)
def at(face: str, size: float) -> ImageFont.FreeTypeFont:
    """A face in a size, ready to measure and draw with."""
    return ImageFont.truetype(face, size)


@lru_cache(maxsize=8192)
def has(face: str, mark: str) -> bool:
    """Tell whether a face can draw a character: blank is drawn by all, a lacking one as an empty frame."""
    return mark.isspace() or _drawn(face, mark) != _drawn(face, _NOTHING)


@lru_cache(maxsize=8192)
def _drawn(face: str, mark: str) -> bytes:
    # a lone mark, laid out without shaping, is its glyph as the font holds it
    return bytes(_plain(face).getmask(mark))


@lru_cache(maxsize=16)
def _plain(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face, 20, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def stand_ins() -> tuple[str, ...]:
    """The faces on this machine that have letters which the shipped one lacks, the likeliest first."""
    return tuple(face for face in _STAND_INS if Path(face).is_file())
