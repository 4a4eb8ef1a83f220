"""Writes agreements/templates/ from the agreements that come with the product (`make docs`).

A template is such an agreement with its names taken out: people become places, the company's and
the customer's own words general ones, and promises that belong to another template are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.documents import decode, encode, read
from bot.documents.places import placed
from bot.documents.schema import SCHEMA
from bot.documents.starters import STARTERS
from bot.documents.writing import write
from slacore.agreements import Terms
from slacore.excerpts import without
from tests.docs.documents import ROOT

FOLDER = ROOT / "agreements" / "templates"
_PARTIES = {"giver", "receiver"}


@dataclass(frozen=True, slots=True)
class Source:
    """What a template is made of: a shipped agreement, less some promises, with other names and words.

    `parties` are short names and names by what they are called there; `words` are put in place of
    others wherever they stand; `says` is laid over the document.
    """

    file: str
    without: tuple[str, ...] = ()
    parties: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)


_OF_A_CUSTOMER = {
    "The web shop of Harbor Books, its payments included, around the clock.": "The service, around the clock.",
    "Faults in what Harbor Books itself uploads.": "Faults in what the customer itself changes.",
    "Nobody who wants to buy a book finds the door shut.": "Nobody who needs the service finds it down.",
    "One bad evening costs Harbor Books sales, and never its name.": "One bad evening costs the customer sales, "
    "and never its name.",
    "Help with it, by priority, in the hours of Company X's service.": "Help with it, by priority, in our hours.",
    "Harbor Books can sell at any hour, and somebody who can help answers when it cannot.": "The customer can work "
    "with the service at any hour, and somebody who can help answers when it cannot.",
    "Harbor Books": "the customer",
    "Shop open": "Service available",
    "shop-open": "available",
    "web-shop": "service",
}
_OF_COMPANY_X = {
    "Company X, marketing to sales to service": "Marketing to sales to service",
    "Boston trade fair": "Trade fair",
}

SOURCES: Mapping[str, Source] = {
    "sales-and-marketing": Source(
        "company-x",
        without=("friction-report", "welcome", "happy-customers"),
        words=_OF_COMPANY_X,
        says={
            "name": "Marketing to sales",
            "objective": "Close $5,000 of new business a month from the leads that marketing finds.",
            "services": [
                "Marketing finds leads, qualifies them by the definition below, and hands them to sales.",
                "Sales works the leads and tells marketing each week what has become of them.",
            ],
        },
    ),
    "multi-level": Source("company-x", words=_OF_COMPANY_X),
    "external-customer": Source(
        "external-customer",
        parties={"harbor": ("customer", "Customer")},
        words=_OF_A_CUSTOMER,
        says={"name": "Service to customer", "consequences": {"credit": {"decider": "sponsor"}}},
    ),
    "support": Source(
        "external-customer",
        without=("shop-open", "repairs"),
        parties={"harbor": ("customer", "Customer"), "service": ("support", "Support")},
        words=_OF_A_CUSTOMER,
        says={
            "name": "Support to customer",
            "objective": "Whoever is stuck is helped, the most urgent first, and can see by when.",
            "services": ["Help by phone, mail and chat, by priority, in our hours."],
            "exclusions": ["Training, and changes to the product itself."],
            "commitments": {
                "answers": {
                    "name": "Answers and solutions",
                    "intent": "Whoever asks knows within the hour that somebody is at it, and by when it will be over.",
                    "updated_every": "2wd",
                    "resolved_by_priority": {"urgent": "8wh", "high": "2wd", "normal": "10wd"},
                },
                "satisfaction": {"source": "The question that closes every case"},
            },
        },
    ),
    "supplier": Source(
        "hosting-contract",
        parties={"northwind": ("supplier", "Supplier"), "service": ("service", "Service")},
        words={
            "Two servers in two buildings, the network between them, and a hand on site at any hour.": "What "
            "your own promises to customers rest on.",
            "Faults in the software that Company X installs.": "Faults in what you install yourselves.",
            "Northwind buys machines before they are needed.": "The supplier buys capacity before it is needed.",
            "Company X has an hour of its four left to bring the shop itself back.": "You have time left to bring "
            "your own service back.",
            "What runs on the servers can be promised on.": "What runs on it can be promised on.",
            "Servers and network on which Company X can promise its customers an open shop.": "What you can build "
            "your own promises to customers on.",
            "Traffic forecast": "Forecast",
            "traffic forecast of the month": "forecast of the month",
            "Servers up": "Availability",
            "servers-up": "available",
            "Servers back": "Time to restore",
            "servers-back": "restored",
            "servers": "supply",
            "Northwind": "Supplier",
        },
        says={
            "name": "Supplier to service",
            "commitments": {"available": {"supports": None}, "restored": {"supports": None}},
        },
    ),
    "corporate": Source(
        "corporate",
        says={
            "sponsor": "staff-manager",
            "services": ["Security asks in time, and helps whoever cannot."],
            "exclusions": ["Who is on leave for the whole of the thirty days."],
            "reports": [{"slots": "last working day 16:00", "reporter": "staff-owner"}],
            "review": {
                "slots": "first Thursday 10:00",
                "participants": ["staff-owner", "security-owner"],
                "quorum": 2,
            },
        },
    ),
    "empty": Source(
        "two-teams",
        parties={"design": ("giver", "Giver"), "engineering": ("receiver", "Receiver")},
        words={"Design to engineering": "What we promise one another", "screens": "things", "Screens": "Things"},
        says={
            "zone": "America/New_York",
            "objective": "Say in a sentence why this agreement exists.",
            "sponsor": "sponsor",
            "people": {"sponsor": {"name": "Sponsor", "to_be_named": True}},
            "calendars": {
                "office": {"zone": "America/New_York", "holidays": "US", "hours": {"Mon-Fri": "09:00-17:00"}}
            },
            "commitments": {
                "things": {
                    "unit": {"singular": "thing", "plural": "things"},
                    "target": 10,
                    "silence_accepts_after": "2wd",
                    "intent": "Say which goal of the receiver it serves; a review asks whether it still does.",
                    "dispute_reasons": ["not as agreed", "duplicate"],
                    "consequence": "make-good",
                },
                "feedback": {
                    "kind": "deliverable",
                    "name": "Feedback",
                    "giver": "receiver",
                    "receiver": "giver",
                    "thing": "word on what became of the things",
                    "intent": "The giver learns what its work was good for.",
                    "period": "month",
                    "slots": "last working day 12:00",
                },
            },
            "consequences": {
                "make-good": {
                    "options": ["recovery plan", "carry-over"],
                    "applies": "one of them",
                    "plan_within": "3wd",
                }
            },
            "reports": [{"slots": "every Friday 16:00", "reporter": "giver-owner"}],
            "review": {
                "slots": "first Thursday 10:00",
                "participants": ["giver-owner", "receiver-owner"],
                "quorum": 2,
            },
        },
    ),
}


def template(slug: str) -> Terms:
    """Make one template from what it is made of."""
    source = SOURCES[slug]
    _, terms = read(ROOT / "agreements" / f"{source.file}.yaml")
    shorter = without(terms, source.without) if source.without else terms
    document = _worded(encode(shorter), source.words)
    document = _with_parties(document, source.parties)
    document = _without_names(document)
    document["agreement"] = slug
    for key in ("signed", "channels"):
        document.pop(key, None)
    return decode(_laid_over(document, source.says))


def text(slug: str) -> str:
    """A template's file."""
    return write(template(slug), STARTERS[slug].about, beside=f"../{SCHEMA}")


