"""Who makes promises to whom: people, and the parties they speak for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from slacore.errors import Refusal
from slacore.routings import Routing


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the workspace, whichever platform he or she writes from.

    `zone` is where the person lives (IANA), for quiet hours, digests and shown times.
    `identities` are (platform, user id) pairs; membership comes from the agreement's file or an
    administrator, never from a domain. `email` is written in the file too; where an administrator
    granted that, it stands for an id that nobody looked up. `to_be_named` makes it a place that
    somebody is still to be named for: a draft may have such places, an agreement has none.
    """

    id: str
    name: str
    zone: str
    title: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    email: str = ""
    to_be_named: bool = False


_FORMER = re.compile(r"former-\d+")


def former_member(number: int, zone: str) -> Member:
    """Who stands in the place of somebody that was forgotten: one person still, of whom nothing is known."""
    return Member(f"former-{number}", f"Former member {number}", zone)


def is_former(member: str) -> bool:
    """Whether that is the id of somebody who was forgotten."""
    return _FORMER.fullmatch(member) is not None


def name_without_terms(member: str) -> str:
    """How somebody is called whom an agreement does not know: by the id."""
    return member.replace("former-", "Former member ") if is_former(member) else member


@dataclass(frozen=True, slots=True)
class Staffing:
    """The people of a party and their month: what its promises of follow-ups are held against.

    Each of `reps` works `hours` a month, of which a `prospecting_share` goes to his own prospecting;
    a follow-up takes `minutes`. `expected` is how many of them an item takes on average, None where
    nobody says, which supposes that nobody answers.
    """

    reps: int
    hours: int
    minutes: int
    prospecting_share: Fraction = Fraction(0)
    expected: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A team of the company, or an outside customer or supplier, that promises or is promised to.

    One person is accountable (`owner`); deputies act for him when he is away; the point of
    contact hears of an issue before the ladder climbs past the owner. `calendar` names the
    working time that this party's duties are measured in. `staffing` says how much it has hours
    for, where it says so.
    """

    slug: str
    name: str
    owner: str
    calendar: str
    kind: Literal["team", "customer", "supplier"] = "team"
    aliases: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    contact: str = ""
    manager: str = ""
    signatory: str = ""
    reviewers: tuple[str, ...] = ()
    staffing: Staffing | None = None
    routing: Routing | None = None

    @property
    def people(self) -> frozenset[str]:
        """Everybody who speaks for this party: owner, deputies, members."""
        return frozenset((self.owner, *self.deputies, *self.members))

    @property
    def signs(self) -> str:
        """The member who signs for the party: its owner unless somebody is named."""
        return self.signatory or self.owner

    @property
    def first_contact(self) -> str:
        """The member who hears of an issue first: the point of contact, else the owner."""
        return self.contact or self.owner


def require_speaker(party: Party, member: str, doing: str) -> None:
    """Refuse unless `member` speaks for `party`; `doing` completes "only … can <doing>"."""
    if member not in party.people:
        raise Refusal(
            f"Only {party.name} can {doing}.",
            f"Ask somebody of {party.name} to do it, or an administrator to add you to it.",
        )
