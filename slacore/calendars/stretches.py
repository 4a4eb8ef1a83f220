"""The index of a calendar: every unbroken stretch of open time over a run of years, in UTC.

Open hours are what a wall clock shows: a moment is open exactly when the clock in the calendar's
zone shows a time within the hours of a date. So between two changes of the zone's offset, windows
are laid along the wall clock's own line, cut to what the clock really showed there, and carried
over to UTC by that one offset. A night that skips an hour cuts the window, a night that repeats an
hour lays it twice, whole days that a zone skipped vanish, and no case of these needs a rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from operator import sub
from zoneinfo import ZoneInfo

from slacore.calendars.zones import DAY, FIRST_YEAR, LAST_YEAR, day_number, offset_spans

Bounds = tuple[tuple[int, int], ...]
"""The windows of a date, in microseconds since its midnight on the wall clock."""

_FRINGE = 3
"""Days kept on either side of the years, so that a shift across New Year is whole."""
_EDGE = 2 * DAY
"""A date's windows end within 48 hours of its midnight."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """What is open in the years `first_year` to `last_year`; never changed, only replaced by a longer one.

    All moments are microseconds since 1970 (UTC). `starts[i]` to `ends[i]` is the i-th stretch,
    `opened[i]` the open time from the index's beginning to `ends[i]`; the first stretch may be empty,
    so that one always lies at or before a moment asked about.
    `dates` are the working dates (days since 1970); such a date's hours run from `opens` to `closes`,
    and from `begins` on a moment belongs to it: from its midnight or, where the shift of the date
    before is still running then, from the end of that shift.
    """

    first_year: int
    last_year: int
    since: int
    until: int
    starts: list[int]
    ends: list[int]
    opened: list[int]
    first_day: int
    last_day: int
    dates: list[int]
    begins: list[int]
    opens: list[int]
    closes: list[int]

    @property
    def is_first(self) -> bool:
        """Whether nothing earlier is ever asked about."""
        return self.first_year == FIRST_YEAR

    @property
    def is_last(self) -> bool:
        """Whether nothing later is ever asked about."""
        return self.last_year == LAST_YEAR

    def open_by(self, at: int) -> int:
        """Open time from the index's beginning to `at`."""
        i = bisect_right(self.starts, at) - 1
        left = self.ends[i] - at
        return self.opened[i] - left if left > 0 else self.opened[i]

    def moment_of(self, total: int) -> int:
        """The earliest moment by which `total` open time has passed since the index's beginning."""
        i = bisect_left(self.opened, total)
        return self.ends[i] - self.opened[i] + total

    def is_open(self, at: int) -> bool:
        """Whether `at` lies in a stretch: its start does, its end does not."""
        return at < self.ends[bisect_right(self.starts, at) - 1]

    def place_of_date(self, day: int) -> int | None:
        """Where a date stands among the working dates; None where it is none."""
        i = bisect_left(self.dates, day)
        return i if i < len(self.dates) and self.dates[i] == day else None

    def place_at(self, at: int) -> int:
        """Where the working date that `at` belongs to, or the last one before it, stands."""
        return bisect_right(self.begins, at) - 1


def lay_out(
    zone: ZoneInfo, week: Sequence[Bounds], special: Mapping[int, Bounds], first_year: int, last_year: int
) -> Stretches:
    """Lay a week's windows, and those of special dates, over the years from `first_year` to `last_year`."""
    first_day, last_day = day_number(date(first_year, 1, 1)), day_number(date(last_year, 12, 31))
    since, until = first_day * DAY, (last_day + 1) * DAY
    first_day, last_day = first_day - _FRINGE, last_day + _FRINGE
    beginning = (first_day - _FRINGE) * DAY
    starts, ends = [beginning], [beginning]
    begins: dict[int, int] = {}
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    for span_start, span_end, offset in offset_spans(zone, beginning, (last_day + 1 + _FRINGE) * DAY):
        shown_from, shown_to = span_start + offset, span_end + offset
        whole_from, whole_to = shown_from + _EDGE, shown_to - 2 * _EDGE
        for day in range((shown_from - _EDGE) // DAY, (shown_to - 1) // DAY + 1):
            windows = special.get(day)
            if windows is None:
                windows = week[(day + 3) % 7]  # 1970-01-01 was a Thursday
            if not windows:
                continue
            midnight = day * DAY - offset
            if whole_from <= day * DAY <= whole_to:
                begins[day] = midnight
            else:
                windows = _shown(windows, midnight, span_start, span_end)
                if midnight > span_start:  # the clock has yet to show this date's midnight, perhaps once more
                    begins[day] = midnight
                else:
                    begins.setdefault(day, span_start)
                if not windows:
                    continue
            opens.setdefault(day, midnight + windows[0][0])
            closes[day] = midnight + windows[-1][1]
            for opening, closing in windows:
                start, end = midnight + opening, midnight + closing
                if start > ends[-1]:
                    starts.append(start)
                    ends.append(end)
                elif end > ends[-1]:
                    ends[-1] = end
    dates = sorted(day for day in opens if first_day <= day <= last_day)
    closed_by = list(accumulate((closes[day] for day in dates), max))
    return Stretches(
        first_year,
        last_year,
        since,
        until,
        starts,
        ends,
        list(accumulate(map(sub, ends, starts))),
        first_day,
        last_day,
        dates,
        [
            max(begins[day], min(shift_ends, opens[day]))
            for day, shift_ends in zip(dates, [beginning, *closed_by], strict=False)
        ],
        [opens[day] for day in dates],
        closed_by,
    )


def _shown(windows: Bounds, midnight: int, since: int, until: int) -> Bounds:
    """What of a date's windows the wall clock showed between two changes of the offset."""
    cut = ((max(opening, since - midnight), min(closing, until - midnight)) for opening, closing in windows)
    return tuple((opening, closing) for opening, closing in cut if opening < closing)
