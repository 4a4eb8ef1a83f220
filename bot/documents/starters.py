"""Templates: whole agreements to start from, with places where names go.

Each is a file in `agreements/templates/`. They are made of the agreements that come with the
product (`make docs`), so that a template is an agreement that was tried, with its names taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bot.documents.decoding import decode
from bot.documents.encoding import encode
from bot.documents.reading import read
from bot.documents.writing import write
from bot.files import shipped
from slacore.agreements import Terms
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class Starter:
    """A template: what it is typed as, what people call it, a sentence on what it is for, and its parties."""

    slug: str
    name: str
    about: str
    parties: tuple[str, ...]


STARTERS: Mapping[str, Starter] = {
    each.slug: each
    for each in (
        Starter(
            "sales-and-marketing",
            "Sales and marketing",
            "Marketing promises so many qualified leads a month; sales answers them, follows them up and reports.",
            ("Marketing", "Sales"),
        ),
        Starter(
            "multi-level",
            "Multi-level, with customer service",
            "Marketing to sales to service: leads, their follow-up, and the customers that come of them kept happy.",
            ("Marketing", "Sales", "Service"),
        ),
        Starter(
            "external-customer",
            "External customer",
            "A service that an outside customer pays for: availability, answers by priority, and service credits.",
            ("Service", "Customer"),
        ),
        Starter(
            "support",
            "Support with priorities",
            "Cases are answered and settled by priority, and the customer is asked whether that was good.",
            ("Support", "Customer"),
        ),
        Starter(
            "supplier",
            "Supplier underpinning contract",
            "What a supplier owes so that you can keep what you promised others, and what you owe the supplier.",
            ("Supplier", "Service"),
        ),
        Starter(
            "corporate",
            "Corporate duty",
            "What everybody of a company owes, confirmed by each for himself. (Current guidance no longer forces "
            "passwords to change after a time: take that promise out unless a contract still asks for it.)",
            ("Staff", "Security"),
        ),
        Starter(
            "empty",
            "Empty",
            "Two parties, a promise each way, a report and a review: all the rest is yours to write.",
            ("Giver", "Receiver"),
        ),
    )
}
"""The templates there are, in the order in which they are offered."""


def starter(slug: str) -> Terms:
    """The terms of a template, as its file has them. Refuses one that there is not."""
    if slug not in STARTERS:
        near = get_close_matches(slug, STARTERS, n=1)
        meant = f"; did you mean {near[0]}?" if near else "."
        raise Refusal(f"There is no template {slug!r}{meant}", f"There are: {', '.join(STARTERS)}.")
    return read(shipped("agreements") / "templates" / f"{slug}.yaml")[1]


def begun(terms: Terms, on: date, zone: str) -> Terms:
    """The same terms from another first day and in another zone; what is counted from the first day moves along."""
    document = encode(terms)
    was = f"from {terms.effective_on}"
    document |= {"effective_on": on.isoformat(), "zone": zone}
    for section in (*document["people"].values(), *document["calendars"].values()):
        if section["zone"] == terms.zone:
            section["zone"] = zone
    for promise in document["commitments"].values():
        if promise["period"].endswith(was):
            promise["period"] = promise["period"].removesuffix(was) + f"from {on}"
    return decode(document)


def printed(slug: str, on: date, zone: str) -> str:
    """A template as a file to fill in, from a day on."""
    terms = starter(slug)
    return write(begun(terms, on, zone or terms.zone), STARTERS[slug].about)
