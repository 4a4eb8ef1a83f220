"""Changes that wait to be written: what one job, or one shared transaction, has still to flush.

Kept by row, so that fifty handoffs that touch one tally write one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table

from bot.store.engine.statements import Key, Row, Shape, Shapes, Written

Once = tuple[str, ...]
Rows = dict[Key, Row]
"""Rows of one table, by key."""


class Changes:
    """Inserts, updates and additions by table and row."""

    __slots__ = ("adds", "inserts", "once", "updates")

    def __init__(self) -> None:
        """Begin with none."""
        self.inserts: defaultdict[Table, Rows] = defaultdict(dict)
        self.updates: defaultdict[Table, Rows] = defaultdict(dict)
        self.adds: defaultdict[Table, Rows] = defaultdict(dict)
        self.once: defaultdict[Table, dict[Key, Once]] = defaultdict(dict)

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.inserts or self.updates or self.adds)

    def touches(self, tables: frozenset[str]) -> bool:
        """Whether a row of one of these tables waits."""
        return not tables.isdisjoint([table.name for table in (*self.inserts, *self.updates, *self.adds)])

    def insert(self, table: Table, key: Key, row: Row, once: Once = ()) -> None:
        """Note a new row."""
        self.inserts[table][key] = row
        if once:
            self.once[table][key] = once

    def update(self, table: Table, key: Key, values: Row) -> None:
        """Note new values of a row; one that waits to be inserted is inserted with them."""
        new = self.inserts.get(table)
        rows = new if new is not None and key in new else self.updates[table]
        known = rows.get(key)
        rows[key] = values if known is None else {**known, **values}

    def add(self, table: Table, key: Key, deltas: Row) -> None:
        """Note amounts to add; they sum up."""
        new = self.inserts.get(table)
        rows = new if new is not None and key in new else self.adds[table]
        known = rows.get(key)
        rows[key] = deltas if known is None else summed(known, deltas)

    def take_over(self, other: Changes) -> None:
        """Make another's changes part of these; they came later."""
        for table, rows in other.inserts.items():
            self.inserts[table].update(rows)
        for table, onces in other.once.items():
            self.once[table].update(onces)
        for table, rows in other.updates.items():
            for key, row in rows.items():
                self.update(table, key, row)
        for table, rows in other.adds.items():
            for key, row in rows.items():
                self.add(table, key, row)

    def applied_to(self, row: Row | None, table: Table, key: Key, shape: Shape) -> Row | None:
        """What a row of the database will look like once these are written."""
        inserted = self.inserts.get(table, _NONE).get(key)
        if inserted is not None:
            return inserted
        if row is not None and (values := self.updates.get(table, _NONE).get(key)) is not None:
            row = {**row, **values}
        if (deltas := self.adds.get(table, _NONE).get(key)) is not None:
            row = summed(shape.blank_at(key) if row is None else row, deltas)
        return row

    def written(
        self, workspace: str, order: Mapping[Table, int], shapes: Shapes
    ) -> Iterator[tuple[Written, int | None]]:
        """Give the statements that write all of it, and how many rows each must reach (None: any number).

        `order` tells each table's place: parents before children.
        """
        place = order.__getitem__
        for table in sorted(self.inserts, key=place):
            for once, rows in self._new(table).items():
                yield shapes[table].inserting(workspace, rows, once), None if once else len(rows)
        for table, changed in self.updates.items():
            for names, pairs in _by_columns(changed).items():
                yield shapes[table].updating(workspace, names, pairs), len(pairs)
        for table in sorted(self.adds, key=place):
            yield from _added(workspace, shapes[table], self.adds[table])

    def _new(self, table: Table) -> Mapping[Once, Collection[Row]]:
        """New rows of a table, by the unique key that lets a row be left alone."""
        rows, onces = self.inserts[table], self.once.get(table)
        if onces is None:
            return {(): rows.values()}
        found: dict[Once, list[Row]] = {}
        for key, row in rows.items():
            found.setdefault(onces.get(key, ()), []).append(row)
        return found


_NONE: Mapping[Key, Any] = MappingProxyType({})


def summed(row: Row, deltas: Mapping[str, Any]) -> Row:
    """Add amounts to a row's columns (a column it lacks counts as zero)."""
    return {**row, **{name: (row.get(name) or 0) + amount for name, amount in deltas.items()}}


def _by_columns(changed: Rows) -> dict[Once, list[tuple[Key, Row]]]:
    """Changes of a table's rows by the columns that they change."""
    found: dict[Once, list[tuple[Key, Row]]] = {}
    for key, row in changed.items():
        found.setdefault(tuple(sorted(row)), []).append((key, row))
    return found


def _added(workspace: str, shape: Shape, amounts: Rows) -> Iterator[tuple[Written, int]]:
    """Statements that add: all columns of each row, so that what one leaves out makes no statement of its own."""
    nothing = dict.fromkeys(sorted(shape.value_columns), 0)
    pairs = [(key, {**nothing, **row}) for key, row in amounts.items()]
    less = [pair for pair in pairs if any(amount < 0 for amount in pair[1].values())]
    more = [pair for pair in pairs if all(amount >= 0 for amount in pair[1].values())]
    if more:
        yield shape.topping_up(workspace, tuple(nothing), more), len(more)
    if less:
        yield shape.adding(workspace, tuple(nothing), less), len(less)
