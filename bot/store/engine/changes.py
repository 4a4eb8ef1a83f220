"""Changes that wait to be written: what one job, or one shared transaction, has still to flush.

Kept by row, so that fifty handoffs that touch one tally write one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from bot.store.engine.statements import Key, Row, Shape, Shapes, Written

Once = tuple[str, ...]
Place = tuple[Table, Key]
"""Where a row stands, whether it is there or not."""


class Changes:
    """Inserts, updates and additions by row."""

    __slots__ = ("adds", "inserts", "once", "tables", "updates")

    def __init__(self) -> None:
        """Begin with none."""
        self.inserts: dict[Place, Row] = {}
        self.updates: dict[Place, Row] = {}
        self.adds: dict[Place, Row] = {}
        self.once: dict[Place, Once] = {}
        self.tables: set[str] = set()
        """The tables that anything waits for, by name."""

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.tables)

    def __contains__(self, place: Place) -> bool:
        """Whether anything waits for this row."""
        return place in self.inserts or place in self.updates or place in self.adds

    def touches(self, tables: frozenset[str]) -> bool:
        """Whether a row of one of these tables waits."""
        return not self.tables.isdisjoint(tables)

    def insert(self, place: Place, row: Row, once: Once = ()) -> None:
        """Note a new row."""
        self.inserts[place] = row
        self.tables.add(place[0].name)
        if once:
            self.once[place] = once

    def update(self, place: Place, values: Row) -> None:
        """Note new values of a row; one that waits to be inserted is inserted with them."""
        kind = self.inserts if place in self.inserts else self.updates
        known = kind.get(place)
        kind[place] = values if known is None else {**known, **values}
        self.tables.add(place[0].name)

    def add(self, place: Place, deltas: Row) -> None:
        """Note amounts to add; they sum up."""
        kind = self.inserts if place in self.inserts else self.adds
        known = kind.get(place)
        kind[place] = deltas if known is None else summed(known, deltas)
        self.tables.add(place[0].name)

    def take_over(self, other: Changes) -> None:
        """Make another's changes part of these; they came later."""
        self.inserts.update(other.inserts)
        self.once.update(other.once)
        self.tables.update(other.tables)
        for place, row in other.updates.items():
            self.update(place, row)
        for place, row in other.adds.items():
            self.add(place, row)

    def applied_to(self, row: Row | None, place: Place, shape: Shape) -> Row | None:
        """What a row of the database will look like once these are written."""
        inserted = self.inserts.get(place)
        if inserted is not None:
            return inserted
        if row is not None and (values := self.updates.get(place)) is not None:
            row = {**row, **values}
        if (deltas := self.adds.get(place)) is not None:
            row = summed(shape.blank_at(place[1]) if row is None else row, deltas)
        return row

    def written(
        self, workspace: str, order: Mapping[Table, int], shapes: Shapes
    ) -> Iterator[tuple[Written, int | None]]:
        """Give the statements that write all of it, and how many rows each must reach (None: any number).

        `order` says of each table how many stand before it: a parent before its children.
        """
        inserts, updates, adds = self._new(), _by_columns(self.updates), _by_columns(self.adds)
        for table in sorted(inserts, key=order.__getitem__):
            for once, rows in inserts[table].items():
                yield shapes[table].inserting(workspace, rows, once), None if once else len(rows)
        for table, changed in updates.items():
            for names, pairs in changed.items():
                yield shapes[table].updating(workspace, names, pairs), len(pairs)
        for table in sorted(adds, key=order.__getitem__):
            for names, pairs in adds[table].items():
                yield from _added(workspace, shapes[table], names, pairs)

    def _new(self) -> dict[Table, dict[Once, list[Row]]]:
        """New rows by table, and by the unique key that lets a row be left alone."""
        found: dict[Table, dict[Once, list[Row]]] = {}
        for place, row in self.inserts.items():
            found.setdefault(place[0], {}).setdefault(self.once.get(place, ()), []).append(row)
        return found


def summed(row: Row, deltas: Row) -> Row:
    """Add amounts to a row's columns (a column it lacks counts as zero)."""
    return {**row, **{name: (row.get(name) or 0) + amount for name, amount in deltas.items()}}


def _by_columns(changes: dict[Place, Row]) -> dict[Table, dict[tuple[str, ...], list[tuple[Key, Row]]]]:
    """Changes by table, and by the columns that they change."""
    found: dict[Table, dict[tuple[str, ...], list[tuple[Key, Row]]]] = {}
    for (table, key), row in changes.items():
        found.setdefault(table, defaultdict(list))[tuple(sorted(row))].append((key, row))
    return found


def _added(workspace: str, shape: Any, names: Once, pairs: list[tuple[Key, Row]]) -> Iterator[tuple[Written, int]]:
    less = [pair for pair in pairs if any(amount < 0 for amount in pair[1].values())]
    more = [pair for pair in pairs if all(amount >= 0 for amount in pair[1].values())]
    if more:
        yield shape.topping_up(workspace, names, more), len(more)
    if less:
        yield shape.adding(workspace, names, less), len(less)
