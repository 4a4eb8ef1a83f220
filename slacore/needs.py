"""What each side needs from the other, asked in private before an agreement is put before anybody.

Nobody is to trim his answer to the other side's. So an answer is its own party's alone until every
side has given one, or until the drafter's deadline; then the draft shows them side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from slacore.agreements import Terms
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class Need:
    """A party's question and its answer. `amendment` is the draft's number, `member` whom of the party was asked.

    `text` is what it needs in its own words, "" while it has not answered, `quantity` how much of it, where it said so.
    """

    amendment: int
    party: str
    member: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    text: str = ""
    quantity: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def answered(self) -> bool:
        """Whether its party has said what it needs."""
        return self.answered_at is not None


def laid_open(needs: Sequence[Need], now: datetime) -> bool:
    """Whether the answers can be read by all: every side has given one, or the deadline has come."""
    return bool(needs) and (all(each.answered for each in needs) or now >= max(each.due_at for each in needs))


def answer(
    needs: Sequence[Need], terms: Terms, member: str, text: str, quantity: str, now: datetime
) -> tuple[Need, ...]:
    """What somebody says his party needs; it may be said anew until the answers are laid open.

    Whoever speaks for several of the parties that were asked answers for each. Refuses anybody who
    is neither owner nor deputy of one, and what comes too late.
    """
    asked = [each for each in needs if member in _answering(terms, each.party)]
    if not asked:
        names = ", ".join(terms.name_of(each.member) for each in needs)
        raise Refusal(
            "You were not asked what your side needs.",
            f"These were: {names}." if names else "Nobody was asked.",
            field="key",
        )
    if laid_open(needs, now):
        raise Refusal(
            "The answers are laid open already, yours as it stood then.",
            "Say it to the drafter, or comment on the proposal once there is one.",
            field="key",
        )
    return tuple(replace(each, text=text, quantity=quantity, answered_by=member, answered_at=now) for each in asked)


def _answering(terms: Terms, slug: str) -> set[str]:
    party = terms.party(slug)
    return {party.owner, *party.deputies}
