"""Deadlines against the two libraries people would otherwise take: businesstimedelta and django-bizcal.

All three get the same office hours with a lunch break in New York and the same aware moment there,
and must give the same answer before they are timed.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

import businesstimedelta
import pytz
from django_bizcal import WorkingCalendar

from slacore.calendars import Calendar, Duration, HolidayRegion
from slacore.calendars.closings import _holidays
from slacore.calendars.indexes import Index, index_of
from slacore.calendars.zones import EPOCH, MICROSECOND, offset_spans
from tests.bench.table import Row, human_seconds, median_of_five, median_seconds, progress

ZONE = "America/New_York"
START = datetime(2026, 10, 5, 9, 30, tzinfo=ZoneInfo(ZONE))
HOURS = {"Mon-Fri": "09:00-12:00, 13:00-17:00"}
SPANS = {"4 hours": 4, "10 working days": 70, "a year": 1820}
"""Open hours: seven to a working day, 260 working days to a year of 52 weeks."""
BARS = {"businesstimedelta": (100, 1_000, 25_000), "django-bizcal": (4, 30, 700)}
INDEX_WITHIN = 0.005
INDEX_BYTES = 1_000_000

Asked = tuple[Callable[[], Any], Callable[[], Any]]
"""The two questions, due and elapsed, over one span."""


def run() -> list[Row]:
    """Measure both questions over three spans against both peers, and the building of the index."""
    calendar = Calendar(ZONE, HOURS)
    sides = {
        "ours": {span: _ours(calendar, hours) for span, hours in SPANS.items()},
        "businesstimedelta": {span: _businesstimedelta(hours) for span, hours in SPANS.items()},
        "django-bizcal": {span: _bizcal(hours) for span, hours in SPANS.items()},
    }
    rows = []
    for question, place in (("due", 0), ("elapsed", 1)):
        for peer, bars in BARS.items():
            for span, bar in zip(SPANS, bars, strict=True):
                progress(f"{question} over {span} against {peer}")
                rows.append(
                    _against(
                        f"{question} over {span}, {peer}", sides["ours"][span][place], sides[peer][span][place], bar
                    )
                )
    rows += [_dates_against_bizcal(calendar)]
    rows += [_year_against_hours(question, place, sides["ours"]) for question, place in (("due", 0), ("elapsed", 1))]
    progress("six years of index")
    return [*rows, _index_time(), _index_size()]


def _ours(calendar: Calendar, hours: int) -> Asked:
    within = Duration(hours, "wh")
    end = calendar.due(START, within).astimezone(ZoneInfo(ZONE))
    return (lambda: calendar.due(START, within)), (lambda: calendar.elapsed(START, end))


def _businesstimedelta(hours: int) -> Asked:
    zone, week = pytz.timezone(ZONE), [0, 1, 2, 3, 4]
    office = businesstimedelta.WorkDayRule(time_of_day(9), time_of_day(17), week, tz=zone)
    lunch = businesstimedelta.LunchTimeRule(time_of_day(12), time_of_day(13), week, tz=zone)
    rules = businesstimedelta.Rules([office, lunch])
    within = businesstimedelta.BusinessTimeDelta(rules, hours=hours)
    end = START + within
    return (lambda: START + within), (lambda: rules.difference(START, end).timedelta)


def _bizcal(hours: int) -> Asked:
    calendar = _bizcal_calendar()
    end = calendar.add_business_hours(START, hours)
    return (lambda: calendar.add_business_hours(START, hours)), (lambda: calendar.business_time_between(START, end))


def _bizcal_calendar() -> Any:
    week: Any = {weekday: [("09:00", "12:00"), ("13:00", "17:00")] for weekday in range(5)}
    return WorkingCalendar(tz=ZONE, weekly_schedule=week)


def _against(name: str, ours: Callable[[], Any], theirs: Callable[[], Any], bar: int) -> Row:
    mine, other = ours(), theirs()
    if mine != other:
        raise AssertionError(f"{name}: we say {mine}, they say {other}; a ratio of two answers says nothing")
    timed = median_of_five(ours, theirs)
    return Row(
        name,
        human_seconds(timed.ours),
        human_seconds(timed.theirs),
        timed.times_faster,
        f"at least {bar:,}x",
        timed.times_faster >= bar,
    )


def _dates_against_bizcal(calendar: Calendar) -> Row:
    """The promise in working dates, which ends at a close; businesstimedelta has no such thing."""
    progress("due at the close of the tenth working date")
    theirs, within = _bizcal_calendar(), Duration(10, "wd")
    return _against(
        "due in 10wd, at the close, django-bizcal",
        lambda: calendar.due(START, within),
        lambda: theirs.business_deadline_at_close(START, business_days=10),
        4,
    )


def _year_against_hours(question: str, place: int, ours: dict[str, Asked]) -> Row:
    progress(f"{question} over a year against four hours")
    timed = median_of_five(ours["4 hours"][place], ours["a year"][place])
    ratio = timed.times_faster
    return Row(
        f"{question} over a year, beside 4 hours",
        human_seconds(timed.theirs),
        human_seconds(timed.ours),
        ratio,
        "at most 1.5x",
        ratio <= 1.5,
    )


def _cold() -> None:
    """Forget what calendars of the same zone and country have in common."""
    for known in (index_of, offset_spans, _holidays):
        known.cache_clear()


def _build() -> None:
    _cold()
    index = Index(ZONE, Calendar(ZONE, HOURS).hours, HolidayRegion("US", "NY"), (), ())
    moment = (datetime(2026, 10, 5, tzinfo=UTC) - EPOCH) // MICROSECOND
    laid = index.reaching(moment, moment)
    if timedelta(microseconds=laid.until - laid.since) < timedelta(days=6 * 365):
        raise AssertionError("the index is shorter than six years")


def _index_time() -> Row:
    _build()  # the library of holidays is imported, as in a running bot
    taken = median_seconds(_build)
    return Row(
        "index of six years, with holidays, cold",
        human_seconds(taken),
        "",
        taken / INDEX_WITHIN,
        "within 5 ms",
        taken <= INDEX_WITHIN,
    )


def _index_size() -> Row:
    _cold()
    tracemalloc.start()
    _build()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Row(
        "index of six years, memory at its peak",
        f"{peak / 1e6:.2f} MB",
        "",
        peak / INDEX_BYTES,
        "within 1 MB",
        peak <= INDEX_BYTES,
    )
