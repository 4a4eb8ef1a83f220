"""What may be raised under which promise: by whoever is owed answers, where nobody promised a number of them.

Leads are handed over because somebody promised so many; the cases of a customer come as they come.
They go to whoever promised to answer them, and there is nothing to accept or to dispute in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from slacore.agreements import Agreement, Candidate, Terms, means
from slacore.commitments import Commitment, FollowUps, Response, Unit, Volume
from slacore.errors import Refusal


def unit_of(commitment: Commitment) -> Unit | None:
    """What a promise counts one by one; None for one about no things."""
    promise = commitment.promise
    return promise.unit if isinstance(promise, Volume | Response | FollowUps) else None


def _is_handed_over(terms: Terms, commitment: Commitment) -> bool:
    """Whether what a promise is to answer comes by handoff: its receiver promised its giver a number of the same."""
    unit = unit_of(commitment)
    return unit is not None and any(
        isinstance(each.promise, Volume)
        and (each.giver, each.receiver) == (commitment.receiver, commitment.giver)
        and means(each.promise.unit, unit.plural)
        for each in terms.commitments
    )


def answered_in(terms: Terms) -> Iterator[Commitment]:
    """The promises that something can be raised under, one for each party, side and unit: the first that says so.

    Whatever else was promised about the same things is owed by the same raise.
    """
    seen: set[tuple[str, str, str]] = set()
    for commitment in terms.commitments:
        unit = unit_of(commitment)
        if unit is None or isinstance(commitment.promise, Volume) or _is_handed_over(terms, commitment):
            continue
        about = (commitment.giver, commitment.receiver, unit.plural.casefold())
        if about not in seen:
            seen.add(about)
            yield commitment


def is_raised(terms: Terms, giver: str, receiver: str, unit: str) -> bool:
    """Whether things of that name come from `giver` to `receiver` by being raised, and not by handoff."""
    return any(
        (each.receiver, each.giver) == (giver, receiver) and (of := unit_of(each)) is not None and means(of, unit)
        for each in answered_in(terms)
    )


def raisable_for(agreements: tuple[Agreement, ...], speaker: str, on: date, word: str = "") -> tuple[Candidate, ...]:
    """The promises that `speaker` can raise something under: those that answers are owed to him by.

    `word` is the unit he named, "" for none.
    """
    return tuple(
        Candidate(agreement, version, commitment)
        for agreement in agreements
        if (version := agreement.in_force(on)) is not None
        for commitment in answered_in(version.terms)
        if speaker in version.terms.party(commitment.receiver).people
        and ((unit := unit_of(commitment)) is not None and (not word or means(unit, word)))
    )


def priorities_of(terms: Terms, commitment: Commitment) -> tuple[str, ...]:
    """The priorities that somebody can give to what he raises: those of every promise that answers it."""
    unit = unit_of(commitment)
    found = (
        priority
        for each in terms.commitments
        if isinstance(each.promise, Response) and each.giver == commitment.giver
        if unit is not None and means(each.promise.unit, unit.plural)
        for priority in each.promise.priorities
    )
    return tuple(dict.fromkeys(found))


def require_priority(said: str, known: tuple[str, ...], promise: str) -> str:
    """The priority as the agreement writes it, "" where none was said. Refuses one that the promise does not know."""
    found = next((each for each in known if each.casefold() == said.strip().casefold()), "")
    if said.strip() and not found:
        only = f"It knows {', '.join(known)}." if known else "Leave the priority out."
        raise Refusal(f"{promise} knows no priority “{said.strip()[:40]}”.", only, field="priority")
    return found
