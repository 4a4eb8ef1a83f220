"""What was said in the rooms of the rehearsal, and how far everybody has read.

Slack and Teams keep their messages themselves; for the browser's rooms the store does. Message
ids and revisions are drawn from one count of the workspace, in the transaction that writes them,
and a workspace is written by one transaction at a time: whoever has seen revision N has seen
everything before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_

from bot.chat.card import Card
from bot.chat.said import Said
from bot.chat.talk import Place
from bot.chat.wire import card_from_wire, card_to_wire
from bot.store.fences import mine
from bot.store.tables import counters, web_messages, web_reads
from bot.store.tx import Tx

_COUNT = "web"
_message, _read = web_messages.c, web_reads.c
_where = (_message.place_kind == bindparam("kind")) & (_message.place_id == bindparam("place"))
_in_places = tuple_(_message.place_kind, _message.place_id).in_(bindparam("places", expanding=True))

_BY_DELIVERY = select(web_messages).where(mine(web_messages), _message.delivery_id == bindparam("delivery"))
_NEWEST = (
    select(web_messages)
    .where(mine(web_messages), _where, _message.thread == bindparam("thread"), _message.id < bindparam("before"))
    .order_by(_message.id.desc())
    .limit(bindparam("most"))
)
_CHANGED = (
    select(web_messages)
    .where(mine(web_messages), _in_places, _message.revision > bindparam("since"))
    .order_by(_message.revision)
    .limit(bindparam("most"))
)
_LAST_ID = select(func.max(_message.id).label("last")).where(mine(web_messages), _where)
_UNREAD = (
    select(_message.place_kind, _message.place_id, func.count().label("unread"))
    .select_from(
        web_messages.outerjoin(
            web_reads,
            mine(web_reads)
            & tuple_(_read.member, _read.place_kind, _read.place_id).in_(bindparam("readers", expanding=True))
            & (_read.place_kind == _message.place_kind)
            & (_read.place_id == _message.place_id),
        )
    )
    .where(mine(web_messages), _in_places, _message.id > func.coalesce(_read.up_to, 0))
    .group_by(_message.place_kind, _message.place_id)
)
_NEVER = 2**62


async def insert(tx: Tx, place: Place, card: Card, *, delivery_id: str, ref: str, at: datetime) -> Said:
    """Keep a message. The same delivery again gives the first one back and changes nothing."""
    known = await find(tx, delivery_id)
    if known is not None:
        return known
    number = await tx.next_number(_COUNT)
    said = Said(number, number, place, card, delivery_id, ref, at)
    tx.insert(
        web_messages,
        {
            "id": number,
            "revision": number,
            "place_kind": place.kind,
            "place_id": place.id,
            "place_name": place.name,
            "thread": place.thread,
            "card": _spelled(card),
            "delivery_id": delivery_id,
            "ref": ref,
            "said_at": at,
        },
    )
    root = await tx.get(web_messages, int(place.thread)) if place.thread.isdecimal() else None
    if root is not None:
        hung = {"replies": root["replies"] + 1, "revision": await tx.next_number(_COUNT)}
        tx.update(web_messages, (root["id"],), hung)
    return said


async def edit(tx: Tx, message: int, card: Card, *, delivery_id: str, at: datetime) -> Said | None:
    """Replace what a message says; None where there is none. The edit applied last is not applied again."""
    row = await tx.get(web_messages, message)
    if row is None:
        return None
    if row["last_edit"] != delivery_id:
        changed = {
            "card": _spelled(card),
            "last_edit": delivery_id,
            "edited_at": at,
            "revision": await tx.next_number(_COUNT),
        }
        tx.update(web_messages, (message,), changed)
        row = {**row, **changed}
    return _said(tx, row)


async def find(tx: Tx, delivery_id: str) -> Said | None:
    """The message that a delivery made, if it did."""
    found = await tx.rows(_BY_DELIVERY, delivery=delivery_id)
    return _said(tx, found[0]) if found else None


async def get(tx: Tx, message: int) -> Said | None:
    """One message by id."""
    row = await tx.get(web_messages, message)
    return None if row is None else _said(tx, row)


async def newest(tx: Tx, place: Place, before: int | None, most: int) -> tuple[Said, ...]:
    """The newest messages of a place, or of the thread it names, before an id; oldest first."""
    found = await tx.rows(
        _NEWEST,
        kind=place.kind,
        place=place.id,
        thread=place.thread,
        before=_NEVER if before is None else before,
        most=most,
    )
    return tuple(_said(tx, row) for row in reversed(found))


async def changed(tx: Tx, places: Sequence[Place], since: int, most: int) -> tuple[Said, ...]:
    """What was said or edited in any of the places after a revision, in the order it happened."""
    found = await tx.rows(_CHANGED, places=_pairs(places), since=since, most=most)
    return tuple(_said(tx, row) for row in found)


async def latest(tx: Tx) -> int:
    """The highest revision there is; 0 in an empty workspace."""
    row = await tx.get(counters, _COUNT)
    return 0 if row is None else int(row["last"])


async def has_read(tx: Tx, member: str, place: Place) -> bool:
    """Whether somebody has seen everything in a place."""
    return await _read_up_to(tx, member, place) >= await _last_in(tx, place)


async def mark_read(tx: Tx, member: str, place: Place) -> None:
    """Remember that somebody has seen everything in a place."""
    key = (member, place.kind, place.id)
    last = await _last_in(tx, place)
    if await tx.get(web_reads, *key) is None:
        tx.insert(web_reads, {"member": member, "place_kind": place.kind, "place_id": place.id, "up_to": last})
    else:
        tx.update(web_reads, key, {"up_to": last})


async def unread(tx: Tx, member: str, places: Sequence[Place]) -> dict[tuple[str, str], int]:
    """How many messages somebody has not seen, by kind and id of the place; none where there are none."""
    return await _unread(tx, [(member, place) for place in places])


async def unread_by(tx: Tx, places: Mapping[str, Place]) -> dict[str, int]:
    """How many messages each of several people has not seen, each in a place of his own."""
    found = await _unread(tx, list(places.items()))
    return {member: found.get((place.kind, place.id), 0) for member, place in places.items()}


async def _unread(tx: Tx, readers: Sequence[tuple[str, Place]]) -> dict[tuple[str, str], int]:
    pairs = _pairs([place for _, place in readers])
    marks = [(member, *pair) for (member, _), pair in zip(readers, pairs, strict=True)]
    found = await tx.rows(_UNREAD, readers=marks, places=pairs)
    return {(row["place_kind"], row["place_id"]): row["unread"] for row in found}


async def _read_up_to(tx: Tx, member: str, place: Place) -> int:
    row = await tx.get(web_reads, member, place.kind, place.id)
    return 0 if row is None else int(row["up_to"])


async def _last_in(tx: Tx, place: Place) -> int:
    found = await tx.rows(_LAST_ID, kind=place.kind, place=place.id)
    return int(found[0]["last"] or 0)


def _pairs(places: Sequence[Place]) -> list[tuple[str, str]]:
    return [(place.kind, place.id) for place in places]


def _spelled(card: Card) -> str:
    return json.dumps(card_to_wire(card), separators=(",", ":"))


def _said(tx: Tx, row: Mapping[str, Any]) -> Said:
    return Said(
        id=row["id"],
        revision=row["revision"],
        place=Place(tx.workspace, "web", row["place_kind"], row["place_id"], row["place_name"], row["thread"]),
        card=card_from_wire(json.loads(row["card"])),
        delivery_id=row["delivery_id"],
        ref=row["ref"],
        said_at=row["said_at"],
        edited_at=row["edited_at"],
        replies=row["replies"],
    )
