"""Months as people say them: October, Oct 2026, last month."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.chat.card import Option
from bot.commands.arguments.days import DASHES, MONTH_NAMES, MONTHS, Toward
from bot.commands.arguments.kind import Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_YEAR = re.compile(r"[0-9]{4}")
_BESIDE = {"last": -1, "this": 0, "next": 1}


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, which is what most promises are judged over."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """The month so many months later, or earlier where `months` is negative."""
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def __str__(self) -> str:
        """As `October 2026`."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"


@dataclass(frozen=True, slots=True)
class MonthArg(Kind[Month]):
    """A month. Without a year it is the latest one that has begun, or, `toward` the future, the next."""

    toward: Toward = "past"
    wording: ClassVar[str] = "a month"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Month, int]:
        """Read "October", "Oct 2026", "2026-10", or last, this and next month."""
        words = [word.translate(DASHES) for word in stretch.bare(2)]
        current = Month.of(vocabulary.today)
        if not words:
            raise _no_month(stretch.first.text)
        if len(words) == 2 and words[0] in _BESIDE and words[1] == "month":
            return current.plus(_BESIDE[words[0]]), 2
        if iso := _ISO.fullmatch(words[0]):
            return _month(int(iso[1]), int(iso[2])), 1
        if words[0] not in MONTHS:
            raise _no_month(words[0])
        number = MONTHS[words[0]]
        if len(words) == 2 and _YEAR.fullmatch(words[1]):
            return _month(int(words[1]), number), 2
        return self._without_year(number, current), 1

    def say(self, value: Month, vocabulary: Vocabulary) -> str:
        """As `2026-10`, which means the same next year."""
        return f"{value.year:04}-{value.number:02}"

    def fill(self, value: Month, vocabulary: Vocabulary) -> str:
        """As `October 2026`."""
        return str(value)

    def hint(self) -> str:
        """The ways to write it."""
        return "a month, such as October, Oct 2026 or last month"

    def makes(self) -> type:
        """A month of a year."""
        return Month

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """This month and the two beside it in the direction of the command."""
        current = Month.of(vocabulary.today)
        step = -1 if self.toward == "past" else 1
        return tuple(Option(str(month), str(month)) for month in (current.plus(step * away) for away in range(3)))

    def _without_year(self, number: int, current: Month) -> Month:
        this_year = Month(current.year, number)
        if self.toward == "past":
            return this_year if this_year <= current else Month(current.year - 1, number)
        return this_year if this_year >= current else Month(current.year + 1, number)


def _month(year: int, number: int) -> Month:
    if not 1 <= number <= 12:
        raise Impossible(f"There is no month {number}.", "Write the month as Oct 2026 or 2026-10.")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Impossible(f"The year {year:04} is not one that I keep.", f"Write a year up to {_LAST_YEAR}.")
    return Month(year, number)


def _no_month(said: str) -> Misread:
    close = difflib.get_close_matches(said.lower(), map(str.lower, MONTH_NAMES), n=2) if len(said) <= 20 else []
    guesses = tuple(guess.capitalize() for guess in close)
    meant = f"; did you mean {' or '.join(guesses)}?" if guesses else "."
    return Misread(
        f"{shown(said)} is no month that I know{meant}",
        "Write a month such as October, Oct 2026 or last month.",
        instead=guesses,
    )
