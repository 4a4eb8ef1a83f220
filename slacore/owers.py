"""Who owes a slot, and what has to show that it is done.

It is owed by the promise's owner, every member of the party, or both parties that are to meet.

Each ower has an obligation of his own. What they owe together is told apart by a mark behind the
slot's date: `2026-10-30:priya`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from slacore.agreements import Terms
from slacore.commitments import Commitment, Deliverable
from slacore.evidence import Wanted
from slacore.obligations import Obligation
from slacore.periods import Period, Slot

_BEHIND = ":"


@dataclass(frozen=True, slots=True)
class Ower:
    """Somebody who owes a slot: for which party, and the mark that tells his obligation from the others'."""

    party: str
    owner: str
    mark: str = ""

    def subject(self, on: date) -> str:
        """What his obligation of a slot is about."""
        return on.isoformat() + (_BEHIND + self.mark if self.mark else "")


def owers_of(commitment: Commitment, terms: Terms) -> tuple[Ower, ...]:
    """Everybody who owes each slot of a deliverable: its owner, unless every member owes it or both parties do."""
    promise = commitment.promise
    if isinstance(promise, Deliverable) and promise.by_every_member:
        people = sorted(terms.party(commitment.giver).people)
        return tuple(Ower(commitment.giver, member, member) for member in people)
    if isinstance(promise, Deliverable) and promise.of_both:
        other = terms.party(commitment.receiver)
        giver = Ower(commitment.giver, commitment.owner, commitment.giver)
        return giver, Ower(other.slug, other.owner, other.slug)
    return (Ower(commitment.giver, commitment.owner),)


def slots_owed(commitment: Commitment, terms: Terms, period: Period) -> tuple[Slot, ...]:
    """The slots of a period that are owed: within the agreement's days, and due after the last party had signed."""
    promise = commitment.promise
    if not isinstance(promise, Deliverable) or promise.slots is None:
        return ()
    found = promise.slots.slots(period, terms.calendar_of(commitment), terms.zone)
    last_on = terms.last_on_of(commitment.slug) or period.last_on
    return tuple(each for each in found if terms.begins_on <= each.on <= last_on and each.at > terms.signed_at)


def slot_of(obligation: Obligation) -> str:
    """The date of the slot that an obligation is about, the same for all who owe it."""
    return obligation.subject.partition(_BEHIND)[0]


def wanted_for(obligation: Obligation, terms: Terms) -> Wanted:
    """What has to show that something owed is done; nothing has to where it is no slot of a deliverable."""
    promise = terms.commitment(obligation.commitment).promise
    return promise.evidence if obligation.kind == "slot" and isinstance(promise, Deliverable) else "any"


def is_members_own(obligation: Obligation, terms: Terms) -> bool:
    """Whether it is a member's own duty, which nobody else can do, and whose lateness is told of as a number only."""
    promise = terms.commitment(obligation.commitment).promise
    return obligation.kind == "slot" and isinstance(promise, Deliverable) and promise.by_every_member
