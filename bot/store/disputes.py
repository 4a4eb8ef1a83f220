"""Units held apart: opened with a reason, ended one way or another, never deleted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import disputes, handoffs
from bot.store.tx import Tx
from slacore.agreements import Terms
from slacore.commitments import FollowUps, Response, Volume
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.reports import OpenDispute, UnitDispute

_OPEN_OF = select(disputes.c.number).where(
    mine(disputes), disputes.c.handoff == bindparam("handoff"), disputes.c.ended_at.is_(None)
)
_OPEN_IN = (
    select(disputes.c.reason, disputes.c.opened_at, handoffs.c.number, handoffs.c.disputed, handoffs.c.commitment)
    .join_from(disputes, handoffs, disputes.c.handoff == handoffs.c.number)
    .where(
        mine(disputes),
        mine(handoffs),
        handoffs.c.agreement == bindparam("agreement"),
        disputes.c.ended_at.is_(None),
    )
    .order_by(disputes.c.number)
)


_OF_STRETCH = (
    select(
        disputes.c.number,
        disputes.c.handoff,
        disputes.c.quantity,
        disputes.c.reason,
        disputes.c.opened_by,
        disputes.c.ended_how,
        disputes.c.ended_by,
        handoffs.c.commitment,
    )
    .join_from(disputes, handoffs, disputes.c.handoff == handoffs.c.number)
    .where(
        mine(disputes),
        mine(handoffs),
        handoffs.c.agreement == bindparam("agreement"),
        handoffs.c.handed_on.between(bindparam("first_on"), bindparam("last_on")),
    )
    .order_by(disputes.c.number.desc())
    .limit(bindparam("most"))
)


async def open_(tx: Tx, number: int, handoff: Handoff, quantity: int, reason: str, by: str, at: datetime) -> None:
    """Open the dispute people call `D-<number>` over units of a handoff."""
    tx.insert(
        disputes,
        {
            "number": number,
            "handoff": handoff.number,
            "quantity": quantity,
            "reason": reason,
            "opened_by": by,
            "opened_at": at,
        },
    )


async def end(tx: Tx, handoff: int, how: str, by: str, at: datetime) -> None:
    """End every open dispute over a handoff: nothing of it is held apart any more."""
    for row in await tx.rows(_OPEN_OF, handoff=handoff):
        tx.update(disputes, (row["number"],), {"ended_at": at, "ended_how": how, "ended_by": by})


async def handoff_of(tx: Tx, number: int) -> int:
    """The number of the handoff that `D-<number>` is about; refuses a number that was never given."""
    row = await tx.get(disputes, number)
    if row is None:
        raise Refusal(f"There is no D-{number}.", "Open disputes stand in the report.", field="key")
    return int(row["handoff"])


async def open_in(tx: Tx, agreement: str, terms: Terms) -> tuple[OpenDispute, ...]:
    """What is held apart under an agreement, one entry a handoff, with the newest reason given."""
    found: dict[int, OpenDispute] = {}
    for row in await tx.rows(_OPEN_IN, agreement=agreement):
        number, quantity = row["number"], row["disputed"]
        since = found[number].opened_at if number in found else row["opened_at"]
        found[number] = OpenDispute(
            handoff=f"H-{number}",
            quantity=quantity,
            unit_word=_unit_word(terms, row["commitment"], quantity),
            reason=row["reason"],
            opened_at=since,
        )
    return tuple(found.values())


async def of_stretch(
    tx: Tx, agreement: str, terms: Terms, first_on: date, last_on: date, most: int = 50
) -> tuple[UnitDispute, ...]:
    """The newest disputes over what was handed over between two dates, with how each ended."""
    found = await tx.rows(_OF_STRETCH, agreement=agreement, first_on=first_on, last_on=last_on, most=most)
    return tuple(
        UnitDispute(
            row["number"],
            row["handoff"],
            row["quantity"],
            _unit_word(terms, row["commitment"], row["quantity"]),
            row["reason"],
            row["opened_by"],
            row["ended_how"] or "",
            row["ended_by"] or "",
        )
        for row in found
    )


def _unit_word(terms: Terms, commitment: str, quantity: int) -> str:
    promise = next((each.promise for each in terms.commitments if each.slug == commitment), None)
    if not isinstance(promise, Volume | Response | FollowUps):
        return "unit" if quantity == 1 else "units"
    return promise.unit.singular if quantity == 1 else promise.unit.plural
