"""Recognising a day in words, before it is known which year or week is meant.

"Fri" and "16 Oct" name many days. Which one is meant depends on the command: a handoff was handed
over on the latest of them, an absence begins on the next. So reading and choosing are two steps.
"""

from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.commands.arguments.counting import spelled
from bot.commands.arguments.kind import Impossible, Misread
from bot.commands.words import shown

Toward = Literal["past", "future"]
"""Which way a command looks: at what was, or at what will be. Today belongs to both."""

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(DAY_NAMES)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_PARTS_OF_A_DAY = (["morning"], ["afternoon"], ["evening"], ["night"], ["noon"])
_SHORTLY = {"tmrw": 1, "tmr": 1, "tomorow": 1, "yday": -1, "eod": 0, "cob": 0}
_LONG_AGO, _SOON = timedelta(days=300), timedelta(days=60)
_LEAP_YEAR = 2000  # has every day that there is; stands for "any year"
_YEARS = range(1970, 2101)

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})(?:[/.]([0-9]{4}|[0-9]{2})|[/.])?")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_YEAR = re.compile(r"[0-9]{4}")
_JOINED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?-?([a-z]{3,9})(?:-?([0-9]{4}))?")


@dataclass(frozen=True, slots=True)
class ExactDay:
    """A day that is fully named."""

    on: date

    def on_or_before(self, limit: date) -> date:
        """The day itself, whatever the limit."""
        del limit
        return self.on

    def on_or_after(self, limit: date) -> date:
        """The day itself, whatever the limit."""
        del limit
        return self.on


@dataclass(frozen=True, slots=True)
class WeeklyDay:
    """A weekday, 0 for Monday: one day of every week."""

    weekday: int

    def on_or_before(self, limit: date) -> date:
        """The latest such day that is not after `limit`."""
        return limit - timedelta(days=(limit.weekday() - self.weekday) % 7)

    def on_or_after(self, limit: date) -> date:
        """The earliest such day that is not before `limit`."""
        return limit + timedelta(days=(self.weekday - limit.weekday()) % 7)


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day of a month, in any year that has it; `weekday` is what it was said to fall on."""

    month: int
    day: int
    weekday: int | None = None

    def on_or_before(self, limit: date) -> date:
        """The latest such day that is not after `limit`. Raises Misread if its weekday is another."""
        return self._checked(next(on for on in self._near(limit, -1) if on <= limit))

    def on_or_after(self, limit: date) -> date:
        """The earliest such day that is not before `limit`. Raises Misread if its weekday is another."""
        return self._checked(next(on for on in self._near(limit, 1) if on >= limit))

    def _near(self, limit: date, step: int) -> list[date]:
        # Nine years hold a 29 February, even around a century without one.
        years = (limit.year + step * offset for offset in range(10))
        return [date(y, self.month, self.day) for y in years if self.day <= calendar.monthrange(y, self.month)[1]]

    def _checked(self, on: date) -> date:
        return on if self.weekday is None else fits_weekday(on, self.weekday)


@dataclass(frozen=True, slots=True)
class MonthlyDay:
    """A day of every month that has it: the 14th."""

    day: int

    def on_or_before(self, limit: date) -> date:
        """The latest such day that is not after `limit`."""
        return next(on for on in self._near(limit, -1) if on <= limit)

    def on_or_after(self, limit: date) -> date:
        """The earliest such day that is not before `limit`."""
        return next(on for on in self._near(limit, 1) if on >= limit)

    def _near(self, limit: date, step: int) -> list[date]:
        months = (divmod(limit.year * 12 + limit.month - 1 + step * offset, 12) for offset in range(4))
        return [date(y, m + 1, self.day) for y, m in months if self.day <= calendar.monthrange(y, m + 1)[1]]


Day = ExactDay | WeeklyDay | YearlyDay | MonthlyDay


def written(on: date) -> str:
    """Give "Fri 16 Oct 2026", whatever the machine's language."""
    return f"{DAY_NAMES[on.weekday()][:3]} {on.day} {MONTH_NAMES[on.month - 1][:3]} {on.year}"


def choose(day: Day, today: date, toward: Toward) -> date:
    """The day that is meant by somebody who looks that way from today.

    "16/10" on 15 October is tomorrow, and not a year ago: whoever is about to hear why that cannot be
    should hear it of the day he meant.
    """
    if toward == "future":
        return day.on_or_after(today)
    if not isinstance(day, YearlyDay):
        return day.on_or_before(today)
    of_any_weekday = YearlyDay(day.month, day.day)
    before, after = of_any_weekday.on_or_before(today), of_any_weekday.on_or_after(today)
    is_near = today - before >= _LONG_AGO and after - today < _SOON
    return day.on_or_after(today) if is_near else day.on_or_before(today)


