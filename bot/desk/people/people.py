"""Who is speaking: a platform's user as a member of the workspace, or a stranger."""

from __future__ import annotations

from bot.chat.talk import Person, Place
from bot.desk.sitting import Sitting
from bot.store import identities
from bot.store.tx import Tx
from slacore.agreements import Agreement, Terms
from slacore.errors import Refusal


async def member_of(tx: Tx, person: Person) -> str:
    """The member behind a platform's user. Refuses strangers."""
    return require_member(await identities.member(tx, person.platform, person.user) or "", person)


def require_member(member: str, person: Person) -> str:
    """Refuse somebody without a member id: who is a member is agreed, never guessed.

    What he is known by here is told to him, for it is what the agreement's file needs.
    """
    if not member:
        raise Refusal(
            "I do not know you yet: you are in none of the parties' lists.",
            "Ask the owner of your team, or an administrator, to add you to the agreement: "
            f"your id here is {person.user}; or, where I know you on another platform, say `connect` there.",
        )
    return member


def agreements_heard_in(sitting: Sitting, place: Place) -> tuple[Agreement, ...]:
    """The agreements that words in a place are about: the channel's, or the speaker's own in direct messages."""
    if place.kind == "channel":
        return tuple(each for each in sitting.agreements if _speaks_in(each, place))
    return agreements_of(sitting, sitting.actor)


def agreements_of(sitting: Sitting, member: str) -> tuple[Agreement, ...]:
    """The agreements that somebody has a part in."""
    return tuple(each for each in sitting.agreements if _concerns(each, member))


def _speaks_in(agreement: Agreement, place: Place) -> bool:
    channels = agreement.latest.terms.channels
    return any(channel.platform == place.platform and channel.id == place.id for channel in channels)


def _concerns(agreement: Agreement, member: str) -> bool:
    return member in people_of(agreement.latest.terms)


def people_of(terms: Terms) -> frozenset[str]:
    """Everybody who has a part in an agreement: the parties' people, those they answer to, sponsor and observers."""
    beside = (frozenset((party.manager, party.contact)) for party in terms.parties)
    speak = (party.people for party in terms.parties)
    return frozenset((*terms.observers, terms.sponsor)).union(*speak, *beside) - {""}
