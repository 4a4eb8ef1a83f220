"""Times of day, and stretches between two of them."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Literal

from bot.chat.card import Option
from bot.commands.arguments.days import DASHES
from bot.commands.arguments.kind import Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(am|pm)?|([0-9]{1,2})(am|pm)|noon")
_HOUR = re.compile(r"[0-9]{1,2}(?::[0-9]{2})?")
_NO_TIME = "Write a time from 00:00 to 23:59, such as 15:00."


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Hours of a day; one that ends before it begins runs past midnight."""

    starts_at: time
    ends_at: time


_END_OF_DAY = (["eod"], ["cob"], ["end", "of", "day"], ["end", "of", "business"], ["end", "of", "the", "day"])
_CLOSE = time(17)
"""The hour that the end of a day stands for, whatever hours a party keeps: a form shows it before anything counts."""


def take_time(words: list[str]) -> tuple[time, int] | None:
    """Read "15:00", "9am", "3:30 pm" or "noon" from small-letter words; None where no time is meant.

    Raises Misread for what is meant as a time and is none, such as 25:00.
    """
    if not words:
        return None
    if ends := next((len(each) for each in _END_OF_DAY if words[: len(each)] == each), 0):
        return _CLOSE, ends
    if len(words) > 1 and words[1] in {"am", "pm"} and _HOUR.fullmatch(words[0]):
        return _time(words[0] + words[1]), 2
    return (_time(words[0]), 1) if _TIME.fullmatch(words[0]) else None


def _time(said: str) -> time:
    found = _TIME.fullmatch(said)
    if found is None or said == "noon":
        return time(12)
    hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
    if half:
        if not 1 <= hour <= 12:
            raise Impossible(f"{shown(said)} is no time of day.", _NO_TIME)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Impossible(f"{shown(said)} is no time of day.", _NO_TIME)
    return time(hour, minute)


def clock_face(at: time) -> str:
    """Give "09:00"."""
    return f"{at.hour:02}:{at.minute:02}"


@dataclass(frozen=True, slots=True)
class TimeRangeArg(Kind[TimeRange]):
    """Hours of every day, as quiet hours are: 18:00-08:00."""

    wording: ClassVar[str] = "hours of the day"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[TimeRange, int]:
        """Read two times with a dash, "to" or "until" between, with or without blanks."""
        words = [word.translate(DASHES) for word in stretch.bare(6)]
        skipped = 1 if words[:1] == ["from"] else 0
        words = words[skipped:]
        if words and words[0].count("-") == 1 and len(words[0]) > 1:
            starts, _, ends = words[0].partition("-")
            first, last = take_time([starts]), take_time([ends])
            if first and last:
                return _hours(first[0], last[0]), skipped + 1
        first = take_time(words)
        if first and len(words) > first[1] and words[first[1]] in {"-", "to", "until", "till"}:
            last = take_time(words[first[1] + 1 :])
            if last:
                return _hours(first[0], last[0]), skipped + first[1] + 1 + last[1]
        raise Misread(f"{shown(stretch.first.text)} is not a stretch of hours.", f"Write {self.hint()}.")

    def say(self, value: TimeRange, vocabulary: Vocabulary) -> str:
        """As `18:00-08:00`."""
        return f"{clock_face(value.starts_at)}-{clock_face(value.ends_at)}"

    def hint(self) -> str:
        """The shape."""
        return "two times, such as 18:00-08:00"

    def makes(self) -> type:
        """Hours of a day."""
        return TimeRange

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """An evening and a night."""
        return (Option("18:00-08:00", "18:00-08:00"), Option("20:00-07:00", "20:00-07:00"))


def _hours(starts_at: time, ends_at: time) -> TimeRange:
    if starts_at == ends_at:
        raise Impossible("That begins and ends at the same time.", "Write two different times, such as 18:00-08:00.")
    return TimeRange(starts_at, ends_at)


@dataclass(frozen=True, slots=True)
class TimeOrOffArg(Kind[time | Literal["off"]]):
    """A time of day, or "off"."""

    wording: ClassVar[str] = "a time, or off"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[time | Literal["off"], int]:
        """Read a time, or the word."""
        words = stretch.bare(2)
        if words[:1] == ["off"]:
            return "off", 1
        found = take_time(words)
        if found is None:
            raise Misread(f"{shown(stretch.first.text)} is neither a time of day nor “off”.", f"Write {self.hint()}.")
        return found

    def say(self, value: time | Literal["off"], vocabulary: Vocabulary) -> str:
        """As `09:00`, or `off`."""
        return value if isinstance(value, str) else clock_face(value)

    def hint(self) -> str:
        """Both ways."""
        return "a time such as 09:00, or off"

    def makes(self) -> tuple[type, ...]:
        """A time, or the word."""
        return (time, str)

    def owns(self, value: object) -> bool:
        """A time, or that one word."""
        return isinstance(value, time) or value == "off"

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """The start of a working day, and the word."""
        return tuple(Option(said, said) for said in ("09:00", "08:00", "off"))
