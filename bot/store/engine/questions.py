"""Selects that are asked again and again, spelled once a kind of database.

The library looks a statement up, fits its values in and wraps its rows at every execution, which
costs several times what SQLite does with a small one. A select that a module holds is the same each
time: from its third use on its text, and what becomes of its values and its rows, are known. One
that is made for a single use goes by the library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from bot.store.engine.statements import Written
from bot.store.engine.trips import read_all

Convert = Callable[[Any], Any]
_ONCE, _NEVER = object(), object()
_MOST_LENGTHS = 32
"""Lengths of lists that a select is spelled for ahead; beyond that the library spells it each time."""


class Question:
    """One select on one kind of database."""

    def __init__(
        self, statement: Select[Any] | CompoundSelect[Any], compiled: SQLCompiler, names: Sequence[str]
    ) -> None:
        """Work out its text and its conversions; `names` are the library's for the columns."""
        dialect = compiled.dialect
        binds = compiled.binds.items()
        self._names = tuple(names)
        self._converts = {
            name: convert
            for name, bind in binds
            if not bind.expanding and (convert := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        asked = {name: None for name, bind in binds if bind.required and not bind.expanding}
        self._lists = tuple(name for name, bind in binds if bind.required and bind.expanding)
        self._varying = compiled if self._lists else None
        self._expanded: dict[tuple[int, ...], tuple[str, Mapping[str, Convert], Sequence[str] | None, Any]] = {}
        """Text, conversions, order and own values, by how long the lists are: of that alone the text depends."""
        if self._varying is None:
            spelled = compiled.construct_expanded_state(asked)
            self._text, self._order = spelled.statement, spelled.positiontup
            self._fixed = {name: value for name, value in spelled.parameters.items() if name not in asked}
            self._converts |= spelled.processors
        types = [column.type for column in statement.selected_columns]
        converting = [each.dialect_impl(dialect).result_processor(dialect, None) for each in types]
        self._in = [(at, convert) for at, convert in enumerate(converting) if convert is not None]

    def asked_with(self, values: Mapping[str, Any]) -> Written:
        """Its text and its values as the driver takes them. Raises KeyError for one that is missing."""
        if self._varying is None:
            return self._text, _ordered({**self._fixed, **values}, self._converts, self._order)
        lengths, given = tuple([len(values[name]) for name in self._lists]), self._spread(values)
        if (known := self._expanded.get(lengths)) is None:
            spelled = self._varying.construct_expanded_state(values)
            fixed = {name: value for name, value in spelled.parameters.items() if name not in given}
            known = (spelled.statement, {**self._converts, **spelled.processors}, spelled.positiontup, fixed)
            if {**fixed, **given} != spelled.parameters:
                return known[0], _ordered(spelled.parameters, *known[1:3])  # names are the library's to choose
            if len(self._expanded) < _MOST_LENGTHS:
                self._expanded[lengths] = known
        text, converts, order, fixed = known
        return text, _ordered({**fixed, **given}, converts, order)

    def _spread(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by name, those of a list each by a name of its own, as the library calls them."""
        given = {name: value for name, value in values.items() if name not in self._lists}
        for name in self._lists:
            given |= {f"{name}_{place}": value for place, value in enumerate(values[name], 1)}
        return given

    def read(self, rows: Sequence[Sequence[Any]]) -> list[Mapping[str, Any]]:
        """The rows as plain dicts of Python values."""
        names, converting = self._names, self._in
        found: list[Mapping[str, Any]] = []
        for row in rows:
            values = list(row)
            for at, convert in converting:
                values[at] = convert(values[at])
            found.append(dict(zip(names, values, strict=True)))
        return found


class Questions:
    """Every select that was asked, on one kind of database."""

    _by_kind: ClassVar[dict[str, Questions]] = {}

    def __init__(self, dialect: Dialect) -> None:
        """Know nothing yet."""
        self._dialect = dialect
        self._known: WeakKeyDictionary[Executable, Any] = WeakKeyDictionary()

    @classmethod
    def of(cls, dialect: Dialect) -> Questions:
        """Those of a kind of database: what a select is there, it is in every other one that is opened."""
        return cls._by_kind.setdefault(dialect.name, cls(dialect))

    async def rows(
        self, connection: AsyncConnection, statement: Executable, values: Mapping[str, Any]
    ) -> list[Mapping[str, Any]]:
        """Ask a select; the rows as plain dicts, which are several times faster to look into than the library's."""
        known = self._known.get(statement)
        if isinstance(known, Question):
            (found,) = await read_all(connection, [known.asked_with(values)])
            return known.read(found)
        result = await connection.execute(statement, values)
        names = tuple(result.keys())
        if known is None:
            self._known[statement] = _ONCE
        elif known is _ONCE:
            self._known[statement] = self._spelled(statement, names) or _NEVER
        return [dict(zip(names, row, strict=True)) for row in result.all()]

    def _spelled(self, statement: Executable, names: Sequence[str]) -> Question | None:
        """A select that can be spelled without the library; None for any other."""
        if not isinstance(statement, Select | CompoundSelect):
            return None
        compiled = statement.compile(dialect=self._dialect)
        if compiled.literal_execute_params or compiled.escaped_bind_names:
            return None
        if any(bind.callable for bind in compiled.binds.values()) or len(statement.selected_columns) != len(names):
            return None
        return Question(statement, compiled, names)


def _ordered(values: Mapping[str, Any], converts: Mapping[str, Convert], order: Sequence[str] | None) -> Any:
    """Values as the driver takes them: in their order, or by name where it has none."""
    given = dict(values)
    for name, convert in converts.items():
        given[name] = convert(given[name])
    return given if order is None else tuple([given[name] for name in order])
