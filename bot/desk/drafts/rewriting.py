"""Changing a draft step by step: its parties, its outline, a promise's figures, or all of it by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.desk.drafts import drafting, naming
from bot.desk.sitting import Sitting
from bot.documents import Faults, decode, difference, encode, figures, read
from bot.documents.places import placed
from bot.documents.starters import begun
from bot.store import amendments
from slacore import amendments as rules
from slacore.agreements import Agreement, Channel, ReviewSchedule, Terms
from slacore.amendments import Amendment, drafts_for
from slacore.calendars import zone_named
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.excerpts import named_in
from slacore.parties import Member, Party
from slacore.periods import SlotRule

NOBODY = frozenset({"nobody", "none", "no one", "-"})
"""Said for a place that is to stay empty."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Who is who in a party, by name or mention as somebody said it; "" leaves it as it is."""

    owner: str = ""
    deputy: str = ""
    members: str = ""
    contact: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What concerns a draft as a whole; None and "" leave it as it is."""

    name: str = ""
    objective: str = ""
    services: str = ""
    exclusions: str = ""
    on: date | None = None
    until: date | None = None
    sponsor: str = ""
    review: str = ""
    binding: bool | None = None
    channel: Channel | None = None
    zone: str = ""


async def seat(sitting: Sitting, draft: Amendment, slug: str, called: str, seats: Seats) -> Amendment:
    """Name who is who in a party of a draft, and the party itself."""
    terms = draft.terms
    if called:
        renamed = tuple(replace(each, name=called) if each.slug == slug else each for each in terms.parties)
        terms = replace(terms, parties=renamed)
    if seats.owner:
        terms = await with_owner(sitting, terms, slug, seats.owner)
    terms = await _with_deputy(sitting, terms, slug, seats.deputy)
    if seats.members:
        people = await _several(sitting, terms, seats.members)
        terms = known(terms, *people)
        terms = _with_party(terms, slug, members=tuple(each.id for each in people))
    for role, said in (("contact", seats.contact), ("signatory", seats.signatory)):
        if said.casefold() in NOBODY:
            terms = _with_party(terms, slug, **{role: ""})
        elif said:
            person = await naming.somebody(sitting, said, terms)
            terms = _with_party(known(terms, person), slug, **{role: person.id})
    lost = set(named_in(draft.terms)) - set(named_in(terms))
    terms = replace(terms, people=tuple(each for each in terms.people if each.id not in lost))
    return await rewrite(sitting, draft, terms, "owner")


async def deputy(sitting: Sitting, draft: Amendment, slug: str, said: str) -> Amendment:
    """Name who stands in for the owner of a party, or nobody: by those who draft, or by that owner himself."""
    terms = draft.terms
    if draft.state != "draft" or sitting.actor != terms.party(slug).owner:
        rules.require_changeable(draft, sitting.actor)
    return await _keep(sitting, draft, await _with_deputy(sitting, terms, slug, said), "deputy")


async def outline(sitting: Sitting, draft: Amendment, said: Outline) -> Amendment:
    """Change what concerns a draft as a whole."""
    terms = draft.terms
    if said.on is not None or said.zone:
        zone = zone_named(said.zone).key if said.zone else terms.zone
        terms = begun(terms, said.on or terms.effective_on, zone)
    terms = replace(
        terms,
        name=said.name or terms.name,
        objective=said.objective or terms.objective,
        services=_lines(said.services) or terms.services,
        exclusions=_lines(said.exclusions) or terms.exclusions,
        ends_on=said.until or terms.ends_on,
        legally_binding=terms.legally_binding if said.binding is None else said.binding,
        channels=(said.channel,) if said.channel is not None else terms.channels,
    )
    if said.review:
        slots = SlotRule.parse(said.review)
        terms = replace(terms, review=replace(terms.review or ReviewSchedule(slots), slots=slots))
    if said.sponsor:
        person = await naming.somebody(sitting, said.sponsor, terms)
        terms = _in_place_of(terms, terms.sponsor, person, sponsor=True)
    return await rewrite(sitting, draft, terms, "sponsor")


async def figure(
    sitting: Sitting, draft: Amendment, commitment: Commitment, changes: Mapping[str, str], intent: str
) -> Amendment:
    """Change figures of a promise of a draft, and the sentence that says what it is for."""
    terms = draft.terms
    if changes:
        terms = figures.amended(terms, commitment, changes, terms.effective_on)
    if intent:
        kept = (replace(each, intent=intent) if each.slug == commitment.slug else each for each in terms.commitments)
        terms = replace(terms, commitments=tuple(kept))
    return await rewrite(sitting, draft, terms, next(iter(changes), "intent"))


async def hand_back(sitting: Sitting, draft: Amendment, text: str | bytes) -> Amendment:
    """A file becomes the draft, whole. Raises Faults, FileError; nothing of a faulty file is taken."""
    terms = await _handed(sitting, text, draft.key, draft.agreement)
    return await rewrite(sitting, draft, terms, "file")


async def amend(sitting: Sitting, agreement: Agreement, text: str | bytes) -> Amendment:
    """A changed file of an agreement becomes the draft of its next version."""
    return await drafting.by_file(sitting, agreement, await _handed(sitting, text, agreement.key, agreement.slug))


async def _handed(sitting: Sitting, text: str | bytes, key: str, slug: str) -> Terms:
    """The terms of a file that somebody handed back; its signatures are for what was signed, and left behind."""
    _, terms = read(text, name=f"{key}.yaml")
    return replace(await naming.require_own_accounts(sitting, terms), slug=slug, signatures=())


async def with_owner(sitting: Sitting, terms: Terms, slug: str, said: str) -> Terms:
    """The same terms with somebody as the owner of a party, and of what its owner was named for."""
    person = await naming.somebody(sitting, said, terms)
    terms = _in_place_of(terms, terms.party(slug).owner, person, party=slug)
    others = tuple(each for each in terms.party(slug).deputies if each != person.id)
    return _with_party(terms, slug, deputies=others)


async def _with_deputy(sitting: Sitting, terms: Terms, slug: str, said: str) -> Terms:
    """Name a deputy, or nobody: then what the place was named for is the owner's. Not spoken of, it stays as it is."""
    if not said:
        return terms
    party = terms.party(slug)
    place = next((each for each in party.deputies if terms.person(each).to_be_named), None)
    if said.casefold() not in NOBODY:
        person = await naming.somebody(sitting, said, terms)
        if place is not None:
            return _in_place_of(terms, place, person)
        return _with_party(known(terms, person), slug, deputies=(person.id,))
    terms = _with_party(terms, slug, deputies=())
    if place is not None and not terms.person(party.owner).to_be_named:
        terms = _in_place_of(terms, place, terms.person(party.owner))
        rest = tuple(each for each in terms.party(slug).deputies if each != party.owner)
        terms = _with_party(terms, slug, deputies=rest)
    return terms


