"""Logging handoffs, fifty at once: the whole command against bare sqlite3, against one commit each, and pgbench."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.chat.talk import Person, Place, Utterance
from bot.clock import MovableClock
from bot.house import House
from tests.bench.table import Row, progress

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
AT_ONCE = 50
COMMANDS = 2_000
ROUNDS = 5
COMPANY_X = Path(__file__).parent.parent / "company-x.yaml"
WORKSPACE = "company-x"


async def _ready(url: str) -> House:
    house = await House.open(url, MovableClock(AT), lambda _: {})
    await house.apply(WORKSPACE, "Company X", [COMPANY_X])
    await house.tick()
    return house


def _utterance(number: int) -> Utterance:
    person = Person(WORKSPACE, "web", "josh", "Josh")
    place = Place(WORKSPACE, "web", "channel", "smarketing", "#smarketing")
    return Utterance(f"delivery-{number}", person, place, AT, text=f"handoff 1 lead to sales ref webinar {number}")


async def _commands(house: House, first: int, count: int, at_once: int) -> list[float]:
    """Send commands, `at_once` under way at any time; the seconds each took."""
    numbers = iter(range(first, first + count))
    took: list[float] = []

    async def client() -> None:
        for number in numbers:
            began = time.perf_counter()
            reply = await house.answering.answer(_utterance(number))
            assert not reply.refused, reply
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(client() for _ in range(at_once)))
    return took


_WRITTEN = {
    "handoffs": "number",
    "handoff_entries": "handoff",
    "obligations": "number",
    "outbox": "number",
    "audit": "seq",
    "requests": "delivery_id",
    "echoes": "words_hash",
}
"""The tables that gain a row with each handoff, and the column that tells the rows apart."""

_ADDED = (
    "UPDATE tallies SET awaiting = awaiting + 1",
    "UPDATE tally_days SET awaiting = awaiting + 1",
    "UPDATE counters SET last = last + 1 WHERE letter IN ('H', 'O', 'outbox')",
    "UPDATE audit_heads SET entries = entries + 1",
)
"""What changes in rows that are there already."""


def _bare(path: Path, count: int) -> float:
    """Seconds that bare sqlite3 takes for the same rows and indexes, one transaction a handoff."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    inserts = []
    for table, column in _WRITTEN.items():
        row = connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
        names = list(row.keys())
        fresh = [names.index(each) for each in (column, *(_ALSO.get(table, ())))]
        inserts.append(
            (f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})", list(row), fresh)
        )
    began = time.perf_counter()
    for number in range(count):
        connection.execute("BEGIN IMMEDIATE")
        for statement, row, fresh in inserts:
            values = list(row)
            for place in fresh:
                values[place] = 1_000_000 + number if isinstance(row[place], int) else f"bare-{number}"
            connection.execute(statement, values)
        for statement in _ADDED:
            connection.execute(statement)
        connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


_ALSO = {"obligations": ("subject",), "outbox": ("dedupe_key", "delivery_id")}
"""Columns that must differ too."""


async def _measure(folder: Path) -> tuple[float, float, float, float]:
    """One round: rates a second of bare sqlite3, fifty at once, one by one; and the p99 in seconds."""
    path = folder / "kept.db"
    house = await _ready(f"sqlite:///{path}")
    try:
        await _commands(house, 0, 200, AT_ONCE)
        began = time.perf_counter()
        took = await _commands(house, 1_000, COMMANDS, AT_ONCE)
        shared = COMMANDS / (time.perf_counter() - began)
        began = time.perf_counter()
        await _commands(house, 10_000, 200, 1)
        alone = 200 / (time.perf_counter() - began)
    finally:
        await house.close()
    bare = COMMANDS / _bare(path, COMMANDS)
    return bare, shared, alone, sorted(took)[int(len(took) * 0.99)]


def run() -> list[Row]:
    """Measure on SQLite with synchronous=FULL, side by side in each of five rounds."""
    rounds = []
    for number in range(ROUNDS):
        progress(f"logging handoffs, round {number + 1} of {ROUNDS}")
        folder = Path(tempfile.mkdtemp(prefix="kept-bench-", dir=Path.cwd() / "var" if Path("var").is_dir() else None))
        try:
            rounds.append(asyncio.run(_measure(folder)))
        finally:
            shutil.rmtree(folder)
    rounds.sort(key=lambda each: each[1] / each[0])
    bare, shared, alone, p99 = rounds[len(rounds) // 2]
    return [
        Row(
            "handoffs, 50 at once, to bare sqlite3",
            f"{shared:,.0f}/s",
            f"{bare:,.0f}/s",
            shared / bare,
            "≥ 0.4",
            shared >= 0.4 * bare,
        ),
        Row(
            "handoffs, 50 at once, to one by one",
            f"{shared:,.0f}/s",
            f"{alone:,.0f}/s",
            shared / alone,
            "reported",  # a faster command alone makes it less, so it holds nobody to anything
            True,
        ),
        Row("a handoff among 50, p99", f"{p99 * 1000:,.0f} ms", "", p99, "reported", True),
    ]
