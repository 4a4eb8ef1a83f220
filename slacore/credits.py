"""What a miss is agreed to cost: consequences as data.

A consequence is proposed when a miss is certain and decided by people; it never ends the
relationship.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from slacore.calendars import Duration
from slacore.money import Money


@dataclass(frozen=True, slots=True)
class Tier:
    """Below `attained_below` (a share of the target) the miss is worth `share` of the charge."""

    attained_below: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows a miss, as both sides agreed beforehand.

    `options` are the ways to make it good: a recovery plan within `plan_within`, the missing
    units carried over into the next period, a service credit by `tiers` of `charge` up to `cap`.
    `decider` is the member who chooses (the sponsor unless named).
    """

    slug: str
    options: tuple[Literal["recovery plan", "carry-over", "service credit", "notice"], ...]
    decider: str = ""
    plan_within: Duration | None = None
    tiers: tuple[Tier, ...] = ()
    charge: Money | None = None
    cap: Fraction | None = None

    def in_words(self, shortfall: str) -> str:
        """Say the agreed options for a miss of `shortfall` ("9 leads")."""
        words = []
        for option in self.options:
            match option:
                case "recovery plan":
                    within = f" within {self.plan_within.in_words()}" if self.plan_within else ""
                    words.append(f"recovery plan{within}")
                case "carry-over":
                    words.append(f"{shortfall} carried over")
                case "service credit":
                    words.append("service credit by the agreed tiers")
                case "notice":
                    words.append("notice to the sponsor")
        return ", or ".join(words)
