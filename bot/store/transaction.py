"""One transaction on one workspace, shared by the jobs of a batch.

Rows that were read are remembered while it lasts (nobody else writes the workspace meanwhile),
and changes wait here until they are flushed together, one statement a table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable

from bot.store.engine.changes import Changes
from bot.store.engine.questions import Questions
from bot.store.engine.statements import Key, Row, Shapes
from bot.store.engine.trips import read_all, write_all
from bot.store.fences import WORKSPACE, require_fence
from bot.store.tables import metadata

_ORDER = {table: place for place, table in enumerate(metadata.sorted_tables)}
ABSENT: Any = object()
"""In place of a row that was not read: nobody knows yet whether it is there."""

Need = tuple[Table, Key]
"""A row that a job will ask for by key: read for the whole batch at once."""


class RowGone(Exception):
    """A change found fewer rows than it should: it named a row that does not exist."""


class Conflict(Exception):
    """A row could not be written: one with its key is there already, or what it refers to is not."""


class Transaction:
    """What the jobs of one batch share: the connection, the rows read, the changes that wait."""

    def __init__(
        self,
        connection: AsyncConnection,
        shapes: Shapes,
        questions: Questions,
        workspace: str,
        now: datetime,
        memory: dict[Any, Any],
    ) -> None:
        """Begin with nothing read and nothing to write."""
        self.connection = connection
        self.shapes = shapes
        self.questions = questions
        self.workspace = workspace
        self.now = now
        self.memory = memory
        self.seen: dict[Need, Row | None] = {}
        self.waiting = Changes()
        self.wrote = False
        self.topics: set[str] = set()

    async def prefetch(self, needs: Iterable[Need]) -> None:
        """Read every needed row, one statement a table; rows that are not there are known not to be."""
        wanted: dict[Table, dict[Key, None]] = {}
        for need in needs:
            if need not in self.seen:
                wanted.setdefault(need[0], {})[need[1]] = None
        if not wanted:
            return
        asked = [self.shapes[table].reading_many(self.workspace, list(keys)) for table, keys in wanted.items()]
        for (table, keys), found in zip(wanted.items(), await read_all(self.connection, asked), strict=True):
            shape = self.shapes[table]
            rows = {shape.key_of(row): row for row in map(shape.read, found)}
            for key in keys:
                self.seen[table, key] = self.waiting.applied_to(rows.get(key), table, key, shape)

    async def get(self, need: Need) -> Row | None:
        """Give a row by key as it will stand once everything that waits is written."""
        row = self.seen.get(need, ABSENT)
        if row is ABSENT:
            shape = self.shapes[need[0]]
            (found,) = await read_all(self.connection, [shape.reading(self.workspace, need[1])])
            row = self.waiting.applied_to(shape.read(found[0]) if found else None, *need, shape)
            self.seen[need] = row
        return row  # type: ignore[no-any-return]

    async def rows(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Run a fenced statement; what waits and it could see, or refer to, is flushed before."""
        touched, writes = require_fence(statement), getattr(statement, "is_dml", False)
        if writes or self.waiting.touches(touched):
            await self.flush()
        given = {**values, WORKSPACE: self.workspace}
        if not writes:
            return await self.questions.rows(self.connection, statement, given)
        self.wrote = True
        result = await self.connection.execute(statement, given)
        self.forget(touched)
        return rows_of(result) if result.returns_rows else ()

    async def flush(self) -> None:
        """Write what waits."""
        if self.waiting:
            changes, self.waiting = self.waiting, Changes()
            await self.write(changes)

    async def write(self, changes: Changes) -> None:
        """Write changes, one statement a table and set of columns, parents before children."""
        self.wrote = True
        written = list(changes.written(self.workspace, _ORDER, self.shapes))
        reached = await write_all(self.connection, [each for each, _ in written])
        for ((text, _), expected), count in zip(written, reached, strict=True):
            if expected is not None and count != expected:
                msg = f"{count} of {expected} rows were there to change: {text}"
                raise RowGone(msg)

    def forget(self, tables: Iterable[str] | None = None) -> None:
        """Unlearn rows that a statement may have changed (all tables, unless named)."""
        if tables is None:
            self.seen.clear()
        else:
            names = frozenset(tables)
            self.seen = {need: row for need, row in self.seen.items() if need[0].name not in names}


def rows_of(result: CursorResult[Any]) -> list[Mapping[str, Any]]:
    """Read what a change gives back, as plain dicts."""
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


async def settle(callbacks: Sequence[Callable[[], None]], report: Callable[[BaseException], None]) -> None:
    """Call what was to happen after the commit; what one of them raises stops none of the others."""
    for callback in callbacks:
        try:
            callback()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 -- the commit stands whatever a listener does
            report(error)
