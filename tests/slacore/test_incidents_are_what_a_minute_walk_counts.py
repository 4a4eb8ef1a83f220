"""Availability and the mean times against a slow oracle: somebody who notes, minute by minute, what he sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from slacore import outages
from slacore.calendars import Calendar
from slacore.incidents import Excluded, Incident
from slacore.outages import Service
from tests.examples import examples

START = datetime(2026, 10, 5, tzinfo=UTC)  # a Monday
MINUTE = timedelta(minutes=1)
DAYS = 4
ALL = DAYS * 1440
OPEN = Calendar("UTC", {"Mon-Sun": "08:00-12:00, 13:00-20:00"}, name="day")
NIGHT = Calendar("UTC", {"Mon-Sun": "00:00-24:00"}, name="always")
SERVED = {
    calendar.name: [calendar.is_open(START + minute * MINUTE) for minute in range(ALL)] for calendar in (OPEN, NIGHT)
}


@dataclass(frozen=True)
class Case:
    """Incidents as minutes of the walk: (start, restored or None, ended or None, ((from, until) excluded, ...))."""

    incidents: tuple[tuple[int, int | None, int | None, tuple[tuple[int, int], ...]], ...]
    window: tuple[int, int]
    now: int
    excluded_counts: bool
    calendar: Calendar

    @property
    def service(self) -> Service:
        found = tuple(
            Incident(
                number,
                "shop",
                at(start),
                "ada",
                restored_at=None if back is None else at(back),
                ended_at=None if mended is None else at(mended),
                exclusions=tuple(Excluded(at(a), at(b), "maintenance") for a, b in excluded),
            )
            for number, (start, back, mended, excluded) in enumerate(self.incidents, 1)
        )
        return Service(self.calendar, found, START, at(self.now), self.excluded_counts)

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        return at(self.window[0]), at(self.window[1])


def at(minute: int) -> datetime:
    return START + minute * MINUTE


@st.composite
def cases(draw: st.DrawFn) -> Case:
    now = draw(st.integers(0, ALL))
    found = []
    for _ in range(draw(st.integers(0, 5))):
        # Quarters of an hour, so that incidents touch and overlap often.
        start = draw(st.integers(0, now // 15)) * 15
        back = draw(st.none() | st.integers(start, now))
        mended = None if back is None else draw(st.none() | st.integers(back, now))
        until = now if back is None else back
        edges = sorted(draw(st.lists(st.integers(start, until), max_size=4)))
        excluded = tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b)
        found.append((start, back, mended, excluded))
    first = draw(st.integers(0, ALL - 1))
    window = (first, draw(st.integers(first + 1, ALL)))
    return Case(tuple(found), window, now, draw(st.booleans()), draw(st.sampled_from((OPEN, NIGHT))))


class Walk:
    """What is seen each minute: served or not, excluded or not, down or not; and the outages people had."""

    def __init__(self, case: Case, *, mended: bool = False) -> None:
        self.case = case
        spans = [(s, (m if mended else b), x) for s, b, m, x in case.incidents]
        down_spans = [(s, b, x) for s, b, _, x in case.incidents]
        excluded = set()
        if not case.excluded_counts:
            for s, b, x in down_spans:
                excluded |= {i for a, z in x for i in range(a, z) if s <= i < (case.now if b is None else b)}
        self.counts = [SERVED[case.calendar.name][i] and i not in excluded for i in range(ALL)]
        self.down = [any(s <= i < (case.now if b is None else b) for s, b, _ in down_spans) for i in range(ALL)]
        self.outages: list[tuple[int, int, bool]] = []
        moments = sorted((s, case.now if e is None else e, e is None) for s, e, _ in spans)
        for s, e, running in moments:
            if self.outages and s <= self.outages[-1][1]:
                a, z, before = self.outages.pop()
                self.outages.append((a, max(z, e), before or running))
            else:
                self.outages.append((s, e, running))

    def minutes(self, a: int, b: int) -> int:
        return sum(self.counts[a:b])

    def failures(self) -> list[tuple[int, int, bool]]:
        return [each for each in self.outages if self.minutes(each[0], each[1])]


@given(cases())
def test_availability_is_the_share_of_served_minutes_that_were_up(case: Case) -> None:
    walk = Walk(case)
    a, b = case.window
    served = [i for i in range(a, b) if walk.counts[i]]
    up = sum(not walk.down[i] for i in served)
    expected = Fraction(up, len(served)) if served else None
    assert outages.availability(case.service, *case.stretch) == expected


@given(cases())
def test_time_between_failures_runs_from_restoration_to_the_next_failure(case: Case) -> None:
    walk = Walk(case)
    back, expected = 0, []
    for start, end, _ in walk.failures():
        if case.window[0] <= start < case.window[1]:
            expected.append(sum(walk.counts[i] and not walk.down[i] for i in range(back, start)) * MINUTE)
        back = end
    assert list(outages.times_between_failures(case.service, *case.stretch)) == expected


@given(cases())
def test_a_repair_is_counted_once_and_whole_in_the_period_it_ended_in(case: Case) -> None:
    for mended in (False, True):
        walk = Walk(case, mended=mended)
        expected = [
            walk.minutes(start, end) * MINUTE
            for start, end, running in walk.failures()
            if not running and case.window[0] <= end < case.window[1]
        ]
        found = outages.times_to_mend(case.service, *case.stretch, until_mended=mended)
        assert list(found) == expected


@given(cases())
def test_time_between_incidents_is_time_between_failures_and_time_to_restore(case: Case) -> None:
    walk = Walk(case)
    before, expected = timedelta(), []
    for (start, end, _), gap in zip(
        walk.failures(), outages.times_between_failures(case.service, START, at(ALL + 1)), strict=True
    ):
        if case.window[0] <= start < case.window[1]:
            expected.append(before + gap)
        before = walk.minutes(start, end) * MINUTE
    assert list(outages.times_between_incidents(case.service, *case.stretch)) == expected


@given(cases(), st.integers(1, ALL - 1))
@examples(30)
def test_downtime_is_split_at_a_periods_end_and_repairs_are_not(case: Case, edge: int) -> None:
    service, middle = case.service, at(edge)
    whole = (START, at(ALL))
    parts = ((START, middle), (middle, at(ALL)))
    assert sum((service.down_time(*each) for each in parts), timedelta()) == service.down_time(*whole)
    repairs = [outages.times_to_mend(service, *each, until_mended=False) for each in parts]
    assert repairs[0] + repairs[1] == outages.times_to_mend(service, *whole, until_mended=False)
