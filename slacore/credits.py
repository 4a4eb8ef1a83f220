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

Option = Literal["recovery plan", "carry-over", "service credit", "notice"]
"""A way to make a miss good."""
Otherwise = Literal["carry-over", "service credit", "notice"]
"""What may follow where no recovery plan was agreed in its time."""
Applies = Literal["", "one of them", "all of them"]
"""Which of several options a miss brings; "" where the file does not say."""


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
    `applies` says whether a miss brings one of them, chosen by the `decider` (the sponsor unless
    named; without either the two sides together), or all. `otherwise` follows where no plan was
    agreed in its time. A credit may be claimed for `claim_within` after it accrued, by default
    until the second period after the missed one has ended; one of less than `minimum` is not paid.
    No period owes more than `carry_at_most` units that others lacked. `repeated` is what more
    misses of one promise lead to.
    """

    slug: str
    options: tuple[Option, ...]
    decider: str = ""
    plan_within: Duration | None = None
    tiers: tuple[Tier, ...] = ()
    charge: Money | None = None
    cap: Fraction | None = None
    claim_within: Duration | None = None
    minimum: Money | None = None
    carry_at_most: int | None = None
    repeated: tuple[Repeated, ...] = ()
    applies: Applies = ""
    otherwise: Otherwise | Literal[""] = ""

    @property
    def is_a_choice(self) -> bool:
        """Whether a miss brings one of several, so that somebody has to choose.

        Where the file does not say, it is one of them; all of them with a service credit, which accrues by itself.
        """
        if len(self.options) < 2:
            return False
        return self.applies == "one of them" or (not self.applies and "service credit" not in self.options)

    @property
    def named(self) -> tuple[Option, ...]:
        """Every option that a miss may come to bring: those agreed, and what follows where no plan was made."""
        return tuple(dict.fromkeys((*self.options, *((self.otherwise,) if self.otherwise else ()))))

    @property
    def gives_credit(self) -> bool:
        """Whether a miss is worth money: a service credit is agreed, with what it is a share of."""
        return "service credit" in self.named and self.charge is not None

    def share_at(self, attained: Fraction) -> Fraction:
        """The share of the charge that a miss is worth: that of the lowest tier it falls below, 0 of none."""
        below = [tier for tier in self.tiers if attained < tier.attained_below]
        return min(below, key=lambda tier: tier.attained_below).share if below else Fraction()

    def most(self) -> Money | None:
        """The most that is credited for one period, to the smallest unit: `cap` of the charge, or all of it."""
        return None if self.charge is None else self.charge.times(Fraction(1) if self.cap is None else self.cap)

    def in_words(self, shortfall: str) -> str:
        """Say what was agreed for a miss of `shortfall` ("9 leads"): one of several, or all of them."""
        between = ", or " if self.is_a_choice else ", and "
        words = between.join(self.option_in_words(option, shortfall) for option in self.options)
        if self.otherwise:
            words += f"; without a plan in time, {self.option_in_words(self.otherwise, shortfall)}"
        return words

    def option_in_words(self, option: Option, shortfall: str) -> str:
        """Say one option: "recovery plan within 3 working days"."""
        match option:
            case "recovery plan":
                return f"recovery plan{f' within {self.plan_within.in_words()}' if self.plan_within else ''}"
            case "carry-over":
                most = "" if self.carry_at_most is None else f" (at most {self.carry_at_most:,} into one period)"
                return f"{shortfall} carried over{most}"
            case "service credit":
                return "service credit by the agreed tiers"
            case "notice":
                return "notice to the sponsor"
