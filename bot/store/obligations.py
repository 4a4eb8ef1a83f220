"""What is owed, by whom, until when, and the next moment to look at it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import takewhile
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from bot.store import setbacks
from bot.store.fences import mine
from bot.store.tables import UNSETTLED, obligations
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.items import ITEM_KINDS
from slacore.obligations import Obligation
from slacore.standing import MemberCount

_FIELDS = tuple(each.name for each in fields(Obligation))
_values_of = attrgetter(*_FIELDS)
_it = obligations.c

_DUE = (
    select(obligations)
    .select_from(setbacks.beside(obligations))
    .where(mine(obligations), _it.look_again_at <= bindparam("now"), setbacks.ALLOWED)
    .order_by(_it.look_again_at)
    .limit(bindparam("most"))
)
COUNTED = 1_000
"""Duties about items are counted up to so many; beyond it, more is more."""
_ITEMS_AT_ONCE = 50
"""Duties about items that one question brings: the soonest due. There may be a hundred thousand."""


def _open(*those: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """What is open and fits, soonest due first: all that is about no item, and some that is."""
    base = select(obligations).where(mine(obligations), UNSETTLED, *those).order_by(_it.due_at)
    kinds = sorted(ITEM_KINDS)
    return base.where(_it.kind.not_in(kinds)), base.where(_it.kind.in_(kinds)).limit(_ITEMS_AT_ONCE)


_ALL_OF_OWNER = (
    select(obligations).where(mine(obligations), UNSETTLED, _it.owner == bindparam("owner")).order_by(_it.due_at)
)
_OF_OWNER = _open(_it.owner == bindparam("owner"))
_OF_AGREEMENT = _open(_it.agreement == bindparam("agreement"))
_OPEN_OF_PROMISE = _OF_AGREEMENT[0].where(_it.commitment == bindparam("commitment"), _it.kind == "slot")
_OF_COMMITMENT = select(obligations).where(
    mine(obligations), _it.agreement == bindparam("agreement"), _it.commitment == bindparam("commitment")
)
_OF_SUBJECT = _OF_COMMITMENT.where(_it.kind == bindparam("kind"), _it.subject == bindparam("subject"))
_OF_SUBJECTS = select(obligations).where(
    mine(obligations),
    _it.agreement == bindparam("agreement"),
    _it.commitment.in_(bindparam("commitments", expanding=True)),
    _it.kind.in_(bindparam("kinds", expanding=True)),
    _it.subject.in_(bindparam("subjects", expanding=True)),
)


def _merely(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that only filters: SQLite would else go by the subjects, through every item, not by owner and moment."""
    return column.concat("")


_ABOUT_ITEMS = (_merely(_it.kind).in_(sorted(ITEM_KINDS)), _merely(_it.commitment) == bindparam("commitment"))
_OF_OWNER_UNDER = (_it.owner == bindparam("owner"), _merely(_it.agreement) == bindparam("agreement"), *_ABOUT_ITEMS)
_UNDER = (_it.agreement == bindparam("agreement"), *_ABOUT_ITEMS)
_LATE = (_it.state == "missed", _it.due_at <= bindparam("now"))
_TO_COME = (_it.state.in_(("open", "at risk")), _it.due_at > bindparam("now"))


def _soonest(*those: ColumnElement[bool]) -> Select[Any]:
    return (
        select(obligations)
        .where(mine(obligations), UNSETTLED, *those)
        .order_by(_it.due_at, _it.number)
        .limit(bindparam("most"))
    )


def _numbers(*those: ColumnElement[bool]) -> Select[Any]:
    return select(_it.number).where(mine(obligations), UNSETTLED, *those).limit(COUNTED)


# Late ones are found by their due moment, down the index and no further, however many are still to come.
_WAITING = {True: _soonest(*_OF_OWNER_UNDER, _it.state != "paused"), False: _soonest(*_UNDER, *_LATE)}
_LATE_OF = {True: _numbers(*_OF_OWNER_UNDER, *_LATE), False: _numbers(*_UNDER, *_LATE)}
_TO_COME_OF = {True: _numbers(*_OF_OWNER_UNDER, *_TO_COME), False: _numbers(*_UNDER, *_TO_COME)}
_SOONEST = _soonest(*_UNDER, _it.state != "paused")
# One handoff makes one answer owed; what the promise itself owes is found without passing those by.
_OF_PERIOD = _OF_COMMITMENT.where(
    _it.kind.in_(("period", "slot")), _it.period_starts_on == bindparam("period")
).order_by(_it.due_at, _it.number)
_STEPS = (
    select(obligations)
    .where(
        mine(obligations),
        _it.agreement == bindparam("agreement"),
        _it.kind == "step",
        _it.subject.like(bindparam("of")),
    )
    .order_by(_it.number)
)
_PERIODS_BEFORE = (
    _OF_COMMITMENT.where(_it.kind == "period", _it.period_starts_on < bindparam("before"))
    .order_by(_it.period_starts_on.desc())
    .limit(bindparam("most"))
)
_OF_SLOT = _OF_COMMITMENT.where(_it.kind == "slot", _it.subject.like(bindparam("on"))).order_by(_it.subject)
_MEMBERS = (
    select(
        _it.state,
        _it.done_at.is_not(None).label("done"),
        (_it.due_at <= bindparam("now")).label("due"),
        func.count().label("members"),
    )
    .where(
        mine(obligations),
        _it.agreement == bindparam("agreement"),
        _it.commitment == bindparam("commitment"),
        _it.period_starts_on == bindparam("period"),
        _it.kind == "slot",
    )
    .group_by("state", "done", "due")
)
_LAST_BEFORE = (
    _OF_COMMITMENT.where(_it.kind == bindparam("kind"), _it.subject < bindparam("subject"))
    .order_by(_it.subject.desc())
    .limit(1)
)

