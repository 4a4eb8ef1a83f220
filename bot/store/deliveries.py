"""Which rows of the outbox may be carried out now, and by whom.

A claim is committed before the call, under an owner and a lease. Writers of a workspace take
turns, so what is read here holds until the commit. Within a conversation the oldest row that is
not over goes first and the others wait for it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.exc import DBAPIError

from bot.chat.card import Card
from bot.chat.wire import Unreadable
from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.moments import UtcDateTime
from bot.store.outbox import OVER, Letter, letter_of, spelled
from bot.store.outcomes import LONGEST_WAIT, QUARANTINE, backoff, pause
from bot.store.tables import NOT_OVER, conversations, obligations, outbox
from bot.store.transaction import RowGone
from bot.store.tx import Tx
from slacore.obligations import SETTLED

_log = logging.getLogger(__name__)

_SKEW = timedelta(minutes=1)

_it, _talk = outbox.c, conversations.c
_now: BindParameter[datetime] = bindparam("now", type_=UtcDateTime)
_ahead: BindParameter[datetime] = bindparam("ahead", type_=UtcDateTime)
_far: BindParameter[datetime] = bindparam("far", type_=UtcDateTime)
_paused = and_(_talk.not_before > _now, _talk.paused_at <= _now)  # a pause set in the future: the clock went back
_timely = or_(_it.not_before.is_(None), _it.not_before <= _now)
_first_by = or_(_it.not_before.is_(None), _it.not_before <= _talk.not_before)
_moment = case(
    (_it.state == "HELD", _it.held_until),
    (and_(_it.state == "PENDING", _paused, _first_by), _talk.not_before),
    (_it.state == "PENDING", _it.not_before),
    (_it.state == "UNKNOWN", _it.look_at),
    else_=_it.lease_until,
)
_stirs = or_(
    and_(_it.state == "HELD", _it.held_until <= _now),
    and_(_it.state.in_(("SENDING", "RECONCILING")), or_(_it.lease_until <= _now, _it.started_at > _ahead)),
    and_(_it.state == "UNKNOWN", or_(_it.look_at <= _now, _it.look_at > _far)),
)
_talks = outbox.outerjoin(
    conversations, and_(_talk.workspace_id == _it.workspace_id, _talk.conversation == _it.conversation)
)
_DUE_ANYWHERE = (
    select(_it.workspace_id)
    .select_from(_talks)
    .where(
        NOT_OVER,
        or_(
            _stirs,
            and_(
                _it.state == "PENDING",
                _timely,
                _it.platform.in_(bindparam("platforms", expanding=True)),
                or_(_talk.not_before.is_(None), ~_paused),
            ),
        ),
    )
    .distinct()
)
_NEXT_ANYWHERE = select(func.min(_moment).label("at")).select_from(_talks).where(NOT_OVER, _moment > _now)
# In the order of the index of what is not over: in another, SQLite would walk through all that was ever said.
_STIRRING = select(outbox).where(mine(outbox), NOT_OVER, _stirs).order_by(_it.conversation, _it.number)
_heads = (
    select(func.min(_it.number).label("head"))
    .where(
        mine(outbox),
        NOT_OVER,
        _it.state != "HELD",
        or_(_it.state != "PENDING", _timely),
        _it.platform.in_(bindparam("platforms", expanding=True)),
    )
    .group_by(_it.conversation)
    .subquery()
)
_READY: Select[Any] = (
    select(outbox)
    .select_from(
        outbox.join(_heads, _heads.c.head == _it.number).outerjoin(
            conversations, and_(mine(conversations), _talk.conversation == _it.conversation)
        )
    )
    .where(mine(outbox), _it.state == "PENDING", or_(_talk.not_before.is_(None), ~_paused))
    .order_by(_it.number)
    .limit(bindparam("most"))
)
_STARTED = (
    select(_it.started_at)
    .where(
        mine(outbox),
        _it.conversation == bindparam("talk"),
        _it.started_at > bindparam("since"),
        _it.started_at <= _now,
    )
    .order_by(_it.started_at.desc())
    .limit(bindparam("most"))
)
_SERIES = (
    select(_it.number, _it.state, _it.action, _it.message_ref, _it.possible_repeat)
    .where(
        mine(outbox),
        _it.series == bindparam("of"),
        _it.number < bindparam("before"),
        or_(_it.action == "post", _it.state == "SENT"),
    )
    .order_by(_it.number.desc())
)
_NEWER = (
    select(_it.number)
    .where(
        mine(outbox),
        NOT_OVER,
        _it.newest_of == bindparam("of"),
        _it.number > bindparam("after"),
        _it.state == "PENDING",
        _timely,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `most` messages of one conversation begin within any stretch of this length."""

    most: int
    within: timedelta


