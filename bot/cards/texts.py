"""The whole of an agreement to be read, printed and signed with a pen: its text, its signatures, its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.papers import versions_of
from bot.chat.card import Card
from bot.chat.plain import moment_of
from bot.documents import Change
from bot.documents.prose import Clause, Passage, passages
from slacore.agreements import Terms

_BY_HAND = "Signature: ______________________________   Date: ______________"

Line = tuple[int, Terms, Sequence[Change]]
"""A version: its number, its terms, what it changed."""


def sections(terms: Terms, versions: Sequence[Line], now: datetime) -> tuple[Card | Passage, ...]:
    """Everything that terms say, who signed them and when, and, where there were any, the versions before."""
    history = Card("Versions", "The versions there were.", tuple(versions_of(versions, now)))
    return (*passages(terms), signatures(terms), *((history,) if versions else ()))


def signatures(terms: Terms) -> Passage:
    """Who signed for which party, and when; a line to write on for whoever has not."""
    signed = {each.party: each for each in terms.signatures}
    clauses = []
    for party in terms.parties:
        person = terms.person(party.signs)
        name = f"{person.name}, {person.title}" if person.title else person.name
        if (found := signed.get(party.slug)) is not None:
            line = f"Signed by {terms.name_of(found.member)} on {moment_of(found.signed_at, terms.zone, 'day')}"
            clauses.append(Clause(f"For {party.name}", (f"{line} {found.signed_at:%Y}",)))
        else:
            clauses.append(Clause(f"For {party.name}", (name, _BY_HAND)))
    return Passage("Signatures", tuple(clauses))