def _in_place_of(terms: Terms, before: str, person: Member, *, party: str = "", sponsor: bool = False) -> Terms:
    """Put a person where another stood: everywhere, where that was an empty place; else in this one place."""
    terms = known(terms, person)
    vacant = before and terms.person(before).to_be_named
    if not before:
        return replace(terms, sponsor=person.id)
    document = encode(terms)
    if vacant:
        document = placed(document, {before: person.id})
    elif sponsor:
        document["sponsor"] = person.id
    else:
        document["parties"][party]["owner"] = person.id
        for promise in document["commitments"].values():
            if promise["giver"] == party and promise["owner"] == before:
                promise["owner"] = person.id
        for key in ("reports", "review"):
            document = {**document, key: placed(document[key], {before: person.id})} if key in document else document
    if before != person.id and (vacant or not _still_named(document, before)):
        document["people"].pop(before, None)
    return _read_back(document)


def _still_named(document: Mapping[str, object], member: str) -> bool:
    return bool(placed(document, {member: "somebody-else"}) != document)


def known(terms: Terms, *people: Member) -> Terms:
    """The same terms with everybody of these named in them."""
    there = {each.id for each in terms.people}
    return replace(terms, people=(*terms.people, *(each for each in dict.fromkeys(people) if each.id not in there)))


def _with_party(terms: Terms, slug: str, **changes: object) -> Terms:
    def changed(party: Party) -> Party:
        return replace(party, **changes) if party.slug == slug else party  # type: ignore[arg-type]

    return replace(terms, parties=tuple(map(changed, terms.parties)))


async def _several(sitting: Sitting, terms: Terms, said: str) -> tuple[Member, ...]:
    found: list[Member] = []
    for name in said.replace(" and ", ",").replace("\n", ",").split(","):
        if name.strip():
            found.append(await naming.somebody(sitting, name, terms, taken=[each.id for each in found]))
    return tuple(found)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (" ".join(each.split()) for each in text.splitlines()) if line)


async def rewrite(sitting: Sitting, draft: Amendment, terms: Terms, field: str = "") -> Amendment:
    """Keep a draft with other terms, if they can stand; `field` is to blame where they cannot."""
    rules.require_changeable(draft, sitting.actor)
    return await _keep(sitting, draft, terms, field)


async def _keep(sitting: Sitting, draft: Amendment, terms: Terms, field: str) -> Amendment:
    try:
        sound = _read_back(encode(terms))
    except Refusal as refusal:
        raise Refusal(refusal.problem, refusal.next_step, field=field) from refusal
    changes = difference(draft.terms, sound)
    if not changes:
        return draft
    side = drafts_for(sound, draft.drafted_by) or ""
    changed = replace(draft, terms=sound, side=side, revision=draft.revision + 1)
    await amendments.save(sitting.tx, changed)
    await sitting.record("DraftChanged", draft.key, None, {"changes": [each.text for each in changes[:50]]})
    return changed


def _read_back(document: Mapping[str, object]) -> Terms:
    try:
        return decode(document)  # type: ignore[arg-type]
    except Faults as faults:
        first = faults.errors[0]
        mend = f"{first.mend[:1].upper()}{first.mend[1:]}."
        raise Refusal(f"That cannot stand: {first.problem}.", mend) from faults
