"""The wall between companies, checked before a statement runs.

Every table that a statement reads or changes must be tied, in the very SELECT, UPDATE or DELETE
that names it, to the workspace of the transaction: `where(mine(handoffs), …)`. The value is never
the caller's to choose; the transaction supplies it. On PostgreSQL row-level security repeats the
check in the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Alias, ColumnClause, ColumnElement, FromClause, Table, bindparam
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, ClauseElement
from sqlalchemy.sql.selectable import Join, Select, SelectBase, TextualSelect

WORKSPACE = "workspace"
"""The name of the parameter that every transaction fills in."""


class Unfenced(Exception):
    """A statement could reach another company's rows. A mistake in the program, never a user's."""


def mine(table: FromClause) -> ColumnElement[bool]:
    """Tie a table (or an alias of one) to the workspace of the transaction."""
    return table.c["workspace_id"] == bindparam(WORKSPACE)


_passed: WeakKeyDictionary[Executable, frozenset[str]] = WeakKeyDictionary()


def require_fence(statement: Executable) -> frozenset[str]:
    """Refuse (Unfenced) a statement that is not tied to the workspace; give the tables it touches."""
    if (known := _passed.get(statement)) is not None:
        return known
    touched: set[str] = set()
    for element in visitors.iterate(statement):  # type: ignore[arg-type]
        if isinstance(element, Select):
            _require(element.get_final_froms(), element.whereclause, touched)
        elif isinstance(element, Update | Delete):
            _require(_tables_of(element), element.whereclause, touched)
        elif isinstance(element, Insert | TextualSelect) or element.__visit_name__ in ("textclause", "text_as_from"):
            msg = "Only select, update and delete can be checked; insert through the transaction."
            raise Unfenced(msg)
    if not touched:
        msg = f"A statement that names no table is no business of a workspace: {statement}"
        raise Unfenced(msg)
    _passed[statement] = frozenset(touched)
    return _passed[statement]


def _tables_of(change: Update | Delete) -> set[FromClause]:
    """The table that is changed, and those whose columns tell which rows or to what."""
    found: set[FromClause] = {change.table}
    waiting: list[Any] = list(change.get_children())
    while waiting:
        element = waiting.pop()
        if isinstance(element, SelectBase):
            continue  # has a fence of its own
        if isinstance(element, ColumnClause) and element.table is not None:
            found.add(element.table)
        waiting.extend(element.get_children())
    return found


def _require(froms: Any, where: ColumnElement[Any] | None, touched: set[str]) -> None:
    tied = _tied(where)
    tables: list[FromClause] = []
    for each in froms:
        tables += _sources(each, tied)
    for table in tables:
        plain = table.element if isinstance(table, Alias) else table
        if not isinstance(plain, Table) or "workspace_id" not in plain.c:
            continue
        touched.add(plain.name)
        if table not in tied:
            msg = f"{plain.name} is not tied to the workspace; add mine({plain.name}) to the statement"
            raise Unfenced(msg)


def _sources(source: FromClause, tied: set[Any]) -> list[FromClause]:
    """Take joins apart. What an outer join is on narrows its optional side only, a full one's neither."""
    if not isinstance(source, Join):
        return [source]
    left, right = _sources(source.left, tied), _sources(source.right, tied)
    on = _tied(source.onclause)
    if source.isouter:
        on = set() if source.full else on.intersection(right)
    tied |= on
    return left + right


def _tied(clause: ColumnElement[Any] | None) -> set[Any]:
    return {condition.left.table for condition in _conjuncts(clause) if _ties(condition)}


def _conjuncts(clause: ClauseElement | None) -> Iterator[Any]:
    if clause is None:
        return
    if isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for each in clause.clauses:
            yield from _conjuncts(each)
    else:
        yield clause


def _ties(condition: Any) -> bool:
    return (
        isinstance(condition, BinaryExpression)
        and condition.operator is operators.eq
        and getattr(condition.left, "name", "") == "workspace_id"
        and isinstance(condition.right, BindParameter)
        and condition.right.key == WORKSPACE
    )
