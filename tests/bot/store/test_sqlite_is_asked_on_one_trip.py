"""SQLite's driver, asked where one stands or on one trip to its thread, answers as it always did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.cursors import MANY
from bot.store.engine.engines import open_engine
from bot.store.engine.trips import read_all, write_all

LETTERS = ("INSERT INTO letters VALUES (?, ?)", [(1, "a"), (2, "b"), (3, "c")])


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    """A database with an empty table of letters, and a transaction on it."""
    engine = open_engine(f"sqlite:///{tmp_path}/kept.db")
    async with engine.begin() as opened:
        await opened.execute(text("CREATE TABLE letters (number INTEGER PRIMARY KEY, letter TEXT NOT NULL)"))
        yield opened
    await engine.dispose()


async def test_rows_come_in_their_order_whether_taken_at_once_or_a_few_at_a_time(connection: AsyncConnection) -> None:
    await write_all(connection, [LETTERS])
    asked = text("SELECT letter FROM letters ORDER BY number")
    assert (await connection.execute(asked)).scalars().all() == ["a", "b", "c"]
    streamed = await connection.stream(asked)
    assert await streamed.scalars().fetchmany(2) == ["a", "b"]
    assert (await streamed.fetchone()) == ("c",)
    assert await streamed.fetchone() is None


async def test_several_statements_answer_each_for_itself(connection: AsyncConnection) -> None:
    changes = [LETTERS, ("UPDATE letters SET letter = ? WHERE number > ?", ("z", 1)), ("DELETE FROM letters", ())]
    assert await write_all(connection, changes[:2]) == [3, 2]
    asked = ("SELECT number, letter FROM letters WHERE number = ?", (1,))
    assert await read_all(connection, [asked, (asked[0], (3,)), (asked[0], (9,))]) == [[(1, "a")], [(3, "z")], []]
    assert await write_all(connection, changes[2:]) == [3]


async def test_a_key_that_is_taken_is_the_librarys_error_and_names_no_values(connection: AsyncConnection) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE") as raised:
        await write_all(connection, [LETTERS, ("INSERT INTO letters VALUES (?, ?)", (2, "somebody's words"))])
    assert "somebody" not in str(raised.value)


async def test_others_have_turns_while_a_long_list_is_written_down(connection: AsyncConnection) -> None:
    turns = 0

    async def another() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    waiting = asyncio.create_task(another())
    rows = [(number, "a") for number in range(50 * MANY)]
    await write_all(connection, [("INSERT INTO letters VALUES (?, ?)", rows)])
    by_trip, turns = turns, 0
    await connection.exec_driver_sql("INSERT INTO letters VALUES (?, ?)", [(-1 - number, "b") for number, _ in rows])
    waiting.cancel()
    assert by_trip > 10
    assert turns > 10
    assert (await connection.execute(text("SELECT count(*) FROM letters"))).scalar_one() == 2 * len(rows)
