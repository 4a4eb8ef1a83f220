"""The parties' meetings, as they are set, held and written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import review_attendances, review_minutes, review_voices, reviews
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.reviews import Minute, Review, Sort, Voice

_FIELDS = tuple(each.name for each in fields(Review))
_it = reviews.c
_OF_AGREEMENT = (
    select(reviews)
    .where(mine(reviews), _it.agreement == bindparam("agreement"))
    .order_by(_it.number.desc())
    .limit(bindparam("most"))
)
_OF_SLOT = select(reviews).where(
    mine(reviews), _it.agreement == bindparam("agreement"), _it.slot_on == bindparam("slot_on")
)
_VOICES = (
    select(review_voices)
    .where(mine(review_voices), review_voices.c.review == bindparam("review"))
    .order_by(review_voices.c.said_at)
)
_PRESENT = (
    select(review_attendances)
    .where(mine(review_attendances), review_attendances.c.review == bindparam("review"))
    .order_by(review_attendances.c.came_at)
)
_MINUTES = (
    select(review_minutes)
    .where(mine(review_minutes), review_minutes.c.review == bindparam("review"))
    .order_by(review_minutes.c.seq)
)
_LESSONS = (
    select(review_minutes, _it.label, _it.number)
    .join(reviews, (_it.number == review_minutes.c.review) & (_it.workspace_id == review_minutes.c.workspace_id))
    .where(
        mine(reviews), mine(review_minutes), _it.agreement == bindparam("agreement"), review_minutes.c.sort == "lesson"
    )
    .order_by(_it.number.desc(), review_minutes.c.seq)
    .limit(bindparam("most"))
)


async def find(tx: Tx, number: int) -> Review:
    """The review people call `V-<number>`; refuses a number that was never given."""
    row = await tx.get(reviews, number)
    if row is None:
        raise Refusal(f"There is no V-{number}.", "Say `review` to see the newest one.", field="key")
    return _review(row)


async def of_slot(tx: Tx, agreement: str, slot_on: date) -> Review | None:
    """The review of one date of the rhythm, however often it was moved."""
    found = await tx.rows(_OF_SLOT, agreement=agreement, slot_on=slot_on)
    return _review(found[0]) if found else None


async def newest(tx: Tx, agreement: str, most: int = 1) -> tuple[Review, ...]:
    """An agreement's reviews, newest first."""
    return tuple(map(_review, await tx.rows(_OF_AGREEMENT, agreement=agreement, most=most)))


async def add(tx: Tx, review: Review) -> None:
    """Keep a meeting that was set."""
    tx.insert(reviews, {name: getattr(review, name) for name in _FIELDS})


async def save(tx: Tx, before: Review, after: Review) -> None:
    """Keep what changed of a meeting."""
    changed = {name: new for name in _FIELDS if (new := getattr(after, name)) != getattr(before, name)}
    tx.update(reviews, (before.number,), changed)


async def say(tx: Tx, review: int, voice: Voice) -> None:
    """Keep what somebody says beforehand; his newer words replace his older ones."""
    row = {"party": voice.party, "content": voice.content, "words": voice.words, "said_at": voice.said_at}
    if await tx.get(review_voices, review, voice.member) is None:
        tx.insert(review_voices, {"review": review, "member": voice.member, **row})
    else:
        tx.update(review_voices, (review, voice.member), row)


async def voices(tx: Tx, review: int) -> tuple[Voice, ...]:
    """What was said beforehand, oldest first."""
    rows = await tx.rows(_VOICES, review=review)
    return tuple(Voice(row["party"], row["member"], row["content"], row["words"], row["said_at"]) for row in rows)


async def attend(tx: Tx, review: int, member: str, at: datetime) -> None:
    """Somebody is there; twice is once."""
    if await tx.get(review_attendances, review, member) is None:
        tx.insert(review_attendances, {"review": review, "member": member, "came_at": at})


async def present(tx: Tx, review: int) -> tuple[str, ...]:
    """Who was there, in the order in which they came."""
    return tuple(row["member"] for row in await tx.rows(_PRESENT, review=review))


async def write_down(tx: Tx, review: int, minute: Minute) -> None:
    """Keep a decision or a lesson."""
    seq = len(await tx.rows(_MINUTES, review=review)) + 1
    row = {"sort": minute.sort, "words": minute.words, "said_by": minute.by, "said_at": minute.at}
    tx.insert(review_minutes, {"review": review, "seq": seq, **row})


async def minutes(tx: Tx, review: int) -> tuple[Minute, ...]:
    """What was written down in a meeting, in its order."""
    return tuple(map(_minute, await tx.rows(_MINUTES, review=review)))


async def lessons(tx: Tx, agreement: str, most: int) -> tuple[tuple[str, Minute], ...]:
    """The register of lessons, those of the newest review first, each with the review's label."""
    return tuple((row["label"], _minute(row)) for row in await tx.rows(_LESSONS, agreement=agreement, most=most))


def _minute(row: Mapping[str, Any]) -> Minute:
    sort: Sort = row["sort"]
    return Minute(sort, row["words"], row["said_by"], row["said_at"])


def _review(row: Mapping[str, Any]) -> Review:
    return Review(**{name: row[name] for name in _FIELDS})
