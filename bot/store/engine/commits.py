"""The connection that a SQLite database is written through: kept, since there is one writer, and it never rests long.

To fetch it, begin, commit and give it back by the library costs more than most of what is written.
Only what waits goes to the driver's thread: a lock that somebody else holds, and the disk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.trips import begin_writing, commit

T = TypeVar("T")


class Commits:
    """What writes to one database. For one writer at a time; closed before the engine is."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Write what `engine` opens; nothing is opened yet."""
        self._engine = engine
        self._kept: AsyncConnection | None = None

    async def write(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run what writes, in one transaction that is durable when this returns. Where it raises, nothing is written.

        Raises what it raises, and DBAPIError where the lock cannot be had or the disk takes nothing.
        """
        connection, self._kept = self._kept or await self._engine.connect(), None
        try:
            await begin_writing(connection)
            done = await run(connection)
            if connection.in_transaction():  # a savepoint of the library's, which knows of it and has to end it
                await connection.commit()
            else:
                await commit(connection)
        except BaseException:
            await connection.invalidate()  # which undoes what was under way
            await connection.close()
            raise
        self._kept = connection
        return done

    async def close(self) -> None:
        """Give the connection back."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None
