"""A missed obligation or period: recorded once, with by how much, whose, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Breach:
    """One miss on the record. `number` is what people say as `B-<number>`.

    `shortfall` is in the commitment's unit (1 for a deliverable). While units still await
    acceptance or are disputed the amount is `provisional`: it may shrink, the miss stands.
    `made_good_at` is set where late units or a late delivery filled the gap.
    """

    number: int
    obligation: int
    agreement: str
    version: int
    commitment: str
    party: str
    shortfall: int
    provisional: bool
    recorded_at: datetime
    made_good_at: datetime | None = None
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"B-{self.number}"