_LAST_BEFORE_OF_OWER = (
    _OF_COMMITMENT.where(
        _it.owner == bindparam("owner"), _it.kind == bindparam("kind"), _it.subject < bindparam("subject")
    )
    .order_by(_it.subject.desc())
    .limit(1)
)


def need(number: int) -> Need:
    """What `find` will ask for."""
    return obligations, (number,)


async def find(tx: Tx, number: int) -> Obligation:
    """The obligation people call `O-<number>`; refuses a number that was never given."""
    row = await tx.get(obligations, number)
    if row is None:
        raise Refusal(f"There is no O-{number}.", "Say `mine` to see what you owe.", field="key")
    return _obligation(row)


async def add(tx: Tx, obligation: Obligation) -> None:
    """Keep something newly owed."""
    tx.insert(obligations, dict(zip(_FIELDS, _values_of(obligation), strict=True)))


async def save(tx: Tx, before: Obligation, after: Obligation) -> None:
    """Keep what changed of an obligation."""
    changed = {name: new for name in _FIELDS if (new := getattr(after, name)) != getattr(before, name)}
    tx.update(obligations, (before.number,), changed)


async def due(tx: Tx, now: datetime, most: int = 100) -> tuple[Obligation, ...]:
    """What must be looked at by now and is not put off, in the order in which its moment came."""
    return _all(await tx.rows(_DUE, now=now, most=most))


async def open_of_owner(tx: Tx, owner: str) -> tuple[Obligation, ...]:
    """What somebody still has to act on, soonest due first; of duties about items, the first fifty."""
    return tuple([each for statement in _OF_OWNER for each in _all(await tx.rows(statement, owner=owner))])


async def all_of_owner(tx: Tx, owner: str) -> tuple[Obligation, ...]:
    """Everything that somebody still has to act on, each duty about an item too, for when he leaves."""
    return _all(await tx.rows(_ALL_OF_OWNER, owner=owner))


async def open_of_agreement(tx: Tx, agreement: str) -> tuple[Obligation, ...]:
    """What anybody still has to act on under an agreement, soonest due first; about items, the first fifty."""
    return tuple([each for statement in _OF_AGREEMENT for each in _all(await tx.rows(statement, agreement=agreement))])


async def open_of_promise(tx: Tx, agreement: str, commitment: str) -> tuple[Obligation, ...]:
    """What a deliverable still owes, late ones that are not made good included, soonest due first."""
    return _all(await tx.rows(_OPEN_OF_PROMISE, agreement=agreement, commitment=commitment))


async def of_period(tx: Tx, agreement: str, commitment: str, period_starts_on: date) -> tuple[Obligation, ...]:
    """What a promise itself owed in one period (its quantity, its slots), settled or not, soonest due first."""
    return _all(await tx.rows(_OF_PERIOD, agreement=agreement, commitment=commitment, period=period_starts_on))


async def of_slot(tx: Tx, agreement: str, commitment: str, on: str) -> tuple[Obligation, ...]:
    """What everybody who owes a slot (its ISO date) owes for it."""
    return _all(await tx.rows(_OF_SLOT, agreement=agreement, commitment=commitment, on=f"{on}:%"))


async def of_subject(tx: Tx, agreement: str, commitment: str, kind: str, subject: str) -> Obligation | None:
    """The one thing of a kind that a promise owes for a subject: a period's first date, a slot's, a handoff's key."""
    found = await tx.rows(_OF_SUBJECT, agreement=agreement, commitment=commitment, kind=kind, subject=subject)
    return _obligation(found[0]) if found else None


async def of_subjects(
    tx: Tx, agreement: str, commitments: Iterable[str], kinds: Iterable[str], subjects: Iterable[str]
) -> tuple[Obligation, ...]:
    """What promises of an agreement owe for some subjects, such as an item's key, read with one statement."""
    return _all(
        await tx.rows(
            _OF_SUBJECTS,
            agreement=agreement,
            commitments=sorted(commitments),
            kinds=sorted(kinds),
            subjects=sorted(subjects),
        )
    )


async def steps_of(tx: Tx, agreement: str, key: str) -> tuple[Obligation, ...]:
    """The steps that a plan or a review ended with, in the order in which they were taken on."""
    return _all(await tx.rows(_STEPS, agreement=agreement, of=f"{key}.%"))


