"""Who is meant by a name in a draft: somebody the company knows, an account nobody has named yet, or a name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches

from bot.desk.sitting import Sitting
from bot.store import identities, people
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.parties import Member

_MENTION = re.compile(r"<@([^<>|]+)(?:\|([^<>]*))?>")


async def everybody(sitting: Sitting) -> Mapping[str, Member]:
    """All whom the company knows, by member id, with the accounts they have."""
    agreed = {person.id: person for each in sitting.agreements for person in each.latest.terms.people}
    accounts = await identities.everybody(sitting.tx)
    found = {}
    for person in await people.everybody(sitting.tx):
        email = agreed[person.id].email if person.id in agreed else ""
        found[person.id] = Member(person.id, person.name, person.zone, person.title, accounts.get(person.id, ()), email)
    return found


async def somebody(sitting: Sitting, said: str, terms: Terms, taken: Collection[str] = ()) -> Member:
    """The person that a name or a mention stands for, as he is to stand in the terms.

    Somebody the company knows is himself; beside a mention may stand what he is called. An account
    that nobody has, or a name that nobody bears, becomes a new person; a name alone has no account,
    so he is asked to sign by a link. Refuses a name that several bear, and a
    single word that is nearly one of theirs.
    """
    known = {**{each.id: each for each in terms.people if not each.to_be_named}, **await everybody(sitting)}
    if mention := _MENTION.search(said):
        member = await identities.member(sitting.tx, sitting.via, mention[1])
        if member is not None:
            return known[member]
        called = " ".join(said.replace(mention[0], " ").split())
        name = called or (mention[2] or mention[1]).removeprefix("@")
        return Member(id_of(name, {*known, *taken}), name, terms.zone, identities=((sitting.via, mention[1]),))
    name = " ".join(said.split()).removeprefix("@")
    if name.casefold() in {"me", "myself"}:
        return known[sitting.actor]
    folded = name.casefold()
    meant = [each for each in known.values() if folded in {each.id.casefold(), each.name.casefold()}]
    meant = meant or [each for each in known.values() if each.name.casefold().split()[0] == folded]
    if len(meant) > 1:
        names = ", ".join(each.name for each in meant)
        raise Refusal(f"{name} can be {names}.", "Write the whole name.")
    if meant:
        return meant[0]
    likely = {word.casefold(): each for each in known.values() for word in (each.name.split()[0], each.name)}
    if " " not in name and (near := get_close_matches(folded, likely, n=1, cutoff=0.7)):
        raise Refusal(
            f"I know nobody called {name}; did you mean {likely[near[0]].name}?",
            "Write the name as it is; somebody new is written with his whole name.",
        )
    return Member(id_of(name, {*known, *taken}), name, terms.zone)


async def require_own_accounts(sitting: Sitting, terms: Terms) -> Terms:
    """The same terms with everybody the company knows as he is known, whatever a file says of him.

    Refuses a new person with an account that is somebody else's: a draft makes nobody somebody else.
    """
    known = await everybody(sitting)
    made = []
    for person in terms.people:
        if person.id in known:
            made.append(known[person.id])
            continue
        for platform, user in person.identities:
            member = await identities.member(sitting.tx, platform, user)
            if member is not None:
                raise Refusal(
                    f"The account {user} of {person.name} is {known[member].name}'s.",
                    f"Use the short name {member}, or leave the account out.",
                    field="file",
                )
        made.append(person)
    return replace(terms, people=tuple(made))


def slug_of(name: str) -> str:
    """A short name made of what something is called: "lena-fischer"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return slug if slug[:1].isalpha() else f"n-{slug}".strip("-")


def id_of(name: str, taken: Collection[str]) -> str:
    """A short name for somebody new, with a number behind it where that is taken."""
    slug, number = slug_of(name), 1
    while (candidate := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return candidate
