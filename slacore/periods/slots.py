"""Slots: the dates and times within a period on which something is due.

"Four weekly reports a month" are four slots, by default the last four Fridays, and not "every
seven days": each has a date of its own, moved off holidays as the agreement says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from slacore.calendars import Calendar, instant_of, zone_named
from slacore.periods.rules import Period, PeriodRule
from slacore.periods.wording import Each, Moved, Pick, SlotWords, print_slots, read_slots, refused


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion: the third of four reports, nominally on one date, really due on another.

    `index` counts from 1; `on` differs from `nominal_on` where it was moved off a holiday; `at` is
    the moment (UTC) it is due.
    """

    index: int
    of: int
    nominal_on: date
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class SlotRule:
    """Which dates of a period carry a slot, and at what local time: "last four Fridays 16:00".

    Of the dates that fall on `weekdays` (Monday is 0) or, where `working`, of the working dates, the
    rule takes every one, the first or last so many, or those at certain positions; `numbers` is the
    count or the positions. Where a period has fewer dates than a position names, the last there is
    stands for it: what is due on the 31st is due on the 30th of November and never silently dropped.
    Positions count within the period or, with `each`, within every week, month or quarter it touches.

    A slot on a date that is no working date moves to the working date before it (or after it, or not:
    `moved`), the other way where that would leave the period, or its month where the period has several,
    and stays where all of that is closed. Slots that come to lie on one date are one slot. Raises
    Refusal for a rule that picks nothing.
    """

    at: time
    pick: Pick = "every"
    numbers: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = tuple(range(7))
    working: bool = False
    each: Each = "period"
    moved: Moved = "before"

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        object.__setattr__(self, "numbers", tuple(sorted(set(self.numbers))))
        counts = {"every": len(self.numbers) == 0, "nth": len(self.numbers) > 0}
        if not counts.get(self.pick, len(self.numbers) == 1) or not all(1 <= number <= 366 for number in self.numbers):
            raise refused("That picks no date.")
        if not self.weekdays or not set(self.weekdays) <= set(range(7)) or (self.working and len(self.weekdays) < 7):
            raise refused("That names no day of the week.")
        if self.at != time(self.at.hour, self.at.minute):
            raise ValueError("a slot's time is of whole minutes, in the agreement's zone, which slots() is given")

    @classmethod
    def parse(cls, text: str) -> SlotRule:
        """Read "last four Fridays 16:00", "25th 17:00" or "3rd working day 12:00, or the working day after".

        Raises Refusal that shows what is accepted.
        """
        return cls(*read_slots(text))

    def __str__(self) -> str:
        """As it is written and said: the reverse of `parse`."""
        return print_slots(
            SlotWords(self.at, self.pick, self.numbers, self.weekdays, self.working, self.each, self.moved)
        )

    def slots(self, period: Period, calendar: Calendar, zone: str = "") -> tuple[Slot, ...]:
        """The slots of a period in order, their times in `zone` (IANA; the calendar's where none is given).

        `calendar` says which dates are worked. A time that the clock skips that night is the end of
        the gap, one that it shows twice is the first.
        """
        settled: dict[date, date] = {}
        for nominal_on in self._nominal(period, calendar):
            on = self._settled(nominal_on, period, calendar)
            if on not in settled or on == nominal_on:
                settled[on] = nominal_on
        known = zone_named(zone or calendar.zone)
        return tuple(
            Slot(index, len(settled), settled[on], on, instant_of(on, self.at, known))
            for index, on in enumerate(sorted(settled), start=1)
        )

    def _nominal(self, period: Period, calendar: Calendar) -> Iterator[date]:
        for stretch in self._stretches(period):
            dates = [on for on in _dates(stretch) if self._fits(on, calendar)]
            match self.pick:
                case "every":
                    picked = dates
                case "first":
                    picked = dates[: self.numbers[0]]
                case "last":
                    picked = dates[-self.numbers[0] :]
                case "nth":
                    picked = [dates[min(number, len(dates)) - 1] for number in self.numbers if dates]
            yield from (on for on in picked if on in period)

    def _stretches(self, period: Period) -> Iterator[Period]:
        if self.each == "period":
            yield period
            return
        rule = PeriodRule(self.each)
        stretch = rule.containing(period.first_on)
        yield stretch
        while stretch.last_on < period.last_on:
            stretch = rule.following(stretch)
            yield stretch

    def _fits(self, on: date, calendar: Calendar) -> bool:
        return on.weekday() in self.weekdays and (not self.working or calendar.is_working_day(on))

    def _settled(self, on: date, period: Period, calendar: Calendar) -> date:
        if self.moved == "no":
            return on
        first_on, last_on = _within(on, period)
        earlier = reversed(list(_dates(Period(first_on, on, ""))))
        later = _dates(Period(on, last_on, ""))
        ways = (earlier, later) if self.moved == "before" else (later, earlier)
        return next((day for way in ways for day in way if calendar.is_working_day(day)), on)


def _within(on: date, period: Period) -> tuple[date, date]:
    """How far a slot may move: within its month, where the period holds all of that; else within the period."""
    month = PeriodRule("month").containing(on)
    whole = period.first_on <= month.first_on and month.last_on <= period.last_on
    return (month.first_on, month.last_on) if whole else (period.first_on, period.last_on)


def _dates(period: Period) -> Iterator[date]:
    return (period.first_on + timedelta(days=step) for step in range(period.days))
