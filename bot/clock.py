"""What time it is: the only place where the product reads a clock.

Everything else is told the time: `now` is an argument. That is what lets a test, and the rehearsal,
travel through a month in a second. Linting refuses the clock-reading calls anywhere but here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    """Where a running bot gets the time from.

    Two times, because they answer two questions. `now` is what calendars and promises are
    judged by; an operator, a time server or the rehearsal can move it either way. `monotonic`
    only ever moves on, at the speed of real time, and is what "has it ticked within a minute"
    is asked of.
    """

    def now(self) -> datetime:
        """The moment it is, as an aware UTC datetime."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment in this process; never goes back, never jumps."""
        ...


class SystemClock:
    """The machine's own clock: what a deployment runs on."""

    def now(self) -> datetime:
        """The moment the machine says it is, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds of real time, unmoved by changes to the machine's clock."""
        return time.monotonic()


class MovableClock:
    """A clock that stands where it is put: what a rehearsal and a test run on.

    Wall time stands still until somebody sets or advances it, so that a reader of the rehearsal
    is never surprised by a deadline that passed while they were reading. Real time goes on
    beside it, so that the watchdog still notices a tick that has stopped. Safe to move from one
    thread while others read.
    """

    def __init__(self, starts_at: datetime, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Stand at `starts_at` (aware); take real seconds from `monotonic`."""
        self._lock = threading.Lock()
        self._now = _in_utc(starts_at)
        self._monotonic = monotonic

    def now(self) -> datetime:
        """The moment the clock was put at, in UTC."""
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        """Seconds of real time (or of the injected source), unmoved by `set` and `advance`."""
        return self._monotonic()

    def set(self, moment: datetime) -> None:
        """Put the clock at an aware moment, earlier or later. Naive moments are a ValueError."""
        moment = _in_utc(moment)
        with self._lock:
            self._now = moment

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by a stretch of wall time (negative moves it back); the new moment."""
        with self._lock:
            self._now += by
            return self._now


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} names no zone, so it is no moment; give an aware datetime"
        raise ValueError(msg)
    return moment.astimezone(UTC)
