"""Incidents and their ledger. The row is the sum of the entries that count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, union_all

from bot.store.fences import mine
from bot.store.tables import incident_entries, incidents
from bot.store.tx import Tx
from slacore.errors import Refusal
from slacore.incidents import Entry, Excluded, Incident

_it = incidents.c
_OF_SERVICES = (
    select(incidents)
    .where(mine(incidents), _it.service.in_(bindparam("services", expanding=True)))
    .order_by(_it.started_at, _it.number)
)
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When an incident is over that is not."""
_ON = select(incidents).where(mine(incidents), _it.service == bindparam("service"))
# The moment it began only filters, in a form that no index fits: SQLite would else go by it, through every incident.
_BEGAN = _ON.where(func.coalesce(_it.started_at, _it.started_at) < bindparam("until"))
_LASTING = {
    until_mended: union_all(_BEGAN.where(over.is_(None)), _BEGAN.where(over >= bindparam("since")))
    for until_mended, over in ((False, _it.restored_at), (True, _it.ended_at))
}
_BEFORE = _ON.where(_it.restored_at < bindparam("since")).order_by(_it.restored_at.desc()).limit(bindparam("most"))
_ENTRIES = (
    select(incident_entries)
    .where(mine(incident_entries), incident_entries.c.incident == bindparam("number"))
    .order_by(incident_entries.c.seq)
)


async def find(tx: Tx, number: int) -> Incident:
    """The incident people call `N-<number>`; refuses a number that was never given."""
    row = await tx.get(incidents, number)
    if row is None:
        raise Refusal(f"There is no N-{number}.", "Say `incidents` to see the ones there are.", field="key")
    return _incident(row)


async def of_services(tx: Tx, services: tuple[str, ...]) -> tuple[Incident, ...]:
    """Every incident of some services, oldest first."""
    return tuple(map(_incident, await tx.rows(_OF_SERVICES, services=list(services)))) if services else ()


async def lasting(
    tx: Tx, service: str, since: datetime, until: datetime, *, until_mended: bool = False
) -> tuple[Incident, ...]:
    """The incidents of a service that began before `until` and were not over by `since`, oldest first.

    Every one comes along that overlaps one of these, so that an outage is whole however long ago it
    began, and however long it lasts. Over is when the service was back; `until_mended`, when the fault was.
    """
    over = "ended_at" if until_mended else "restored_at"
    while True:
        rows = await tx.rows(_LASTING[until_mended], service=service, since=since, until=until)
        first = min((row["started_at"] for row in rows), default=since)
        last = max((row[over] or _NEVER for row in rows), default=until)
        if first >= since and last <= until:
            return tuple(sorted(map(_incident, rows), key=lambda each: (each.started_at, each.number)))
        since, until = min(first, since), max(last, until)


async def before(tx: Tx, service: str, since: datetime, most: int) -> tuple[Incident, ...]:
    """So many incidents of a service at most after which it was back before `since`, the last one first."""
    return tuple(map(_incident, await tx.rows(_BEFORE, service=service, since=since, most=most)))


async def entries(tx: Tx, number: int) -> tuple[Entry, ...]:
    """An incident's ledger, oldest first, what is only proposed included."""
    return tuple(map(_entry, await tx.rows(_ENTRIES, number=number)))


async def add(tx: Tx, incident: Incident, entry: Entry) -> None:
    """Keep a new incident with its first entry."""
    tx.insert(incidents, {"number": incident.number, **_columns(incident)})
    _write(tx, incident.number, 1, entry)


async def change(tx: Tx, before: Incident, after: Incident, entry: Entry) -> None:
    """Keep what became of an incident, with the entry that says so."""
    await _save(tx, before, after)
    _write(tx, after.number, len(await entries(tx, after.number)) + 1, entry)


async def propose(tx: Tx, incident: Incident, entry: Entry) -> None:
    """Keep an entry that counts for nothing before the other side says the same."""
    _write(tx, incident.number, len(await entries(tx, incident.number)) + 1, entry)


async def _save(tx: Tx, before: Incident, after: Incident) -> None:
    old, new = _columns(before), _columns(after)
    tx.update(incidents, (after.number,), {name: value for name, value in new.items() if value != old[name]})


def _write(tx: Tx, number: int, seq: int, entry: Entry) -> None:
    tx.insert(
        incident_entries,
        {
            "incident": number,
            "seq": seq,
            "happened": entry.happened,
            "occurred_at": entry.at,
            "until_at": entry.until,
            "reason": entry.reason,
            "done_by": entry.by,
            "logged_at": entry.logged_at,
            "proposed_by": entry.proposed_by,
        },
    )


def _columns(incident: Incident) -> dict[str, Any]:
    excluded = [[each.from_at.isoformat(), each.until_at.isoformat(), each.reason] for each in incident.exclusions]
    return {
        "service": incident.service,
        "started_at": incident.started_at,
        "acknowledged_at": incident.acknowledged_at,
        "restored_at": incident.restored_at,
        "ended_at": incident.ended_at,
        "cause": incident.cause,
        "excluded": json.dumps(excluded, ensure_ascii=False) if excluded else "",
        "logged_by": incident.logged_by,
        "revision": incident.revision,
    }


def _incident(row: Mapping[str, Any]) -> Incident:
    excluded = json.loads(row["excluded"]) if row["excluded"] else []
    return Incident(
        number=row["number"],
        service=row["service"],
        started_at=row["started_at"],
        logged_by=row["logged_by"],
        cause=row["cause"],
        acknowledged_at=row["acknowledged_at"],
        restored_at=row["restored_at"],
        ended_at=row["ended_at"],
        exclusions=tuple(Excluded(_moment(a), _moment(b), why) for a, b, why in excluded),
        revision=row["revision"],
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        row["happened"],
        row["occurred_at"],
        row["done_by"],
        row["logged_at"],
        row["until_at"],
        row["reason"],
        row["proposed_by"],
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
