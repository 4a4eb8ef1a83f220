"""Dates as people read them, the same on every machine whatever its locale."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def print_date(on: date) -> str:
    """A date in full: "16 October 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def print_dates(first_on: date, last_on: date, *, year: bool = True) -> str:
    """A stretch of dates, saying no month or year twice: "12–18 Oct 2026", "28 Sep – 4 Oct 2026"."""
    end = _short(last_on) + (f" {last_on.year}" if year or first_on.year != last_on.year else "")
    if first_on == last_on:
        return end
    if first_on.year != last_on.year:
        return f"{_short(first_on)} {first_on.year} – {end}"
    if first_on.month != last_on.month:
        return f"{_short(first_on)} – {end}"
    return f"{first_on.day}–{end}"


def _short(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1][:3]}"
