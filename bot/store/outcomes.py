"""What became of a letter, written down: by what is known of it, and never by hope.

Every outcome is fenced by owner, attempt and state, so that a sender that was given up changes
nothing any more.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from bot.chat.messenger import MessageRef
from bot.chat.wire import ref_to_wire
from bot.store.outbox import OVER, Letter, State
from bot.store.tables import conversations, outbox
from bot.store.tx import Tx

QUARANTINE = timedelta(seconds=60)
"""How long a message of unknown outcome is left alone before it is looked up; doubled at every attempt."""
LONGEST_WAIT = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
"""After so many attempts without an answer a message is given up: some hours after the first."""
LOOKS_FOR = timedelta(hours=1)
"""How long an outcome is looked up, while looking fails, before it counts as one that cannot be."""
ONLY_ONCE = frozenset({"nudge", "digest"})
"""Kinds that wait for their next occasion rather than risk being said twice."""


async def sent(tx: Tx, letter: Letter, message: MessageRef, now: datetime) -> State | None:
    """It arrived, as `message`: told by the platform, or found there."""
    ref = json.dumps(ref_to_wire(message), separators=(",", ":"))
    values = {"state": "SENT", "message_ref": ref, "sent_at": now, "ended_at": now, "look_at": None, "why": ""}
    return await _settle(tx, letter, values, late_answer=True)


async def not_sent(tx: Tx, letter: Letter, why: str, retry_after: float | None, now: datetime) -> State | None:
    """It certainly did not happen (429, 412, connection refused): the conversation pauses, then it goes again."""
    if (state := await _settle(tx, letter, {"state": "PENDING", "why": why}, late_answer=True)) is not None:
        wait = backoff(timedelta(seconds=1), letter.attempts, letter.delivery_id, LONGEST_PAUSE)
        if retry_after is not None:
            wait = timedelta(seconds=max(0.0, retry_after))
        await pause(tx, letter.conversation, now, now + wait, why)
    return state


async def unknown(tx: Tx, letter: Letter, why: str, now: datetime) -> State | None:
    """Nobody knows whether it happened. An edit does no harm twice; a post is left alone, then looked up."""
    if letter.action == "edit":
        if letter.attempts >= MOST_ATTEMPTS:
            return await _settle(tx, letter, _dead(f"given up after {letter.attempts} attempts: {why}", now))
        state = await _settle(tx, letter, {"state": "PENDING", "why": why})
        if state is not None:
            await pause(
                tx, letter.conversation, now, now + backoff(QUARANTINE / 8, letter.attempts, letter.delivery_id), why
            )
        return state
    look_at = now + backoff(QUARANTINE, letter.attempts, letter.delivery_id)
    return await _settle(tx, letter, {"state": "UNKNOWN", "look_at": look_at, "why": why})


async def impossible(tx: Tx, letter: Letter, why: str, now: datetime) -> State | None:
    """It never will go this way. An edit whose message is gone is said anew; a post is dead."""
    if letter.action == "edit" and not letter.edit_only:
        return await _settle(tx, letter, {"state": "PENDING", "action": "post", "why": why})
    if letter.action == "edit":
        return await _settle(tx, letter, {**OVER, "ended_at": now, "why": f"there is no message to change: {why}"})
    return await _settle(tx, letter, _dead(why, now), late_answer=True)


async def not_found(tx: Tx, letter: Letter, now: datetime) -> State | None:
    """Looked up and not there: it goes again."""
    if letter.attempts >= MOST_ATTEMPTS:
        return await _settle(tx, letter, _dead(f"given up after {letter.attempts} attempts", now))
    return await _settle(tx, letter, {"state": "PENDING", "look_at": None, "why": "it did not arrive"})


async def cannot_look(tx: Tx, letter: Letter, now: datetime) -> State | None:
    """Nobody can look it up: what must be heard is said once more, marked as a possible repeat; a nudge is not."""
    if letter.kind in ONLY_ONCE:
        why = "it may have arrived; its next occasion says it again"
        return await _settle(tx, letter, {**OVER, "ended_at": now, "look_at": None, "why": why})
    if letter.attempts >= MOST_ATTEMPTS:
        return await _settle(tx, letter, _dead(f"given up after {letter.attempts} attempts", now))
    why = "it may have arrived; said once more"
    return await _settle(tx, letter, {"state": "PENDING", "possible_repeat": True, "look_at": None, "why": why})


async def look_failed(tx: Tx, letter: Letter, why: str, retry_after: float | None, now: datetime) -> State | None:
    """Looking it up did not work this time."""
    if letter.started_at is not None and now - letter.started_at > LOOKS_FOR + backoff(
        QUARANTINE, letter.attempts, letter.delivery_id
    ):
        return await cannot_look(tx, letter, now)
    wait = QUARANTINE if retry_after is None else timedelta(seconds=max(1.0, retry_after))
    return await _settle(tx, letter, {"state": "UNKNOWN", "look_at": now + wait, "why": why})


async def pause(tx: Tx, conversation: str, now: datetime, until: datetime, why: str) -> None:
    """Let a conversation rest until an instant; the others go on."""
    values = {"paused_at": now, "not_before": until, "why": why}
    if await tx.get(conversations, conversation) is None:
        tx.insert(conversations, {"conversation": conversation, **values})
    else:
        tx.update(conversations, (conversation,), values)


async def _settle(tx: Tx, letter: Letter, values: dict[str, Any], *, late_answer: bool = False) -> State | None:
    """Write an outcome if the row is still this owner's and this attempt's; None if it no longer is.

    With `late_answer`, also where the lease ran out meanwhile and nobody has taken the row since.
    """
    row = await tx.get(outbox, letter.number)
    states = {letter.state, "UNKNOWN"} if late_answer else {letter.state}
    if row is None or row["owner"] != letter.owner or row["attempts"] != letter.attempts or row["state"] not in states:
        return None
    tx.update(outbox, (letter.number,), {"lease_until": None, **values})
    return values["state"]  # type: ignore[no-any-return]


def _dead(why: str, now: datetime) -> dict[str, Any]:
    return {"state": "DEAD", "ended_at": now, "look_at": None, "why": why}


def backoff(first: timedelta, attempts: int, of: str, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """Twice as long after every attempt, to a bound; up to a quarter less, by what `of` names.

    What one outage stopped would else come back at one instant, for as long as it lasts. Which part is
    taken off follows from the name and the attempt, so that every replica waits for the same moment.
    """
    doublings = min(max(attempts - 1, 0), 16)
    wait = min(first * (1 << doublings), longest)
    return wait - wait * crc32(f"{of} {attempts}".encode()) / 2**34
