"""What a miss is worth in money: accrued by its tier, claimed, decided over, applied; or expired.

A credit is never edited. Where what it was worth turns out to be different, it is reversed by an
entry of its own, and the new worth accrues as another credit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.credits import Consequence
from slacore.errors import Refusal
from slacore.money import Money
from slacore.periods import Period, PeriodRule, print_date

Status = Literal["accrued", "claimed", "approved", "refused", "applied", "expired", "reversed"]
OPEN: frozenset[Status] = frozenset({"accrued", "claimed", "approved"})
"""Somebody still has to do something."""
COUNTED: frozenset[Status] = OPEN | {"applied"}
"""What is paid, or may still be: what the cap holds down."""

AT_LEAST_TO_CLAIM = Duration.parse("5wd")
"""How long a credit can be claimed at least, however late it accrued, in the claimant's working time."""
_FROM: dict[Status, Status] = {"claimed": "accrued", "approved": "claimed", "refused": "claimed", "applied": "approved"}
"""What a credit has to be before it can become something."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What one miss is worth; people say `K-<number>`.

    `worth` is what its tier alone gives, in the currency's smallest unit; `amount` what the cap left of it.
    `party` gives it and `claimant` may claim it until `claim_until`. All credits under one
    `consequence` for one period share a cap.
    """

    number: int
    breach: int
    agreement: str
    version: int
    commitment: str
    consequence: str
    party: str
    claimant: str
    period_starts_on: date
    period_ends_on: date
    share: Fraction
    worth: Money
    amount: Money
    accrued_at: datetime
    claim_until: datetime
    status: Status = "accrued"
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"K-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.status in OPEN

    @property
    def stands(self) -> Money:
        """What it adds up to: nothing once it was reversed, refused, or let expire."""
        return self.amount if self.status in COUNTED else Money(0, self.amount.currency)


@dataclass(frozen=True, slots=True)
class CreditEntry:
    """One line of the ledger: what happened to a credit, and by how much that moved what is owed.

    A credit's entries add up to what it `stands` for.
    """

    credit: int
    seq: int
    happened: Status
    amount: Money
    by: str
    at: datetime
    why: str = ""


def amount_left(consequence: Consequence, worth: Money, others: Sequence[Credit]) -> Money:
    """What the period's cap, and the least that is paid, leave of a miss's worth beside the period's other credits."""
    most = consequence.most()
    if most is None:
        return Money(0, worth.currency)
    room = most
    for other in others:
        room -= other.stands
    left = min(worth, max(room, Money(0, worth.currency)))
    too_little = consequence.minimum is not None and left < consequence.minimum
    return Money(0, worth.currency) if too_little else left


def claimable_until(
    consequence: Consequence, rule: PeriodRule, period: Period, terms: Terms, claimant: str, now: datetime
) -> datetime:
    """When a credit that accrues now can be claimed no more.

    By the file's own duration; else when the second period after the missed one ends, and never
    sooner than `AT_LEAST_TO_CLAIM` from now, for a miss may settle late.
    """
    calendar = terms.calendar_of_party(claimant)
    if consequence.claim_within is not None:
        return calendar.due(now, consequence.claim_within)
    second = rule.following(rule.following(period))
    return max(second.ends_at(terms.zone), calendar.due(now, AT_LEAST_TO_CLAIM))


def opening(credit: Credit, by: str) -> CreditEntry:
    """The entry by which a credit came about."""
    return CreditEntry(credit.number, 1, "accrued", credit.amount, by, credit.accrued_at)


def move(credit: Credit, to: Status, by: str, at: datetime, zone: str, why: str = "") -> tuple[Credit, CreditEntry]:
    """Claim a credit, approve or refuse what was claimed, apply what was approved.

    Refused where it is not its turn: twice, out of order, too late (by the date in `zone`).
    """
    if credit.status != _FROM[to]:
        already = credit.status == to
        what = (
            f"{credit.key} is {to} already." if already else f"{credit.key} is {credit.status}, so it is not {to} now."
        )
        raise Refusal(what, _next_step(credit), field="key")
    if to == "claimed" and at >= credit.claim_until:
        last_on = (credit.claim_until - timedelta.resolution).astimezone(ZoneInfo(zone)).date()
        raise Refusal(
            f"{credit.key} could be claimed until {print_date(last_on)}; that has passed.",
            "Ask the other side for it at the next review.",
            field="key",
        )
    return _moved(credit, to, by, at, why)


def expire(credit: Credit, at: datetime) -> tuple[Credit, CreditEntry]:
    """Nobody claimed a credit in its time. ValueError for one that was claimed, or before its time."""
    if credit.status != "accrued" or at < credit.claim_until:
        raise ValueError(f"{credit.key} does not expire at {at}")
    return _moved(credit, "expired", "", at, "")


def reverse(credit: Credit, by: str, at: datetime, why: str) -> tuple[Credit, CreditEntry]:
    """Take a credit back, even an applied one: the miss is worth something else, or is none."""
    return _moved(credit, "reversed", by, at, why)


def is_same(credit: Credit | None, worth: Money) -> bool:
    """Whether a miss's newest credit already stands for what the miss is worth now.

    One that was refused or expired is closed: it is neither taken back nor given again.
    """
    if credit is None or credit.status == "reversed":
        return not worth.amount
    return credit.status in ("refused", "expired") or credit.worth == worth


def extended(credit: Credit, terms: Terms, now: datetime) -> Credit:
    """Leave time to claim a credit once a dispute is over that held it up."""
    until = terms.calendar_of_party(credit.claimant).due(now, AT_LEAST_TO_CLAIM)
    if credit.status != "accrued" or until <= credit.claim_until:
        return credit
    return replace(credit, claim_until=until, revision=credit.revision + 1)


def _moved(credit: Credit, to: Status, by: str, at: datetime, why: str) -> tuple[Credit, CreditEntry]:
    moved = replace(credit, status=to, revision=credit.revision + 1)
    entry = CreditEntry(credit.number, moved.revision, to, moved.stands - credit.stands, by, at, why)
    return moved, entry


def _next_step(credit: Credit) -> str:
    match credit.status:
        case "accrued":
            return f"It is to be claimed first: `credit claim {credit.key}`."
        case "claimed":
            return f"It waits to be decided: `credit approve {credit.key}`, or refuse it."
        case "approved":
            return f"It waits to be applied: `credit apply {credit.key}`."
        case _:
            return f"Nothing is left to do; see `history {credit.key}`."
