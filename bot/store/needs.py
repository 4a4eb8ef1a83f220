"""What each side was asked to need before an agreement was proposed, and what it said."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import needs
from bot.store.tx import Tx
from slacore.needs import Need

_OF = (
    select(needs).where(mine(needs), needs.c.amendment == bindparam("number")).order_by(needs.c.asked_at, needs.c.party)
)


async def of_draft(tx: Tx, number: int) -> tuple[Need, ...]:
    """The questions of a draft with their answers."""
    return tuple(
        Need(
            row["amendment"],
            row["party"],
            row["member"],
            row["asked_by"],
            row["asked_at"],
            row["due_at"],
            row["text"],
            row["quantity"],
            row["answered_by"],
            row["answered_at"],
        )
        for row in await tx.rows(_OF, number=number)
    )


async def add(tx: Tx, need: Need) -> None:
    """Keep a question."""
    tx.insert(
        needs,
        {
            "amendment": need.amendment,
            "party": need.party,
            "member": need.member,
            "asked_by": need.asked_by,
            "asked_at": need.asked_at,
            "due_at": need.due_at,
        },
    )


async def keep(tx: Tx, need: Need) -> None:
    """Keep an answer, in place of the one before."""
    said = {
        "text": need.text,
        "quantity": need.quantity,
        "answered_by": need.answered_by,
        "answered_at": need.answered_at,
    }
    tx.update(needs, (need.amendment, need.party), said)
