"""An agreement that has a last day goes on for as long again, unless somebody names another day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from slacore.agreements import Agreement
from slacore.errors import Refusal
from slacore.periods import print_date

A_YEAR = 12
"""Months that an agreement is renewed for which was first made without an end."""


def renewed_until(agreement: Agreement, ends_on: date) -> date:
    """The last day of as long again as the agreement was first made for: in whole months where it was, else in days.

    From 1 October 2026 to 30 September 2027 is a year, so it is renewed until 30 September 2028.
    """
    first = agreement.versions[0].terms
    after = ends_on + timedelta(days=1)
    if first.ends_on is None:
        return _plus(after, A_YEAR) - timedelta(days=1)
    over = first.ends_on + timedelta(days=1)
    if over.day != first.effective_on.day:
        return ends_on + (over - first.effective_on)
    months = (over.year - first.effective_on.year) * 12 + over.month - first.effective_on.month
    return _plus(after, months) - timedelta(days=1)


def require_later(agreement: Agreement, ends_on: date | None, until: date, today: date) -> date:
    """The last day that is to be renewed; refuses where there is none, it has passed, or the new one is not later."""
    if ends_on is None:
        raise Refusal(
            f"{agreement.key} has no last day, so there is nothing to renew.",
            f"Say `agreement end {agreement.key} on …` to give it one.",
        )
    if ends_on < today:
        raise Refusal(
            f"{agreement.key} ended on {print_date(ends_on)}: what is over is not renewed.",
            "Draft a new agreement.",
        )
    if until <= ends_on:
        raise Refusal(f"{agreement.key} lasts until {print_date(ends_on)} already.", "Name a later day.", field="until")
    return ends_on


def _plus(on: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
