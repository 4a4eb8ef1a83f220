"""The few statements that carry almost every write, spelled once a table and a kind of database.

A transaction writes whole batches: many rows of one table with one statement. On SQLite that is
`executemany`; on PostgreSQL, where every execution is a message to the server, the rows travel as
one array a column. Either way the text depends on table and columns only, never on how many rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, Date, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Key = tuple[Any, ...]
Row = dict[str, Any]
Written = tuple[str, Any]
"""A statement and what it is executed with, once."""
Convert = Callable[[Any], Any]


class Shape:
    """How one table is read and written on one kind of database.

    Rows are dicts of Python values by column name, without the workspace; a key is the primary
    key without the workspace.
    """

    def __init__(self, table: Table, dialect: Dialect) -> None:
        """Work out names, conversions and defaults once."""
        self.table = table
        self.name = table.name
        self._postgres = dialect.name == "postgresql"
        columns = [column for column in table.columns if column.name != "workspace_id"]
        self.columns = tuple(column.name for column in columns)
        self.key_columns = tuple(column.name for column in table.primary_key if column.name != "workspace_id")
        self.value_columns = tuple(name for name in self.columns if name not in self.key_columns)
        self.blank: Row = {column.name: _default(column) for column in columns}
        self._key = _taker(self.key_columns)
        self._changeable = frozenset(self.value_columns)
        self._required = frozenset(column.name for column in columns if not column.nullable and column.default is None)
        self._out = {column.name: _as_said(column, dialect) for column in columns}
        self._in = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        compiled = {column.name: column.type.dialect_impl(dialect).compile(dialect) for column in columns}
        self._kinds = {"workspace_id": "TEXT", **compiled}
        self._texts: dict[Any, str] = {}
        self._conversions: dict[tuple[str, ...], list[tuple[int, Convert]]] = {}

    def blank_at(self, key: Key) -> Row:
        """A row that nobody wrote yet, all but its key at its default."""
        return {**self.blank, **dict(zip(self.key_columns, key, strict=True))}

    def key_of(self, row: Mapping[str, Any]) -> Key:
        """Take the key out of a row."""
        return self._key(row)

    def whole(self, row: Mapping[str, Any]) -> Row:
        """Fill a new row up with the table's defaults, in its order; refuse columns that are unknown or missing."""
        filled = {**self.blank, **row}
        if len(filled) > len(self.blank) or not row.keys() >= self._required:
            unknown, missing = row.keys() - self.blank.keys(), self._required - row.keys()
            msg = f"{self.name}: unknown columns {sorted(unknown)}, missing columns {sorted(missing)}"
            raise ValueError(msg)
        return filled

    def known(self, names: Iterable[str]) -> None:
        """Refuse changes to columns that the table does not have, or that are its key."""
        if not self._changeable.issuperset(names):
            msg = f"{self.name}: {sorted(set(names) - self._changeable)} cannot be changed"
            raise ValueError(msg)

    def reading(self, workspace: str, key: Key) -> Written:
        """Read one row by its key."""
        return self._one, tuple(self._spelled(("workspace_id", *self.key_columns), [[workspace, *key]])[0])

    def reading_many(self, workspace: str, keys: Sequence[Key]) -> Written:
        """Read the rows of many keys at once."""
        if not self.key_columns:
            return self.reading(workspace, ())
        spelled = self._spelled(self.key_columns, map(list, keys))
        if self._postgres:
            return self._many, (*_turned(spelled), workspace)
        return self._many, (json.dumps(spelled), workspace)

    def read(self, raw: Sequence[Any]) -> Row:
        """Make a row of what the database answered."""
        return {
            name: value if convert is None else convert(value)
            for name, convert, value in zip(self.columns, self._in, raw, strict=True)
        }

    def inserting(self, workspace: str, rows: Iterable[Row], once: tuple[str, ...]) -> Written:
        """Insert rows as `whole` gives them; where `once` names a unique key, leave alone what is there already."""
        names = ("workspace_id", *self.columns)
        text = self._texts.get(("insert", once)) or self._remember(("insert", once), self._insert_text(names, once))
        return text, self._given(names, [[workspace, *row.values()] for row in rows])

    def updating(self, workspace: str, changed: tuple[str, ...], rows: Iterable[tuple[Key, Row]]) -> Written:
        """Set the `changed` columns of rows that exist."""
        return self._changing("update", workspace, changed, rows)

    def adding(self, workspace: str, changed: tuple[str, ...], rows: Iterable[tuple[Key, Row]]) -> Written:
        """Add to the `changed` columns of rows that exist."""
        return self._changing("add", workspace, changed, rows)

    def topping_up(self, workspace: str, changed: tuple[str, ...], rows: Iterable[tuple[Key, Row]]) -> Written:
        """Add to the `changed` columns, making the rows that do not exist. Nothing may be negative.

        A database checks a row that is about to be inserted before it notices that it exists, so
        amounts below zero go through `adding`.
        """
        names = ("workspace_id", *self.key_columns, *changed)
        text = self._texts.get(("top up", changed)) or self._remember(
            ("top up", changed), self._top_up_text(names, changed)
        )
        return text, self._given(names, [[workspace, *key, *[row[name] for name in changed]] for key, row in rows])

    def _changing(self, how: str, workspace: str, changed: tuple[str, ...], rows: Iterable[tuple[Key, Row]]) -> Written:
        text = self._texts.get((how, changed)) or self._remember(
            (how, changed), self._change_text(changed, add=how == "add")
        )
        names = (*changed, "workspace_id", *self.key_columns)
        return text, self._given(names, [[*[row[name] for name in changed], workspace, *key] for key, row in rows])

    def _given(self, names: tuple[str, ...], rows: list[list[Any]]) -> Any:
        """What a statement for many rows is executed with: the rows, or one array a column."""
        spelled = self._spelled(names, rows)
        return tuple(_turned(spelled)) if self._postgres else spelled

    def _spelled(self, names: tuple[str, ...], rows: Iterable[list[Any]]) -> list[list[Any]]:
        """Rows of these columns' values as the driver takes them; the lists are changed in place."""
        spelled = list(rows)
        for place, convert in self._converting(names):
            for row in spelled:
                if (value := row[place]) is not None:
                    row[place] = convert(value)
        return spelled

    def _converting(self, names: tuple[str, ...]) -> list[tuple[int, Convert]]:
        """Which of these columns are said differently, and how; most are said as they are."""
        found = self._conversions.get(names)
        if found is None:
            said = [(place, self._out.get(name)) for place, name in enumerate(names)]
            found = self._conversions[names] = [(place, convert) for place, convert in said if convert is not None]
        return found

    def _remember(self, what: object, text: str) -> str:
        self._texts[what] = text
        return text

    @cached_property
    def _one(self) -> str:
        mark = "%s" if self._postgres else "?"
        where = " AND ".join(f"{name} = {mark}" for name in ("workspace_id", *self.key_columns))
        return f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {where}"  # noqa: S608 -- names of our own

    @cached_property
    def _many(self) -> str:
        chosen = ", ".join(f"it.{name}" for name in self.columns)
        if self._postgres:
            wanted = f"{self._unnested(self.key_columns)} AS wanted({', '.join(self.key_columns)})"
            on = " AND ".join(f"it.{name} = wanted.{name}" for name in self.key_columns)
            mark = "%s"
        else:
            wanted = "json_each(?) AS wanted"
            on = " AND ".join(
                f"it.{name} = json_extract(wanted.value, '$[{place}]')" for place, name in enumerate(self.key_columns)
            )
            mark = "?"
        return f"SELECT {chosen} FROM {wanted} CROSS JOIN {self.name} AS it WHERE it.workspace_id = {mark} AND {on}"  # noqa: S608

    def _insert_text(self, names: Sequence[str], once: tuple[str, ...]) -> str:
        skip = f" ON CONFLICT ({', '.join(('workspace_id', *once))}) DO NOTHING" if once else ""
        return f"INSERT INTO {self.name} ({', '.join(names)}) {self._values(names)}{skip}"

    def _top_up_text(self, names: Sequence[str], changed: Sequence[str]) -> str:
        sums = ", ".join(f"{name} = {self.name}.{name} + excluded.{name}" for name in changed)
        key = ", ".join(("workspace_id", *self.key_columns))
        return (
            f"INSERT INTO {self.name} ({', '.join(names)}) {self._values(names)} "
            f"ON CONFLICT ({key}) DO UPDATE SET {sums}"
        )

    def _change_text(self, changed: Sequence[str], *, add: bool) -> str:
        key = ("workspace_id", *self.key_columns)
        if self._postgres:
            names = (*changed, *key)
            sets = ", ".join(f"{name} = {f'it.{name} + ' if add else ''}new.{name}" for name in changed)
            where = " AND ".join(f"it.{name} = new.{name}" for name in key)
            source = f"{self._unnested(names)} AS new({', '.join(names)})"
            return f"UPDATE {self.name} AS it SET {sets} FROM {source} WHERE {where}"  # noqa: S608
        sets = ", ".join(f"{name} = {f'{name} + ' if add else ''}?" for name in changed)
        return f"UPDATE {self.name} SET {sets} WHERE {' AND '.join(f'{name} = ?' for name in key)}"  # noqa: S608

    def _values(self, names: Sequence[str]) -> str:
        if self._postgres:
            # "WHERE true" keeps the parser from reading ON CONFLICT as a join's ON.
            return f"SELECT * FROM {self._unnested(names)} WHERE true"  # noqa: S608
        return f"VALUES ({', '.join('?' for _ in names)})"

    def _unnested(self, names: Sequence[str]) -> str:
        return f"unnest({', '.join(f'%s::{self._kinds[name]}[]' for name in names)})"


def _as_said(column: Column[Any], dialect: Dialect) -> Convert | None:
    """How a value of a column is said to the driver, if not as it is: the library's way, but for two shorter ones."""
    if dialect.name == "sqlite":
        if isinstance(column.type, Boolean):
            return None  # the driver says 0 and 1 by itself
        if isinstance(column.type, Date):
            return date.isoformat
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _taker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Key]:
    """What takes these values out of a row, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: tuple([row[name] for name in names])


def _default(column: Column[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _turned(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(each) for each in zip(*rows, strict=True)]


class Shapes(dict[Table, Shape]):
    """The shape of any table on one kind of database, each made once."""

    _by_kind: ClassVar[dict[str, Shapes]] = {}

    def __init__(self, dialect: Dialect) -> None:
        """Begin with none."""
        super().__init__()
        self._dialect = dialect

    @classmethod
    def of(cls, dialect: Dialect) -> Shapes:
        """Those of a kind of database: a table is written alike in every other one that is opened."""
        return cls._by_kind.setdefault(dialect.name, cls(dialect))

    def __missing__(self, table: Table) -> Shape:
        """Make one."""
        shape = self[table] = Shape(table, self._dialect)
        return shape
