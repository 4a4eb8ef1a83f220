"""Places in an agreement that nobody has been named for yet.

A draft may begin as "the owner of Marketing, whoever that will be". What is signed may not: every
promise is somebody's, and every message has a reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.parties import Member, Party


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place that is still to be filled: who stands there for now, and what he is to be."""

    member: Member
    role: str


def vacancies(terms: Terms) -> tuple[Vacancy, ...]:
    """Every place of these terms that nobody has been named for, in the order of its people."""
    return tuple(
        Vacancy(person, next(roles_of(terms, person.id), person.name)) for person in terms.people if person.to_be_named
    )


def without_deputy(terms: Terms) -> tuple[Party, ...]:
    """The parties whose owner is known, and not who stands in for him: a deputy is to be named, or left out."""
    vacant = {each.id for each in terms.people if each.to_be_named}
    return tuple(each for each in terms.parties if each.owner not in vacant and vacant & set(each.deputies))


def roles_of(terms: Terms, member: str) -> Iterator[str]:
    """What somebody is in these terms, the weightiest first: "the owner of Marketing", "the sponsor"."""
    for party in terms.parties:
        if member == party.owner:
            yield f"the owner of {party.name}"
    if member == terms.sponsor:
        yield "the sponsor"
    for party in terms.parties:
        if member in party.deputies:
            yield f"the deputy of {party.name}"
        for role in ("manager", "signatory", "contact"):
            if member == getattr(party, role) and member != party.owner:
                yield f"the {role} of {party.name}"
        if member in party.members:
            yield f"a member of {party.name}"


def require_filled(terms: Terms) -> None:
    """Refuse to put terms before anybody while places in them are still to be filled."""
    if found := vacancies(terms):
        *most, last = (each.role for each in found)
        roles = f"{', '.join(most)} and {last}" if most else last
        raise Refusal(
            f"{terms.name} has places that nobody has been named for: {roles}.",
            "Name them first; who signs and who answers for what belongs to what is signed.",
        )
