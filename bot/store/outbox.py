"""What is to be said, kept in the transaction of the fact that caused it, and what became of it.

A row is one post, or one edit of an earlier post of the same series. How rows are carried out is
in `deliveries`, what of it nobody has heard in `unheard`; here they are written and found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from sqlalchemy import bindparam, func, or_, select, update

from bot.chat.card import Card
from bot.chat.messenger import MessageRef
from bot.chat.talk import Place
from bot.chat.wire import card_from_wire, card_to_wire, ref_from_wire
from bot.store.fences import mine
from bot.store.tables import outbox
from bot.store.transaction import Need
from bot.store.tx import Tx, counting

TOPIC = "outbox"
"""Announced with every saying; the delivery wakes at it."""

SUPERSEDED = "superseded by a newer change"
"""Why an edit went unsaid: a later one says all of it."""
FOLDED = "folded into the digest"
"""Why something went unsaid although it could have been said."""

OVER = {"state": "DROPPED", "held_until": None}
"""What a row becomes that is not to be said after all; with when and why."""

Action = Literal["post", "edit"]
Kind = Literal["receipt", "report", "preview", "nudge", "digest", "escalation", "breach", "benchmark", "note", "health"]
State = Literal["PENDING", "HELD", "SENDING", "SENT", "DEAD", "UNKNOWN", "RECONCILING", "DROPPED"]

_COUNT = "outbox"
_spell = json.JSONEncoder(separators=(",", ":")).encode
NEED = counting(_COUNT)
"""What saying something will ask for."""
_it = outbox.c
_SO_FAR = (
    select(_it.number, _it.state, _it.action, _it.dedupe_key)
    .where(
        mine(outbox),
        _it.series == bindparam("of"),
        or_(_it.action == "post", _it.state.in_(("PENDING", "HELD")), _it.dedupe_key == bindparam("key")),
    )
    .order_by(_it.number.desc())
)
_POSTED_TO = select(func.count().label("posts")).where(
    mine(outbox),
    _it.person == bindparam("whom"),
    _it.person.is_not(None),
    _it.created_at >= bindparam("since"),
    _it.action == "post",
    _it.level < bindparam("below"),
    _it.state.not_in(("DROPPED", "DEAD")),
)
_SHOWN = (
    select(outbox)
    .where(mine(outbox), _it.conversation == bindparam("said_in"), _it.started_at.is_not(None), _it.state == "SENT")
    .order_by(_it.started_at.desc(), _it.number.desc())
    .limit(200)
)
_RENAME = (
    update(outbox)
    .where(
        mine(outbox),
        _it.state != "SENT",
        _it.platform == bindparam("on"),
        _it.place_kind == "channel",
        _it.place_id == bindparam("id"),
    )
    .values(place_name=bindparam("called"))
)
_OF_SERIES = select(outbox).where(mine(outbox), _it.series == bindparam("of")).order_by(_it.number)

_NEWEST = (
    select(outbox)
    .where(
        mine(outbox),
        _it.person == bindparam("whom"),
        _it.created_at > bindparam("since"),
        _it.kind == bindparam("of_kind"),
        _it.state.not_in(("DROPPED", "DEAD")),
    )
    .order_by(_it.number.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to be said.

    `dedupe_key` is unique: (object, occurrence, step, recipient); saying it twice says it once.
    `series` names the message that is edited in place ("receipt:H-41@web:#smarketing"). An "edit"
    brings that message up to date, or says it anew where it never arrived; with `edit_only` it is
    then left unsaid. `person` is the member who hears it, "" for a channel. `about_obligation` with
    `drop_if_settled` lets it go unsaid once nobody needs to hear it. `held_until` keeps it back
    (quiet hours), for `hold_reason`. Of those that share `newest_of`, only the newest is said
    when several are due at once. `late` says that the card is marked late.
    """

    dedupe_key: str
    place: Place
    card: Card
    kind: Kind
    series: str = ""
    action: Action = "post"
    edit_only: bool = False
    level: int = 0
    person: str = ""
    about_obligation: int | None = None
    drop_if_settled: bool = False
    not_before: datetime | None = None
    held_until: datetime | None = None
    hold_reason: str = ""
    newest_of: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox: what is said where, and how far it has come."""

    number: int
    dedupe_key: str
    delivery_id: str
    series: str
    action: Action
    edit_only: bool
    place: Place
    conversation: str
    card: Card
    ref: str
    kind: Kind
    level: int
    person: str
    about_obligation: int | None
    drop_if_settled: bool
    newest_of: str
    late: bool
    possible_repeat: bool
    state: State
    created_at: datetime
    not_before: datetime | None
    held_until: datetime | None
    hold_reason: str
    owner: str
    attempts: int
    started_at: datetime | None
    message: MessageRef | None
    sent_at: datetime | None
    why: str


async def say(tx: Tx, saying: Saying) -> int:
    """Say something once the transaction commits; the number of the row that will carry it.

    A key that was said before adds nothing. An edit of what has not gone out yet changes what
    goes out; a newer edit takes the place of one that still waits.
    """
    tx.announce(TOPIC)
    if saying.action == "post" or not saying.series:
        return await _write(tx, saying, "post")
    so_far = await tx.rows(_SO_FAR, of=saying.series, key=saying.dedupe_key)
    said = next((row for row in so_far if row["dedupe_key"] == saying.dedupe_key), None)
    post = next((row for row in so_far if row["action"] == "post"), None)
    if said is not None:
        if saying.edit_only or post is not None or said["state"] != "DROPPED":
            return int(said["number"])
        # It was an edit of nothing, which said nothing; now it is to be said.
        saying = replace(saying, dedupe_key=f"{saying.dedupe_key}:said")
    if post is not None and post["state"] in ("PENDING", "HELD"):
        tx.update(outbox, (post["number"],), {**_holding(saying), **_wording(saying)})
        return int(post["number"])
    if post is None or post["state"] in ("DROPPED", "DEAD"):
        if saying.edit_only:
            return await _write(tx, saying, "edit", dropped="there was no message to change")
        return await _write(tx, saying, "post")
    for row in so_far:
        if row["action"] == "edit" and row["state"] in ("PENDING", "HELD"):
            tx.update(outbox, (row["number"],), {**OVER, "ended_at": tx.now, "why": SUPERSEDED})
    return await _write(tx, saying, "edit")


async def find(tx: Tx, number: int) -> Letter | None:
    """One row by number."""
    row = await tx.get(outbox, number)
    return None if row is None else letter_of(tx.workspace, row)


async def of_series(tx: Tx, series: str) -> tuple[Letter, ...]:
    """Every post and edit of one message, oldest first."""
    return tuple(letter_of(tx.workspace, row) for row in await tx.rows(_OF_SERIES, of=series))


async def newest(tx: Tx, person: str, kind: Kind, since: datetime) -> Letter | None:
    """The last message of a kind that somebody was told, or is about to be, since an instant."""
    found = await tx.rows(_NEWEST, whom=person, of_kind=kind, since=since)
    return letter_of(tx.workspace, found[0]) if found else None


async def shown(tx: Tx, conversation: str) -> tuple[Letter, ...]:
    """What was said in a conversation ("teams:channel:19:…") of late, newest first."""
    return tuple(letter_of(tx.workspace, row) for row in await tx.rows(_SHOWN, said_in=conversation))


async def posts_to(tx: Tx, person: str, since: datetime, *, below_level: int = 2) -> int:
    """How many messages of a person's budget were written since an instant: posts, not edits, below a level."""
    return int((await tx.rows(_POSTED_TO, whom=person, since=since, below=below_level))[0]["posts"])


