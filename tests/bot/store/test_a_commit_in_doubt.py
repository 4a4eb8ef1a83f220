"""PostgreSQL goes away at the very moment it was told to commit: nothing is lost and nothing done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.store.database import Database
from bot.store.tables import counters
from bot.store.tx import Tx
from tests.postgres import Server

pytestmark = pytest.mark.postgres
COMMIT = b"COMMIT\x00"


@dataclass(slots=True)
class Cable:
    """The wire to PostgreSQL, which can be cut around the next commit."""

    server: str
    cut: Literal["", "before", "after"] = ""
    cuts: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        there, back = await asyncio.open_unix_connection(self.server)
        answers = asyncio.create_task(self._answers(there, writer))
        try:
            while sent := await reader.read(65536):
                if self.cut and COMMIT in sent:
                    self.cuts += 1
                    how, self.cut = self.cut, ""
                    answers.cancel()
                    await asyncio.gather(answers, return_exceptions=True)
                    if how == "after":
                        back.write(sent)
                        await back.drain()
                        await there.read(65536)  # it happened, and nobody hears of it
                    return
                back.write(sent)
                await back.drain()
        finally:
            answers.cancel()
            back.close()
            writer.close()

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while answer := await there.read(65536):
            writer.write(answer)
            await writer.drain()


@pytest.fixture
async def cable(postgres: Server, tmp_path: Path) -> AsyncIterator[tuple[Cable, str]]:
    url = make_url(postgres.migrated())
    socket = socket_in(Path(str(url.query["host"])))
    laid = Cable(str(socket))
    async with listening(laid, tmp_path / socket.name):
        yield laid, url.update_query_dict({"host": str(tmp_path)}).render_as_string(hide_password=False)


def socket_in(folder: Path) -> Path:
    return next(folder.glob(".s.PGSQL.*[0-9]"))


@asynccontextmanager
async def listening(cable: Cable, path: Path) -> AsyncIterator[None]:
    server = await asyncio.start_unix_server(cable.carry, path)
    yield
    server.close()
    for task in cable.tasks:
        task.cancel()
    await asyncio.gather(*cable.tasks, return_exceptions=True)


async def count(tx: Tx) -> int:
    return await tx.next_number("H")


async def last(tx: Tx) -> int:
    row = await tx.get(counters, "H")
    return 0 if row is None else int(row["last"])


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_commit_that_nobody_answered_is_done_once(
    cable: tuple[Cable, str], clock: MovableClock, cut: Literal["before", "after"]
) -> None:
    laid, url = cable
    database = await Database.open(url, clock)
    await database.write("x", count)
    laid.cut = cut
    answers = await asyncio.gather(*(database.write("x", count) for _ in range(5)))
    assert laid.cuts == 1
    assert answers == [2, 3, 4, 5, 6]
    assert await database.read("x", last) == 6
    await database.close()
