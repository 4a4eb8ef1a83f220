"""What a tick costs: by what is due, never by what is open; and a million deadlines worked out anew."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.clock import MovableClock
from bot.house import House
from bot.jobs.tick import tick
from slacore.calendars import Calendar, Duration
from tests.bench.table import ROUNDS, Row, human_seconds, progress

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
COMPANY_X = Path(__file__).parent.parent / "company-x.yaml"
WORKSPACE = "company-x"
FEW, MANY = 10_000, 1_000_000
DUE = 100


def _open_many(path: Path, first: int, count: int, look_at: datetime) -> None:
    """Add open obligations straight into the file, a copy of the first one each, to be looked at from a moment on."""
    micros = int(look_at.timestamp() * 1_000_000)
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        model = connection.execute("SELECT * FROM obligations WHERE kind = 'slot' LIMIT 1").fetchone()
        names = list(model.keys())
        fresh = {name: names.index(name) for name in ("number", "subject", "look_again_at", "due_at", "state")}

        def rows() -> object:
            values = list(model)
            for number in range(first, first + count):
                values[fresh["number"]] = number
                values[fresh["subject"]] = f"made-{number}"
                values[fresh["look_again_at"]] = micros + number
                values[fresh["due_at"]] = micros + number + 86_400_000_000
                values[fresh["state"]] = "open"
                yield tuple(values)

        marks = ", ".join("?" for _ in names)
        connection.executemany(f"INSERT INTO obligations ({', '.join(names)}) VALUES ({marks})", rows())  # type: ignore[arg-type]


async def _house(path: Path) -> tuple[House, MovableClock]:
    clock = MovableClock(AT)
    house = await House.open(f"sqlite:///{path}", clock, lambda _: {})
    await house.apply(WORKSPACE, "Company X", [COMPANY_X])
    await house.tick()
    return house, clock


@dataclass(frozen=True)
class Ticks:
    """Seconds a tick takes beside few and beside many open obligations, and the median of the rounds' ratios."""

    beside_few: float
    beside_many: float
    ratio: float


async def _in_turns(few: Callable[[int], Awaitable[float]], many: Callable[[int], Awaitable[float]]) -> Ticks:
    """Time both in turns, so that a slow moment hits both."""
    rounds = [(await few(number), await many(number)) for number in range(ROUNDS)]
    return Ticks(
        median(mine for mine, _ in rounds), median(other for _, other in rounds), median(b / a for a, b in rounds)
    )


@dataclass(frozen=True)
class Open:
    """A company with so many obligations open for months to come."""

    path: Path
    house: House
    clock: MovableClock

    @classmethod
    async def with_many(cls, path: Path, count: int) -> Open:
        """Apply Company X, and lay the others straight into the file."""
        house, clock = await _house(path)
        progress(f"laying {count:,} open obligations into a file")
        _open_many(path, 1_000_000, count, AT + timedelta(days=300))
        return cls(path, house, clock)

    async def idle(self, _round: int) -> float:
        """Seconds of a tick that finds nothing due: the median of many."""
        took = []
        for _ in range(100):
            began = time.perf_counter()
            done = await tick(self.house.database, self.clock.now)
            took.append(time.perf_counter() - began)
            assert not done.obligations
        return median(took)

    async def busy(self, number: int) -> float:
        """Seconds of a whole tick that finds a hundred due, decides each, writes it down and says what follows."""
        _open_many(self.path, 10_000_000 + number * DUE, DUE, AT - timedelta(minutes=1))
        began = time.perf_counter()
        done = await tick(self.house.database, self.clock.now)
        took = time.perf_counter() - began
        assert done.obligations >= DUE, done
        assert not done.put_off, done
        return took


async def _measure(folder: Path) -> tuple[Ticks, Ticks]:
    few = await Open.with_many(folder / "few.db", FEW)
    many = await Open.with_many(folder / "many.db", MANY)
    progress(f"a tick with nothing due, beside {FEW:,} and beside {MANY:,}, {ROUNDS} rounds")
    idle = await _in_turns(few.idle, many.idle)
    progress(f"a tick with {DUE} due, beside {FEW:,} and beside {MANY:,}, {ROUNDS} rounds")
    busy = await _in_turns(few.busy, many.busy)
    await few.house.close()
    await many.house.close()
    return idle, busy


def _deadlines(count: int) -> float:
    """Seconds to work out so many deadlines anew, as after an amendment that changes working hours."""
    calendar = Calendar("America/New_York", {"Mon-Fri": "09:00-12:00, 13:00-17:30"})
    within = Duration.parse("4wh")
    starts = [AT + timedelta(minutes=number) for number in range(10_000)]
    began = time.perf_counter()
    for _ in range(count // len(starts)):
        for start in starts:
            calendar.due(start, within)
    return time.perf_counter() - began


def run() -> list[Row]:
    """Measure on a file of its own."""
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    try:
        idle, busy = asyncio.run(_measure(folder))
    finally:
        shutil.rmtree(folder)
    progress("working out a million deadlines anew")
    anew = median(_deadlines(1_000_000) for _ in range(ROUNDS))
    return [
        Row(
            "idle tick beside a million open, to ten thousand",
            human_seconds(idle.beside_many),
            human_seconds(idle.beside_few),
            idle.ratio,
            "≤ 1.5",
            idle.ratio <= 1.5,
        ),
        Row(
            f"tick with {DUE} due beside a million open, to ten thousand",
            human_seconds(busy.beside_many),
            human_seconds(busy.beside_few),
            busy.ratio,
            "≤ 1.5",
            busy.ratio <= 1.5,
        ),
        Row(
            "idle tick beside a million",
            human_seconds(idle.beside_many),
            "1 ms",
            idle.beside_many / 0.001,
            "about 1",
            idle.beside_many < 0.003,
        ),
        Row("a million deadlines worked out anew", human_seconds(anew), "", anew, "seconds", anew < 10),
    ]
