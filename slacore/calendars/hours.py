"""Opening hours as people write them: `{"Mon-Fri": "09:00-12:00, 13:00-17:00", "Sat": "22:00-06:00"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from slacore.errors import Refusal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_A_DAY = 24 * 60

_SHORT = tuple(name[:3] for name in WEEKDAYS)
_WEEKDAY_OF = {
    spelling: number
    for number, name in enumerate(WEEKDAYS)
    for spelling in (name.casefold(), f"{name.casefold()}s", name[:3].casefold())
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_GROUPS = {
    "weekdays": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
    "daily": range(7),
    "every day": range(7),
}
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>[ap]m)?", re.ASCII)
_DASH = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")
_WHOLE_DAY = (0, MINUTES_A_DAY)
_ALL_DAY = frozenset({"24h", "all day", "24 hours"})
_HOURS_ACCEPTED = 'Write hours like "09:00-12:00, 13:00-17:00", "22:00-06:00", "00:00-24:00" or "closed".'


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One unbroken opening of a date, in minutes since that date's midnight on the wall clock.

    A window past midnight belongs to the date on which it begins: 22:00-06:00 is (1320, 1800).
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        shorter_than_a_day = self.opens < self.closes < self.opens + MINUTES_A_DAY
        if not (0 <= self.opens < MINUTES_A_DAY and (shorter_than_a_day or (self.opens, self.closes) == _WHOLE_DAY)):
            raise Refusal(f"{self} is no opening.", _HOURS_ACCEPTED, field="hours")

    def __str__(self) -> str:
        """As it is written: `22:00-06:00`."""
        late = self.closes - MINUTES_A_DAY if self.closes > MINUTES_A_DAY else self.closes
        return f"{_clock_face(self.opens)}-{_clock_face(late)}"


DayHours = tuple[Window, ...]
WeekHours = tuple[DayHours, ...]
"""Seven days' hours, Monday's first."""


def minute_of_day(text: str) -> int | None:
    """Minutes since midnight of `16:00`, `9`, `4pm` or `24:00`; None where it is no time of day."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    total = hour * 60 + minute
    return total if minute < 60 and total <= MINUTES_A_DAY else None


def weekday_named(text: str) -> int | None:
    """The number (Monday is 0) of `Friday`, `fri` or `Fridays`; None where it is no weekday."""
    return _WEEKDAY_OF.get(text.strip().rstrip(".").casefold())


def parse_day(text: str) -> DayHours:
    """The windows of one day: "09:00-12:00, 13:00-17:00", "24h", or "closed" for none.

    Raises Refusal that names the part that could not be read, or the two windows that overlap.
    """
    words = text.strip().casefold()
    if words == "closed":
        return ()
    if words in _ALL_DAY:
        return (Window(*_WHOLE_DAY),)
    return _apart([_parse_window(part) for part in words.split(",")], "a day")


def parse_week(hours: Mapping[str, str]) -> WeekHours:
    """A week's hours. What several keys say of a day adds up; windows that overlap are refused.

    Refusing is kinder than guessing whether `"Fri": "09:00-15:00"` beside `"Mon-Fri": "09:00-17:00"`
    was meant to replace Friday's hours or to add to them.
    """
    week: list[list[Window]] = [[] for _ in WEEKDAYS]
    said: list[list[str]] = [[] for _ in WEEKDAYS]
    for key, text in hours.items():
        try:
            windows = parse_day(text)
        except Refusal as refusal:
            raise Refusal(f"{key}: {refusal.problem}", refusal.next_step, field="hours") from None
        for weekday in _parse_weekdays(key):
            week[weekday] += windows
            said[weekday].append(text)
    for name, windows_said, texts in zip(WEEKDAYS, week, said, strict=True):
        if windows_said and any(text.strip().casefold() == "closed" for text in texts):
            raise Refusal(f"{name} is both open and closed.", f"Say {name}'s hours once.", field="hours")
    return tuple(_apart(windows, name) for name, windows in zip(WEEKDAYS, week, strict=True))


def print_day(windows: DayHours) -> str:
    """A day's windows as they are written: the reverse of `parse_day`."""
    return ", ".join(map(str, windows)) or "closed"


def print_week(week: WeekHours) -> dict[str, str]:
    """A week's hours as they are written, days alike gathered: the reverse of `parse_week`."""
    written = {}
    for windows, days in groupby(range(7), key=lambda weekday: week[weekday]):
        first, *rest = days
        if windows:
            written[_SHORT[first] + (f"-{_SHORT[rest[-1]]}" if rest else "")] = print_day(windows)
    return written


def _clock_face(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _parse_window(text: str) -> Window:
    times = [minute_of_day(part) for part in _DASH.split(text.strip())]
    match times:
        case [int(opens), int(closes)] if opens < MINUTES_A_DAY and opens != closes:
            return Window(opens, closes if closes > opens else closes + MINUTES_A_DAY)
        case [int(opens), int(closes)] if opens == closes:
            problem = f"{text.strip()[:40]!r} opens and closes at the same time."
        case _:
            problem = f"{text.strip()[:40]!r} is no opening."
    raise Refusal(problem, _HOURS_ACCEPTED, field="hours")


def _apart(windows: list[Window], of: str) -> DayHours:
    ordered = tuple(sorted(windows))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise Refusal(
                f"{earlier} and {later} of {of} overlap.",
                "Say each hour of a day once; a later key adds to an earlier one.",
                field="hours",
            )
    return ordered


def _parse_weekdays(key: str) -> list[int]:
    days: list[int] = []
    for part in str(key).casefold().split(","):
        group = _GROUPS.get(part.strip())
        ends = [weekday_named(end) for end in _DASH.split(part.strip())]
        match ends:
            case _ if group is not None:
                days += group
            case [int(only)]:
                days.append(only)
            case [int(first), int(last)]:
                days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
            case _:
                raise Refusal(
                    f"{str(key)[:40]!r} names no day of the week.",
                    'Write "Mon-Fri", "Sat" or "Mon, Wed, Fri".',
                    field="hours",
                )
    return days
