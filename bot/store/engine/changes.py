"""Changes that wait to be written: what one job, or one shared transaction, has still to flush.

Kept by table and key, so that fifty handoffs that touch one tally write one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table

from bot.store.engine.statements import Key, Row, Shapes, Written

Once = tuple[str, ...]


class Changes:
    """Inserts, updates and additions by table and key."""

    __slots__ = ("adds", "inserts", "once", "touched", "updates")

    def __init__(self) -> None:
        """Begin with none."""
        self.inserts: dict[Table, dict[Key, Row]] = {}
        self.updates: dict[Table, dict[Key, Row]] = {}
        self.adds: dict[Table, dict[Key, Row]] = {}
        self.once: dict[tuple[Table, Key], Once] = {}
        self.touched: set[tuple[Table, Key]] = set()
        """Every row that anything waits for: most rows that are read are none of these, and need no looking."""

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.touched)

    def touches(self, tables: frozenset[str]) -> bool:
        """Whether a row of one of these tables waits."""
        return any(table.name in tables for kind in (self.inserts, self.updates, self.adds) for table in kind)

    def insert(self, table: Table, key: Key, row: Row, once: Once = ()) -> None:
        """Note a new row."""
        self.inserts.setdefault(table, {})[key] = row
        self.touched.add((table, key))
        if once:
            self.once[table, key] = once

    def update(self, table: Table, key: Key, values: Row) -> None:
        """Note new values of a row; one that waits to be inserted is inserted with them."""
        self.touched.add((table, key))
        waiting = self.inserts.get(table, {}).get(key)
        if waiting is not None:
            self.inserts[table][key] = {**waiting, **values}
        else:
            known = self.updates.setdefault(table, {})
            known[key] = {**known[key], **values} if key in known else values

    def add(self, table: Table, key: Key, deltas: Row) -> None:
        """Note amounts to add; they sum up."""
        self.touched.add((table, key))
        waiting = self.inserts.get(table, {}).get(key)
        if waiting is not None:
            self.inserts[table][key] = summed(waiting, deltas)
        else:
            known = self.adds.setdefault(table, {})
            known[key] = summed(known[key], deltas) if key in known else deltas

    def take_over(self, other: Changes) -> None:
        """Make another's changes part of these; they came later."""
        for table, rows in other.inserts.items():
            self.inserts.setdefault(table, {}).update(rows)
        self.once |= other.once
        self.touched |= other.touched
        for table, rows in other.updates.items():
            for key, row in rows.items():
                self.update(table, key, row)
        for table, rows in other.adds.items():
            for key, row in rows.items():
                self.add(table, key, row)

    def applied_to(self, row: Row | None, table: Table, key: Key, blank: Row, names: tuple[str, ...]) -> Row | None:
        """What a row of the database will look like once these are written."""
        if (table, key) not in self.touched:
            return row
        inserted = self.inserts.get(table, {}).get(key)
        if inserted is not None:
            return inserted
        if (values := self.updates.get(table, {}).get(key)) is not None and row is not None:
            row = {**row, **values}
        if (deltas := self.adds.get(table, {}).get(key)) is not None:
            row = summed(row or {**blank, **dict(zip(names, key, strict=True))}, deltas)
        return row

    def written(self, workspace: str, order: Iterable[Table], shapes: Shapes) -> Iterator[tuple[Written, int | None]]:
        """Give the statements that write all of it, and how many rows each must reach (None: any number)."""
        for table in order:
            if table in self.inserts:
                for once, rows in self._by_once(table):
                    yield shapes[table].inserting(workspace, rows, once), None if once else len(rows)
        for table, changed in self.updates.items():
            for names, pairs in _by_columns(changed):
                yield shapes[table].updating(workspace, names, pairs), len(pairs)
        for table in (each for each in order if each in self.adds):
            for names, pairs in _by_columns(self.adds[table]):
                yield from _added(workspace, shapes[table], names, pairs)

    def _by_once(self, table: Table) -> Iterator[tuple[Once, list[Row]]]:
        found: defaultdict[Once, list[Row]] = defaultdict(list)
        for key, row in self.inserts[table].items():
            found[self.once.get((table, key), ())].append(row)
        yield from found.items()


def summed(row: Row, deltas: Row) -> Row:
    """Add amounts to a row's columns (a column it lacks counts as zero)."""
    return {**row, **{name: (row.get(name) or 0) + amount for name, amount in deltas.items()}}


def _by_columns(rows: dict[Key, Row]) -> Iterator[tuple[tuple[str, ...], list[tuple[Key, Row]]]]:
    found: defaultdict[tuple[str, ...], list[tuple[Key, Row]]] = defaultdict(list)
    for key, row in rows.items():
        found[tuple(sorted(row))].append((key, row))
    yield from found.items()


def _added(workspace: str, shape: Any, names: Once, pairs: list[tuple[Key, Row]]) -> Iterator[tuple[Written, int]]:
    less = [pair for pair in pairs if any(amount < 0 for amount in pair[1].values())]
    more = [pair for pair in pairs if all(amount >= 0 for amount in pair[1].values())]
    if more:
        yield shape.topping_up(workspace, names, more), len(more)
    if less:
        yield shape.adding(workspace, names, less), len(less)
