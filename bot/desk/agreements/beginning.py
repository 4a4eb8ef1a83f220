"""Beginning an agreement: a template, a name and a day become a draft that nobody has seen yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.chat.talk import Person, Place
from bot.desk.agreements import versions
from bot.desk.drafts import naming, rewriting
from bot.desk.people import people
from bot.desk.sitting import Sitting
from bot.documents.starters import STARTERS, begun, starter
from bot.store import administrators, agreements, amendments
from bot.store import people as kept_people
from slacore.agreements import Channel, Terms
from slacore.amendments import Amendment, drafts_for, may_change
from slacore.calendars import zone_named
from slacore.errors import Refusal
from slacore.parties import Member
from slacore.periods import PeriodRule, print_date

MONTH = PeriodRule.parse("month")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of an agreement that he begins. `side` is the party of the template that is his own.

    `on` is its first day (next month's first where None), `place` where it was asked: a channel
    becomes the one in which it is talked about. `zone` is the drafter's own where it is "".
    """

    template: str
    name: str
    side: str = ""
    objective: str = ""
    on: date | None = None
    place: Place | None = None
    zone: str = ""


async def require_founder(sitting: Sitting, person: Person, zone: str) -> None:
    """Let an administrator whom no agreement names begin the first one; refuse other strangers.

    Whoever added Kept to a platform may write down who promises whom what before anybody could have
    listed him. He becomes a member by it, in the zone that he says.
    """
    if sitting.actor:
        return
    if not await administrators.is_one(sitting.tx, person.platform, person.user):
        people.require_member("", person)
    if not zone:
        raise Refusal("I do not know yet where you are.", "Say your time zone, such as Europe/Berlin.", field="zone")
    name = person.name.removeprefix("@") or person.user
    known = await naming.everybody(sitting)
    member = Member(naming.id_of(name, known), name, zone_named(zone).key, identities=((person.platform, person.user),))
    await versions.know(sitting, member)
    sitting.actor = member.id
    await sitting.record("MemberJoined", member.id, None, {"as": "administrator"})


async def begin(sitting: Sitting, wanted: Wanted) -> Amendment:
    """Make a draft of a template. Nothing counts under it, and nobody hears of it yet.

    Refuses a first day that has begun, and a side that the template does not have.
    """
    zone = zone_named(wanted.zone).key if wanted.zone else await kept_people.zone_of(sitting.tx, sitting.actor)
    today = sitting.today(zone)
    on = wanted.on or MONTH.following(MONTH.containing(today)).first_on
    if on <= today:
        raise Refusal(f"{print_date(on)} has begun.", "Name a day that is still to come.", field="from")
    slug = await _free(sitting, naming.slug_of(wanted.name))
    terms = replace(begun(starter(wanted.template), on, zone), slug=slug, name=wanted.name)
    if wanted.objective:
        terms = replace(terms, objective=wanted.objective)
    if wanted.place is not None and wanted.place.kind == "channel":
        terms = replace(terms, channels=(channel_of(wanted.place),))
    if wanted.side:
        terms = await _on_the_side_of(sitting, terms, wanted.side)
    key = await agreements.reserve(sitting.tx, slug, wanted.name)
    draft = Amendment(
        number=await sitting.tx.next_number("X"),
        agreement=slug,
        based_on=0,
        terms=terms,
        because="",
        drafted_by=sitting.actor,
        drafted_at=sitting.now,
        side=drafts_for(terms, sitting.actor) or "",
    )
    await amendments.add(sitting.tx, draft)
    after = {"agreement": key, "template": STARTERS[wanted.template].slug, "from": on.isoformat()}
    await sitting.record("Drafted", draft.key, None, after)
    return draft


async def again(sitting: Sitting, draft: Amendment) -> Amendment:
    """Begin anew from a draft of which nothing came: the same text, from a day that is still to come.

    Refuses one that is still open or was signed, and somebody who could not have changed it.
    """
    if draft.open or draft.state == "signed" or draft.based_on:
        raise Refusal(
            f"{draft.key} is {draft.state}, so it need not be drafted again.",
            "Look at it.",
            offers=((f"Show {draft.key}", f"agreement show {draft.key}"),),
            field="key",
        )
    if not may_change(draft, sitting.actor):
        raise Refusal(
            f"{draft.key} was drafted by {draft.terms.name_of(draft.drafted_by)}.",
            "Begin one of your own: `agreement new`.",
        )
    terms = replace(draft.terms, signatures=())
    today = sitting.today(terms.zone)
    if terms.effective_on <= today:
        terms = begun(terms, MONTH.following(MONTH.containing(today)).first_on, terms.zone)
    fresh = replace(
        draft, number=await sitting.tx.next_number("X"), terms=terms, drafted_by=sitting.actor, drafted_at=sitting.now,
        state="draft", side=drafts_for(terms, sitting.actor) or "", proposed_at=None, ended_at=None, ended_by="",
        ended_why="", revision=1,
    )  # fmt: skip
    await amendments.add(sitting.tx, fresh)
    await sitting.record("Drafted", fresh.key, None, {"again": draft.key})
    return fresh


def channel_of(place: Place) -> Channel:
    """A place as the channel of an agreement."""
    return Channel(place.platform, place.id, place.name or f"#{place.id}")


async def _on_the_side_of(sitting: Sitting, terms: Terms, side: str) -> Terms:
    said = side.casefold().strip()
    party = next((each for each in terms.parties if said in {each.slug, each.name.casefold()}), None)
    if party is None:
        names = ", ".join(each.name for each in terms.parties)
        raise Refusal(f"This template has no party “{side}”.", f"It has: {names}.", field="side")
    return await rewriting.with_owner(sitting, terms, party.slug, "me")


async def _free(sitting: Sitting, slug: str) -> str:
    """The short name, with a number behind it where another agreement has it."""
    number, candidate = 1, slug
    while await agreements.key_of(sitting.tx, candidate) is not None:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
