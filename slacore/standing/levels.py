"""Where a level promise is in its period: the figure so far against its threshold, and what it takes from here.

A figure that nobody reported is "none yet" while it may still come and "no reading" afterwards:
never a pass, and never the miss of the party that is measured. Where nothing failed, a mean time
is none, and the promise is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from slacore import outages, readings
from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, Level
from slacore.incidents import Incident
from slacore.outages import MICROSECOND, Service
from slacore.parties import Party
from slacore.periods import Period
from slacore.readings import Reading
from slacore.standing.judged import State, due_of, in_words

SCARCE = 4
"""A quarter of the period's downtime left: from there on it is at risk."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch that a level is measured over, and when it is judged.

    Cut to the days the agreement is in force. Readings of it may come until `judged_at`.
    """

    period: Period
    starts_at: datetime
    ends_at: datetime
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What it takes from here, as one figure in the indicator's unit.

    "downtime": minutes of downtime left, nought or more. "more": a sum still missing. "next": what
    one more figure must be to bring the mean to the threshold. "in a row": so many good ones
    without a bad one. "nothing": no figure that can still come keeps it.
    """

    kind: Literal["downtime", "more", "next", "in a row", "nothing"]
    amount: Fraction


@dataclass(frozen=True, slots=True)
class LevelStanding:
    """Where one level promise stands at an instant.

    `figure` is None of no reading and where nothing happened; `count` says of how many readings,
    failures or repairs it is made. `is_down` tells that an incident is open.
    """

    state: State
    provisional: bool
    level: Level
    span: Span
    figure: Fraction | None
    count: int
    next_at: datetime
    reach: Reach | None
    is_down: bool = False

    @property
    def due_at(self) -> datetime:
        """When the period is judged."""
        return self.span.judged_at

    @property
    def shortfall(self) -> int:
        """1 for a level that is missed: how far it is off stands in the figure."""
        return int(self.state == "missed")

    @property
    def words(self) -> str:
        """The state as people read it: "met, provisional"."""
        return in_words(self.state, provisional=self.provisional)


def reporter_of(commitment: Commitment) -> str:
    """The member who reports a promise's figures: the reporter that it names, else its owner."""
    return commitment.reporter or commitment.owner


def reporting_party(commitment: Commitment, terms: Terms) -> Party:
    """The party that the reporter speaks for; the giver where he speaks for none."""
    sides = (terms.party(commitment.giver), terms.party(commitment.receiver), *terms.parties)
    return next((each for each in sides if reporter_of(commitment) in each.people), sides[0])


def span_of(commitment: Commitment, level: Level, terms: Terms, period: Period) -> Span:
    """What a level is measured over in a period, and until when its figures may come."""
    starts_at, ends_at = period.starts_at(terms.zone), due_of(commitment, terms, period)
    if period.first_on < terms.begins_on <= period.last_on:
        starts_at = Period(terms.begins_on, period.last_on, "").starts_at(terms.zone)
    last_on = terms.last_on_of(commitment.slug)
    if last_on is not None and period.first_on <= last_on < period.last_on:
        ends_at = min(ends_at, Period(period.first_on, last_on, "").ends_at(terms.zone))
    judged_at = ends_at
    if level.reading_due is not None:
        calendar = terms.calendars[reporting_party(commitment, terms).calendar]
        judged_at = max(ends_at, calendar.due(ends_at, level.reading_due))
    return Span(period, starts_at, ends_at, judged_at)


def service_of(
    level: Level, commitment: Commitment, terms: Terms, since: date, incidents: Sequence[Incident], now: datetime
) -> Service:
    """A service's record as one promise measures it: in its own working time, from `since`, its first day."""
    begins = Period(since, since, "").starts_at(terms.zone)
    found = outages.of_service(incidents, level.service)
    return Service(terms.calendar_of(commitment), found, begins, now, level.excluded_counts)


def standing_of_readings(
    level: Level, span: Span, logged: Sequence[Reading], calendar: Calendar, now: datetime
) -> LevelStanding:
    """Judge a level from what was logged for its period, corrections and all."""
    found = readings.standing(logged)
    figure = readings.figure_of(level, found)
    reach = None if now >= span.judged_at else _reach_of_readings(level, found, figure)
    state: State
    if figure is None:
        state = "none yet" if now < span.judged_at else "no reading"
    elif now >= span.judged_at:
        state = "met" if level.holds(figure) else "missed"
    elif readings.is_lost(level, found):
        state = "missed"
    elif level.aggregation == "sum":
        state = _pace_of_sum(level, figure, span, calendar, now)
    elif not level.holds(figure):
        state = "behind"
    else:
        newest = readings.figure_of(level, found[-1:])
        state = "at risk" if newest is not None and not level.holds(newest) else "on pace"
    provisional = state == "missed" and now < span.judged_at
    return LevelStanding(state, provisional, level, span, figure, len(found), span.judged_at, reach)


