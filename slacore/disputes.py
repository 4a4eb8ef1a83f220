"""One side says that a recorded miss is wrong: answered by the other side, or decided by the sponsor.

While it is open nothing may follow from the miss; clocks and the ladder go on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.errors import Refusal

Verdict = Literal["stands", "falls"]
How = Literal["", "upheld", "taken back"]


@dataclass(frozen=True, slots=True)
class BreachDispute:
    """A miss that one side says is none. `number` is what people say as `D-<number>`.

    `side` is the party that disputes. The other one may give in, which takes the miss back, or
    contest it with its reason; then whoever decides says `how` it ends.
    """

    number: int
    breach: int
    side: str
    reason: str
    opened_by: str
    opened_at: datetime
    contested_by: str = ""
    contested_why: str = ""
    ended_at: datetime | None = None
    ended_how: How = ""
    ended_by: str = ""
    ended_why: str = ""

    @property
    def key(self) -> str:
        """What people call it."""
        return f"D-{self.number}"


def require_in_time(breach: Breach, terms: Terms, now: datetime) -> None:
    """Refuse to dispute a miss that is excused, or later than the window."""
    if breach.excused_at is not None:
        raise Refusal(f"{breach.key} is excused already.", "Nothing follows from it.", field="key")
    within = terms.misses.dispute_within
    until = terms.calendar_of_party(breach.party).due(breach.recorded_at, within)
    if now > until:
        raise Refusal(
            f"{breach.key} could be disputed for {within.in_words()} after it was recorded; they have passed.",
            f"Ask the other side to excuse it: `excuse {breach.key} because …`.",
            field="key",
        )


def contest(dispute: BreachDispute, by: str, why: str) -> BreachDispute:
    """The other side says that the miss stands, with its reason: now somebody else has to decide."""
    _require_open(dispute)
    if dispute.contested_by:
        raise Refusal(f"{dispute.key} is contested already.", "It waits for whoever decides.", field="key")
    return replace(dispute, contested_by=by, contested_why=why)


def decide(dispute: BreachDispute, verdict: Verdict, by: str, why: str, now: datetime) -> BreachDispute:
    """End a dispute: the miss stands, or it falls and is taken back."""
    _require_open(dispute)
    how: How = "upheld" if verdict == "stands" else "taken back"
    return replace(dispute, ended_at=now, ended_how=how, ended_by=by, ended_why=why)


def _require_open(dispute: BreachDispute) -> None:
    if dispute.ended_at is not None:
        raise Refusal(
            f"{dispute.key} has ended: the miss was {dispute.ended_how}.", "Nothing is left to do.", field="key"
        )
