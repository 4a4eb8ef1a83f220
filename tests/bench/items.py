"""What items cost: a thousand late ones in one tick among a hundred thousand, and standings of a thousand promises."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.chat.talk import Person, Place, Utterance
from bot.clock import MovableClock
from bot.house import House
from bot.jobs.tick import tick
from bot.store import counts
from bot.store.tx import Tx
from tests.bench.table import ROUNDS, Row, human_seconds, progress

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
ANSWERING = Path(__file__).parent.parent / "spec" / "answering.yaml"
WORKSPACE = "company-x"
OPEN = 100_000
DUE = 1_000
OWNERS = ("tom", "priya", "amy")
PROMISES = 1_000
MICRO = 1_000_000


def _copies(connection: sqlite3.Connection, table: str, where: str, changes: list[dict[str, object]]) -> None:
    """Copy a row of a table so many times, each with some columns of its own."""
    connection.row_factory = sqlite3.Row
    model = dict(connection.execute(f"SELECT * FROM {table} WHERE {where}").fetchone())
    names = list(model)
    marks = ", ".join("?" for _ in names)
    rows = ([{**model, **change}[name] for name in names] for change in changes)
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _open_items(path: Path, first: int, count: int, due_at: datetime) -> None:
    """Add open items with an answer owed on each, straight into the file."""
    micros = int(due_at.timestamp() * MICRO)
    numbers = range(first, first + count)
    with sqlite3.connect(path) as connection:
        owners = [OWNERS[number % len(OWNERS)] for number in numbers]
        _copies(
            connection, "items", "number = 1",
            [{"number": number, "owner": owner} for number, owner in zip(numbers, owners, strict=True)],
        )  # fmt: skip
        _copies(
            connection, "obligations", "subject = 'L-1'",
            [
                {"number": number, "subject": f"L-{number}", "owner": owner, "due_at": micros, "look_again_at": micros}
                for number, owner in zip(numbers, owners, strict=True)
            ],
        )  # fmt: skip


async def _house(path: Path) -> tuple[House, MovableClock]:
    clock = MovableClock(AT)
    house = await House.open(f"sqlite:///{path}", clock, lambda _: {})
    await house.apply(WORKSPACE, "Company X", [ANSWERING])
    await house.tick()
    place = Place(WORKSPACE, "web", "channel", "smarketing", "#smarketing")
    words = "handoff 1 leads to sales items Ann @tom"
    await house.answering.answer(Utterance("d1", Person(WORKSPACE, "web", "josh"), place, AT, text=words))
    return house, clock


def _changed(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("audit", "outbox")
        }


def _bare(path: Path, first: int, said: dict[str, int]) -> float:
    """Seconds that the library itself takes for the same rows: read what is due, change it, write as many words."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    models = {table: dict(connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()) for table in said}
    keys = {"audit": "seq", "outbox": "number"}
    began = time.perf_counter()
    with connection:
        numbers = range(first, first + DUE)
        one = "SELECT * FROM obligations WHERE workspace_id = ? AND number = ?"
        rows = [dict(connection.execute(one, (WORKSPACE, each)).fetchone()) for each in numbers]
        connection.executemany(
            "UPDATE obligations SET state = 'missed', missed_at = ?, told_at = ?, rung = 2, look_again_at = ?, "
            "revision = revision + 1 WHERE workspace_id = ? AND number = ?",
            [(row["due_at"], row["due_at"], row["due_at"], WORKSPACE, row["number"]) for row in rows],
        )
        connection.execute("UPDATE counts SET amount = amount + ?", (DUE,))
        for table, count in said.items():
            names = list(models[table])
            marks = ", ".join("?" for _ in names)
            base = 50_000_000 + first
            for number in range(count):
                model = {**models[table], keys[table]: base + number}
                if table == "outbox":
                    model["dedupe_key"] = f"bare-{base + number}"
                    model["delivery_id"] = f"bare-{base + number}"
                connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", list(model.values()))
    took = time.perf_counter() - began
    connection.close()
    return took


async def _late(folder: Path) -> tuple[float, float]:
    """Seconds of ticks with a thousand late items each, and of the same rows written bare, in turns."""
    path = folder / "kept.db"
    house, clock = await _house(path)
    progress(f"opening {OPEN:,} items")
    _open_items(path, 1_000_000, OPEN, AT + timedelta(days=300))
    ours, theirs = [], []
    for number in range(ROUNDS):
        progress(f"{DUE:,} late in one tick, round {number + 1}")
        first = 2_000_000 + number * 10_000
        _open_items(path, first, DUE, clock.now() - timedelta(minutes=1))
        before = _changed(path)
        began = time.perf_counter()
        done = await tick(house.database, clock.now)
        ours.append(time.perf_counter() - began)
        assert done.obligations >= DUE, done
        said = {table: count - before[table] for table, count in _changed(path).items()}
        _open_items(path, first + 5_000, DUE, AT + timedelta(days=300))
        copy = folder / "bare.db"
        with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        theirs.append(_bare(copy, first + 5_000, said))
        clock.set(clock.now() + timedelta(minutes=5))
    await house.close()
    return median(ours), median(theirs)


async def _standings(folder: Path) -> tuple[float, float]:
    """Seconds to read the counts of a thousand promises' periods, ours and bare."""
    path = folder / "counts.db"
    house, _ = await _house(path)
    first = date(2026, 10, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        _copies(connection, "commitments", "slug = 'answers'",
                [{"slug": f"promise-{number}", "number": 1_000 + number} for number in range(PROMISES)])  # fmt: skip
        connection.executemany(
            "INSERT INTO counts (workspace_id, agreement, commitment, period_starts_on, name, amount) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (WORKSPACE, "answering", f"promise-{number}", str(first), name, 7)
                for number in range(PROMISES)
                for name in ("response in time", "response late", "response overdue")
            ],
        )
    wanted = [("answering", f"promise-{number}", first) for number in range(PROMISES)]
    ours, theirs = [], []

    async def read(tx: Tx) -> int:
        return sum(sum(found.values()) for found in (await counts.of_periods(tx, wanted)).values())

    bare = sqlite3.connect(path)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert await house.database.read(WORKSPACE, read) == PROMISES * 21
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        total = 0
        for agreement, commitment, on in wanted:
            total += sum(
                row[1]
                for row in bare.execute(
                    "SELECT name, amount FROM counts WHERE workspace_id = ? AND agreement = ? AND commitment = ? "
                    "AND period_starts_on = ?",
                    (WORKSPACE, agreement, commitment, str(on)),
                )
            )
        assert total == PROMISES * 21
        theirs.append(time.perf_counter() - began)
    bare.close()
    await house.close()
    return median(ours), median(theirs)


def run() -> list[Row]:
    """Measure on files of its own."""
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    try:
        late, late_bare = asyncio.run(_late(folder))
        standings, standings_bare = asyncio.run(_standings(folder))
    finally:
        shutil.rmtree(folder)
    return [
        Row(
            f"{DUE:,} late in one tick beside {OPEN:,} open, to bare sqlite3",
            human_seconds(late),
            human_seconds(late_bare),
            late / late_bare,
            "≤ 7",
            late / late_bare <= 7,
        ),
        Row(
            f"standings of {PROMISES:,} promises in one query, to bare sqlite3",
            human_seconds(standings),
            human_seconds(standings_bare),
            standings / standings_bare,
            "≤ 7",
            standings / standings_bare <= 7,
        ),
    ]
