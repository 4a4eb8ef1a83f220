"""What somebody said last in a place, word for word, so that a slip of the finger is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete

from bot.store.fences import mine
from bot.store.tables import echoes
from bot.store.transaction import Need
from bot.store.tx import Tx

_FORGET = delete(echoes).where(mine(echoes), echoes.c.said_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Heard:
    """The last time these words were said there: when, and the key of what came of it."""

    subject: str
    said_at: datetime


def need(person: str, place: str, words_hash: str) -> Need:
    """What `find` will ask for."""
    return echoes, (person, place, words_hash)


async def find(tx: Tx, person: str, place: str, words_hash: str) -> Heard | None:
    """The last time somebody said these words in a place."""
    row = await tx.get(echoes, person, place, words_hash)
    return None if row is None else Heard(row["subject"], row["said_at"])


async def put(tx: Tx, person: str, place: str, words_hash: str, *, said_at: datetime, subject: str) -> None:
    """Remember what these words led to, in place of what they led to before."""
    values = {"said_at": said_at, "subject": subject}
    if await tx.get(echoes, person, place, words_hash) is None:
        tx.insert(echoes, {"person": person, "place": place, "words_hash": words_hash, **values})
    else:
        tx.update(echoes, (person, place, words_hash), values)


async def forget(tx: Tx, before: datetime) -> None:
    """Let go of words so old that nobody would call them an echo."""
    await tx.rows(_FORGET, before=before)
