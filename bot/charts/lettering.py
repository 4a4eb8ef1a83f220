"""How wide words are, and how they are made to fit.

Measured in the letters that are shipped (Inter), so that what is laid out is what gets drawn.
User text may hold anything; it is cleaned of what no XML may carry and of marks that would turn
the text after them around, and a text too long ends in "…", between whole characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.charts import typefaces

_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LONGEST = 240
"""Characters of a user's text that are looked at; a line of the picture never shows as many."""
_MEASURED_AT = 100
_JOINERS = "\u200d\ufe0e\ufe0f"


def clean(text: str) -> str:
    """Make a user's text one safe line: no control characters, no lone surrogates, no turned text."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


@lru_cache(maxsize=2048)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is; a guess on the generous side where the shipped letters lack some of its own."""
    face = typefaces.shipped(bold=bold)
    known = "".join(mark for mark in text if typefaces.has(face, mark))
    measured = typefaces.at(face, _MEASURED_AT).getlength(known) / _MEASURED_AT
    guessed = sum(_guess(mark) for mark in text if not typefaces.has(face, mark))
    return float(measured + guessed) * size


@lru_cache(maxsize=2048)
def is_covered(text: str, bold: bool = False) -> bool:
    """Tell whether the shipped letters have all of a text's, so that its width is known."""
    face = typefaces.shipped(bold=bold)
    return all(typefaces.has(face, mark) for mark in text)


def fit(text: str, size: float, room: float, bold: bool = False) -> str:
    """Shorten a text to a room: as much of it as goes, then "…"; "" where not even that goes."""
    text = clean(text[: _LONGEST * 4])
    if len(text) <= _LONGEST and width_of(text, size, bold) <= room:
        return text
    text = text[:_LONGEST]
    few, many = 0, len(text)
    while few < many:
        middle = (few + many + 1) // 2
        if width_of(_cut(text, middle), size, bold) <= room:
            few = middle
        else:
            many = middle - 1
    if few == 0 and width_of("…", size, bold) > room:
        return ""
    return _cut(text, few)


def wrap(text: str, size: float, rooms: tuple[float, ...], bold: bool = False) -> list[str]:
    """Break a text into at most as many lines as there are rooms, between words where it can be."""
    text = clean(text[: _LONGEST * 4])
    lines = []
    for room in rooms[:-1]:
        if len(text) <= _LONGEST and width_of(text, size, bold) <= room:
            break
        words = text[:_LONGEST].split(" ")
        taken = len(words) - 1
        while taken and width_of(" ".join(words[:taken]), size, bold) > room:
            taken -= 1
        if not taken:
            break
        lines.append(" ".join(words[:taken]))
        text = text[len(lines[-1]) + 1 :]
    room = rooms[min(len(lines), len(rooms) - 1)]
    return [*lines, fit(text, size, room, bold)]


def _cut(text: str, count: int) -> str:
    """Keep so many characters, none of them torn from its accents or joined signs, and say that more was there."""
    while 0 < count < len(text) and (_clings(text[count]) or text[count - 1] == "\u200d"):
        count -= 1
    return text[:count].rstrip(" ,.;:-–") + "…"


def _clings(mark: str) -> bool:
    return bool(unicodedata.combining(mark)) or mark in _JOINERS or "\U0001f3fb" <= mark <= "\U0001f3ff"


def _guess(mark: str) -> float:
    if unicodedata.combining(mark) or unicodedata.category(mark) in {"Mn", "Me", "Cf"}:
        return 0.0
    return 1.3 if unicodedata.east_asian_width(mark) in "WF" or unicodedata.category(mark) == "So" else 0.8
