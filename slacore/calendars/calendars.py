"""A calendar: when a party is at work, and what follows for every deadline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slacore.calendars.closings import HolidayRegion
from slacore.calendars.durations import Duration
from slacore.calendars.hours import DayHours, WeekHours, parse_day, parse_week, print_day, print_week
from slacore.calendars.indexes import Index, index_of
from slacore.calendars.zones import EPOCH, MICROSECOND, date_numbered, day_number, instant_of, zone_named
from slacore.errors import Refusal

Pauses = Iterable[tuple[datetime, datetime]]
"""Stretches [from, to) in which a clock stood still. They may overlap; one still running ends at `now`."""


@dataclass(frozen=True, slots=True, init=False)
class Calendar:
    """When a party is at work: the calendar its deadlines are counted in.

    Built from plain values, as an agreement's file has them:

        Calendar("America/New_York", {"Mon-Fri": "09:00-12:00, 13:00-17:00"}, HolidayRegion("US"),
                 closed={date(2026, 12, 24): "Company holiday"}, replaced={date(2026, 12, 31): "09:00-12:00"})

    A moment is open exactly when a wall clock in `zone` shows a time within the hours of a date. A
    shift past midnight belongs to the date on which it begins: it is worked to its end although the
    next date is closed, and does not begin on a closed one. `replaced` hours win over `closed` days
    and holidays, which win over the week's.

    Moments go in aware, in any zone, and come out in UTC. A question costs one or two bisections of
    an index that is laid out when it is first needed and grows to the years asked about, within 1970
    to 2099; what leads beyond them raises Refusal, as does a calendar that is never open.
    """

    zone: str
    hours: WeekHours
    holidays: HolidayRegion | None
    closed: tuple[tuple[date, str], ...]
    replaced: tuple[tuple[date, DayHours], ...]
    name: str
    _zone: ZoneInfo = field(repr=False, compare=False)
    _index: Index = field(repr=False, compare=False)

    def __init__(
        self,
        zone: str,
        hours: Mapping[str, str],
        holidays: HolidayRegion | None = None,
        closed: Mapping[date, str] | None = None,
        replaced: Mapping[date, str] | None = None,
        name: str = "",
    ) -> None:
        keep = object.__setattr__  # frozen for everybody else
        keep(self, "_zone", zone_named(zone))
        keep(self, "zone", zone)
        keep(self, "hours", parse_week(hours))
        keep(self, "holidays", holidays)
        keep(self, "closed", tuple(sorted((closed or {}).items())))
        keep(self, "replaced", tuple(sorted((on, parse_day(text)) for on, text in (replaced or {}).items())))
        keep(self, "name", name)
        for on in sorted({*(closed or {}), *(replaced or {})}):
            day_number(on)
            if on in (closed or {}) and on in (replaced or {}):
                raise Refusal(f"{on} is closed and has hours of its own.", "Keep one of the two.", field="replaced")
        if not any(self.hours) and not any(windows for _, windows in self.replaced):
            raise Refusal("This calendar is never open.", "Give it hours on at least one day.", field="hours")
        keep(self, "_index", index_of(zone, self.hours, holidays, self.closed, self.replaced))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as the plain values it was built from; the index is laid out again where it arrives."""
        replaced = {on: print_day(windows) for on, windows in self.replaced}
        return Calendar, (self.zone, print_week(self.hours), self.holidays, dict(self.closed), replaced, self.name)

    # Deadlines

    def due(self, start: datetime, duration: Duration, pauses: Pauses = ()) -> datetime:
        """When something promised `within` a duration from `start` is due.

        Working hours and minutes: the earliest moment by which that much open time has passed, so
        that four hours from 13:00 with a close at 17:00 are over at 17:00.
        Working dates: the close of the Nth working date after the one `start` belongs to; `0wd` is
        the next close. Hours and minutes of wall time are added; days keep the time of day.

        Time in `pauses` does not count. For working dates a close does not count that falls into a
        pause; where the duration is in days, what was paused by the wall clock is added.
        """
        wanted = duration.open_micros
        if pauses or not wanted:
            return self._due(start, duration, _merged(start, pauses))
        # The one hot path of the product: `_due` in open time, without its calls.
        at = (start - EPOCH) // MICROSECOND
        index = self._index.laid
        if not index.since <= at < index.until:
            index = self._index.reaching(at, at)
        ends, opened = index.ends, index.opened
        i = bisect_right(index.starts, at) - 1
        left = ends[i] - at
        total = opened[i] + wanted
        if left > 0:
            total -= left
        j = bisect_left(opened, total, i)
        if j == len(ends):
            return self._due(start, duration, [])
        return EPOCH + (ends[j] - opened[j] + total) * MICROSECOND

    def _due(self, start: datetime, duration: Duration, pauses: list[tuple[int, int]]) -> datetime:
        at = _micros(start)
        if duration.unit == "wd":
            return _moment(self._due_at_close(at, duration.amount, pauses))
        if not duration.amount:
            return _moment(at)
        if duration.open_micros:
            index = self._index.reaching(at, max([at, *(until for _, until in pauses)]))
            total = _past(
                index.open_by(at),
                duration.open_micros,
                [(index.open_by(since), index.open_by(until)) for since, until in pauses],
            )
            while total > index.opened[-1]:
                index = self._index.later()
            return _moment(index.moment_of(total))
        wanted = duration.wall_micros
        if not wanted:
            local = start.astimezone(self._zone)
            then = instant_of(local.date() + timedelta(days=duration.amount), local.time(), self._zone)
            wanted = _micros(then) - at
        return _moment(_past(at, wanted, pauses))

    def _due_at_close(self, at: int, amount: int, pauses: list[tuple[int, int]]) -> int:
        index = self._index.reaching(at, at)
        first = index.place_at(at) + 1 if amount else bisect_left(index.closes, at)
        place = first + max(amount - 1, 0)
        for since, until in pauses:
            while place >= len(index.closes) or index.closes[-1] <= until:
                index = self._index.later()
            skipped = max(first, bisect_right(index.closes, since))
            if skipped > place:
                break
            place += max(0, bisect_right(index.closes, until) - skipped)
        while place >= len(index.closes):
            index = self._index.later()
        return index.closes[place]

    def elapsed(self, start: datetime, end: datetime, pauses: Pauses = ()) -> timedelta:
        """Open time between two moments, without what was paused; negative where `end` is the earlier."""
        since = (start - EPOCH) // MICROSECOND
        until = (end - EPOCH) // MICROSECOND
        if until < since:
            return -self.elapsed(end, start, pauses)
        index = self._index.laid
        if since < index.since or until >= index.until:
            index = self._index.reaching(since, until)
        # As hot as `due`: the index's own `open_by`, twice, without the calls.
        starts, ends, opened = index.starts, index.ends, index.opened
        i = bisect_right(starts, since) - 1
        j = bisect_right(starts, until, i) - 1
        total = opened[j] - opened[i]
        if (left := ends[i] - since) > 0:
            total += left
        if (left := ends[j] - until) > 0:
            total -= left
        for paused, resumed in _merged(start, pauses) if pauses else ():
            if paused < until:
                total -= index.open_by(min(resumed, until)) - index.open_by(paused)
        return total * MICROSECOND

    # Moments

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is at work: the moment of opening is open, the moment of closing is not."""
        moment = _micros(at)
        return self._index.reaching(moment, moment).is_open(moment)

    def next_open(self, at: datetime) -> datetime:
        """The first open moment from `at` on: `at` itself while it is open."""
        moment = _micros(at)
        index = self._index.reaching(moment, moment)
        if index.is_open(moment):
            return _moment(moment)
        while (i := bisect_right(index.starts, moment)) == len(index.starts):
            index = self._index.later()
        return _moment(index.starts[i])

    def open_between(self, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The stretches of open time from `start` to `end`, cut to the two, in order."""
        since, until = _micros(start), _micros(end)
        if until <= since:
            return ()
        index = self._index.reaching(since, until)
        first = bisect_right(index.ends, since)
        past = bisect_left(index.starts, until)
        return tuple(
            (_moment(max(since, index.starts[i])), _moment(min(until, index.ends[i]))) for i in range(first, past)
        )

    # Working dates

    def is_working_day(self, on: date) -> bool:
        """Whether the party works hours that begin on this date."""
        day = day_number(on)
        return self._index.holding(day).place_of_date(day) is not None

    def closes_on(self, on: date) -> datetime | None:
        """The moment the date's last hours end, past midnight for a night shift; None for no working date."""
        day = day_number(on)
        index = self._index.holding(day)
        place = index.place_of_date(day)
        return None if place is None else _moment(index.closes[place])

    def closed_for(self, on: date) -> str:
        """The name of the holiday or closed day that keeps the party from work on a date; "" where none does."""
        if any(on == replaced for replaced, _ in self.replaced):
            return ""
        return dict(self.closed).get(on) or (
            self.holidays.in_years(on.year, on.year).get(on, "") if self.holidays else ""
        )

    def add_working_days(self, on: date, amount: int) -> date:
        """The Nth working date after `on`, or before it where `amount` is negative.

        Nought is `on` itself or, where that is no working date, the next one.
        """
        day = day_number(on)
        index = self._index.holding(day)
        while True:
            place = (bisect_right(index.dates, day) - 1 if amount > 0 else bisect_left(index.dates, day)) + amount
            if place < 0:
                index = self._index.earlier()
            elif place >= len(index.dates):
                index = self._index.later()
            else:
                return date_numbered(index.dates[place])

    def working_days_between(self, start: date, end: date) -> int:
        """How many working dates lie after `start` up to and with `end`: the reverse of `add_working_days`.

        Where `end` is the earlier one, minus those from `end` up to, and without, `start`.
        """
        first, last = day_number(start), day_number(end)
        dates = self._index.holding(min(first, last), max(first, last)).dates
        if last < first:
            return bisect_left(dates, last) - bisect_left(dates, first)
        return bisect_right(dates, last) - bisect_right(dates, first)

    # The ladder's steps

    def after_whole_working_days(self, at: datetime, amount: int) -> datetime:
        """The opening that follows `amount` whole working dates after `at`: a ladder's `+Nwd`.

        Due Thursday 17:00, one working day later is Monday 09:00: Friday was there to be used.
        """
        moment = _micros(at)
        index = self._index.reaching(moment, moment)
        place = bisect_left(index.opens, moment) + amount
        while place >= len(index.opens):
            index = self._index.later()
        return _moment(index.opens[place])

    def before_working_days(self, at: datetime, amount: int) -> datetime:
        """The moment `amount` (one at least) working dates before `at`: a ladder's `-Nwd`.

        The same time of day on that date, moved into its hours: to its opening or close, or to the
        end of a break, so that somebody is there to act on it. Two working days before Thursday
        17:00 is Tuesday 17:00.
        """
        if amount < 1:
            raise ValueError(f"a step before the due moment is at least one working day, not {amount}")
        moment = _micros(at)
        index = self._index.reaching(moment, moment)
        local = at.astimezone(self._zone)
        today = local.date().toordinal() - EPOCH.toordinal()
        while True:
            # A moment of closing belongs to the shift that it ends, not to the date it begins.
            place = bisect_left(index.begins, moment) - 1
            carry = 0
            if place >= 0 and (index.dates[place] == today or moment <= index.closes[place]):
                carry = today - index.dates[place]
                place -= 1
            place -= amount - 1
            if place >= 0:
                break
            index = self._index.earlier()
        then = _micros(instant_of(date_numbered(index.dates[place] + carry), local.time(), self._zone))
        then = min(max(then, index.opens[place]), index.closes[place])
        i = bisect_right(index.starts, then) - 1
        return _moment(then if then <= index.ends[i] else index.starts[i + 1])

    def in_words(self) -> str:
        """The calendar in one line: "Mon-Fri 09:00-17:00, New York time, closed on US holidays"."""
        hours = "; ".join(f"{days} {times}" for days, times in print_week(self.hours).items()) or "by date only"
        city = self.zone.rpartition("/")[2].replace("_", " ")
        return f"{hours}, {city} time" + (f", closed on {self.holidays} holidays" if self.holidays else "")


def _micros(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _moment(micros: int) -> datetime:
    return EPOCH + micros * MICROSECOND


def _merged(start: datetime, pauses: Pauses) -> list[tuple[int, int]]:
    """Pauses from `start` on, in order and apart; one that ends before it begins is none."""
    merged: list[tuple[int, int]] = []
    beginning = _micros(start)
    for paused, resumed in sorted((max(_micros(a), beginning), _micros(b)) for a, b in pauses):
        if paused >= resumed:
            continue
        if merged and paused <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(resumed, merged[-1][1]))
        else:
            merged.append((paused, resumed))
    return merged


def _past(start: int, wanted: int, pauses: list[tuple[int, int]]) -> int:
    """Where a clock stands that runs `wanted` from `start` and rests in the pauses."""
    end = start + wanted
    for since, until in pauses:
        if end <= since:
            break
        end += until - since
    return end
