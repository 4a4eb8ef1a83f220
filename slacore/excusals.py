"""Who may forgive a miss, and on what ground: as the agreement says, else the side that it is owed to."""

from __future__ import annotations

from collections.abc import Iterable

from slacore.agreements import Terms
from slacore.errors import Refusal


def may_excuse(terms: Terms, missed_by: str, owed_to: str) -> tuple[str, ...]:
    """The members who may forgive what one party owes another, whoever is asked first before the others.

    The sponsor always may, since both sides answer to him; nobody may for the party that missed,
    whatever the terms say, unless he is the sponsor. Where that leaves nobody named, the side that
    it is owed to decides over its own loss.
    """
    side = terms.party(owed_to)
    named = [member for name in terms.misses.excused_by for member in _speaking_for(name, terms)]
    excluded = terms.party(missed_by).people
    allowed = [member for member in named if member not in excluded] or [side.owner, side.signs, *side.deputies]
    return tuple(dict.fromkeys(each for each in (*allowed, terms.sponsor) if each))


def require_ground(reason: str, grounds: Iterable[str]) -> None:
    """Refuse to forgive on a ground that was not agreed: the reason has to begin with one of them, details after it."""
    agreed = tuple(grounds)
    said = " ".join(reason.casefold().split())
    if agreed and not any(_begins_with(said, ground) for ground in agreed):
        raise Refusal(
            f"The agreement excuses a miss on these grounds alone: {'; '.join(agreed)}.",
            f"Begin with one of them, details after it: because {agreed[0]}, …",
            field="reason",
        )


def _begins_with(said: str, ground: str) -> bool:
    known = " ".join(ground.casefold().split())
    return said.startswith(known) and not said[len(known) :][:1].isalnum()


def _speaking_for(name: str, terms: Terms) -> tuple[str, ...]:
    """The members whom a name of the terms means: a party's owner, signatory and deputies, or the one person."""
    party = next((each for each in terms.parties if each.slug == name), None)
    return (name,) if party is None else (party.owner, party.signs, *party.deputies)