def standing_of_incidents(level: Level, span: Span, service: Service, now: datetime) -> LevelStanding:
    """Judge a level from its service's incidents.

    Before the end an availability counts as missed, provisionally, once so much service time is
    lost that the rest of the period cannot make up for it. It is at risk while the service is down
    or less than a quarter of the downtime it may have is left.
    """
    # What has just been restored counts; an availability is that of the period if nothing more happens.
    seen_until = min(now + MICROSECOND, span.ends_at)
    until = span.ends_at if level.metric == "availability" else seen_until
    figure = outages.figure_of(level, service, span.starts_at, until)
    count = _events(level, service, span, seen_until)
    is_down = any(each.is_open for each in service.incidents)
    left = _downtime_left(level, service, span)
    next_at = span.judged_at
    state: State
    if now >= span.judged_at:
        state = "met" if figure is None or level.holds(figure) else "missed"
        return LevelStanding(state, False, level, span, figure, count, next_at, None, is_down)
    if left is not None and left < timedelta():
        state = "missed"
    elif figure is not None and not level.holds(figure) and level.metric != "availability":
        state = "behind"
    elif (is_down and now < span.ends_at) or (left is not None and left * SCARCE < _allowed(level, service, span)):
        state = "at risk"
    else:
        state = "on pace"
    if is_down and left is not None and left >= timedelta():
        minutes = left // MINUTE + 1
        next_at = min(next_at, service.calendar.due(now, Duration(minutes, "wm")))
    reach = _reach_of_incidents(level, figure, count, left)
    return LevelStanding(state, state == "missed", level, span, figure, count, next_at, reach, is_down)


def _pace_of_sum(level: Level, figure: Fraction, span: Span, calendar: Calendar, now: datetime) -> State:
    """A sum is held against the part of the period's open time that has passed."""
    whole = calendar.elapsed(span.starts_at, span.ends_at)
    passed = calendar.elapsed(span.starts_at, min(now, span.ends_at))
    expected = level.threshold * Fraction(passed // MICROSECOND, max(1, whole // MICROSECOND))
    if level.comparison == "at least":
        return "on pace" if figure >= min(expected, level.threshold) else "behind"
    if figure > level.threshold:
        return "behind"
    return "on pace" if figure <= expected else "at risk"


def _reach_of_readings(level: Level, found: Sequence[Reading], figure: Fraction | None) -> Reach | None:
    if figure is None:
        return None
    if readings.is_lost(level, found):
        return Reach("nothing", Fraction())
    if level.aggregation == "sum":
        return Reach("more", max(Fraction(), level.threshold - figure))
    if level.aggregation == "mean":
        return _next_reading(level, level.threshold * (len(found) + 1) - figure * len(found))
    if level.aggregation == "good/total" and level.comparison == "at least" and not level.holds(figure):
        share = level.threshold / 100 if level.unit == "%" else level.threshold
        good, total = sum(each.value or 0 for each in found), sum(each.out_of or 0 for each in found)
        if share >= 1:
            return Reach("nothing", Fraction())
        wanted = (share * total - good) / (1 - share) / readings.SCALE
        return Reach("in a row", Fraction(-(-wanted.numerator // wanted.denominator)))
    return None


def _reach_of_incidents(level: Level, figure: Fraction | None, count: int, left: timedelta | None) -> Reach | None:
    if left is not None:
        if left < timedelta():
            return Reach("nothing", Fraction())
        return Reach("downtime", Fraction(left // MINUTE))
    if figure is None or not count:
        return None
    wanted = level.threshold * (count + 1) - figure * count
    if wanted > 0:
        return Reach("next", wanted)
    # No repair takes less than no time; and after that long without a failure the next may come at once.
    return Reach("nothing", Fraction()) if level.comparison == "at most" else None


def _next_reading(level: Level, wanted: Fraction) -> Reach | None:
    """What one more reading must be; None where any that can be logged keeps the promise, or none alone does."""
    lowest, highest = level.lowest, level.highest
    worst, best = (lowest, highest) if level.comparison == "at least" else (highest, lowest)
    ahead = 1 if level.comparison == "at least" else -1
    if (worst is not None and (wanted - worst) * ahead <= 0) or (best is not None and (wanted - best) * ahead > 0):
        return None
    return Reach("next", wanted)


def _allowed(level: Level, service: Service, span: Span) -> timedelta:
    """How much of the period's service time an availability lets the service be down."""
    share = 1 - (level.threshold / 100 if level.unit == "%" else level.threshold)
    micros = share * (service.open_time(span.starts_at, span.ends_at) // MICROSECOND)
    return (micros.numerator // micros.denominator) * MICROSECOND


def _downtime_left(level: Level, service: Service, span: Span) -> timedelta | None:
    """What is left of it, below nought once it is spent; None for other figures than availability."""
    if level.metric != "availability" or level.comparison != "at least":
        return None
    return _allowed(level, service, span) - service.down_time(span.starts_at, span.ends_at)


def _events(level: Level, service: Service, span: Span, seen_until: datetime) -> int:
    """How many failures, or repairs, a figure is made of."""
    match level.metric:
        case "time to restore" | "time to repair":
            mended = level.metric == "time to repair"
            return len(outages.times_to_mend(service, span.starts_at, seen_until, until_mended=mended))
        case "MTBF" | "MTBSI":
            return len(outages.times_between_failures(service, span.starts_at, seen_until))
        case _:
            lasted = (each for each in service.failures() if each.from_at < seen_until)
            return sum(each.until_at > span.starts_at for each in lasted)
