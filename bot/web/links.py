"""The way about: the rooms somebody can go to and the people they can be, with what waits there unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.web.ports import CastMember, Ports
from bot.web.tour import DIRECT
from bot.web.visits import PLAYED, Visit, address, direct_place


@dataclass(frozen=True, slots=True)
class RoomLink:
    """A room in the list: where it leads, how much there is new, and which platform the browser plays there."""

    slug: str
    name: str
    href: str
    unread: int
    current: bool
    played: str = ""


@dataclass(frozen=True, slots=True)
class PersonLink:
    """One of the cast: who they are, the same room as them, and how many direct messages they have not read."""

    id: str
    name: str
    role: str
    party: str
    href: str
    unread: int = 0
    current: bool = False


def person_link(member: CastMember, href: str, unread: int = 0, *, current: bool = False) -> PersonLink:
    """A link to somewhere as `member`."""
    return PersonLink(member.member_id, member.name, member.role, member.party, href, unread, current)


async def room_links(here: Visit, ports: Ports) -> Sequence[RoomLink]:
    """The channels, then the visitor's own conversation. Where one stands nothing is unread."""
    unread = await ports.messages.unread(here.member.member_id, here.places)
    named = [(channel.id, channel.shown) for channel in here.channels] + [(DIRECT, "Kept, privately")]
    return [
        RoomLink(
            slug=slug,
            name=name,
            href=address(here.member.member_id, slug, tour=here.tour),
            unread=0 if slug == here.slug else unread.get((place.kind, place.id), 0),
            current=slug == here.slug,
            played=PLAYED.get(place.platform, ""),
        )
        for (slug, name), place in zip(named, here.places, strict=True)
    ]


async def person_links(here: Visit, ports: Ports) -> Sequence[PersonLink]:
    """Everybody in the cast, in the room where the visitor stands."""
    waiting = await _waiting(here, ports)
    return [
        person_link(
            member,
            address(member.member_id, here.slug, tour=here.tour),
            waiting[member.member_id],
            current=member.member_id == here.member.member_id,
        )
        for member in here.cast
    ]


async def badges(here: Visit, ports: Ports) -> Mapping[str, Mapping[str, int]]:
    """What is unread by room and by person, for a page that is open."""
    return {
        "rooms": {room.slug: room.unread for room in await room_links(here, ports)},
        "people": await _waiting(here, ports),
    }


async def read_here(here: Visit, ports: Ports) -> None:
    """The visitor sees what is said here; if any of it was new, the badges of other windows go out."""
    member = here.member.member_id
    if (await ports.messages.unread(member, [here.place])).get((here.place.kind, here.place.id), 0):
        await ports.messages.mark_read(member, here.place)
        ports.bell.ring()


async def _waiting(here: Visit, ports: Ports) -> Mapping[str, int]:
    """How many direct messages each of the others has not read: where to look next."""
    others = [member for member in here.cast if member != here.member]
    places = {member.member_id: direct_place(ports.workspace(), member) for member in others}
    return {here.member.member_id: 0, **await ports.messages.unread_by(places)}
