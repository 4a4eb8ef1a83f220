"""A small company in the store: a promise of leads, people, and handoffs under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.store import handoffs, identities, people, workspaces
from bot.store.tables import agreement_versions, agreements, commitments
from bot.store.tx import Tx
from slacore.handoffs import Entry, Handoff, Piles
from slacore.obligations import Obligation
from slacore.parties import Member
from tests.bot.store.conftest import NOON

OCTOBER = date(2026, 10, 1)
JOSH = Member("josh", "Josh", "America/New_York", "Marketing manager", (("web", "josh"), ("slack", "U1")))
AMY = Member("amy", "Amy", "America/Chicago", "Sales manager", (("web", "amy"),))


async def begin_company(tx: Tx) -> None:
    """A company with one agreement of two promises."""
    await workspaces.begin(tx, "Company X")
    for person in (JOSH, AMY):
        await people.keep(tx, person)
        await identities.keep(tx, person)
    tx.insert(agreements, {"slug": "a", "number": 1, "name": "Leads"})
    tx.insert(
        agreement_versions,
        {
            "agreement": "a",
            "version": 1,
            "document": "{}",
            "sha256": "0",
            "effective_on": OCTOBER,
            "applied_at": NOON,
            "state": "signed",
        },
    )
    for number, slug in enumerate(("leads", "reports"), 1):
        tx.insert(commitments, {"agreement": "a", "slug": slug, "number": number})


def handoff_of(number: int, quantity: int = 25, **changes: Any) -> Handoff:
    """A handoff as it is when it is logged."""
    return replace(
        Handoff(
            number=number,
            agreement="a",
            version=1,
            commitment="leads",
            period_starts_on=OCTOBER,
            giver="marketing",
            receiver="sales",
            quantity=quantity,
            piles=Piles(awaiting=quantity),
            handed_on=NOON.date(),
            handed_at=NOON,
            late=False,
            logged_by="josh",
            logged_at=NOON,
            silence_at=NOON + timedelta(days=2),
        ),
        **changes,
    )


async def log(tx: Tx, quantity: int, **changes: Any) -> Handoff:
    """Log a handoff under the next number."""
    handoff = handoff_of(await tx.next_number("H"), quantity, **changes)
    entry = Entry("logged", handoff.logged_by, handoff.logged_at, handoff.piles)
    await handoffs.add(tx, handoff, entry)
    return handoff


def owed(number: int, **changes: Any) -> Obligation:
    """Something owed under the promise of reports, due at noon."""
    return replace(
        Obligation(
            number=number,
            agreement="a",
            version=1,
            commitment="reports",
            kind="slot",
            subject=f"slot {number}",
            party="sales",
            owner="amy",
            period_starts_on=OCTOBER,
            opens_at=NOON - timedelta(days=5),
            due_at=NOON,
            look_again_at=NOON,
        ),
        **changes,
    )
