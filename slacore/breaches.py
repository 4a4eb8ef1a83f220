"""A missed obligation or period: recorded once, with by how much, whose, and since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class Breach:
    """One miss on the record. `number` is what people say as `B-<number>`.

    `shortfall` is in the commitment's unit (1 for a deliverable). While units still await
    acceptance or are disputed the amount is `provisional`: it may shrink, the miss stands.
    `made_good_at` is set where late units or a late delivery filled the gap. `why` is what the owner
    says it came of; `excused_at` is set where the side it was owed to forgave it, or a dispute took
    it back, with `excused_why`: then nothing follows from it, and it stays on the record.
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
    why: str = ""
    excused_at: datetime | None = None
    excused_by: str = ""
    excused_why: str = ""

    @property
    def counts(self) -> bool:
        """Whether anything follows from it: final, not forgiven, and not made good."""
        return self.stands and self.made_good_at is None

    @property
    def stands(self) -> bool:
        """Whether it is a miss for certain that nobody forgave; one that was made good late still is."""
        return not self.provisional and self.excused_at is None and self.shortfall > 0

    @property
    def key(self) -> str:
        """What people call it."""
        return f"B-{self.number}"


def excuse(breach: Breach, why: str, by: str, at: datetime) -> Breach:
    """Forgive a miss: nothing follows from it any more. Forgiving twice is refused."""
    if breach.excused_at is not None:
        raise Refusal(f"{breach.key} is excused already: {breach.excused_why}.", f"See `history {breach.key}`.")
    return replace(
        breach, excused_at=at, excused_by=by, excused_why=why, provisional=False, revision=breach.revision + 1
    )


def stand_again(breach: Breach) -> Breach:
    """Take an excusal back whose reason turned out to be none: the miss stands as it did before."""
    return replace(breach, excused_at=None, excused_by="", excused_why="", revision=breach.revision + 1)
