"""Who can be reached when: absences with deputies, quiet hours, digests."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import identities, people, preferences, presence
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.presence import Absence, Presence, QuietHours

_PEOPLE = select(people.c.id, people.c.zone, people.c.active).where(mine(people))
_SOMEWHERE = select(identities.c.person).where(mine(identities)).distinct()
_ABSENCES = select(presence).where(mine(presence)).order_by(presence.c.person, presence.c.away_from)
_PREFERENCES = select(preferences).where(mine(preferences))
_DROP = delete(presence).where(
    mine(presence), presence.c.person == bindparam("who"), presence.c.away_until > bindparam("now")
)


async def everybody(tx: Tx) -> Presence:
    """What is known of everybody's presence; who is on no platform cannot be reached any more than who left."""
    members = await tx.rows(_PEOPLE)
    absences: defaultdict[str, tuple[Absence, ...]] = defaultdict(tuple)
    for row in await tx.rows(_ABSENCES):
        absences[row["person"]] += (Absence(row["away_from"], row["away_until"], row["deputy"]),)
    quiet = {
        row["person"]: QuietHours(row["quiet_from"], row["quiet_until"])
        for row in await tx.rows(_PREFERENCES)
        if row["quiet_from"] is not None
    }
    zones = {row["id"]: row["zone"] for row in members}
    somewhere = {row["person"] for row in await tx.rows(_SOMEWHERE)}
    gone = frozenset(row["id"] for row in members if not row["active"] or row["id"] not in somewhere)
    return Presence(dict(absences), quiet, zones, gone)


async def add_absence(tx: Tx, person: str, absence: Absence) -> None:
    """Somebody will be away; one that begins at the same instant is replaced."""
    values = {"away_until": absence.until_at, "deputy": absence.deputy}
    if await tx.get(presence, person, absence.from_at) is None:
        tx.insert(presence, {"person": person, "away_from": absence.from_at, **values})
    else:
        tx.update(presence, (person, absence.from_at), values)


async def drop_absences(tx: Tx, person: str, now: datetime) -> None:
    """Somebody is here again: what runs or lies ahead is dropped."""
    await tx.rows(_DROP, who=person, now=now)


async def set_quiet(tx: Tx, person: str, hours: QuietHours | None) -> None:
    """Keep somebody's quiet hours, or that he has none."""
    await _prefer(
        tx,
        person,
        {"quiet_from": hours.from_ if hours else None, "quiet_until": hours.until if hours else None},
    )


async def set_digest(tx: Tx, person: str, at: time | None) -> None:
    """Keep when somebody's digest comes in his own zone, or that he wants none."""
    await _prefer(tx, person, {"digest_at": at, "digest_off": at is None})


def need(person: str) -> Need:
    """What `digest_of` will ask for."""
    return preferences, (person,)


async def digest_of(tx: Tx, person: str, unless_set: time) -> time | None:
    """When somebody's digest comes in his own zone; None if he wants none."""
    row = await tx.get(preferences, person)
    if row is None or (row["digest_at"] is None and not row["digest_off"]):
        return unless_set
    return row["digest_at"]  # type: ignore[no-any-return]


async def has_digest(tx: Tx, person: str) -> bool:
    """Whether somebody gets a digest at all: everybody does who has not turned it off."""
    return await digest_of(tx, person, time()) is not None


async def _prefer(tx: Tx, person: str, values: dict[str, Any]) -> None:
    if await tx.get(preferences, person) is None:
        tx.insert(preferences, {"person": person, **values})
    else:
        tx.update(preferences, (person,), values)
