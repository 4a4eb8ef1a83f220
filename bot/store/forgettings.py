"""Somebody is forgotten: his rows go, his name leaves all others, and the record says which entries it left.

The tables that only grow let themselves be rewritten while a forgetting has begun and not ended, which
is within one transaction; nothing is ever removed from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Table, Update, bindparam, delete, update

from bot.chat.card import Card
from bot.chat.wire import card_to_wire
from bot.store import agreements, audit
from bot.store.fences import mine
from bot.store.tables import audit as kept_audit
from bot.store.tables import forgettings, outbox, people
from bot.store.traces import Marks, Trace
from bot.store.tx import Tx

_WAITING = ("PENDING", "HELD", "UNKNOWN")
_GONE = json.dumps(card_to_wire(Card("Taken out", "This was said to somebody who was forgotten.")))


async def begin(tx: Tx, instead: str, number: int) -> None:
    """Somebody is being forgotten from here on, until `end`. Whoever stands in his place is known already."""
    tx.insert(forgettings, {"number": number, "member": instead, "begun_at": tx.now})


async def end(tx: Tx, number: int) -> None:
    """He is forgotten."""
    tx.update(forgettings, (number,), {"ended_at": tx.now})


async def take_out(tx: Tx, marks: Marks, number: int, found: Sequence[Trace]) -> Mapping[str, Any]:
    """Take somebody out of every row that was found; what the entry that tells of it has to carry.

    `found` is all there is, as `traces.of` gave it in this transaction.
    """
    lines = [(each.row["seq"], dict(each.instead)) for each in found if each.table is kept_audit]
    for trace in found:
        if trace.table is not kept_audit and not trace.goes:
            await _rewrite(tx, trace, _said(trace, marks, tx.now) if trace.private else dict(trace.instead))
    for trace in reversed(found):
        if trace.goes and trace.table is not people:
            await tx.rows(_deletion(trace.table), **_key(trace))
    for trace in found:
        if trace.goes and trace.table is people:
            await tx.rows(_deletion(people), **_key(trace))
    vouched = await audit.redact(tx, number, [line for line in lines if line[1]])
    await agreements.read_anew(tx)
    return vouched


def _said(trace: Trace, marks: Marks, now: datetime) -> dict[str, Any]:
    """A message that only he read: that it was said, and when; not what, and not where."""
    if trace.table is not outbox:
        return {**trace.instead, "card": _GONE}
    values = {**trace.instead, "card": _GONE, "place_name": marks.instead.name, "message_ref": None}
    if trace.row["state"] in _WAITING:
        why = "whom it was for was forgotten"
        values |= {"state": "DROPPED", "held_until": None, "ended_at": now, "why": why}
    return values


async def _rewrite(tx: Tx, trace: Trace, values: Mapping[str, Any]) -> None:
    keys = {column.name for column in trace.table.primary_key}
    if not keys.intersection(values):
        tx.update(trace.table, trace.key, values)
        return
    given = {f"new_{name}": value for name, value in values.items()}
    await tx.rows(_change(trace.table, tuple(values)), **_key(trace), **given)


def _key(trace: Trace) -> dict[str, Any]:
    names = (column.name for column in trace.table.primary_key if column.name != "workspace_id")
    return {f"old_{name}": value for name, value in zip(names, trace.key, strict=True)}


_deletions: dict[Table, Delete] = {}
_changes: dict[tuple[Table, tuple[str, ...]], Update] = {}


def _deletion(table: Table) -> Delete:
    if table not in _deletions:
        _deletions[table] = delete(table).where(mine(table), *_at(table))
    return _deletions[table]


def _change(table: Table, names: tuple[str, ...]) -> Update:
    if (table, names) not in _changes:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        _changes[table, names] = update(table).where(mine(table), *_at(table)).values(values)
    return _changes[table, names]


def _at(table: Table) -> list[Any]:
    return [each == bindparam(f"old_{each.name}") for each in table.primary_key if each.name != "workspace_id"]
