"""Items and their ledgers: the rows are the newest telling, the entries what it is told from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, func, select

from bot.store.fences import mine
from bot.store.tables import BEING_ACTED_ON, item_entries, items
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.items import Change, Entry, Handed, Item, retell

_HANDED = tuple(each.name for each in fields(Handed))
_it, _entry = items.c, item_entries.c

_OF_HANDOFF = select(items).where(mine(items), _it.handoff == bindparam("handoff")).order_by(_it.number)
_NUMBERED = select(items).where(mine(items), _it.number.in_(bindparam("numbers", expanding=True))).order_by(_it.number)
_ENTRIES = (
    select(item_entries)
    .where(mine(item_entries), _entry.item.in_(bindparam("numbers", expanding=True)))
    .order_by(_entry.item, _entry.seq)
)
_ANY_OF = select(_it.number).where(mine(items), _it.handoff == bindparam("handoff")).limit(1)
_LOADS = (
    select(_it.owner, func.count().label("held"))
    .where(mine(items), BEING_ACTED_ON, _it.owner.in_(bindparam("owners", expanding=True)))
    .group_by(_it.owner)
)
_LAST_OWNER = (
    select(_it.owner)
    .where(mine(items), _it.agreement == bindparam("agreement"), _it.receiver == bindparam("receiver"), _it.owner != "")
    .order_by(_it.number.desc())
    .limit(1)
)
_NAMED = (
    select(_it.number, _it.name)
    .where(mine(items), _it.agreement.in_(bindparam("agreements", expanding=True)))
    .order_by(_it.number.desc())
    .limit(bindparam("most"))
)
_MOST = 500
"""Numbers that one statement asks for."""


def need(number: int) -> Need:
    """What `find` will ask for first."""
    return items, (number,)


async def find(tx: Tx, number: int) -> Item:
    """The item people call `L-<number>`; refuses a number that was never given."""
    row = await tx.get(items, number)
    if row is None:
        raise Refusal(f"There is no L-{number}.", "Say `mine` to see what you owe.", field="key")
    return retell(_handed(row), await entries(tx, number))


async def find_many(tx: Tx, numbers: Iterable[int]) -> tuple[Item, ...]:
    """Items by their numbers, in rising order; refuses a number that was never given."""
    wanted = sorted(set(numbers))
    found: list[Item] = []
    for start in range(0, len(wanted), _MOST):
        some = wanted[start : start + _MOST]
        rows = {row["number"]: row for row in await tx.rows(_NUMBERED, numbers=some)}
        if missing := [number for number in some if number not in rows]:
            raise Refusal(f"There is no L-{missing[0]}.", "Check the numbers.", field="key")
        ledgers = await _ledgers(tx, some)
        found += [retell(_handed(rows[number]), ledgers[number]) for number in some]
    return tuple(found)


async def handed(tx: Tx, numbers: Iterable[int]) -> dict[int, Handed]:
    """What items are, without their ledgers; of numbers that were given."""
    wanted = list(dict.fromkeys(numbers))
    rows = await tx.get_many(items, [(number,) for number in wanted])
    return {number: _handed(row) for number, row in zip(wanted, rows, strict=True) if row is not None}


async def of_handoff(tx: Tx, handoff: int) -> tuple[Item, ...]:
    """The items that came with a handoff, in order."""
    rows = await tx.rows(_OF_HANDOFF, handoff=handoff)
    found: list[Item] = []
    for start in range(0, len(rows), _MOST):
        some = rows[start : start + _MOST]
        ledgers = await _ledgers(tx, [row["number"] for row in some])
        found += [retell(_handed(row), ledgers[row["number"]]) for row in some]
    return tuple(found)


async def any_of(tx: Tx, handoff: int) -> bool:
    """Whether a handoff listed items at all."""
    return bool(await tx.rows(_ANY_OF, handoff=handoff))


async def named(tx: Tx, agreements: Iterable[str], most: int) -> tuple[tuple[int, str], ...]:
    """The newest items of some agreements, by number, with what they are called; the newest first."""
    rows = await tx.rows(_NAMED, agreements=list(agreements), most=most)
    return tuple((row["number"], row["name"]) for row in rows)


async def entries(tx: Tx, number: int) -> tuple[Entry, ...]:
    """An item's ledger, in the order it was said."""
    return tuple((await _ledgers(tx, [number]))[number])


async def add(tx: Tx, change: Change, *, being_acted_on: bool) -> None:
    """Keep a new item with the entries its ledger begins with."""
    item, new = change
    handed = {name: getattr(item.handed, name) for name in _HANDED}
    tx.insert(items, {**handed, **_told(item, being_acted_on=being_acted_on)})
    _write(tx, item, new)


async def change(tx: Tx, change: Change, *, being_acted_on: bool) -> None:
    """Keep what an act made of an item, with the entries that say so."""
    item, new = change
    tx.update(items, (item.handed.number,), _told(item, being_acted_on=being_acted_on))
    _write(tx, item, new)


async def loads(tx: Tx, owners: Iterable[str]) -> dict[str, int]:
    """How many items each of these people has to act on now."""
    wanted = list(owners)
    held = {row["owner"]: row["held"] for row in await tx.rows(_LOADS, owners=wanted)}
    return {owner: held.get(owner, 0) for owner in wanted}


async def last_owner(tx: Tx, agreement: str, receiver: str) -> str:
    """Who got the newest item that a party was given and that has an owner; "" where none has."""
    found = await tx.rows(_LAST_OWNER, agreement=agreement, receiver=receiver)
    return str(found[0]["owner"]) if found else ""


async def _ledgers(tx: Tx, numbers: list[int]) -> Mapping[int, list[Entry]]:
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in await tx.rows(_ENTRIES, numbers=numbers):
        found[row["item"]].append(_read(row))
    return found


def _write(tx: Tx, item: Item, new: Iterable[Entry]) -> None:
    for entry in new:
        tx.insert(
            item_entries,
            {
                "item": item.handed.number,
                "seq": entry.seq,
                "happened": entry.happened,
                "done_by": entry.by,
                "occurred_at": entry.occurred_at,
                "logged_at": entry.logged_at,
                "goes_to": entry.to,
                "note": entry.note,
                "about": entry.about,
                "amount": entry.amount,
                "until_at": entry.until_at,
            },
        )


def _told(item: Item, *, being_acted_on: bool) -> dict[str, Any]:
    return {
        "owner": item.owner,
        "stage": item.stage,
        "score": item.score,
        "outcome": item.outcomes[-1].to if item.outcomes else "",
        "standing": item.standing,
        "being_acted_on": being_acted_on,
        "revision": item.revision,
    }


def _handed(row: Mapping[str, Any]) -> Handed:
    return Handed(**{name: row[name] for name in _HANDED})


def _read(row: Mapping[str, Any]) -> Entry:
    return Entry(
        row["seq"],
        row["happened"],
        row["done_by"],
        row["occurred_at"],
        row["logged_at"],
        row["goes_to"],
        row["note"],
        row["about"],
        row["amount"],
        row["until_at"],
    )
