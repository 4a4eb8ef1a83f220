"""The settings without which a database loses what it was told, each shown by what happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, event, make_url, select, update
from sqlalchemy.exc import StatementError

from bot.clock import MovableClock
from bot.store.database import Database, DatabaseGone
from bot.store.engine.engines import WrongAddress, address, open_engine
from bot.store.fences import mine
from bot.store.tables import counters, people, schedules, workspaces
from bot.store.transaction import Conflict, RowGone
from bot.store.tx import Tx
from tests.bot.store.locks import locked
from tests.bot.store.promises import NOON
from tests.postgres import Server

MOMENTS = select(schedules.c.subject).where(mine(schedules), schedules.c.look_again_at <= bindparam("now"))
QUICK = {"patience": timedelta(seconds=60), "busy_within": timedelta(milliseconds=50)}


@pytest.fixture
async def two(url: str, clock: MovableClock) -> AsyncIterator[tuple[Database, Database]]:
    """Two replicas on one database."""
    first, second = await Database.open(url, clock), await Database.open(url, clock)
    yield first, second
    await asyncio.gather(first.close(), second.close())


async def read_then_write(tx: Tx) -> None:
    row = await tx.get(counters, "seen")
    if row is None:
        tx.insert(counters, {"letter": "seen", "last": 1})
    else:
        tx.update(counters, ("seen",), {"last": row["last"] + 1})


async def seen(tx: Tx) -> int:
    row = await tx.get(counters, "seen")
    return 0 if row is None else int(row["last"])


async def test_of_200_updates_by_two_replicas_that_read_before_they_write_none_is_lost(
    two: tuple[Database, Database],
) -> None:
    await asyncio.gather(*(each.write("x", read_then_write) for _ in range(100) for each in two))
    assert await two[0].read("x", seen) == 200


async def test_of_two_replicas_that_make_the_same_key_first_the_second_sees_the_firsts(
    two: tuple[Database, Database],
) -> None:
    async def once(tx: Tx) -> str:
        if await tx.get(people, "amy") is not None:
            return "known"
        tx.insert(people, {"id": "amy", "name": "Amy", "zone": "UTC"})
        return "new"

    await two[0].write("x", begin)
    answers = await asyncio.gather(*(each.write("x", once) for _ in range(20) for each in two))
    assert sorted(answers) == ["known"] * 39 + ["new"]


async def begin(tx: Tx) -> None:
    tx.insert(workspaces, {"name": "Company X", "created_at": tx.now})


async def test_amounts_that_are_added_add_up_although_nobody_read_them(two: tuple[Database, Database]) -> None:
    async def add(tx: Tx) -> None:
        tx.add(counters, ("units",), {"last": 3})

    async def units(tx: Tx) -> int:
        row = await tx.get(counters, "units")
        assert row is not None
        return int(row["last"])

    await asyncio.gather(*(each.write("x", add) for _ in range(50) for each in two))
    assert await two[1].read("x", units) == 300


async def test_amounts_below_zero_are_added_to_rows_that_exist_and_to_no_others(database: Database) -> None:
    async def add(tx: Tx, amount: int) -> None:
        tx.add(counters, ("units",), {"last": amount})

    with pytest.raises(RowGone):
        await database.write("x", lambda tx: add(tx, -1))
    await database.write("x", lambda tx: add(tx, 3))
    await database.write("x", lambda tx: add(tx, -1))
    assert (await database.read("x", lambda tx: tx.get(counters, "units"))) == {"letter": "units", "last": 2}


async def test_a_change_to_a_row_that_does_not_exist_is_an_error_and_not_silence(database: Database) -> None:
    async def change(tx: Tx) -> None:
        tx.update(counters, ("nothing",), {"last": 1})

    with pytest.raises(RowGone):
        await database.write("x", change)


async def test_a_moment_comes_back_aware_and_an_overdue_row_is_found(database: Database) -> None:
    at = datetime(2026, 11, 1, 1, 30, 0, 123456, tzinfo=UTC)

    async def job(tx: Tx) -> None:
        tx.insert(schedules, {"kind": "report", "subject": "x", "look_again_at": at})

    async def look(tx: Tx) -> tuple[datetime, int, int]:
        row = await tx.get(schedules, "report", "x")
        assert row is not None
        earlier = await tx.rows(MOMENTS, now=at - timedelta(microseconds=1))
        return row["look_again_at"], len(earlier), len(await tx.rows(MOMENTS, now=at))

    await database.write("x", job)
    back, before, due = await database.read("x", look)
    assert (back, back.tzinfo, before, due) == (at, UTC, 0, 1)


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    async def kept(tx: Tx) -> None:
        tx.insert(schedules, {"kind": "report", "subject": "x", "look_again_at": NOON.replace(tzinfo=None)})

    async def asked(tx: Tx) -> None:
        await tx.rows(MOMENTS, now=NOON.replace(tzinfo=None))

    with pytest.raises(ValueError, match="names no zone"):
        await database.write("x", kept)
    # The library, by which a select goes the first times that it is asked, says it in an error of its own.
    with pytest.raises((ValueError, StatementError), match="names no zone"):
        await database.write("x", asked)


async def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    async def orphan(tx: Tx) -> None:
        tx.insert(people, {"id": "amy", "name": "Amy", "zone": "UTC"})

    with pytest.raises(Conflict):
        await database.write("x", orphan)


async def test_a_statement_that_changes_rows_at_once_is_undone_with_its_job(database: Database) -> None:
    raising = update(counters).where(mine(counters)).values(last=counters.c.last + 10).returning(counters.c.last)

    async def fails(tx: Tx) -> None:
        assert [row["last"] for row in await tx.rows(raising)] == [11]
        assert await seen(tx) == 11
        raise ValueError("after all not")

    await database.write("x", read_then_write)
    answers = await asyncio.gather(database.write("x", fails), database.write("x", seen), return_exceptions=True)
    assert isinstance(answers[0], ValueError)
    assert answers[1] == 1


async def test_a_job_waits_for_a_lock_longer_than_the_database_would(url: str, clock: MovableClock) -> None:
    database = await Database.open(url, clock, **QUICK)
    runs: list[str] = []

    async def job(tx: Tx) -> None:
        runs.append("once")
        await read_then_write(tx)

    with locked(url):
        waiting = asyncio.create_task(database.write("x", job))
        done, _ = await asyncio.wait({waiting}, timeout=0.4)
        assert not done
        assert runs == [], "it decides nothing before it holds the lock: what it read could change"
    await waiting
    assert runs == ["once"]
    assert await database.read("x", seen) == 1
    await database.close()


async def test_a_lock_that_never_ends_is_told_and_leaves_nothing_half_done(
    url: str, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.store.database")
    database = await Database.open(url, clock, patience=timedelta(seconds=0.3), busy_within=timedelta(milliseconds=50))
    with locked(url):
        with pytest.raises(DatabaseGone, match="locked or out of reach for 0"):
            await database.write("x", read_then_write)
        assert [each.levelname for each in caplog.records] == ["WARNING"], "once, while it is tried again"
        assert await database.read("x", seen) == 0
    await database.write("x", read_then_write)
    assert caplog.messages[-1] == "the database answers again"
    assert await database.read("x", seen) == 1
    await database.close()


async def test_sqlite_keeps_what_it_committed_through_a_power_cut_and_lets_readers_read(tmp_path: Path) -> None:
    def as_others_left_it(raw: Any, _: object) -> None:
        cursor = raw.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()

    engine = open_engine(f"sqlite:///{tmp_path}/kept.db")
    event.listen(engine.sync_engine, "connect", as_others_left_it, insert=True)
    async with engine.connect() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        assert driver.isolation_level is None, "the driver begins no transaction of its own"
    await engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


@pytest.mark.postgres
async def test_postgresql_is_asked_without_prepared_statements_which_a_pooler_would_mix_up(
    postgres: object, request: pytest.FixtureRequest
) -> None:
    engine = open_engine(request.getfixturevalue("postgres").migrated())
    async with engine.connect() as connection:
        for number in range(20):
            await connection.exec_driver_sql("SELECT %s::int", (number,))
        left = (await connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
    await engine.dispose()
    assert left == 0


@pytest.mark.parametrize(
    ("written", "drivername"),
    [
        ("sqlite:///var/kept.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///var/kept.db", "sqlite+aiosqlite"),
        ("postgresql://kept@localhost/kept", "postgresql+psycopg"),
        ("postgres://kept@localhost/kept", "postgresql+psycopg"),
        ("postgresql+asyncpg://kept@localhost/kept", "postgresql+psycopg"),
    ],
)
def test_an_address_names_the_database_and_the_house_chooses_the_driver(written: str, drivername: str) -> None:
    assert address(written).drivername == drivername


@pytest.mark.parametrize("written", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "kept.db", ""])
def test_an_address_that_cannot_be_used_says_what_to_write_instead(written: str) -> None:
    with pytest.raises(WrongAddress, match=r"sqlite:///var/kept\.db"):
        address(written)


@pytest.mark.postgres
async def test_connections_that_broke_while_nobody_used_them_cost_no_request_and_count_nothing_twice(
    postgres: Server, clock: MovableClock
) -> None:
    url = postgres.migrated()
    database = await Database.open(url, clock)
    name = make_url(url).database
    try:
        for expected in (1, 2, 3):
            await asyncio.gather(*(database.read("x", seen) for _ in range(3)))  # several lie ready
            postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            await database.write("x", read_then_write)
            postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            assert await database.read("x", seen) == expected
    finally:
        await database.close()
