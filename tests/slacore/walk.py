"""The slow and obvious oracle: a walk over every minute, asking zoneinfo what the clock on the wall shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from slacore.calendars import Calendar

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Roster:
    """Hours in their plainest form: minutes since midnight for each weekday, and the dates that differ."""

    zone: str
    week: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]
    special: tuple[tuple[date, Spans], ...] = ()

    def on(self, day: date) -> Spans:
        return dict(self.special).get(day, self.week[day.weekday()])

    def calendar(self) -> Calendar:
        """The same hours, said to the code under test in its own words."""
        names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        return Calendar(
            self.zone,
            {name: written(spans) for name, spans in zip(names, self.week, strict=True)},
            closed={day: "closed" for day, spans in self.special if not spans},
            replaced={day: written(spans) for day, spans in self.special if spans},
        )


def written(spans: Spans) -> str:
    def face(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    return ", ".join(f"{face(a)}-{face(b if b <= 1440 else b - 1440)}" for a, b in spans) or "closed"


@cache
def faces(zone: str, start: datetime, days: int) -> tuple[tuple[date, int], ...]:
    """The date and the minute of the day that the clock on a zone's wall shows, minute by minute."""
    shown = ((start + MINUTE * i).astimezone(ZoneInfo(zone)) for i in range(days * 1440))
    return tuple((face.date(), face.hour * 60 + face.minute) for face in shown)


class Walk:
    """What a person sees who stands before the wall clock from `start` on for so many days."""

    def __init__(self, roster: Roster, start: datetime, days: int) -> None:
        self.start = start
        self.end = start + timedelta(days=days)
        self.minutes = [start + MINUTE * i for i in range(days * 1440)]
        self.date_shown: list[date] = []
        self.date_worked: list[date | None] = []
        for today, now in faces(roster.zone, start, days):
            worked = None
            if any(a <= now + 1440 < b for a, b in roster.on(today - ONE_DAY)):
                worked = today - ONE_DAY
            if any(a <= now < b for a, b in roster.on(today)):
                worked = today
            self.date_shown.append(today)
            self.date_worked.append(worked)

    def index(self, at: datetime) -> int:
        return (at - self.start) // MINUTE

    def counts(self, i: int, pauses: tuple[tuple[datetime, datetime], ...] = ()) -> bool:
        return self.date_worked[i] is not None and not any(a <= self.minutes[i] < b for a, b in pauses)

    def due(self, start: datetime, minutes: int, pauses: tuple[tuple[datetime, datetime], ...] = ()) -> datetime | None:
        for i in range(self.index(start), len(self.minutes)):
            if minutes == 0:
                return self.minutes[i]
            minutes -= self.counts(i, pauses)
        return None

    def elapsed(self, a: datetime, b: datetime, pauses: tuple[tuple[datetime, datetime], ...] = ()) -> timedelta:
        return MINUTE * sum(self.counts(i, pauses) for i in range(self.index(a), self.index(b)))

    def is_open(self, at: datetime) -> bool:
        return self.counts(self.index(at))

    def next_open(self, at: datetime) -> datetime | None:
        return next((self.minutes[i] for i in range(self.index(at), len(self.minutes)) if self.counts(i)), None)

    @cached_property
    def shifts(self) -> dict[date, tuple[datetime, datetime]]:
        """The first and last moment of each working date that lies whole within the walk."""
        found: dict[date, tuple[datetime, datetime]] = {}
        for minute, worked in zip(self.minutes, self.date_worked, strict=True):
            if worked is not None:
                found[worked] = (found.get(worked, (minute, minute))[0], minute + MINUTE)
        return {on: found[on] for on in sorted(found)}

    def date_of(self, at: datetime) -> date:
        """The date whose shift is running, the later one where two are; else the date on the wall."""
        running = [on for on, (opens, closes) in self.shifts.items() if opens <= at < closes]
        return running[-1] if running else self.date_shown[self.index(at)]


def hours(text: str) -> Spans:
    """A few words for the tests' own tables: "9-12 13-17", "22-30" for a night until six."""

    def minute(face: str) -> int:
        hour, _, rest = face.partition(":")
        return int(hour) * 60 + int(rest or 0)

    return tuple((minute(a), minute(b)) for a, b in (part.split("-") for part in text.split()))


def every_day(text: str) -> tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]:
    spans = hours(text)
    return spans, spans, spans, spans, spans, spans, spans


def weekdays(text: str) -> tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]:
    spans = hours(text)
    return spans, spans, spans, spans, spans, (), ()


HOURS = {
    "office with a lunch break": weekdays("9-12 13-17"),
    "night shift": every_day("22-30"),
    "early shift across the changing hour": every_day("1:30-4"),
    "night shift that ends within the repeated hour": weekdays("23-25:30"),
    "midnight to half past one": every_day("0-1:30"),
    "round the clock": every_day("0-24"),
    "odd minutes": every_day("0:07-0:53 2:15-2:45 23:59-24"),
    "overlapping shifts": (hours("8-26"), hours("1-5 20-28"), (), hours("0-24"), hours("22-30"), (), hours("5-28:59")),
}

NIGHTS = {
    "New York springs forward": ("America/New_York", date(2026, 3, 8)),
    "New York falls back": ("America/New_York", date(2026, 11, 1)),
    "Berlin springs forward": ("Europe/Berlin", date(2026, 3, 29)),
    "Berlin falls back": ("Europe/Berlin", date(2026, 10, 25)),
    "Lord Howe gains half an hour": ("Australia/Lord_Howe", date(2026, 4, 5)),
    "Lord Howe loses half an hour": ("Australia/Lord_Howe", date(2026, 10, 4)),
    "Kathmandu, where nothing changes": ("Asia/Kathmandu", date(2026, 10, 14)),
    "Casablanca enters Ramadan": ("Africa/Casablanca", date(2026, 2, 15)),
    "Casablanca leaves Ramadan": ("Africa/Casablanca", date(2026, 3, 22)),
    "São Paulo skips midnight": ("America/Sao_Paulo", date(2018, 11, 4)),
    "São Paulo repeats the hour before midnight": ("America/Sao_Paulo", date(2018, 2, 18)),
    "Havana repeats the hour after midnight": ("America/Havana", date(2026, 11, 1)),
    "Samoa skips a whole date": ("Pacific/Apia", date(2011, 12, 30)),
    "Troll jumps two hours": ("Antarctica/Troll", date(2026, 3, 29)),
    "a leap day in London": ("Europe/London", date(2028, 2, 29)),
}


@cache
def walk_through(night: str, kind: str) -> tuple[Walk, Calendar]:
    """Ten days around a remarkable night, with a closed day and a half day near it."""
    zone, on = NIGHTS[night]
    special = ((on - timedelta(days=2), ()), (on + timedelta(days=2), hours("10-12:30")))
    roster = Roster(zone, HOURS[kind], special)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=5)
    return Walk(roster, start, 10), roster.calendar()
