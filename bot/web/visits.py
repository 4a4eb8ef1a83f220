"""Who is looking at which room: read from the address, for two windows may be two people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.chat.talk import Person, Place
from bot.web.ports import CastMember, Channel, Ports
from bot.web.render import Reader
from bot.web.tour import DIRECT, Progress, read
from slacore.errors import Refusal

PLAYED: Mapping[str, str] = {"slack": "Slack", "teams": "Teams"}


class NotHere(Refusal):
    """The address names somebody or somewhere that this rehearsal does not have."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One person in one place, with everybody and everywhere else they could be.

    `channel` is None in the person's own conversation with the bot. `tour` is how far the guided
    tour has got in this window, None without one.
    """

    member: CastMember
    place: Place
    channel: Channel | None
    cast: Sequence[CastMember]
    channels: Sequence[Channel]
    tour: Progress | None

    @property
    def person(self) -> Person:
        """The member as this door knows them."""
        return Person(self.place.workspace, self.place.platform, self.member.speaks_as, self.member.name)

    @property
    def slug(self) -> str:
        """The place as it stands in an address."""
        return DIRECT if self.channel is None else self.channel.id

    @property
    def name(self) -> str:
        """The place as people call it."""
        return "Kept" if self.channel is None else self.channel.shown

    @property
    def played(self) -> str:
        """The platform that the browser plays here, as people call it; "" where it is itself."""
        return PLAYED.get(self.place.platform, "")

    @property
    def places(self) -> list[Place]:
        """Every place this person reads: the channels, and their own conversation."""
        rooms = [channel_place(self.place.workspace, channel) for channel in self.channels]
        return [*rooms, direct_place(self.place.workspace, self.member)]

    def address(self, action: str = "", **query: str | int) -> str:
        """The path of this room, or of something done in it; a tour under way goes along."""
        return address(self.member.member_id, self.slug, action, tour=self.tour, **query)


def address(member: str, slug: str, action: str = "", *, tour: Progress | None = None, **query: str | int) -> str:
    """The path of a room as somebody, with what stands behind the question mark."""
    path = "/".join(("/rehearsal", quote(member, safe=""), quote(slug, safe="@"), *([action] if action else [])))
    if tour is not None:
        query = {"tour": str(tour), **query}
    return f"{path}?{urlencode(query)}" if query else path


def channel_place(workspace: str, channel: Channel) -> Place:
    """A channel as a place."""
    return Place(workspace, channel.platform, "channel", channel.id, channel.name)


def direct_place(workspace: str, member: CastMember) -> Place:
    """A member's own conversation with the bot as a place."""
    return Place(workspace, member.platform, "direct", member.speaks_as, member.name)


async def visit(request: web.Request, ports: Ports) -> Visit:
    """The visit that a request's address speaks of. Raises NotHere."""
    return await visit_to(
        ports,
        request.match_info["person"],
        request.match_info["place"],
        read(request.query.get("tour", ""), ports.tour),
    )


async def visit_to(ports: Ports, person: str, slug: str, tour: Progress | None = None) -> Visit:
    """Somebody somewhere, by member id and slug. Raises NotHere."""
    cast, channels = await ports.cast(), await ports.channels()
    member = next((member for member in cast if member.member_id == person), None)
    if member is None:
        raise NotHere("Nobody of that name plays in this rehearsal.", "Choose somebody from the cast.")
    if slug == DIRECT:
        return Visit(member, direct_place(ports.workspace(), member), None, cast, channels, tour)
    channel = next((channel for channel in channels if channel.id == slug), None)
    if channel is None:
        raise NotHere("There is no such room in this rehearsal.", "Choose a room from the list.")
    return Visit(member, channel_place(ports.workspace(), channel), channel, cast, channels, tour)


def reader(visit: Visit, ports: Ports) -> Reader:
    """The visitor as somebody cards are drawn for."""
    return Reader(visit.member.member_id, visit.member.zone, ports.clock.now())
