"""The record of who did what, from where, before and after: appended to, never edited, chained.

Each entry's hash covers the one before it, so that an entry that was changed, moved or taken out
breaks the chain from there on; the head remembers how long it is, so that cutting its end off
shows too. The tables themselves refuse changes by trigger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import audit, audit_heads
from bot.store.transaction import Need
from bot.store.tx import Tx

_PAGE = 1000
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode
_FROM = select(audit).where(mine(audit), audit.c.seq > bindparam("after")).order_by(audit.c.seq).limit(_PAGE)
_OF_SUBJECT = (
    select(audit)
    .where(mine(audit), audit.c.subject == bindparam("about"))
    .order_by(audit.c.seq.desc())
    .limit(bindparam("most"))
)

NEED: Need = (audit_heads, ())
"""What `append` will ask for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record. `actor` is a member id, "" for the clock."""

    seq: int
    at: datetime
    actor: str
    via: str
    what: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the record is as it was written: how many entries hold, and the first that does not."""

    ok: bool
    entries: int
    first_bad: int | None = None
    why: str = ""


async def append(
    tx: Tx,
    *,
    at: datetime,
    actor: str,
    via: str,
    what: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> int:
    """Add a line to the record; its place in it."""
    head = await tx.get(audit_heads)
    seq = 1 if head is None else head["entries"] + 1
    previous = _root(tx.workspace) if head is None else head["last_hash"]
    spelled_before, spelled_after = _spell(before), _spell(after)
    digest = _hash(previous, seq, at, actor, via, what, subject, spelled_before, spelled_after)
    tx.insert(
        audit,
        {
            "seq": seq,
            "happened_at": at,
            "actor": actor,
            "via": via,
            "what": what,
            "subject": subject,
            "before": spelled_before,
            "after": spelled_after,
            "hash": digest,
        },
    )
    if head is None:
        tx.insert(audit_heads, {"entries": seq, "last_hash": digest})
    else:
        tx.update(audit_heads, (), {"entries": seq, "last_hash": digest})
    return seq


async def last_hash(tx: Tx) -> str:
    """The hash of the newest line, which covers all before it; the root's where there is none."""
    head = await tx.get(audit_heads)
    return _root(tx.workspace) if head is None else str(head["last_hash"])


async def about(tx: Tx, subject: str, most: int = 50) -> tuple[Line, ...]:
    """The newest lines about a key, newest first."""
    return tuple(map(_line, await tx.rows(_OF_SUBJECT, about=subject, most=most)))


async def verify(tx: Tx) -> Verdict:
    """Follow the chain from its first entry to its head."""
    head = await tx.get(audit_heads)
    root = _root(tx.workspace)
    expected, last_hash = (0, root) if head is None else (head["entries"], head["last_hash"])
    seq, previous = 0, root
    while page := await tx.rows(_FROM, after=seq):
        for row in page:
            if row["seq"] != seq + 1:
                return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="an entry is missing")
            digest = _hash(
                previous,
                row["seq"],
                row["happened_at"],
                row["actor"],
                row["via"],
                row["what"],
                row["subject"],
                row["before"],
                row["after"],
            )
            if digest != row["hash"]:
                return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="an entry was changed")
            seq, previous = row["seq"], digest
    if seq < expected:
        return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="the newest entries are missing")
    if seq > expected or previous != last_hash:
        return Verdict(ok=False, entries=seq, first_bad=seq, why="the head does not fit the newest entry")
    return Verdict(ok=True, entries=seq)


def _root(workspace: str) -> str:
    """What the first entry hangs on: another company's entries do not fit here."""
    return hashlib.sha256(workspace.encode()).hexdigest()


def _hash(previous: str, seq: int, at: datetime, *words: str) -> str:
    canonical = _canonical([seq, at.astimezone(UTC).isoformat(timespec="microseconds"), *words])
    return hashlib.sha256(f"{previous}{canonical}".encode()).hexdigest()


def _spell(values: Mapping[str, Any] | None) -> str:
    return "null" if values is None else _canonical(values)


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        seq=row["seq"],
        at=row["happened_at"],
        actor=row["actor"],
        via=row["via"],
        what=row["what"],
        subject=row["subject"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
    )
