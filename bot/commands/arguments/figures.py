"""Arguments that are a reading of an indicator, or a length of time: 99.93 %, 45 of 50, 30m."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import ClassVar

from bot.commands.arguments.days import DASHES
from bot.commands.arguments.kind import Impossible, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown
from slacore.readings import SCALE, amount_in_words

_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,9})?")
_JOINED = re.compile(r"(?P<number>[-0-9.,]+)(?P<unit>[^\s0-9.,]{1,20})")
_RATIO = re.compile(r"(?P<good>[0-9.,]+)/(?P<total>[0-9.,]+)")
_MOST_UNIT_WORDS = 3
_LENGTH = re.compile(r"(?:(?P<hours>[0-9]{1,4})h)?(?:(?P<minutes>[0-9]{1,6})(?:m|min|mins)?)?")
_LENGTH_WORDS = {
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A reading as it was typed: its amount, of how many in all, and the unit that was said; None says "none"."""

    amount: Fraction | None
    out_of: Fraction | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureArg(Kind[Figure]):
    """A figure of an indicator, with or without its unit: `99.93`, `99.93 %`, `45 of 50`, `-1,250.5 USD`.

    `may_be_none` takes "none" too, for a figure that should never have been.
    """

    may_be_none: bool = False
    wording: ClassVar[str] = "a reading"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Figure, int]:
        """Read a number, and behind it "of" and a second one, or the words of a unit up to the next keyword."""
        words = [word.translate(DASHES) for word in stretch.bare(stretch.free)] if stretch.free else []
        first = words[0] if words else ""
        if self.may_be_none and first == "none":
            return Figure(None), 1
        if ratio := _RATIO.fullmatch(first):
            return Figure(self._amount(ratio["good"], stretch), self._amount(ratio["total"], stretch)), 1
        if (joined := _JOINED.fullmatch(first)) and not _AMOUNT.fullmatch(first):
            return Figure(self._amount(joined["number"], stretch), unit=joined["unit"]), 1
        amount = self._amount(first, stretch)
        behind = words[1:]
        if len(behind) > 1 and behind[0] == "of":
            return Figure(amount, self._amount(behind[1], stretch)), 3
        unit = [word.plain for word in stretch.words[1 : min(stretch.free, 1 + _MOST_UNIT_WORDS)]]
        if unit and not _AMOUNT.fullmatch(unit[0]):
            return Figure(amount, unit=" ".join(unit)), 1 + len(unit)
        return Figure(amount), 1

    def say(self, value: Figure, vocabulary: Vocabulary) -> str:
        """As it is read."""
        if value.amount is None:
            return "none"
        out_of = None if value.out_of is None else int(value.out_of * SCALE)
        return f"{amount_in_words(int(value.amount * SCALE), out_of)} {value.unit}".strip()

    def hint(self) -> str:
        """The ways to write it."""
        none = ", or none to take it out" if self.may_be_none else ""
        return f"a figure such as 99.93 %, or 45 of 50 for good ones of all{none}"

    def makes(self) -> type:
        """A figure as it was typed."""
        return Figure

    def _amount(self, said: str, stretch: Stretch) -> Fraction:
        if not _AMOUNT.fullmatch(said):
            kind = Impossible if said[:1].isdigit() else Misread
            raise kind(f"{shown(stretch.first.text)} is no figure as I read them.", f"Write {self.hint()}.")
        amount = Fraction(said.replace(",", ""))
        if (amount * SCALE).denominator != 1:
            raise Impossible(f"{shown(said)} has more than six places after the point.", "Round it.")
        return amount


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in minutes; None says "all", nought says "none"."""

    minutes: int | None

    @property
    def span(self) -> timedelta | None:
        """It as a time, None for all."""
        return None if self.minutes is None else timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class LengthArg(Kind[Length]):
    """A length of time: `30m`, `90 minutes`, `1h30m`, `2 hours`, all of it, or none."""

    wording: ClassVar[str] = "a length of time"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Length, int]:
        """Read one word, or a number and its unit."""
        words = stretch.bare(2)
        if words and words[0] in ("all", "none"):
            return Length(None if words[0] == "all" else 0), 1
        if len(words) == 2 and words[0].isascii() and words[0].isdigit() and words[1] in _LENGTH_WORDS:
            hours = _LENGTH_WORDS[words[1]] == "h"
            return self._length(int(words[0][:7]) * (60 if hours else 1)), 2
        found = _LENGTH.fullmatch(words[0]) if words and words[0] else None
        if found is None or not (found["hours"] or (found["minutes"] and not words[0].isdigit())):
            kind = Impossible if words and words[0][:1].isdigit() else Misread
            raise kind(f"{shown(stretch.first.text)} is no length of time.", f"Write {self.hint()}.")
        return self._length(60 * int(found["hours"] or 0) + int(found["minutes"] or 0)), 1

    def say(self, value: Length, vocabulary: Vocabulary) -> str:
        """In minutes."""
        return {None: "all", 0: "none"}.get(value.minutes, f"{value.minutes}m")

    def hint(self) -> str:
        """The ways to write it."""
        return "30m, 90 minutes, 1h30m, all of it, or none to count it again"

    def makes(self) -> type:
        """A length of time."""
        return Length

    def _length(self, minutes: int) -> Length:
        if not minutes:
            raise Impossible("No time at all is nothing to exclude.", "Write none to count all of it again.")
        return Length(minutes)
