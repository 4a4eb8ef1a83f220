"""Time zones: when a zone's offset changes, and the moment at which a wall clock shows a time.

Everything here counts in whole microseconds since 1970 (UTC), the finest a datetime knows, so
that no sum of moments is ever rounded.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from slacore.errors import Refusal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FIRST_YEAR = 1970
LAST_YEAR = 2099
"""The years in which promises are kept. No index, search or period goes beyond them."""

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_PROBE = 5 * 86_400
"""Seconds between two looks at a zone's offset: since 1970 no zone has changed twice within six days."""


def zone_named(name: str) -> ZoneInfo:
    """The time zone that people mean by an IANA name such as `America/New_York`.

    Raises Refusal, with the nearest names there are, where there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(
            f"There is no time zone called {name!r}.",
            f"Did you mean {near}?" if (near := _zones_like(name)) else "Use an IANA name such as America/New_York.",
            field="zone",
        ) from None


def _zones_like(name: str) -> str:
    known = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones(), reverse=True)}
    city = name.rpartition("/")[2].replace(" ", "_").casefold()
    return " or ".join(known[near] for near in get_close_matches(city, known, n=2, cutoff=0.75))


def day_number(on: date) -> int:
    """Days from 1970-01-01 to `on`: how dates are counted in an index.

    Raises Refusal for a date outside the years in which promises are kept.
    """
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise beyond(f"{on.isoformat()}")
    return on.toordinal() - _EPOCH_ORDINAL


def date_numbered(day: int) -> date:
    """The date that lies `day` days after 1970-01-01."""
    return date.fromordinal(day + _EPOCH_ORDINAL)


def beyond(what: str) -> Refusal:
    """The answer to a date or a duration that leads out of the years calendars know."""
    return Refusal(
        f"{what} lies outside the years that calendars know, {FIRST_YEAR} to {LAST_YEAR}.",
        "Choose a date or a duration within them.",
    )


@lru_cache(maxsize=256)
def offset_spans(zone: ZoneInfo, since: int, until: int) -> tuple[tuple[int, int, int], ...]:
    """The stretches of constant offset in [since, until): (from, to, offset), all in microseconds.

    `zoneinfo` does not tell its transitions, so the offset is looked at every five days and a change
    is then found to the second by halving.
    """
    spans: list[tuple[int, int, int]] = []
    began = here = since // SECOND
    end = until // SECOND
    offset = _offset(zone, here)
    while here < end:
        ahead = min(here + _PROBE, end)
        if _offset(zone, ahead) != offset:
            ahead = _change(zone, here, ahead)
            spans.append((began * SECOND, ahead * SECOND, offset // MICROSECOND))
            began, offset = ahead, _offset(zone, ahead)
        here = ahead
    spans.append((began * SECOND, end * SECOND, offset // MICROSECOND))
    return tuple(spans)


def instant_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which a wall clock in `zone` shows `at` on `on`, or has passed it.

    A time that a spring-forward night skips becomes the end of the gap, as for somebody who watches
    the clock jump; a time that an autumn night repeats is its first showing.
    """
    wall = datetime.combine(on, at)
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # Skipped: with the offset after the jump it lies before the jump, and the other way round.
    before = (wall.replace(tzinfo=zone, fold=1).astimezone(UTC) - EPOCH) // timedelta(seconds=1)
    after = (moment - EPOCH) // timedelta(seconds=1)
    return EPOCH + timedelta(seconds=_change(zone, before, after))


def _offset(zone: ZoneInfo, second: int) -> timedelta:
    return datetime.fromtimestamp(second, zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second after `before` with another offset than there, `after` being such a one."""
    old = _offset(zone, before)
    seconds = range(before, after)
    return before + bisect_left(seconds, True, key=lambda second: _offset(zone, second) != old)
