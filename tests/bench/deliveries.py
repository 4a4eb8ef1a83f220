"""Ten thousand messages over a wire that breaks three calls in ten, by workers that are killed: what was said?"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import MovableClock
from bot.store.migrate import upgrade
from tests.bench.table import Row, human_seconds, progress
from tests.bot.store.torture import Ordeal, Told, suffer
from tests.postgres import running

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
MESSAGES = 10_000
CONVERSATIONS = 400


def run() -> list[Row]:
    """Suffer on both databases where messages can be looked up, and on one where they cannot."""
    rows: list[Row] = []
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        address = f"sqlite:///{folder / 'kept.db'}"
        upgrade(address)
        rows += _lookable("SQLite", address)
        with running(folder / "postgres") as server:
            server.prepare()
            rows += _lookable("PostgreSQL", server.migrated())
        address = f"sqlite:///{folder / 'blind.db'}"
        upgrade(address)
        rows += _blind(address)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


def _lookable(kind: str, address: str) -> list[Row]:
    told, took = _suffered(kind, address, reads_back=True)
    wrong = len(told.lost) + len(told.repeated) + len(told.outdated) + len(told.out_of_order) + len(told.marked)
    return [
        Row(
            f"{MESSAGES:,} messages on {kind}, {told.faults:,} faults",
            f"{len(told.lost)} lost, {len(told.repeated)} repeated",
            human_seconds(took),
            wrong,
            "0",
            wrong == 0,
        )
    ]


def _blind(address: str) -> list[Row]:
    told, _ = _suffered("SQLite, unable to look", address, reads_back=False)
    wrong = len(told.lost) + len(told.repeated_unmarked) + len(told.nudged_twice)
    return [
        Row(
            f"{MESSAGES:,} messages nobody can look up, {told.faults:,} faults",
            f"{len(told.lost)} lost, {len(told.repeated_unmarked)} repeats unmarked",
            f"{len(told.repeated):,} marked",
            wrong,
            "0",
            wrong == 0,
        )
    ]


def _suffered(kind: str, address: str, *, reads_back: bool) -> tuple[Told, float]:
    progress(f"{MESSAGES:,} messages on {kind}")
    began = time.perf_counter()
    ordeal = Ordeal(
        messages=MESSAGES, seed=7, reads_back=reads_back, conversations=CONVERSATIONS, at_a_time=500, answer_within=0.1
    )
    told = asyncio.run(suffer(address, MovableClock(AT), ordeal))
    return told, time.perf_counter() - began