async def kept_in_a_row(tx: Tx, obligation: Obligation, most: int = 36) -> int:
    """How many periods of the same promise were kept one after the other just before this one, `most` at most."""
    rows = await tx.rows(
        _PERIODS_BEFORE,
        agreement=obligation.agreement,
        commitment=obligation.commitment,
        before=obligation.period_starts_on,
        most=most,
    )
    return sum(1 for _ in takewhile(lambda row: row["state"] == "kept", rows))


async def waiting(
    tx: Tx, agreement: str, commitment: str, owner: str, now: datetime, most: int
) -> tuple[Obligation, ...]:
    """What is to be done about items under a promise, soonest due first: an owner's, or all that is late where "".

    What is paused waits for nobody.
    """
    values = {"agreement": agreement, "commitment": commitment, "most": most}
    values |= {"owner": owner} if owner else {"now": now}
    return _all(await tx.rows(_WAITING[bool(owner)], **values))


async def count_waiting(tx: Tx, agreement: str, commitment: str, owner: str, now: datetime) -> tuple[int, int]:
    """How many of these are late, and how many are still to fall due; an owner's, or everybody's where "".

    Each is counted up to `COUNTED`.
    """
    values = {"agreement": agreement, "commitment": commitment, "now": now} | ({"owner": owner} if owner else {})
    late, to_come = _LATE_OF[bool(owner)], _TO_COME_OF[bool(owner)]
    return len(await tx.rows(late, **values)), len(await tx.rows(to_come, **values))


async def soonest(tx: Tx, agreement: str, commitment: str, most: int) -> tuple[Obligation, ...]:
    """What is to be done about items under a promise by anybody, soonest due first."""
    return _all(await tx.rows(_SOONEST, agreement=agreement, commitment=commitment, most=most))


async def last_was_missed(tx: Tx, obligation: Obligation) -> bool:
    """Whether the one before it, of the same promise and kind, was missed; subjects are dates, and sort as such.

    What several owe is told apart behind the date: then only the ower's own counts.
    """
    on, _, mark = obligation.subject.partition(":")
    found = await tx.rows(
        _LAST_BEFORE_OF_OWER if mark else _LAST_BEFORE,
        agreement=obligation.agreement,
        commitment=obligation.commitment,
        kind=obligation.kind,
        subject=on,
        **({"owner": obligation.owner} if mark else {}),
    )
    return bool(found) and found[0]["state"] == "missed"


async def count_members(tx: Tx, agreement: str, commitment: str, period_starts_on: date, now: datetime) -> MemberCount:
    """How many members have kept, missed, or still have time for what each of them owes in a period."""
    counted: Counter[str] = Counter()
    rows = await tx.rows(_MEMBERS, agreement=agreement, commitment=commitment, period=period_starts_on, now=now)
    for row in rows:
        counted[_became(row["state"], done=bool(row["done"]), due=bool(row["due"]))] += row["members"]
    names = ("kept", "missed", "to_come", "late", "excused")
    return MemberCount(**{name: counted[name] for name in names})


def _became(state: str, *, done: bool, due: bool) -> str:
    match state:
        case "kept" | "excused" | "withdrawn":
            return state
        case "missed":
            return "late" if done else "missed"
        case _:
            return "missed" if due else "to_come"


async def touch(tx: Tx, agreement: str, commitment: str, kind: str, subject: str, at: datetime) -> None:
    """Let an obligation be looked at by `at`, because something happened that may decide it."""
    found = await of_subject(tx, agreement, commitment, kind, subject)
    if found is not None and (found.look_again_at is None or found.look_again_at > at):
        await save(tx, found, replace(found, look_again_at=at))


async def reopen(tx: Tx, obligation: Obligation, due_at: datetime, at: datetime) -> None:
    """It is owed again, until another moment, after it was withdrawn; what was settled otherwise stays so."""
    if obligation.state == "withdrawn":
        again = replace(
            obligation,
            state="open",
            due_at=due_at,
            done_at=None,
            done_by="",
            rung=0,
            look_again_at=at,
            revision=obligation.revision + 1,
        )
        await save(tx, obligation, again)


async def close_subject(
    tx: Tx, agreement: str, commitment: str, kind: str, subject: str, at: datetime, by: str, *, withdrawn: bool = False
) -> None:
    """Somebody did what was owed (or it is owed no more): nobody needs to look at it again."""
    found = await of_subject(tx, agreement, commitment, kind, subject)
    if found is None or found.settled:
        return
    closed = replace(
        found,
        state="withdrawn" if withdrawn else "kept",
        done_at=at,
        done_by=by,
        look_again_at=None,
        revision=found.revision + 1,
    )
    await save(tx, found, closed)


def _all(rows: Any) -> tuple[Obligation, ...]:
    return tuple(map(_obligation, rows))


def _obligation(row: Mapping[str, Any]) -> Obligation:
    return Obligation(**{name: row[name] for name in _FIELDS})
