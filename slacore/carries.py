"""What one period lacked and a later one owes with its own quantity: decided by people, once a miss, kept as a ledger.

An entry is never edited. Where the miss shrinks, or nothing follows from it any more, what is too
much is taken back by an entry of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slacore.breaches import Breach
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class CarryEntry:
    """One line of the ledger: `units` of a miss that a later period owes too; fewer than none takes some back."""

    breach: int
    seq: int
    agreement: str
    commitment: str
    from_starts_on: date
    to_starts_on: date
    units: int
    by: str
    at: datetime
    why: str = ""


def units_of(entries: Sequence[CarryEntry]) -> int:
    """What stands of a miss's entries, or of a period's: their sum."""
    return sum(entry.units for entry in entries)


def most_carried(breach: Breach, carried_in: int, room: int | None) -> int:
    """How many units of a miss may be carried on.

    Not those that its own period had been given from an earlier miss: what was carried once and
    missed again is made good in another way, or it would roll on for ever. `room` is what the
    agreement's cap leaves for the period that is to take them, None where it has no cap.
    """
    if not breach.counts:
        return 0
    own = max(0, breach.shortfall - carried_in)
    return own if room is None else min(own, max(0, room))


def require_carriable(breach: Breach, entries: Sequence[CarryEntry], most: int, units: int | None) -> int:
    """The units to carry, `most` unless said otherwise; refuses what was carried before, or more than there is."""
    if entries:
        raise Refusal(
            f"{breach.key} was carried over already.", f"See `history {breach.key}`; it is done once.", field="key"
        )
    if not breach.counts:
        how = "still provisional" if breach.provisional else "excused" if breach.excused_at else "made good"
        if not breach.shortfall:
            how = "closed without a miss"
        raise Refusal(
            f"{breach.key} is {how}, so nothing is carried over.", f"See `history {breach.key}`.", field="key"
        )
    if not most:
        raise Refusal(
            f"Nothing of {breach.key} can be carried on: it was carried there before, or the agreed cap is reached.",
            f"Agree on a recovery plan: `recovery {breach.key}`.",
            field="key",
        )
    if units is not None and units > most:
        raise Refusal(
            f"Of {breach.key} at most {most:,} can be carried on.", f"Say `carry {breach.key} {most}`.", field="units"
        )
    return most if units is None else units


def too_many(breach: Breach, entries: Sequence[CarryEntry], carried_in: int) -> int:
    """How many of the units that were carried on the miss does not bear any more; 0 while it is uncertain."""
    if breach.provisional:
        return 0
    return max(0, units_of(entries) - most_carried(breach, carried_in, None))
