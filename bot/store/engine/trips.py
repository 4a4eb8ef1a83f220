"""Statements that are spelled out already, several at once past the library.

What the library does around a small statement costs more than SQLite does; a server has nothing to
gain here. Errors are the library's, as everywhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.cursors import BriefConnection
from bot.store.engine.statements import Written

Rows = Sequence[Sequence[Any]]


async def read_all(connection: AsyncConnection, asked: Sequence[Written]) -> list[Rows]:
    """The rows that each of some statements finds."""
    if (driver := _driver_of(connection)) is not None:
        return await driver.visit(partial(_read, asked))
    return [(await connection.exec_driver_sql(*each)).all() for each in asked]


async def write_all(connection: AsyncConnection, changes: Sequence[Written]) -> list[int]:
    """Carry changes out, in their order; how many rows each of them reached."""
    if (driver := _driver_of(connection)) is not None:
        rows = sum(len(values) if isinstance(values, list) else 1 for _, values in changes)
        return await driver.visit(partial(_write, changes), rows)
    return [(await connection.exec_driver_sql(*each)).rowcount for each in changes]


def begin_reading(connection: AsyncConnection) -> None:
    """Begin an unchanging view on SQLite, without telling the library."""
    if (driver := _driver_of(connection)) is not None:
        driver.inspect(partial(_read, [("BEGIN", ())]))


def end_reading(connection: AsyncConnection) -> None:
    """End a view; there is nothing to make durable, and nothing to wait for."""
    if (driver := _driver_of(connection)) is not None:
        driver.inspect(sqlite3.Connection.rollback)


async def begin_writing(connection: AsyncConnection) -> None:
    """Take SQLite's lock to write, without telling the library: at once where it is free, else on a trip."""
    if (driver := _driver_of(connection)) is not None and not driver.inspect(_locked_at_once):
        await driver.trip(partial(_read, [("BEGIN IMMEDIATE", ())]))


async def commit(connection: AsyncConnection) -> None:
    """Make durable what was begun so."""
    if (driver := _driver_of(connection)) is not None:
        await driver.trip(partial(_read, [("COMMIT", ())]))


def _driver_of(connection: AsyncConnection) -> BriefConnection | None:
    """SQLite's own connection behind the library's, which is open; None for a server's."""
    if connection.dialect.name != "sqlite" or connection.sync_connection is None:
        return None
    driver = connection.sync_connection.connection.driver_connection
    return driver if isinstance(driver, BriefConnection) else None


def _locked_at_once(connection: sqlite3.Connection) -> bool:
    """Take the lock if nobody holds it; whether it was had, without waiting for it."""
    (waits,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False  # what is wrong, if it is more than that, shows again on the trip
    finally:
        connection.execute(f"PRAGMA busy_timeout = {waits}")
    return True


def _read(asked: Sequence[Written], connection: sqlite3.Connection) -> list[Rows]:
    return [_run(connection, text, values).fetchall() for text, values in asked]


def _write(changes: Sequence[Written], connection: sqlite3.Connection) -> list[int]:
    return [_run(connection, text, values).rowcount for text, values in changes]


def _run(connection: sqlite3.Connection, text: str, values: Any) -> sqlite3.Cursor:
    try:
        # Many rows come as a list, as for the library.
        return connection.executemany(text, values) if isinstance(values, list) else connection.execute(text, values)
    except sqlite3.Error as error:
        raise DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True) from error
