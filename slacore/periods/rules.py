"""The stretch a promise is judged over: a day, week, month, quarter, year, or every so many days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, cast, get_args

from slacore.calendars import day_number, instant_of, zone_named
from slacore.errors import Refusal
from slacore.periods.months import MONTHS, print_date, print_dates

Unit = Literal["day", "week", "month", "quarter", "year"]

_SPELLINGS: dict[str, str] = {unit: unit for unit in get_args(Unit)} | {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year",
}  # fmt: skip
_EVERY = re.compile(r"(?:every|each)\s+(?P<unit>[a-z]+)")
_EVERY_DAYS = re.compile(r"every\s+(?P<days>\d{1,6})\s+days?\s+from\s+(?P<anchor>\d{4}-\d\d-\d\d)", re.ASCII)
_MOST_DAYS = 3_660
_ACCEPTED = 'Write "day", "week", "month", "quarter", "year" or "every 10 days from 2026-10-01".'


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch that a promise is judged over, from its first date to its last, both in it.

    `label` is what people call it: "October 2026", "week 42 of 2026 (12–18 Oct)", "Q4 2026".
    """

    first_on: date
    last_on: date
    label: str

    def __contains__(self, on: date) -> bool:
        return self.first_on <= on <= self.last_on

    @property
    def days(self) -> int:
        """How many dates it has."""
        return (self.last_on - self.first_on).days + 1

    def starts_at(self, zone: str) -> datetime:
        """The moment (UTC) it begins for people in a time zone: the first of its first date."""
        return _day_begins(self.first_on, zone)

    def ends_at(self, zone: str) -> datetime:
        """The moment (UTC) it is over, which is the next one's first and no longer its own."""
        return _day_begins(self.last_on + timedelta(days=1), zone)


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How time is cut into the periods of a promise. Weeks begin on Monday (ISO 8601).

    `days` and `anchor` together replace the unit: every so many days, counted both ways from the
    anchor. Raises Refusal for a rule that makes no sense.
    """

    unit: Unit = "month"
    days: int = 0
    anchor: date | None = None

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise Refusal(f"{self.unit!r} is no period.", _ACCEPTED, field="period")
        if (self.days == 0) != (self.anchor is None) or not 0 <= self.days <= _MOST_DAYS:
            raise Refusal(f"A period of {self.days} days cannot be counted.", _ACCEPTED, field="period")
        if self.anchor is not None:
            day_number(self.anchor)

    @classmethod
    def parse(cls, text: str) -> PeriodRule:
        """Read "month", "weekly" or "every 10 days from 2026-10-01". Raises Refusal otherwise."""
        words = " ".join(text.casefold().split())[:80]
        if found := _EVERY_DAYS.fullmatch(words):
            try:
                anchor = date.fromisoformat(found["anchor"])
            except ValueError:
                raise Refusal(f"{found['anchor']} is no date.", _ACCEPTED, field="period") from None
            return cls(days=int(found["days"]), anchor=anchor)
        every = _EVERY.fullmatch(words)
        unit = _SPELLINGS.get(every["unit"] if every else words)
        if unit is None:
            raise Refusal(f"{text[:40]!r} is no period.", _ACCEPTED, field="period")
        return cls(cast("Unit", unit))

    def __str__(self) -> str:
        """As it is written in a file: `month`, `every 10 days from 2026-10-01`."""
        return f"every {self.days} days from {self.anchor}" if self.anchor else self.unit

    def in_words(self) -> str:
        """As it is said in a message: "each month", "every 10 days from 1 October 2026"."""
        return f"every {self.days} days from {print_date(self.anchor)}" if self.anchor else f"each {self.unit}"

    def containing(self, on: date) -> Period:
        """The period a date lies in. Raises Refusal for a date out of the years calendars know."""
        return _containing(self, on)  # several times a request, of a few dates

    def following(self, period: Period) -> Period:
        """The period that begins the day after one ends."""
        return self.containing(period.last_on + timedelta(days=1))

    def previous(self, period: Period) -> Period:
        """The period that ends the day before one begins."""
        return self.containing(period.first_on - timedelta(days=1))

    def _first_of(self, on: date) -> date:
        if self.anchor:
            return on - timedelta(days=(on - self.anchor).days % self.days)
        match self.unit:
            case "day":
                return on
            case "week":
                return on - timedelta(days=on.weekday())
            case "month":
                return on.replace(day=1)
            case "quarter":
                return date(on.year, on.month - (on.month - 1) % 3, 1)
            case "year":
                return date(on.year, 1, 1)

    def _first_after(self, first: date) -> date:
        if self.anchor:
            return first + timedelta(days=self.days)
        match self.unit:
            case "day":
                return first + timedelta(days=1)
            case "week":
                return first + timedelta(days=7)
            case "month" | "quarter" | "year":
                month = first.month + {"month": 1, "quarter": 3, "year": 12}[self.unit]
                return date(first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

    def _label(self, first: date, last: date) -> str:
        if self.anchor:
            return print_dates(first, last)
        match self.unit:
            case "day":
                return print_date(first)
            case "week":
                iso = first.isocalendar()
                return f"week {iso.week} of {iso.year} ({print_dates(first, last, year=False)})"
            case "month":
                return f"{MONTHS[first.month - 1]} {first.year}"
            case "quarter":
                return f"Q{(first.month + 2) // 3} {first.year}"
            case "year":
                return f"{first.year}"


@lru_cache(maxsize=1_024)
def _containing(rule: PeriodRule, on: date) -> Period:
    day_number(on)
    first = rule._first_of(on)
    last = rule._first_after(first) - timedelta(days=1)
    return Period(first, last, rule._label(first, last))


def _day_begins(on: date, zone: str) -> datetime:
    return instant_of(on, time(), zone_named(zone))
