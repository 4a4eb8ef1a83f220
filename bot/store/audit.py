"""The record of who did what, from where, before and after: appended to, never edited, chained.

Each entry's hash covers the one before it, so that an entry that was changed, moved or taken out
breaks the chain from there on; the head remembers how long it is, so that cutting its end off
shows too. The tables themselves refuse changes by trigger.

Where somebody was forgotten, entries no longer say what their hash was made of. Each of them has a
digest of what it says now, and the entry that tells of the forgetting carries the sum of those: so
an entry can be rewritten only by a chained one that says so, and not once more behind its back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import audit, audit_heads, redactions
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
_REDACTED = select(redactions).where(mine(redactions)).order_by(redactions.c.forgetting, redactions.c.seq)
_BEFORE = select(audit.c.hash).where(mine(audit), audit.c.seq == bindparam("before"))

FORGOTTEN = "PersonForgotten"
"""What the entry is called that tells of a forgetting, and vouches for what it rewrote."""
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
    """Whether the record is as it was written: how many entries hold, and the first that does not.

    `rewritten` of them say something else than at first, because somebody was forgotten.
    """

    ok: bool
    entries: int
    first_bad: int | None = None
    why: str = ""
    rewritten: int = 0


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


async def redact(tx: Tx, forgetting: int, lines: Sequence[tuple[int, Mapping[str, str]]]) -> Mapping[str, Any]:
    """Rewrite entries, each by its place and its changed columns; what the entry that tells of it has to carry.

    `lines` come in the order of the record. `forgetting` is the one that is under way, else the table refuses.
    """
    digests: list[tuple[int, str]] = []
    for seq, changed in lines:
        row = await tx.get(audit, seq)
        assert row is not None  # noqa: S101 -- nobody takes out an entry
        before = await tx.rows(_BEFORE, before=seq - 1)
        previous = before[0]["hash"] if before else _root(tx.workspace)
        now = {**row, **changed}
        digests.append((seq, _hash_of(previous, now)))
        tx.update(audit, (seq,), changed)
        tx.insert(redactions, {"forgetting": forgetting, "seq": seq, "digest": digests[-1][1]})
    return {"forgetting": forgetting, "entries": len(digests), "digest": _sum(digests)}


async def verify(tx: Tx) -> Verdict:
    """Follow the chain from its first entry to its head."""
    head = await tx.get(audit_heads)
    root = _root(tx.workspace)
    expected, last_hash = (0, root) if head is None else (head["entries"], head["last_hash"])
    forgettings, rewritten = await _redacted(tx), 0
    newest = {seq: digest for digests in forgettings.values() for seq, digest in digests}
    seq, previous = 0, root
    while page := await tx.rows(_FROM, after=seq):
        for row in page:
            if row["seq"] != seq + 1:
                return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="an entry is missing")
            says = _hash_of(previous, row)
            if says != row["hash"]:
                if says != newest.get(row["seq"]):
                    return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="an entry was changed")
                rewritten += 1
            if row["what"] == FORGOTTEN:
                said = json.loads(row["after"])
                if _sum(forgettings.pop(said["forgetting"], [])) != said["digest"]:
                    why = "what it says was rewritten is not what was"
                    return Verdict(ok=False, entries=seq, first_bad=seq + 1, why=why)
            seq, previous = row["seq"], row["hash"]
    if seq < expected:
        return Verdict(ok=False, entries=seq, first_bad=seq + 1, why="the newest entries are missing")
    if seq > expected or previous != last_hash:
        return Verdict(ok=False, entries=seq, first_bad=seq, why="the head does not fit the newest entry")
    if forgettings:
        first = min(seq for digests in forgettings.values() for seq, _ in digests)
        return Verdict(ok=False, entries=first - 1, first_bad=first, why="no entry tells why it was rewritten")
    return Verdict(ok=True, entries=seq, rewritten=rewritten)


async def _redacted(tx: Tx) -> dict[int, list[tuple[int, str]]]:
    """What each forgetting rewrote: the entries' places, and the digests of what they said then."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row in await tx.rows(_REDACTED):
        found.setdefault(row["forgetting"], []).append((row["seq"], row["digest"]))
    return found


def _sum(digests: Sequence[tuple[int, str]]) -> str:
    return hashlib.sha256(_canonical(digests).encode()).hexdigest()


def _root(workspace: str) -> str:
    """What the first entry hangs on: another company's entries do not fit here."""
    return hashlib.sha256(workspace.encode()).hexdigest()


def _hash(previous: str, seq: int, at: datetime, *words: str) -> str:
    canonical = _canonical([seq, at.astimezone(UTC).isoformat(timespec="microseconds"), *words])
    return hashlib.sha256(f"{previous}{canonical}".encode()).hexdigest()


def _hash_of(previous: str, row: Mapping[str, Any]) -> str:
    words = (row["actor"], row["via"], row["what"], row["subject"], row["before"], row["after"])
    return _hash(previous, row["seq"], row["happened_at"], *words)


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
