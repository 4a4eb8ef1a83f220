"""Sales, as they were reported or won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import deals, items
from bot.store.tx import Tx
from slacore.deals import Deal
from slacore.errors import Refusal
from slacore.money import Money

_it = deals.c
_FIELDS = tuple(each.name for each in fields(Deal) if each.name != "price")
_OF_PROMISE = (
    select(deals)
    .where(
        mine(deals),
        _it.agreement == bindparam("agreement"),
        _it.commitment == bindparam("commitment"),
        _it.withdrawn_at.is_(None),
    )
    .order_by(_it.closed_on, _it.number)
)
_OF_ITEM = select(deals).where(mine(deals), _it.item == bindparam("of"), _it.withdrawn_at.is_(None))


_WITHOUT = (
    select(items.c.number)
    .where(
        mine(items),
        items.c.number > bindparam("after"),
        items.c.outcome != "",
        items.c.number.not_in(select(_it.item).where(mine(deals), _it.item.is_not(None))),
    )
    .order_by(items.c.number)
    .limit(bindparam("most"))
)


async def find(tx: Tx, number: int) -> Deal:
    """The sale people call `W-<number>`; refuses a number that was never given."""
    row = await tx.get(deals, number)
    if row is None:
        raise Refusal(f"There is no W-{number}.", "Say `deals` to see those on record.", field="key")
    return _deal(row)


async def of_promise(tx: Tx, agreement: str, commitment: str) -> tuple[Deal, ...]:
    """The sales of one promise's units and beside them that count, in the order in which they were closed."""
    return tuple(map(_deal, await tx.rows(_OF_PROMISE, agreement=agreement, commitment=commitment)))


async def of_item(tx: Tx, item: int) -> Deal | None:
    """The sale that an item came to, as it is kept."""
    found = await tx.rows(_OF_ITEM, of=item)
    return _deal(found[0]) if found else None


async def without_sale(tx: Tx, after: int, most: int) -> tuple[int, ...]:
    """Items above a number of which an outcome was said and no sale was ever kept, the lowest first."""
    return tuple(row["number"] for row in await tx.rows(_WITHOUT, after=after, most=most))


async def add(tx: Tx, deal: Deal) -> None:
    """Keep a new sale."""
    tx.insert(deals, _row(deal))


async def save(tx: Tx, before: Deal, after: Deal) -> None:
    """Keep what changed of a sale."""
    was = _row(before)
    tx.update(deals, (before.number,), {name: new for name, new in _row(after).items() if new != was[name]})


def _row(deal: Deal) -> dict[str, Any]:
    price = (None, "") if deal.price is None else (deal.price.amount, deal.price.currency)
    return {**{name: getattr(deal, name) for name in _FIELDS}, "amount": price[0], "currency": price[1]}


def _deal(row: Mapping[str, Any]) -> Deal:
    price = None if row["amount"] is None else Money(row["amount"], row["currency"])
    return Deal(price=price, **{name: row[name] for name in _FIELDS})