def fits_weekday(on: date, weekday: int) -> date:
    """Give the day back if it falls on that weekday (0 for Monday). Raises Misread if it does not."""
    if on.weekday() == weekday:
        return on
    raise Impossible(
        f"{on.day} {MONTH_NAMES[on.month - 1]} {on.year} is a {DAY_NAMES[on.weekday()]}, not a {DAY_NAMES[weekday]}.",
        "Say which day you mean.",
        instead=(on.isoformat(),),
    )


def take_day(words: list[str], today: date) -> tuple[Day, int]:
    """Read a day from the first of some small-letter words; say how many they were. Raises Misread."""
    if not words:
        raise Impossible("No day is named.", "Write a day such as today, Fri, 16 Oct or 2026-10-16.")
    first = words[0]
    if (near := _from_today(words, today)) is not None:
        return near
    if iso := _ISO.fullmatch(first):
        return ExactDay(_date(int(iso[1]), int(iso[2]), int(iso[3]))), 1
    if figures := _FIGURES.fullmatch(first):
        return _in_figures(first, figures), 1
    if first in {"last", "next", "this"} and len(words) > 1 and words[1] in WEEKDAYS:
        return ExactDay(_beside(first, WEEKDAYS[words[1]], today)), 2
    if first in WEEKDAYS:
        dated = _day_and_month(words[1:])
        return _on_weekday(WEEKDAYS[first], dated) if dated else (WeeklyDay(WEEKDAYS[first]), 1)
    dated = _day_and_month(words)
    if dated is not None:
        return dated
    if (ordinal := _ordinal(words)) is not None:
        return ordinal
    day = _DAY.fullmatch(first)
    if day and len(words) > 1 and words[1].isalpha():
        raise _no_month(int(day[1]), words[1])
    raise _no_day(first)


def _from_today(words: list[str], today: date) -> tuple[Day, int] | None:
    # Today, yesterday evening, this morning, two days ago.
    first, behind = words[0], words[1:2]
    away = _RELATIVE.get(first, _SHORTLY.get(first))
    if away is not None:
        return ExactDay(today + timedelta(days=away)), 1 + (behind in _PARTS_OF_A_DAY)
    if first == "this" and behind in _PARTS_OF_A_DAY:
        return ExactDay(today), 2
    if words[2:3] == ["ago"] and (ago := _ago(first, words[1])) is not None:
        return ExactDay(today - ago), 3
    return None


def _ordinal(words: list[str]) -> tuple[Day, int] | None:
    # "the 14th", "14th", "the 14th of October"; a bare 14 may be any number.
    the = int(words[0] == "the")
    found = _ORDINAL.fullmatch(words[the]) if len(words) > the else None
    if found is None or not 1 <= int(found[1]) <= 31:
        return None
    if (dated := _day_and_month(words[the:])) is not None:
        return dated[0], dated[1] + the
    behind = words[the + 1 : the + 2]
    return None if behind and _like_a_month(behind[0]) else (MonthlyDay(int(found[1])), 1 + the)


def _ago(count: str, unit: str) -> timedelta | None:
    many = (int(count), 1) if count.isascii() and count.isdigit() and len(count) < 4 else spelled([count])
    days = {"day": 1, "days": 1, "week": 7, "weeks": 7}.get(unit)
    return timedelta(days=many[0] * days) if many is not None and days is not None else None


def _like_a_month(word: str) -> bool:
    return bool(difflib.get_close_matches(word, MONTHS, n=1, cutoff=0.65))


def _beside(which: str, weekday: int, today: date) -> date:
    day = WeeklyDay(weekday)
    match which:
        case "last":
            return day.on_or_before(today - timedelta(days=1))
        case "next":
            return day.on_or_after(today + timedelta(days=1))
        case _:  # this Friday: the one in the week from Monday to Sunday that it is
            return day.on_or_after(today - timedelta(days=today.weekday()))


def _on_weekday(weekday: int, dated: tuple[Day, int]) -> tuple[Day, int]:
    day, used = dated
    if isinstance(day, ExactDay):
        return ExactDay(fits_weekday(day.on, weekday)), used + 1
    if isinstance(day, YearlyDay):
        return YearlyDay(day.month, day.day, weekday), used + 1
    return day, used + 1


