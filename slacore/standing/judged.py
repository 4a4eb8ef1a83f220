"""What every kind of promise is judged by in its period: the word for it, and by how much it falls short."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from slacore.agreements import Terms
from slacore.commitments import Commitment
from slacore.periods import Period

State = Literal[
    "on pace", "at risk", "behind", "none yet", "met", "met late", "missed", "no reading", "waived", "nothing due"
]
"""On pace, at risk, behind, none yet while the period runs; met, met late, missed, no reading, waived after it.

*Nothing due* is the word for a period that asks for nothing: a closed day, or one without a slot.
"""


class Judged(Protocol):
    """Where a promise stands in one period, whatever its kind.

    `provisional` says that what is still open could change the word. `shortfall` counts what is
    missing, in the promise's own unit, once the due moment has passed or nothing can avert the
    miss. `next_at` is the next instant at which time by itself changes the word.
    """

    @property
    def state(self) -> State:
        """The word for it."""
        ...

    @property
    def provisional(self) -> bool:
        """Whether open matters could still change the word."""
        ...

    @property
    def shortfall(self) -> int:
        """What is missing, 0 while it may still come."""
        ...

    @property
    def due_at(self) -> datetime:
        """When the period is judged."""
        ...

    @property
    def next_at(self) -> datetime:
        """The next instant to look."""
        ...

    @property
    def words(self) -> str:
        """The state as people read it."""
        ...


def in_words(state: State, *, provisional: bool) -> str:
    """The state as people read it: "met, provisional"."""
    return f"{state}, provisional" if provisional else state


def due_of(commitment: Commitment, terms: Terms, period: Period) -> datetime:
    """When a period's promise is due: its slot, or the end of the period."""
    if commitment.due is not None:
        slots = commitment.due.slots(period, terms.calendar_of(commitment), terms.zone)
        if slots:
            return slots[-1].at
    return period.ends_at(terms.zone)
