"""How the two databases are opened, with the settings without which data was lost.

SQLite: the driver's own transactions are off, because they begin too late (a read, then a write
that overwrites somebody else's); a writing transaction begins with BEGIN IMMEDIATE instead.
PostgreSQL: no prepared statements, which a connection pooler in front of it breaks.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.redactions import redact_url
from bot.store.engine.cursors import use_brief
from bot.store.engine.views import MOST as MOST_VIEWS

BUSY_WITHIN = timedelta(seconds=10)
"""How long SQLite itself waits for a lock, before the transaction is tried again."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_RETRIED = ("SerializationFailure", "DeadlockDetected", "LockNotAvailable")


class WrongAddress(Exception):
    """The database's address cannot be used; the message says what to write instead."""


def address(url: str) -> URL:
    """Read a database's address in SQLAlchemy's form; SQLite must be a file, PostgreSQL goes by psycopg."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        msg = f"{redact_url(url)!r} is no database address; write sqlite:///var/kept.db or postgresql://user@host/name"
        raise WrongAddress(msg) from error
    family = parsed.get_backend_name()
    if family == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            msg = "SQLite in memory cannot be shared by readers and the writer; name a file: sqlite:///var/kept.db"
            raise WrongAddress(msg)
        return parsed.set(drivername="sqlite+aiosqlite")
    if family in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    msg = f"{family} is not supported; use sqlite:///var/kept.db or postgresql://user@host/name"
    raise WrongAddress(msg)


def make_place(parsed: URL) -> None:
    """Make a SQLite file that is not there, for the account alone that runs us, and its folder. Raises WrongAddress."""
    if str(parsed.database).startswith("file:"):
        return
    file = Path(str(parsed.database)).absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        msg = (
            f"The folder {file.parent} for the database cannot be made: {reason}. "
            "Make it for the account that runs Kept, or name another in KEPT_DATABASE_URL."
        )
        raise WrongAddress(msg) from error
    with suppress(OSError):  # which opening it tells better
        file.touch(mode=0o600)


def open_engine(url: str, busy_within: timedelta = BUSY_WITHIN) -> AsyncEngine:
    """Open a database; nothing is connected yet. Raises WrongAddress.

    Its errors name the statement and never its values, which are people's words: errors go into a log.
    """
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        make_place(parsed)
        engine = create_async_engine(
            parsed,
            connect_args={"isolation_level": None, "timeout": busy_within.total_seconds()},
            pool_size=MOST_VIEWS + 2,  # and the writer; what were opened beyond would be closed after each use
            max_overflow=0,
            pool_use_lifo=True,  # what the last one has read of the file still holds, if it was the last to write
            hide_parameters=True,
        )
        event.listen(engine.sync_engine, "do_connect", use_brief)
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    return create_async_engine(
        parsed,
        connect_args={"prepare_threshold": None, "connect_timeout": 10, "application_name": "kept"},
        pool_size=5,
        max_overflow=5,
        pool_timeout=30,
        pool_recycle=1800,
        hide_parameters=True,
        use_native_hstore=False,  # a kind of column that we have none of; every connection would ask for it
    )


def prepare_sqlite(connection: Any, _record: object = None) -> None:
    """Give a fresh connection what SQLite leaves off: durability, foreign keys, readers beside the writer."""
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]  # else it has begun
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def may_pass(error: BaseException) -> bool:
    """Whether trying again can help: a lock that is held, a conflict, a connection that broke."""
    if not isinstance(error, DBAPIError):
        return False
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _BUSY
    return _is_of_postgres(cause, *_RETRIED) or is_gone(error)


def is_gone(error: DBAPIError) -> bool:
    """Whether the connection broke, so that what was asked last may or may not have happened."""
    return error.connection_invalidated or _is_of_postgres(error.orig, "OperationalError")


def _is_of_postgres(cause: BaseException | None, *names: str) -> bool:
    """Whether it is one of these errors of PostgreSQL's driver, which is loaded only where that is spoken to."""
    driver = sys.modules.get("psycopg.errors")
    return driver is not None and isinstance(cause, tuple(getattr(driver, name) for name in names))