def _worded(document: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    written = json.dumps(document, ensure_ascii=False)
    for old, new in words.items():
        written = written.replace(old, new)
    changed: dict[str, Any] = json.loads(written)
    return changed


def _with_parties(document: dict[str, Any], parties: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    slugs = {old: new for old, (new, _) in parties.items()}

    def renamed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {inner: renamed(each, inner) for inner, each in value.items()}
        return slugs.get(value, value) if key in _PARTIES else value

    document = renamed(document)
    document["parties"] = {slugs.get(slug, slug): party for slug, party in document["parties"].items()}
    for slug, name in parties.values():
        document["parties"][slug] |= {"name": name}
    return document


def _without_names(document: dict[str, Any]) -> dict[str, Any]:
    """Everybody becomes the place that he has: an owner, a deputy, a manager, the sponsor."""
    places: dict[str, str] = {}
    people: dict[str, Any] = {}
    for slug, party in document["parties"].items():
        for role, member in (("owner", party["owner"]), *(("deputy", each) for each in party.get("deputies", ())[:1])):
            places.setdefault(member, f"{slug}-{role}")
            people[f"{slug}-{role}"] = f"{party['name']}'s {role}"
        party.setdefault("deputies", [f"{slug}-deputy"])
        people.setdefault(f"{slug}-deputy", f"{party['name']}'s deputy")
        for key in ("members", "routing", "staffing", "aliases"):
            party.pop(key, None)
        if manager := party.get("manager"):
            places.setdefault(manager, f"{slug}-manager")
            people[f"{slug}-manager"] = f"{party['name']}'s manager"
    if sponsor := document.get("sponsor"):
        places[sponsor] = "sponsor"
        people["sponsor"] = "Sponsor"
    made: dict[str, Any] = placed(document, places)
    made["people"] = {key: {"name": name, "to_be_named": True} for key, name in people.items()}
    return made


def _laid_over(document: Any, says: Any) -> Any:
    """The document with other words laid over it; None takes a key out."""
    if not isinstance(says, Mapping) or not isinstance(document, dict):
        return says
    laid = {key: value for key, value in document.items() if says.get(key, "") is not None}
    for key, value in says.items():
        if value is not None:
            laid[key] = _laid_over(laid[key], value) if key in laid else value
    return laid


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in STARTERS:
        (FOLDER / f"{each}.yaml").write_text(text(each), encoding="utf-8")
