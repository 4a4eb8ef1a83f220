"""When misses of one promise have repeated often enough for what was agreed about that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from slacore.breaches import Breach
from slacore.calendars import Calendar
from slacore.credits import Repeated


@dataclass(frozen=True, slots=True)
class Repetition:
    """Misses of one promise, by number, that reached what a `rule` speaks of; the last in the run completed it."""

    rule: Repeated
    misses: tuple[int, ...]

    @property
    def keys(self) -> str:
        """What people call them: "B-1, B-4, B-7"."""
        return ", ".join(f"B-{number}" for number in self.misses)


def runs(
    rule: Repeated, misses: Iterable[Breach], counted: Collection[int], calendar: Calendar
) -> Iterator[tuple[Breach, ...]]:
    """Each run of misses that makes a repetition, the earliest first.

    A run is as many misses that stand as the rule says, the last recorded no later than the agreed
    time after the first, by the dates of `calendar`. A miss counts in one run only: those whose
    numbers are in `counted` were told of before.
    """
    fresh = sorted(
        (each for each in misses if each.stands and each.number not in counted),
        key=lambda each: (each.recorded_at, each.number),
    )
    first = 0
    while first + rule.misses <= len(fresh):
        run = tuple(fresh[first : first + rule.misses])
        if run[-1].recorded_at <= calendar.due(run[0].recorded_at, rule.within):
            yield run
            first += rule.misses
        else:
            first += 1
