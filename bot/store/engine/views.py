"""Views of a SQLite database: connections kept for reading, through which a small question costs little.

To fetch a connection, to begin, to end and to give it back cost the library ten times what SQLite
does for one row, and a door asks for one row often. So connections that read are kept, and what is
read stands between a BEGIN and a ROLLBACK of the driver's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.trips import begin_reading, end_reading

T = TypeVar("T")

MOST = 8
"""Views at once. Statements take turns anyhow; a long reading must not keep short ones waiting."""


class Views:
    """What reads of one database look through. Opened as they are needed, closed before the engine is."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Read what `engine` opens; nothing is opened yet."""
        self._engine = engine
        self._free: list[AsyncConnection] = []
        self._turns = asyncio.Semaphore(MOST)
        self._closed = False

    async def read(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run what reads, on one unchanging view. Raises what it raises."""
        async with self._turns:
            connection = self._free.pop() if self._free else await self._engine.connect()
            sound = True
            try:
                begin_reading(connection)
                return await run(connection)
            except DBAPIError:
                sound = False
                raise
            finally:
                await self._let_go(connection, sound=sound and not connection.invalidated)

    async def close(self) -> None:
        """Give the connections back; those in use are when they are done."""
        self._closed = True
        while self._free:
            await self._free.pop().close()

    async def _let_go(self, connection: AsyncConnection, *, sound: bool) -> None:
        """Keep a connection for the next reader; one that met an error is opened anew instead."""
        if sound:
            end_reading(connection)
            if connection.in_transaction():
                await connection.rollback()  # the library's own record of it
        else:
            await connection.invalidate()
        if sound and not self._closed:
            self._free.append(connection)
        else:
            await connection.close()
