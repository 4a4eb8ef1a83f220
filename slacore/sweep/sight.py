"""What a decision may look at besides the obligation and the time."""

from __future__ import annotations

from dataclasses import dataclass

from slacore.agreements import Terms
from slacore.presence import Presence
from slacore.standing import Judged


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a decision may look at besides the obligation and the time.

    `standing` is given for a period, `at_risk` for a slot (its last one was missed) and for follow-ups
    (too few days are left for them). `breach_provisional` tells whether the recorded breach still waits
    for its final amount, and `breach_shortfall` the amount it is recorded with; None where there is none.
    """

    terms: Terms
    presence: Presence
    standing: Judged | None = None
    at_risk: bool = False
    breach_provisional: bool = False
    breach_shortfall: int | None = None
