"""SQLite's driver, asked where one stands, except for what waits.

The driver goes to a thread of its own for the cursor, for the statement, for the rows and for
closing. A trip costs more than a small statement, which touches memory only. What takes a lock or
waits for the disk is worth one, as are hundreds of rows at once: the beginning of a writing
transaction, its commit, settings, and a long list that is written down. After every statement the
others have a turn, as they had while one was on its trip.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import aiosqlite
from aiosqlite.context import Result

T = TypeVar("T")

_CHUNK = 64
_WAITS = ("BEGIN IMMEDIATE", "PRAGMA")
MANY = 256
"""From how many rows on writing them is worth a trip, so that everybody else is answered meanwhile."""


class BriefCursor(aiosqlite.Cursor):
    """A cursor that brings its rows along with the statement's answer."""

    _rows: list[Any]

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> aiosqlite.Cursor:
        """Run a statement and fetch all its rows."""
        if sql.startswith(_WAITS):
            self._rows = await self._execute(self._run, sql, parameters or ())  # type: ignore[no-untyped-call]
        else:
            self._rows = self._run(sql, parameters or ())
            await asyncio.sleep(0)
        return self

    async def executemany(self, sql: str, parameters: Any) -> aiosqlite.Cursor:
        """Run a statement once for each of many rows."""
        if len(parameters) >= MANY:
            await self._execute(self._cursor.executemany, sql, parameters)  # type: ignore[no-untyped-call]
        else:
            self._cursor.executemany(sql, parameters)
            await asyncio.sleep(0)
        return self

    async def fetchall(self) -> Iterable[Any]:
        """The rows that came along, once."""
        rows, self._rows = self._rows, []
        return rows

    async def fetchone(self) -> Any:
        """The next of them."""
        return self._rows.pop(0) if self._rows else None

    async def fetchmany(self, size: int | None = None) -> Iterable[Any]:
        """The next few of them."""
        count = size or self.arraysize
        rows, self._rows = self._rows[:count], self._rows[count:]
        return rows

    async def close(self) -> None:
        """Let go of the statement, which was run to its end."""
        self._cursor.close()

    def _run(self, sql: str, parameters: Any) -> list[Any]:
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchall() if self._cursor.description else []


class BriefConnection(aiosqlite.Connection):
    """A connection whose cursors are brief, and which goes nowhere to end what was ended."""

    def cursor(self) -> Result[aiosqlite.Cursor]:
        """A cursor, at once."""
        return Result(self._cursor())

    async def visit(self, work: Callable[[sqlite3.Connection], T], rows: int = 0) -> T:
        """Do some work with the driver's own connection; it writes so many rows."""
        if rows >= MANY:
            return await self.trip(work)
        done = work(self._conn)
        await asyncio.sleep(0)
        return done

    async def trip(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do in the thread what may wait for a lock or the disk."""
        return await self._execute(work, self._conn)  # type: ignore[no-any-return, no-untyped-call]

    def inspect(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do with the driver's own connection what takes no time at all."""
        return work(self._conn)

    async def rollback(self) -> None:
        """Undo what is under way; after a commit there is nothing, and the pool asks all the same."""
        if self.in_transaction:
            await super().rollback()

    async def _cursor(self) -> aiosqlite.Cursor:
        return BriefCursor(self, self._conn.cursor())


def connect(database: str, **settings: Any) -> BriefConnection:
    """Open a database with the driver's own settings; to be awaited. Its cursors cross threads."""
    opened = BriefConnection(partial(sqlite3.connect, database, **settings), _CHUNK)
    opened._thread.daemon = True  # as SQLAlchemy has it: an open connection must not keep a process up
    return opened


def use_brief(_dialect: object, _record: object, _arguments: object, settings: dict[str, Any]) -> None:
    """Let an engine open its connections here. For SQLAlchemy's event "do_connect"."""
    settings["async_creator_fn"] = connect
