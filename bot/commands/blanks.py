"""The forms about a draft: which party or promise they are about, and what their fields show as they open."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.arguments.channels import ChannelName
from bot.commands.command import Arguments
from bot.commands.words import shown
from bot.desk.drafts import parts
from bot.desk.sitting import Sitting
from bot.documents.figures import written
from slacore.agreements import Terms
from slacore.amendments import drafts_for
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.keys import number_of
from slacore.parties import Party

FITS = 2_800
"""Characters that one field of a form shows on every platform; what is longer is changed by a file, or bit by bit."""


def number_in(arguments: Arguments) -> int:
    """The number of the draft that is meant."""
    return number_of(arguments.one("key", str))


def named(figure: str) -> str:
    """What the field of a figure is called."""
    return figure.replace(" ", "_")


def party_in(terms: Terms, said: str) -> Party:
    """The party of a draft that goes by that name; refuses one that it does not have."""
    folded = said.casefold().strip()
    found = next((each for each in terms.parties if folded in {each.slug, each.name.casefold()}), None)
    if found is None:
        raise Refusal(
            f"The draft has no party {shown(said)}.", f"It has: {', '.join(each.name for each in terms.parties)}."
        )
    return found


def promise_in(terms: Terms, said: str) -> Commitment:
    """The promise of a draft that goes by that name; refuses one that it does not have."""
    folded = said.casefold().strip()
    found = next((each for each in terms.commitments if folded in {each.slug, each.name.casefold()}), None)
    if found is None:
        names = ", ".join(each.name for each in terms.commitments)
        raise Refusal(f"The draft has no promise {shown(said)}.", f"It has: {names}.")
    return found


async def known_terms(sitting: Sitting, known: Arguments) -> Terms | None:
    """The terms that a form is about, as they are now, where it is known which."""
    key = await key_in(sitting, known)
    return (await parts.now_in(sitting, key)).terms if key else None


async def key_in(sitting: Sitting, known: Arguments) -> str:
    """The draft or agreement that a form is about, "" where that is not known."""
    return known.maybe("key", str) or await likely_key(sitting)


async def likely_key(sitting: Sitting) -> str:
    """The one agreement that somebody may draft a change of, "" where there is none, or more."""
    found = [each.key for each in sitting.agreements if drafts_for(each.latest.terms, sitting.actor) is not None]
    return found[0] if len(found) == 1 else ""


async def party_today(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """What a form about a party shows: who is named, and its name."""
    terms = await known_terms(sitting, known)
    if terms is None or "party" not in known:
        return {}
    meant = party_in(terms, known.one("party", str))
    seats = {"owner": (meant.owner,), "deputy": meant.deputies[:1], "members": meant.members,
             "contact": (meant.contact,), "signatory": (meant.signatory,)}  # fmt: skip
    filled: dict[str, object] = {"key": await key_in(sitting, known), "called": meant.name}
    for name, members in seats.items():
        named = [terms.name_of(each) for each in members if each and not terms.person(each).to_be_named]
        filled |= {name: ", ".join(named)} if named else {}
    return filled


async def outline_today(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """What a form about the outline shows."""
    terms = await known_terms(sitting, known)
    if terms is None:
        return {}
    filled: dict[str, object] = {
        "key": await key_in(sitting, known),
        "name": terms.name,
        "from": terms.effective_on,
        "zone": terms.zone,
        "binding": "yes" if terms.legally_binding else "no",
        "objective": terms.objective,
        "services": "\n".join(terms.services),
        "exclusions": "\n".join(terms.exclusions),
        "review": str(terms.review.slots) if terms.review else "",
        "sponsor": "" if not terms.sponsor or terms.person(terms.sponsor).to_be_named else terms.name_of(terms.sponsor),
    }
    if terms.ends_on is not None:
        filled["until"] = terms.ends_on
    if terms.channels and terms.channels[0].platform == sitting.via and sitting.via != "teams":
        id_ = terms.channels[0].id if sitting.via == "slack" else ""  # a name is enough where we draw the channels
        filled["channel"] = ChannelName(id_, terms.channels[0].name)
    return {name: value for name, value in filled.items() if value != ""}


async def figures_today(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """What a form about a promise shows: its figures, and what it is for."""
    terms = await known_terms(sitting, known)
    if terms is None or "promise" not in known:
        return {}
    meant = promise_in(terms, known.one("promise", str))
    found: dict[str, object] = {
        named(name): value for name, value in written(meant, terms).items() if len(value) <= FITS
    }
    found["key"] = await key_in(sitting, known)
    return found | ({"intent": meant.intent} if meant.intent else {})