def _day_and_month(words: list[str]) -> tuple[Day, int] | None:
    # "16 Oct [2026]", "16 of October", "Oct 16 [2026]", "16-Oct-2026".
    if not words:
        return None
    if (joined := _JOINED.fullmatch(words[0])) and joined[2] in MONTHS:
        return day_of(int(joined[1]), MONTHS[joined[2]], joined[3]), 1
    if (day := _DAY.fullmatch(words[0])) and len(words) > 1:
        at = 2 if words[1] == "of" and len(words) > 2 else 1
        if words[at] in MONTHS:
            return _with_year(int(day[1]), MONTHS[words[at]], words, at + 1)
    if words[0] in MONTHS and len(words) > 1 and (day := _DAY.fullmatch(words[1])):
        return _with_year(int(day[1]), MONTHS[words[0]], words, 2)
    return None


def _with_year(day: int, month: int, words: list[str], used: int) -> tuple[Day, int]:
    year = words[used] if len(words) > used and _YEAR.fullmatch(words[used]) else None
    return day_of(day, month, year), used + (year is not None)


def day_of(day: int, month: int, year: str | None) -> Day:
    """A day of a month, with its year or in any year. Raises Misread if there is no such day."""
    if year is not None:
        return ExactDay(_date(int(year), month, day))
    _date(_LEAP_YEAR, month, day)
    return YearlyDay(month, day)


def _date(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Impossible(f"There is no month {month}.", "Write the date as 16 Oct or 2026-10-16.")
    if year not in _YEARS:
        raise Impossible(f"The year {year:04} is not one that I keep.", f"Write a year up to {_YEARS[-1]}.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        in_year = f" {year}" if month == 2 and year != _LEAP_YEAR else ""
        raise Impossible(f"{MONTH_NAMES[month - 1]}{in_year} has {days} days, not {day}.", "Write another day.")
    return date(year, month, day)


def _in_figures(said: str, found: re.Match[str]) -> Day:
    # 10/12 is December to some and October to others; 16/10 can only be the one, and so can 3.11., for
    # wherever stops stand between the figures the day comes first.
    one, two = int(found[1]), int(found[2])
    readings: list[Day] = []
    for day, month in ((one, two),) if "." in said and two <= 12 else ((one, two), (two, one)):
        year = f"20{found[3]}" if found[3] and len(found[3]) == 2 else found[3]
        try:
            reading = day_of(day, month, year)
        except Misread:
            continue
        if reading not in readings:
            readings.append(reading)
    if len(readings) == 1:
        return readings[0]
    if not readings:
        raise Impossible(f"There is no day {shown(said)}.", "Write the date as 16 Oct or 2026-10-16.")
    spelled = tuple(_spelled(reading) for reading in readings)
    raise Impossible(f"{shown(said)} can be {' or '.join(spelled)}.", "Write the month as a word.", instead=spelled)


def _spelled(day: Day) -> str:
    if isinstance(day, YearlyDay):
        return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"
    on = day.on_or_after(date.min)
    return f"{on.day} {MONTH_NAMES[on.month - 1][:3]} {on.year}"


def _no_day(said: str) -> Misread:
    known = {name.lower(): name for name in DAY_NAMES} | {name: name for name in _RELATIVE}
    close = difflib.get_close_matches(said, known, n=2, cutoff=0.65) if len(said) <= 20 else []
    guesses = tuple(known[name] for name in close)
    meant = f"; did you mean {' or '.join(guesses)}?" if guesses else "."
    return Misread(
        f"{shown(said)} is no day that I know{meant}",
        "Write a day such as today, Fri, 16 Oct or 2026-10-16.",
        instead=guesses,
    )


def _no_month(day: int, said: str) -> Misread:
    known = {name.lower(): name for name in MONTH_NAMES} | {name[:3].lower(): name for name in MONTH_NAMES}
    close = difflib.get_close_matches(said, known, n=2, cutoff=0.65) if len(said) <= 20 else []
    guesses = tuple(dict.fromkeys(known[name] for name in close))
    meant = f"; did you mean {' or '.join(guesses)}?" if guesses else "."
    return Misread(
        f"{shown(said)} is no month that I know{meant}",
        "Write a day such as 16 Oct or 2026-10-16.",
        instead=tuple(f"{day} {month[:3]}" for month in guesses),
        span=2,
    )
