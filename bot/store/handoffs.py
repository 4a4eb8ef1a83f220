"""Handoffs and their ledger. Whoever writes one here moves the running tallies with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store import tallies
from bot.store.fences import mine
from bot.store.tables import handoff_entries, handoffs
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.handoffs import Entry, Handoff, Piles, Proposal

_ENTRIES = (
    select(handoff_entries)
    .where(mine(handoff_entries), handoff_entries.c.handoff == bindparam("number"))
    .order_by(handoff_entries.c.seq)
)
_OF_PERIOD = (
    select(handoffs)
    .where(
        mine(handoffs),
        handoffs.c.agreement == bindparam("agreement"),
        handoffs.c.commitment == bindparam("commitment"),
        handoffs.c.period_starts_on == bindparam("period"),
    )
    .order_by(handoffs.c.number.desc())
    .limit(bindparam("most"))
)
_LAST_BY = (
    select(handoffs)
    .where(mine(handoffs), handoffs.c.logged_by == bindparam("member"))
    .order_by(handoffs.c.number.desc())
    .limit(1)
)
_NO_PROPOSAL = {
    "proposed_to": None,
    "proposed_reason": "",
    "proposed_by": "",
    "proposed_party": "",
    "proposed_at": None,
}


def need(number: int) -> Need:
    """What `find` will ask for."""
    return handoffs, (number,)


async def find(tx: Tx, number: int) -> Handoff:
    """The handoff people call `H-<number>`; refuses a number that was never given."""
    row = await tx.get(handoffs, number)
    if row is None:
        raise Refusal(f"There is no H-{number}.", "Check the number on the receipt.", field="key")
    return _handoff(row)


async def of_period(
    tx: Tx, agreement: str, commitment: str, period_starts_on: date, most: int = 50
) -> tuple[Handoff, ...]:
    """The newest handoffs under a promise in one period, newest first."""
    found = await tx.rows(_OF_PERIOD, agreement=agreement, commitment=commitment, period=period_starts_on, most=most)
    return tuple(map(_handoff, found))


async def last_logged_by(tx: Tx, member: str) -> Handoff | None:
    """The handoff that somebody logged last, undone or not."""
    found = await tx.rows(_LAST_BY, member=member)
    return _handoff(found[0]) if found else None


async def entries(tx: Tx, number: int) -> tuple[Entry, ...]:
    """A handoff's ledger, oldest first."""
    return tuple(map(_entry, await tx.rows(_ENTRIES, number=number)))


async def add(tx: Tx, handoff: Handoff, entry: Entry) -> None:
    """Keep a new handoff with its first entry; its units count at once."""
    tx.insert(handoffs, {"number": handoff.number, **_columns(handoff)})
    _write(tx, handoff, entry)


async def change(tx: Tx, before: Handoff, after: Handoff, entry: Entry) -> None:
    """Keep what became of a handoff, with the entry that says so."""
    await save(tx, before, after)
    _write(tx, after, entry)


async def save(tx: Tx, before: Handoff, after: Handoff) -> None:
    """Keep a change that moves no units."""
    old, new = _columns(before), _columns(after)
    tx.update(handoffs, (after.number,), {name: value for name, value in new.items() if value != old[name]})


async def proposal_of(tx: Tx, number: int) -> Proposal | None:
    """The correction that waits for the other side, if one does."""
    row = await tx.get(handoffs, number)
    if row is None or row["proposed_to"] is None:
        return None
    return Proposal(
        to=row["proposed_to"],
        reason=row["proposed_reason"],
        by=row["proposed_by"],
        party=row["proposed_party"],
        at=row["proposed_at"],
    )


async def propose(tx: Tx, number: int, *, to: int, reason: str, by: str, party: str, at: datetime) -> None:
    """Remember a correction that the other side has yet to agree to; it replaces the one before."""
    values = {"proposed_to": to, "proposed_reason": reason, "proposed_by": by, "proposed_party": party}
    tx.update(handoffs, (number,), {**values, "proposed_at": at})


async def end_proposal(tx: Tx, number: int) -> None:
    """Forget a correction that was agreed to or is no longer wanted."""
    tx.update(handoffs, (number,), _NO_PROPOSAL)


def _write(tx: Tx, handoff: Handoff, entry: Entry) -> None:
    tx.insert(
        handoff_entries,
        {
            "handoff": handoff.number,
            "seq": handoff.revision,
            "happened": entry.happened,
            "accepted": entry.change.accepted,
            "awaiting": entry.change.awaiting,
            "disputed": entry.change.disputed,
            "reason": entry.reason,
            "happened_at": entry.at,
            "done_by": entry.by,
        },
    )
    tallies.move(tx, handoff, entry.change)


def _columns(handoff: Handoff) -> dict[str, Any]:
    return {
        "agreement": handoff.agreement,
        "version": handoff.version,
        "commitment": handoff.commitment,
        "period_starts_on": handoff.period_starts_on,
        "giver": handoff.giver,
        "receiver": handoff.receiver,
        "quantity": handoff.quantity,
        "accepted": handoff.piles.accepted,
        "awaiting": handoff.piles.awaiting,
        "disputed": handoff.piles.disputed,
        "handed_on": handoff.handed_on,
        "handed_at": handoff.handed_at,
        "late": handoff.late,
        "logged_by": handoff.logged_by,
        "logged_at": handoff.logged_at,
        "silence_at": handoff.silence_at,
        "campaign": handoff.campaign,
        "ref": handoff.ref,
        "note": handoff.note,
        "undone": handoff.undone,
        "revision": handoff.revision,
    }


def _handoff(row: Mapping[str, Any]) -> Handoff:
    return Handoff(
        number=row["number"],
        agreement=row["agreement"],
        version=row["version"],
        commitment=row["commitment"],
        period_starts_on=row["period_starts_on"],
        giver=row["giver"],
        receiver=row["receiver"],
        quantity=row["quantity"],
        piles=Piles(row["accepted"], row["awaiting"], row["disputed"]),
        handed_on=row["handed_on"],
        handed_at=row["handed_at"],
        late=row["late"],
        logged_by=row["logged_by"],
        logged_at=row["logged_at"],
        silence_at=row["silence_at"],
        campaign=row["campaign"],
        ref=row["ref"],
        note=row["note"],
        undone=row["undone"],
        revision=row["revision"],
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    change = Piles(row["accepted"], row["awaiting"], row["disputed"])
    return Entry(row["happened"], row["done_by"], row["happened_at"], change, row["reason"])
