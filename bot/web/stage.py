"""Who can be played, and where: read from the agreements that the rehearsal's workspace has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.store import agreements
from bot.store.database import Database
from bot.web.ports import CastMember, Channel
from slacore.agreements import Agreement, Terms


class Stage:
    """The cast and the channels of a workspace; `workspace` is asked anew each time, for a story can start over.

    Every method may raise DatabaseGone. Lives as long as the database.
    """

    def __init__(self, database: Database, workspace: Callable[[], str]) -> None:
        """Read from `database`."""
        self._database = database
        self._workspace = workspace

    async def cast(self) -> Sequence[CastMember]:
        """Everybody an agreement names and the browser knows: owners first, then the sponsor, then the rest."""
        found: dict[str, CastMember] = {}
        for terms in await self._terms():
            for member in _in_order(terms):
                if member not in found and (played := _played(terms, member)) is not None:
                    found[member] = played
        return list(found.values())

    async def channels(self) -> Sequence[Channel]:
        """The browser's channels that an agreement is spoken of in, with the parties who talk there."""
        found: dict[str, Channel] = {}
        for terms in await self._terms():
            for channel in terms.channels:
                if channel.platform == "web":
                    parties = channel.parties or tuple(party.slug for party in terms.parties)
                    topic = " ↔ ".join(terms.party(slug).name for slug in parties)
                    found.setdefault(channel.id, Channel(channel.id, channel.name.removeprefix("#"), topic))
        return list(found.values())

    async def _terms(self) -> Sequence[Terms]:
        found: Sequence[Agreement] = await self._database.read(self._workspace(), agreements.everything)
        return [agreement.latest.terms for agreement in found]


def _in_order(terms: Terms) -> Iterator[str]:
    yield from (party.owner for party in terms.parties)
    yield terms.sponsor
    for party in terms.parties:
        yield from (*party.deputies, *party.members)
    yield from terms.observers
    yield from (person.id for person in terms.people)


def _played(terms: Terms, member: str) -> CastMember | None:
    """Somebody as one of the cast; None for nobody, and for who has no name at this door."""
    person = next((person for person in terms.people if person.id == member), None)
    if person is None:
        return None
    users = [user for platform, user in person.identities if platform == "web"]
    if not users:
        return None
    party = next((party.name for party in terms.parties if member in party.people), "")
    return CastMember(member, person.name, person.title, party, person.zone, users[0])
