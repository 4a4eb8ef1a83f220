"""Checking by sample: who is looked at, drawn so that anybody can draw it again, and what was found.

A confirmation is somebody's word. An agreement may have a share of those words looked into; who
that is, is drawn by lot once the slot is over, and the lot is kept on the record with the draw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Literal

from slacore.errors import Refusal

Result = Literal["", "passed", "failed"]


@dataclass(frozen=True, slots=True)
class Check:
    """One member who is to be looked at under a check duty, and what was found; "" before anybody has looked."""

    duty: int
    member: str
    result: Result = ""
    reason: str = ""
    checked_by: str = ""
    checked_at: datetime | None = None


def draw(members: Iterable[str], share: Fraction, lot: str) -> tuple[str, ...]:
    """Draw a share of members (rounded up, so never none) by a lot: the same lot draws the same members.

    Each member's place is the SHA-256 of the lot and his id, so that the order depends on nothing
    else, and nobody can tell it before the lot is known.
    """
    waiting = sorted(set(members))
    places = sorted(waiting, key=lambda member: hashlib.sha256(f"{lot}\n{member}".encode()).digest())
    return tuple(sorted(places[: ceil(share * len(waiting))]))


def judge(check: Check, result: Result, reason: str, by: str, at: datetime) -> Check:
    """Write down what was found; a finding stands, and "failed" says why."""
    if check.result:
        raise Refusal(f"That was checked already: {check.result}.", "Nothing left to do.")
    if result == "failed" and not reason.strip():
        raise Refusal("A failed check needs a reason.", "Add `because …`: it is told to nobody else.", field="reason")
    return Check(check.duty, check.member, result, reason, by, at)


def left(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Those that nobody has looked at yet."""
    return tuple(each for each in checks if not each.result)