Paces = Mapping[str, tuple[Pace, ...]]
Relevance = Callable[[Tx, Letter], Awaitable[str | None]]
"""Tells why a message need not be said any more, or None."""
Draw = Callable[[Tx, Letter], Awaitable[Card | None]]
"""Draws what a message says as it is true now; None where it is said as it was written."""


async def as_written(_: Tx, __: Letter) -> Card | None:
    """Say everything as it was written."""
    return None


@dataclass(frozen=True, slots=True)
class Claiming:
    """Who claims, until when the claim holds, for which platforms, how fast, and what he still has in hand."""

    owner: str
    lease: timedelta
    paces: Paces
    relevance: Relevance
    in_flight: Collection[int] = ()
    most: int = 20
    draw: Draw = as_written


async def workspaces_due(view: Everywhere, now: datetime, platforms: Collection[str]) -> tuple[str, ...]:
    """The workspaces in which something may be said, released, given up or looked up now."""
    rows = await view.rows(
        _DUE_ANYWHERE, now=now, ahead=now + _SKEW, far=now + _SKEW + LONGEST_WAIT, platforms=list(platforms)
    )
    return tuple(sorted(row["workspace_id"] for row in rows))


async def next_at(view: Everywhere, now: datetime) -> datetime | None:
    """The first moment after `now` at which something may be said, released, given up or looked up."""
    return (await view.rows(_NEXT_ANYWHERE, now=now))[0]["at"]  # type: ignore[no-any-return]


async def claim(tx: Tx, now: datetime, claiming: Claiming) -> list[Letter]:
    """Take what may go now: letters to send (SENDING) and letters to look up (RECONCILING).

    On the way, what was held is released, what a stopped sender left behind becomes unknown, and
    what need not be said any more is dropped with the reason.
    """
    taken = await _stir(tx, now, claiming)
    while len(taken) < claiming.most:
        room = claiming.most - len(taken)
        rows = await tx.rows(_READY, now=now, platforms=list(claiming.paces), most=room)
        sendable = [(row, letter) for row in rows if (letter := await _may_go(tx, now, row, claiming)) is not None]
        letters = [await _take(tx, now, row, letter, claiming) for row, letter in sendable]
        going = [letter for letter in letters if letter.state == "SENDING"]
        taken += going
        if len(going) == len(rows):
            break
    return taken


async def _stir(tx: Tx, now: datetime, claiming: Claiming) -> list[Letter]:
    """Release what was held long enough, give up leases that ran out, take what is to be looked up."""
    taken: list[Letter] = []
    for row in await tx.rows(_STIRRING, now=now, ahead=now + _SKEW, far=now + _SKEW + LONGEST_WAIT):
        key, state = (row["number"],), row["state"]
        if state == "HELD":
            tx.update(outbox, key, {"state": "PENDING", "held_until": None})
            continue
        if state != "UNKNOWN" and row["owner"] == claiming.owner and row["number"] in claiming.in_flight:
            continue
        if state == "SENDING":
            tx.update(outbox, key, {**_given_up(row, now), "lease_until": None})
            continue
        if len(taken) < claiming.most and row["platform"] in claiming.paces:
            values = {"state": "RECONCILING", "owner": claiming.owner, "lease_until": now + claiming.lease}
            tx.update(outbox, key, values)
            taken.append(letter_of(tx.workspace, {**row, **values}))
    return taken


