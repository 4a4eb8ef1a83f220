"""Reports that were drafted, approved and posted: one a schedule and local date, never two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import reports
from bot.store.tx import Tx

_LAST_BEFORE = (
    select(reports)
    .where(
        mine(reports),
        reports.c.agreement == bindparam("agreement"),
        reports.c.schedule == bindparam("schedule"),
        reports.c.on_date < bindparam("on"),
        reports.c.issued_at.is_not(None),
    )
    .order_by(reports.c.on_date.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One report of a schedule (`schedule` is its place in the terms), for one local date.

    `totals` are accepted, awaiting and disputed units a promise, as the post said them.
    `skipped_at` is set where a newer one was posted in its stead.
    """

    agreement: str
    schedule: int
    on: date
    preview_at: datetime | None = None
    note: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    issued_at: datetime | None = None
    skipped_at: datetime | None = None
    totals: Mapping[str, list[int]] = field(default_factory=dict)


async def find(tx: Tx, agreement: str, schedule: int, on: date) -> Issue | None:
    """What is known of a report; None before anything happened to it."""
    row = await tx.get(reports, agreement, schedule, on)
    return None if row is None else _issue(row)


async def last_before(tx: Tx, agreement: str, schedule: int, on: date) -> Issue | None:
    """The newest report that was posted for an earlier date."""
    found = await tx.rows(_LAST_BEFORE, agreement=agreement, schedule=schedule, on=on)
    return _issue(found[0]) if found else None


async def previewed(tx: Tx, agreement: str, schedule: int, on: date, at: datetime) -> None:
    """The reporter got it to read."""
    await _keep(tx, agreement, schedule, on, {"preview_at": at})


async def note(tx: Tx, agreement: str, schedule: int, on: date, words: str) -> None:
    """The reporter's own words; they replace what he wrote before."""
    await _keep(tx, agreement, schedule, on, {"note": words})


async def approve(tx: Tx, agreement: str, schedule: int, on: date, by: str, at: datetime) -> None:
    """The reporter stands behind it."""
    await _keep(tx, agreement, schedule, on, {"approved_by": by, "approved_at": at})


async def issued(
    tx: Tx, agreement: str, schedule: int, on: date, at: datetime, totals: Mapping[str, list[int]]
) -> None:
    """It was posted, saying these totals."""
    await _keep(tx, agreement, schedule, on, {"issued_at": at, "totals": json.dumps(totals, separators=(",", ":"))})


async def skip(tx: Tx, agreement: str, schedule: int, on: date, at: datetime) -> None:
    """It was passed over: a newer one was due before it could be posted."""
    await _keep(tx, agreement, schedule, on, {"skipped_at": at})


async def _keep(tx: Tx, agreement: str, schedule: int, on: date, values: dict[str, Any]) -> None:
    key = (agreement, schedule, on)
    if await tx.get(reports, *key) is None:
        known = {"agreement": agreement, "schedule": schedule, "on_date": on, "totals": "{}"}
        tx.insert(reports, {**known, **values})
    else:
        tx.update(reports, key, values)


def _issue(row: Mapping[str, Any]) -> Issue:
    return Issue(
        agreement=row["agreement"],
        schedule=row["schedule"],
        on=row["on_date"],
        preview_at=row["preview_at"],
        note=row["note"],
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
        issued_at=row["issued_at"],
        skipped_at=row["skipped_at"],
        totals=json.loads(row["totals"]),
    )