async def fold(tx: Tx, saying: Saying) -> int:
    """Leave something unsaid because its person's budget of the day is spent; the next digest has it."""
    return await leave_unsaid(tx, saying, FOLDED)


async def leave_unsaid(tx: Tx, saying: Saying, why: str) -> int:
    """Say nothing, and keep what would have been said with the reason, for whoever asks why nobody heard."""
    return await _write(tx, saying, "post", dropped=why)


async def renamed(tx: Tx, platform: str, channel: str, name: str) -> None:
    """A channel is called otherwise: what still waits to be said there, or never was, is told of by that name."""
    await tx.rows(_RENAME, on=platform, id=channel, called=name)


def of_number(number: int) -> Need:
    """What `find` will ask for."""
    return outbox, (number,)


def delivery_id_of(workspace: str, dedupe_key: str) -> str:
    """The id that travels with a message: the same for every attempt, different for every message."""
    return blake2b(f"{workspace} {dedupe_key}".encode(), digest_size=16, person=b"kept delivery").hexdigest()


def letter_of(workspace: str, row: Mapping[str, Any], card: Card | None = None) -> Letter:
    """Read a row of the outbox; `card` is its card, where that was read before."""
    ref = row["message_ref"]
    return Letter(
        number=row["number"],
        dedupe_key=row["dedupe_key"],
        delivery_id=row["delivery_id"],
        series=row["series"] or "",
        action=row["action"],
        edit_only=row["edit_only"],
        place=place_of(workspace, row),
        conversation=row["conversation"],
        card=card or card_from_wire(json.loads(row["card"])),
        ref=row["ref"],
        kind=row["kind"],
        level=row["level"],
        person=row["person"] or "",
        about_obligation=row["about_obligation"],
        drop_if_settled=row["drop_if_settled"],
        newest_of=row["newest_of"] or "",
        late=row["late"],
        possible_repeat=row["possible_repeat"],
        state=row["state"],
        created_at=row["created_at"],
        not_before=row["not_before"],
        held_until=row["held_until"],
        hold_reason=row["hold_reason"],
        owner=row["owner"],
        attempts=row["attempts"],
        started_at=row["started_at"],
        message=None if ref is None else ref_from_wire(json.loads(ref)),
        sent_at=row["sent_at"],
        why=row["why"],
    )