def _given_up(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    why = "its sender stopped before it heard the answer"
    if row["action"] == "edit":
        return {"state": "PENDING", "why": why}
    wait = backoff(QUARANTINE, row["attempts"], row["delivery_id"])
    return {"state": "UNKNOWN", "look_at": now + wait, "why": why}


async def _may_go(tx: Tx, now: datetime, row: Mapping[str, Any], claiming: Claiming) -> Letter | None:
    """Drop what is over, let what is too fast wait, and give the letter that may go."""
    try:
        letter = letter_of(tx.workspace, row)
    except Unreadable as error:
        # A newer version wrote it, and one of its replicas will say it; the others do not wait for that.
        await pause(tx, row["conversation"], now, now + _SKEW, str(error))
        return None
    if reason := await _needless(tx, now, letter, claiming.relevance):
        tx.update(outbox, (row["number"],), {**OVER, "ended_at": now, "why": reason})
        return None
    free_at = await _free_at(tx, now, row["conversation"], claiming.paces[row["platform"]])
    if free_at > now:
        await pause(tx, row["conversation"], now, free_at, "not to be faster than the platform allows")
        return None
    return letter


async def _needless(tx: Tx, now: datetime, letter: Letter, relevance: Relevance) -> str | None:
    if letter.drop_if_settled and letter.about_obligation is not None:
        owed = await tx.get(obligations, letter.about_obligation)
        if owed is not None and (owed["done_at"] is not None or owed["state"] in SETTLED):
            return "settled before it was said"
    if letter.newest_of and await tx.rows(_NEWER, of=letter.newest_of, after=letter.number, now=now):
        return "a newer one was said instead"
    try:
        return await relevance(tx, letter)
    except (DBAPIError, RowGone):
        raise
    except Exception:  # noqa: BLE001 -- one question nobody can answer must not silence everybody
        _log.exception("whether %s is still wanted cannot be told, so it is said", letter.delivery_id)
        return None


async def _take(tx: Tx, now: datetime, row: Mapping[str, Any], letter: Letter, claiming: Claiming) -> Letter:
    values: dict[str, Any] = {
        "state": "SENDING",
        "owner": claiming.owner,
        "lease_until": now + claiming.lease,
        "attempts": row["attempts"] + 1,
        "started_at": now,
        "look_at": None,
    }
    if row["action"] == "edit":
        values |= await _what_to_edit(tx, now, row)
    if (card := await _drawn(tx, letter, claiming.draw)) is not None:
        values["card"] = spelled(card)
    tx.update(outbox, (row["number"],), values)
    return letter_of(tx.workspace, {**row, **values}, card or letter.card)


async def _drawn(tx: Tx, letter: Letter, draw: Draw) -> Card | None:
    """What is said, as it is true now; as it was written, where it cannot be drawn."""
    try:
        return await draw(tx, letter)
    except (DBAPIError, RowGone):
        raise
    except Exception:  # noqa: BLE001 -- what was written is still true, if shorter
        _log.exception("%s cannot be drawn, so it is said as it was written", letter.delivery_id)
        return None


async def _what_to_edit(tx: Tx, now: datetime, row: Mapping[str, Any]) -> dict[str, Any]:
    """Find the message that an edit is about, as it was last said; where none arrived, say it anew or not at all."""
    earlier = await tx.rows(_SERIES, of=row["series"], before=row["number"])
    post = next((each for each in earlier if each["action"] == "post"), None)
    if post is not None and post["state"] == "SENT":
        newest = next(each for each in earlier if each["state"] == "SENT")
        # What may stand there twice says so for good: the other copy is not changed any more.
        return {"message_ref": newest["message_ref"], "possible_repeat": newest["possible_repeat"]}
    if row["edit_only"]:
        over = {"lease_until": None, "ended_at": now, "why": "there was no message to change"}
        return {**OVER, **over}
    return {"action": "post"}


async def _free_at(tx: Tx, now: datetime, conversation: str, paces: tuple[Pace, ...]) -> datetime:
    """When the next message may begin: the platform's limits, counted over the attempts on record."""
    if not paces:
        return now
    longest, most = max(pace.within for pace in paces), max(pace.most for pace in paces)
    rows = await tx.rows(_STARTED, talk=conversation, since=now - longest, now=now, most=most)
    starts = [row["started_at"] for row in rows]
    full = [starts[pace.most - 1] + pace.within for pace in paces if len(starts) >= pace.most]
    return max(full, default=now)
