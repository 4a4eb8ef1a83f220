"""A calendar's index as it lives in memory: laid out when first asked, grown to the years asked about."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from slacore.calendars.closings import HolidayRegion
from slacore.calendars.hours import DayHours, WeekHours
from slacore.calendars.stretches import Bounds, Stretches, lay_out
from slacore.calendars.zones import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    MINUTE,
    beyond,
    date_numbered,
    day_number,
    zone_named,
)

_YEARS_AT_FIRST = 6
"""One before the moment asked about and four after: hardly a promise reaches further."""


class Index:
    """The stretches of open time of one set of hours, as far as anybody has asked.

    `laid` is replaced as a whole when it grows, never changed, so that a question which is being
    answered keeps the index it began with. Growing doubles the years, up to 1970 to 2099; a question
    that leads further raises Refusal, so that no search goes on for ever.
    """

    __slots__ = ("_closed", "_holidays", "_replaced", "_week", "_zone", "laid")

    def __init__(
        self,
        zone: str,
        hours: WeekHours,
        holidays: HolidayRegion | None,
        closed: tuple[tuple[date, str], ...],
        replaced: tuple[tuple[date, DayHours], ...],
    ) -> None:
        self._zone = zone_named(zone)
        self._week = tuple(map(_bounds, hours))
        self._holidays = holidays
        self._closed = {day_number(on): () for on, _ in closed}
        self._replaced = {day_number(on): _bounds(windows) for on, windows in replaced}
        self.laid = Stretches(0, 0, 0, 0, [], [], [], 0, 0, [], [], [], [])

    def reaching(self, since: int, until: int) -> Stretches:
        """The stretches, grown so that they cover the moments from `since` to `until` (microseconds)."""
        laid = self.laid
        if laid.since <= since and until < laid.until:
            return laid
        first, last = _year(since), _year(until)
        if not laid.starts:
            return self._lay_out(first - 1, max(last, first - 2 + _YEARS_AT_FIRST))
        span = laid.last_year - laid.first_year + 1
        return self._lay_out(
            min(first, laid.first_year - span) if since < laid.since else laid.first_year,
            max(last, laid.last_year + span) if until >= laid.until else laid.last_year,
        )

    def holding(self, *days: int) -> Stretches:
        """The stretches, grown so that they know these dates (days since 1970)."""
        return self.reaching(min(days) * DAY, max(days) * DAY)

    def later(self) -> Stretches:
        """Stretches that reach further into the future. Raises Refusal where there is none left."""
        laid = self.laid
        if laid.is_last:
            raise beyond("The moment asked for")
        return self._lay_out(laid.first_year, 2 * laid.last_year - laid.first_year + 1)

    def earlier(self) -> Stretches:
        """Stretches that reach further into the past. Raises Refusal where there is none left."""
        laid = self.laid
        if laid.is_first:
            raise beyond("The moment asked for")
        return self._lay_out(2 * laid.first_year - laid.last_year - 1, laid.last_year)

    def _lay_out(self, first_year: int, last_year: int) -> Stretches:
        first_year, last_year = max(FIRST_YEAR, first_year), min(LAST_YEAR, last_year)
        special: dict[int, Bounds] = {}
        if self._holidays is not None:
            # The neighbours' too, for the shifts that run across New Year.
            listed = self._holidays.in_years(max(FIRST_YEAR, first_year - 1), min(LAST_YEAR, last_year + 1))
            special.update((day_number(on), ()) for on in listed)
        self.laid = lay_out(self._zone, self._week, special | self._closed | self._replaced, first_year, last_year)
        return self.laid


@lru_cache(maxsize=128)
def index_of(
    zone: str,
    hours: WeekHours,
    holidays: HolidayRegion | None,
    closed: tuple[tuple[date, str], ...],
    replaced: tuple[tuple[date, DayHours], ...],
) -> Index:
    """The one index of all calendars with these hours: a calendar read anew finds it laid out."""
    return Index(zone, hours, holidays, closed, replaced)


def _bounds(windows: DayHours) -> Bounds:
    return tuple((window.opens * MINUTE, window.closes * MINUTE) for window in windows)


def _year(micros: int) -> int:
    on = date_numbered(micros // DAY)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise beyond(on.isoformat())
    return on.year