async def _write(tx: Tx, saying: Saying, action: Action, *, dropped: str = "") -> int:
    number = await tx.next_number(_COUNT)
    place = saying.place
    over = {**OVER, "ended_at": tx.now, "why": dropped} if dropped else {}
    row = {
        "number": number,
        "dedupe_key": saying.dedupe_key,
        "delivery_id": delivery_id_of(tx.workspace, saying.dedupe_key),
        "series": saying.series or None,
        "action": action,
        "edit_only": saying.edit_only,
        "platform": place.platform,
        "place_kind": place.kind,
        "place_id": place.id,
        "place_name": place.name,
        "thread": place.thread,
        "conversation": f"{place.platform}:{place.kind}:{place.id}",
        "person": saying.person or None,
        "about_obligation": saying.about_obligation,
        "newest_of": saying.newest_of or None,
        "created_at": tx.now,
        "not_before": saying.not_before,
        **_holding(saying),
        **_wording(saying),
        **over,
    }
    tx.insert(outbox, row, once=("dedupe_key",))
    return number


def _holding(saying: Saying) -> dict[str, Any]:
    if saying.held_until is None:
        return {"state": "PENDING", "held_until": None, "hold_reason": ""}
    return {"state": "HELD", "held_until": saying.held_until, "hold_reason": saying.hold_reason}


def spelled(card: Card) -> str:
    """A card as it is kept."""
    return _spell(card_to_wire(card))


def _wording(saying: Saying) -> dict[str, Any]:
    return {
        "card": spelled(saying.card),
        "ref": saying.card.ref,
        "kind": saying.kind,
        "level": saying.level,
        "drop_if_settled": saying.drop_if_settled,
        "late": saying.late,
    }


def place_of(workspace: str, row: Mapping[str, Any]) -> Place:
    """Where a row of the outbox is said."""
    return Place(workspace, row["platform"], row["place_kind"], row["place_id"], row["place_name"], row["thread"])
