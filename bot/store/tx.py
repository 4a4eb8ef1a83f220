"""What a job holds while it reads and writes: one workspace, one page of changes.

A job that raises loses only its own page; its neighbours in the same transaction go through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncTransaction
from sqlalchemy.sql.base import Executable

from bot.store.engine.changes import Changes, summed
from bot.store.engine.statements import Row
from bot.store.fences import require_fence
from bot.store.tables import counters
from bot.store.transaction import ABSENT, Conflict, Need, Transaction


def counting(letter: str) -> Need:
    """What `next_number` will ask for."""
    return counters, (letter,)


class ReadOnly(Exception):
    """A reading job tried to write. A mistake in the program, never a user's."""


class Tx:
    """Reads and buffered writes of one job, in one workspace.

    Rows come and go as mappings by column name, without the workspace; keys are primary keys
    without the workspace. What `get` returns is shared: never change it. `now` is the instant the
    transaction began (aware UTC). A job may be run again after a conflict, so it must have no
    effect outside of this object.
    """

    __slots__ = (
        "_changes",
        "_savepoint",
        "_seen",
        "_shared",
        "_topics",
        "_unread",
        "_writes",
        "memory",
        "now",
        "workspace",
    )

    workspace: str
    """The one workspace that this transaction can see."""
    now: datetime
    """The instant the transaction began."""
    memory: dict[Any, Any]
    """What this process remembers between transactions; only under a stamp that tells whether it still holds."""

    def __init__(self, shared: Transaction, *, writes: bool) -> None:
        """Open a page on a shared transaction."""
        self.workspace, self.now, self.memory = shared.workspace, shared.now, shared.memory
        self._shared = shared
        self._writes = writes
        self._seen: dict[Need, Row | None] = {}
        self._unread: set[Need] = set()
        """Rows that were changed here before anybody had read them."""
        self._changes = Changes()
        self._topics: set[str] = set()
        self._savepoint: AsyncTransaction | None = None

    async def get(self, table: Table, *key: Any) -> Mapping[str, Any] | None:
        """Read a row by its key, as the changes so far leave it; None where there is none."""
        need = (table, key)
        row = self._seen.get(need, ABSENT)
        if row is ABSENT:
            row = self._shared.seen.get(need, ABSENT)
            if row is ABSENT:
                row = await self._shared.get(need)
            if need in self._unread:
                row = self._seen[need] = self._changes.applied_to(row, table, key, self._shared.shapes[table])
        return row  # type: ignore[no-any-return]

    async def get_many(self, table: Table, keys: Iterable[tuple[Any, ...]]) -> list[Mapping[str, Any] | None]:
        """Read rows by their keys, in that order, with one statement; None where there is none."""
        wanted = list(keys)
        await self.prefetch([(table, key) for key in wanted])
        return [await self.get(table, *key) for key in wanted]

    async def prefetch(self, needs: Iterable[Need]) -> None:
        """Read rows that will be asked for by key, one statement a table; an optimisation, never needed."""
        await self._shared.prefetch(needs)

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Mapping[str, Any]]:
        """Run a select, update or delete that is tied to the workspace with `mine(table)`.

        `values` fill its bind parameters; the workspace is filled in here. Changes so far that it
        could see are written first. Rows come back where the statement returns some.
        """
        touched, writes = require_fence(statement), getattr(statement, "is_dml", False)
        if writes and not self._writes:
            raise ReadOnly(str(statement))
        if writes or self._changes.touches(touched):
            await self._shared.flush()
            if self._savepoint is None:
                self._savepoint = await self._shared.connection.begin_nested()
            changes, self._changes = self._changes, Changes()
            await self._shared.write(changes)
        if writes:
            self._seen = {need: row for need, row in self._seen.items() if need[0].name not in touched}
        return await self._shared.rows(statement, values)

    def insert(self, table: Table, row: Mapping[str, Any], *, once: tuple[str, ...] = ()) -> None:
        """Add a row. With `once` (the columns of a unique key), a row that is there already stays as it is.

        Raises Conflict where the row's key is known to be taken; otherwise the commit does.
        """
        shape = self._writing(table)
        full = shape.whole(row)
        key = shape.key_of(full)
        need = (table, key)
        if self._seen.get(need) or self._shared.seen.get(need):
            msg = f"{table.name} {key} is there already"
            raise Conflict(msg)
        self._changes.insert(table, key, full, once)
        self._seen[need] = full

    def update(self, table: Table, key: tuple[Any, ...], values: Mapping[str, Any]) -> None:
        """Set columns of a row that exists."""
        if not values:
            return
        self._writing(table).known(values)
        need = (table, key)
        self._changes.update(table, key, dict(values))
        row = self._at_hand(need)
        if row is ABSENT:
            self._unread.add(need)
        else:
            self._seen[need] = None if row is None else {**row, **values}

    def add(self, table: Table, key: tuple[Any, ...], deltas: Mapping[str, int]) -> None:
        """Add amounts to a row's columns, making the row where there is none (all else at its default).

        Two writers that add lose nothing of each other, whatever they had read.
        """
        shape = self._writing(table)
        shape.known(deltas)
        need = (table, key)
        self._changes.add(table, key, dict(deltas))
        row = self._at_hand(need)
        if row is ABSENT:
            self._unread.add(need)
        else:
            self._seen[need] = summed(shape.blank_at(key) if row is None else row, deltas)

    async def next_number(self, letter: str) -> int:
        """Count on: the number behind a letter people say (`H-41`), without gaps; kept only if the job is."""
        row = await self.get(counters, letter)
        if row is None:
            self.insert(counters, {"letter": letter, "last": 1})
            return 1
        number = int(row["last"]) + 1
        self.update(counters, (letter,), {"last": number})
        return number

    def announce(self, topic: str) -> None:
        """Tell those who subscribed to `topic` at the database, once the transaction is committed."""
        self._topics.add(topic)

    async def keep(self) -> None:
        """Make this page part of the transaction. For the database, when the job is done."""
        if self._savepoint is not None:
            await self._savepoint.commit()
            self._savepoint = None
        shared = self._shared
        shared.waiting.take_over(self._changes)
        shared.seen.update(self._seen)
        shared.topics |= self._topics

    async def drop(self) -> None:
        """Undo this page. For the database, when the job failed."""
        if self._savepoint is not None:
            await self._savepoint.rollback()
            self._savepoint = None
            self._shared.forget()

    def _writing(self, table: Table) -> Any:
        if not self._writes:
            raise ReadOnly(table.name)
        return self._shared.shapes[table]

    def _at_hand(self, need: Need) -> Any:
        """What `get` answers, where that is known, so that it can be kept in step with a change; else ABSENT."""
        row = self._seen.get(need, ABSENT)
        return self._shared.seen.get(need, ABSENT) if row is ABSENT else row
