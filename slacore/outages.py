"""What incidents come to: availability, the mean times between failures, and the mean times to repair.

Everything is measured in service hours: the promise's working time. Overlapping incidents count
as their union, one that is open runs to now, and excluded time leaves both sides of every sum.
Times are exact whole microseconds, figures are fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from slacore.calendars import Calendar
from slacore.commitments import Level
from slacore.incidents import Incident

Stretch = tuple[datetime, datetime]
"""From one moment up to another, without it."""

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Outage:
    """Incidents that overlap or touch, as the one outage that people had. `is_open`: it still runs."""

    from_at: datetime
    until_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A service's record as one promise measures it: its incidents, its working time, and what is excluded.

    `since` is when the promise began: the first failure's time without one is counted from there.
    """

    calendar: Calendar
    incidents: tuple[Incident, ...]
    since: datetime
    now: datetime
    excluded_counts: bool = False

    @property
    def excluded(self) -> tuple[Stretch, ...]:
        """Time that leaves both sides of every sum, cut to the incident that it was agreed for."""
        if self.excluded_counts:
            return ()
        return tuple(
            (max(each.from_at, since), min(each.until_at, until))
            for incident in self.incidents
            for since, until in (incident.down(self.now),)
            for each in incident.exclusions
            if max(each.from_at, since) < min(each.until_at, until)
        )

    def open_time(self, from_at: datetime, until_at: datetime) -> timedelta:
        """Service time between two moments, without what is excluded."""
        return self.calendar.elapsed(from_at, until_at, self.excluded) if from_at < until_at else timedelta()

    def down_time(self, from_at: datetime, until_at: datetime) -> timedelta:
        """Service time between two moments in which the service was down."""
        parts = (self.open_time(max(each.from_at, from_at), min(each.until_at, until_at)) for each in self.outages())
        return sum(parts, timedelta())

    def outages(self, *, until_mended: bool = False) -> tuple[Outage, ...]:
        """All outages, in order: until the service was back, or until the fault was mended."""
        found: list[Outage] = []
        for incident in sorted(self.incidents, key=lambda each: each.started_at):
            since, until = incident.broken(self.now) if until_mended else incident.down(self.now)
            is_open = incident.ended_at is None if until_mended else incident.is_open
            if found and since <= found[-1].until_at:
                last = found.pop()
                since, until, is_open = last.from_at, max(last.until_at, until), last.is_open or is_open
            found.append(Outage(since, until, is_open))
        return tuple(found)

    def failures(self, *, until_mended: bool = False) -> tuple[Outage, ...]:
        """The outages that took any service time; what only fell into closed or excluded hours is no failure."""
        return tuple(
            each for each in self.outages(until_mended=until_mended) if self.open_time(each.from_at, each.until_at)
        )


def availability(service: Service, from_at: datetime, until_at: datetime) -> Fraction | None:
    """The share of service time in which the service was up, from 0 to 1; None where there was none.

    (service time - downtime) / service time, each without excluded time; a moment that has not
    come is counted as up.
    """
    total = service.open_time(from_at, until_at)
    if not total:
        return None
    return 1 - Fraction(service.down_time(from_at, until_at) // MICROSECOND, total // MICROSECOND)


def times_between_failures(service: Service, from_at: datetime, until_at: datetime) -> tuple[timedelta, ...]:
    """Service time from each restoration to the next failure, for the failures of a stretch.

    Counted once, in the period of the failure that ended it; the first failure of all is counted
    from when the promise began.
    """
    times, back_at = [], service.since
    for outage in service.failures():
        if from_at <= outage.from_at < until_at:
            times.append(service.open_time(back_at, outage.from_at))
        back_at = outage.until_at
    return tuple(times)


def times_between_incidents(service: Service, from_at: datetime, until_at: datetime) -> tuple[timedelta, ...]:
    """Service time from each failure to the next: the time to restore, and then the time without a failure."""
    times, failed_at = [], service.since
    for outage in service.failures():
        if from_at <= outage.from_at < until_at:
            times.append(service.open_time(failed_at, outage.from_at))
        failed_at = outage.from_at
    return tuple(times)


def times_to_mend(
    service: Service, from_at: datetime, until_at: datetime, *, until_mended: bool
) -> tuple[timedelta, ...]:
    """Service time that each outage took, whole, in the period in which it was over; what is still open is in none."""
    return tuple(
        service.open_time(each.from_at, each.until_at)
        for each in service.failures(until_mended=until_mended)
        if not each.is_open and from_at <= each.until_at < until_at
    )


def figure_of(level: Level, service: Service, from_at: datetime, until_at: datetime) -> Fraction | None:
    """An incident level's figure for a stretch, in its unit; None where there was nothing to measure.

    A mean over no failure is none, and neither nought nor infinity.
    """
    match level.metric:
        case "availability":
            share = availability(service, from_at, until_at)
            return share if share is None or level.unit != "%" else 100 * share
        case "MTBF":
            return _mean(times_between_failures(service, from_at, until_at), level)
        case "MTBSI":
            return _mean(times_between_incidents(service, from_at, until_at), level)
        case "time to restore":
            return _mean(times_to_mend(service, from_at, until_at, until_mended=False), level)
        case "time to repair":
            return _mean(times_to_mend(service, from_at, until_at, until_mended=True), level)
        case None:
            raise ValueError(f"{level.indicator} is not worked out from incidents")


def _mean(times: Sequence[timedelta], level: Level) -> Fraction | None:
    if not times:
        return None
    if level.unit_length is None:
        raise ValueError(f"{level.unit!r} is no unit of time")
    whole = sum(each // MICROSECOND for each in times)
    return Fraction(whole, len(times) * (level.unit_length // MICROSECOND))


def of_service(incidents: Iterable[Incident], service: str) -> tuple[Incident, ...]:
    """The incidents of one service, oldest first."""
    return tuple(sorted((each for each in incidents if each.service == service), key=lambda each: each.started_at))
