"""Two parties of whom one answers what the other hands over: agreements of leads for tests of items."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, Response, Volume
from slacore.items import Handed, Item, handed_over
from tests.company_x import TERMS, at

MONDAY = at(5)
"""Monday 5 October 2026, 09:00 in New York, when everybody is at work."""
LEADS = TERMS.commitment("leads")
assert isinstance(LEADS.promise, Volume)
ANSWERS = replace(
    LEADS,
    slug="answers",
    name="Answers",
    giver="sales",
    receiver="marketing",
    owner="amy",
    due=None,
    promise=Response(Duration(4, "wh"), LEADS.promise.unit),
    consequence="",
)
"""Sales answers each qualified lead within four working hours."""


def answering(**changes: Any) -> tuple[Terms, Commitment, Response]:
    """Company X with that promise, its terms of response changed."""
    assert isinstance(ANSWERS.promise, Response)
    promise = replace(ANSWERS.promise, **changes)
    commitment = replace(ANSWERS, promise=promise)
    night = Calendar("America/New_York", {"Mon-Fri": "17:00-22:00", "Sat": "09:00-13:00"})
    calendars = {**TERMS.calendars, "evening": night}
    terms = replace(TERMS, calendars=calendars, commitments=(*TERMS.commitments, commitment))
    return terms, commitment, promise


def lead(handed_at: datetime = MONDAY, *, number: int = 3, **changes: Any) -> Item:
    """L-3, a lead that marketing handed to sales."""
    handed = Handed(number, 41, "company-x", 1, "marketing", "sales", "qualified leads", handed_at, "Ann Lee")
    return handed_over(replace(handed, **changes), "josh", handed_at)[0]


def after(hours: float) -> datetime:
    """So many hours after Monday's opening."""
    return MONDAY + timedelta(hours=hours)
