"""What a tick costs: by what is due, never by what is open; and a million deadlines worked out anew."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.clock import MovableClock
from bot.house import House
from bot.jobs.tick import tick
from slacore.calendars import Calendar, Duration
from tests.bench.table import ROUNDS, Row, human_seconds, progress

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
COMPANY_X = Path(__file__).parent.parent.parent / "agreements" / "company-x.yaml"
WORKSPACE = "company-x"
SIZES = (10_000, 100_000, 1_000_000)
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


async def _idle(house: House, clock: MovableClock) -> float:
    """Seconds of a tick that finds nothing due: the median of many."""
    took = []
    for _ in range(200):
        began = time.perf_counter()
        done = await tick(house.database, clock.now)
        took.append(time.perf_counter() - began)
        assert not done.obligations
    return median(took)


async def _measure(folder: Path) -> tuple[list[float], float]:
    path = folder / "kept.db"
    house, clock = await _house(path)
    idle, there = [], 0
    for size in SIZES:
        progress(f"a tick beside {size:,} open obligations")
        _open_many(path, 1_000_000 + there, size - there, AT + timedelta(days=300))
        there = size
        idle.append(await _idle(house, clock))
    progress(f"deciding {DUE} due ones with what they say")
    _open_many(path, 10_000_000, DUE, AT - timedelta(minutes=1))
    began = time.perf_counter()
    done = await tick(house.database, clock.now)
    due = time.perf_counter() - began
    assert done.obligations >= DUE, done
    await house.close()
    return idle, due


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
        idle, due = asyncio.run(_measure(folder))
    finally:
        shutil.rmtree(folder)
    progress("working out a million deadlines anew")
    anew = median(_deadlines(1_000_000) for _ in range(ROUNDS))
    flat = idle[-1] / idle[0]
    return [
        Row(
            "idle tick, a million open to ten thousand",
            human_seconds(idle[-1]),
            human_seconds(idle[0]),
            flat,
            "≤ 1.5",
            flat <= 1.5,
        ),
        Row(
            "idle tick beside a million", human_seconds(idle[-1]), "1 ms", idle[-1] / 0.001, "about 1", idle[-1] < 0.003
        ),
        Row(f"a tick with {DUE} due, decided and told", human_seconds(due), "", due, "reported", True),
        Row("a million deadlines worked out anew", human_seconds(anew), "", anew, "seconds", anew < 10),
    ]
