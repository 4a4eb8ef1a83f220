"""On SQLite what reads looks through connections that are kept: each view unchanging, none lost, never too many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.engines import open_engine
from bot.store.engine.trips import read_all
from bot.store.engine.views import MOST, Views

COUNT = ("SELECT count(*) FROM letters", ())


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database with an empty table of letters."""
    opened = open_engine(f"sqlite:///{tmp_path}/kept.db")
    async with opened.begin() as connection:
        await connection.execute(text("CREATE TABLE letters (letter TEXT NOT NULL)"))
    yield opened
    await opened.dispose()


@pytest.fixture
async def views(engine: AsyncEngine) -> AsyncIterator[Views]:
    """Its views."""
    made = Views(engine)
    yield made
    await made.close()


async def write_a_letter(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO letters VALUES ('a')"))


async def count(connection: AsyncConnection) -> int:
    ((found,),) = (await read_all(connection, [COUNT]))[0]
    return int(found)


async def test_a_view_stays_as_it_is_and_the_next_one_sees_what_was_written(engine: AsyncEngine, views: Views) -> None:
    async def twice(connection: AsyncConnection) -> tuple[int, int, int]:
        before = await count(connection)
        await write_a_letter(engine)
        by_the_library = (await connection.execute(text(COUNT[0]))).scalar_one()
        return before, await count(connection), int(by_the_library)

    assert await views.read(twice) == (0, 0, 0)
    assert await views.read(twice) == (1, 1, 1)


async def test_any_number_of_readers_share_a_few_connections(engine: AsyncEngine, views: Views) -> None:
    opened: list[object] = []
    event.listen(engine.sync_engine, "checkout", lambda *_: opened.append(None))

    async def slowly(connection: AsyncConnection) -> int:
        await asyncio.sleep(0)
        return await count(connection)

    assert await asyncio.gather(*(views.read(slowly) for _ in range(5 * MOST))) == [0] * 5 * MOST
    assert len(opened) == MOST


async def test_a_reader_that_is_called_off_leaves_its_view_to_the_next(engine: AsyncEngine, views: Views) -> None:
    looked = asyncio.Event()

    async def for_ever(connection: AsyncConnection) -> None:
        await connection.execute(text(COUNT[0]))
        looked.set()
        await asyncio.Event().wait()

    for _ in range(MOST + 1):
        looked.clear()
        reading = asyncio.create_task(views.read(for_ever))
        await looked.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    await write_a_letter(engine)
    assert await views.read(count) == 1


async def test_a_view_that_met_an_error_is_opened_anew(engine: AsyncEngine, views: Views) -> None:
    opened: list[object] = []
    event.listen(engine.sync_engine, "connect", lambda *_: opened.append(None))

    async def nonsense(connection: AsyncConnection) -> None:
        await read_all(connection, [("SELECT nothing FROM nowhere", ())])

    for _ in range(MOST + 1):
        with pytest.raises(DBAPIError):
            await views.read(nonsense)
    assert await views.read(count) == 0
    assert len(opened) >= MOST
