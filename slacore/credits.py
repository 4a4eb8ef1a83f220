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
    """Below `attained_below` the miss is worth `share` of the charge.

    A figure in per cent is held against it as it is, so that 99.8 % is below 99.9 %; of anything
    else it is the share of the target that was attained.
    """

    attained_below: Fraction
    share: Fraction


Then = Literal["notice", "recovery plan", "review", "end"]
"""What repeated misses lead to: a notice, a plan, a meeting before its time, a proposal to end the agreement."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """So many `misses` of one promise, the last `within` a time of the first, and what was agreed `then`."""

    misses: int
    within: Duration
    then: Then

    def in_words(self) -> str:
        """Say the rule: "3 misses within 365 days: notice to the sponsor"."""
        return f"{self.misses} misses within {self.within.in_words()}: {THEN_IN_WORDS[self.then]}"


THEN_IN_WORDS: dict[Then, str] = {
    "notice": "notice to the sponsor",
    "recovery plan": "recovery plan",
    "review": "review before its time",
    "end": "proposal to end the agreement",
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows a miss, as both sides agreed beforehand.

    `options` are the ways to make it good: a recovery plan within `plan_within`, the missing
    units carried over into the next period, a service credit by `tiers` of `charge` up to `cap`.
    `decider` is the member who chooses (the sponsor unless named). A credit may be claimed for
    `claim_within` after it accrued, by default until the second period after the missed one has
    ended; one of less than `minimum` is not paid. No period owes more than
    `carry_at_most` units that others lacked. `repeated` is what more misses of one promise lead to.
    """

    slug: str
    options: tuple[Literal["recovery plan", "carry-over", "service credit", "notice"], ...]
    decider: str = ""
    plan_within: Duration | None = None
    tiers: tuple[Tier, ...] = ()
    charge: Money | None = None
    cap: Fraction | None = None
    claim_within: Duration | None = None
    minimum: Money | None = None
    carry_at_most: int | None = None
    repeated: tuple[Repeated, ...] = ()

    @property
    def gives_credit(self) -> bool:
        """Whether a miss is worth money: a service credit is agreed, with what it is a share of."""
        return "service credit" in self.options and self.charge is not None

    def share_at(self, attained: Fraction) -> Fraction:
        """The share of the charge that a miss is worth: that of the lowest tier it falls below, 0 of none."""
        below = [tier for tier in self.tiers if attained < tier.attained_below]
        return min(below, key=lambda tier: tier.attained_below).share if below else Fraction()

    def most(self) -> Money | None:
        """The most that is credited for one period, to the smallest unit: `cap` of the charge, or all of it."""
        return None if self.charge is None else self.charge.times(Fraction(1) if self.cap is None else self.cap)

    def in_words(self, shortfall: str) -> str:
        """Say the agreed options for a miss of `shortfall` ("9 leads")."""
        words = []
        for option in self.options:
            match option:
                case "recovery plan":
                    within = f" within {self.plan_within.in_words()}" if self.plan_within else ""
                    words.append(f"recovery plan{within}")
                case "carry-over":
                    most = "" if self.carry_at_most is None else f" (at most {self.carry_at_most:,} into one period)"
                    words.append(f"{shortfall} carried over{most}")
                case "service credit":
                    words.append("service credit by the agreed tiers")
                case "notice":
                    words.append("notice to the sponsor")
        return ", or ".join(words)
