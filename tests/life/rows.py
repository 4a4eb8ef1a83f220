"""What a database holds, read past the product: its rows as they are, and whether any of them changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import RowMapping, Table, create_engine, make_url, select
from sqlalchemy.pool import StaticPool

from bot.store.tables import metadata

HUSHED = frozenset({"requests", "echoes"})
"""What every request leaves behind, a refused one too: that it was made, and in which words."""
UNUSED = ("slack_", "teams_", "web_", "alembic")
"""Tables of doors that nobody comes in by here."""


class Rows:
    """A reader beside the product. `url` is the product's own address, or one that sees past all walls."""

    def __init__(self, url: str) -> None:
        """Connect; nothing is ever written by it."""
        self._engine = create_engine(
            make_url(url).set(drivername="sqlite" if url.startswith("sqlite") else "postgresql+psycopg"),
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
        )
        self._connection = self._engine.connect()
        self._names = [each for each in sorted(metadata.tables) if not each.startswith(UNUSED)]

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()

    def of(self, table: Table, *order: str) -> Sequence[RowMapping]:
        """All rows of a table, in the order of some of its columns."""
        return self._connection.execute(select(table).order_by(*(table.c[each] for each in order))).mappings().all()

    def fingerprint(self) -> dict[str, int]:
        """A mark for each table that is another as soon as any row of it is."""
        driver: Any = self._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection | psycopg.Connection)
        marks = {}
        for name in self._names:
            if name not in HUSHED:
                rows = driver.execute(f"SELECT * FROM {name}").fetchall()
                marks[name] = hash(tuple(sorted(map(repr, rows))))
        return marks


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """The tables in which anything is another."""
    return {name for name, mark in after.items() if before[name] != mark}
