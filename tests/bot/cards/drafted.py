"""A draft of a new agreement at its different stages, as the cards get it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards import drafts, needs
from bot.cards.papers import Paper
from bot.chat.card import Card, File
from bot.documents import decode, encode
from bot.documents.places import placed
from bot.documents.starters import begun, starter
from slacore.advice import advice_on
from slacore.agreements import Terms
from slacore.amendments import Amendment
from slacore.needs import Need
from tests.company_x import NEW_YORK, at


def terms() -> Terms:
    """Support to a customer: Amy owns support and Josh the customer's side, the rest are empty places."""
    document = encode(begun(starter("support"), date(2026, 11, 1), NEW_YORK))
    document = placed(document, {"support-owner": "amy", "customer-owner": "josh"})
    people = {"amy": {"name": "Amy Chen"}, "josh": {"name": "Josh Lindqvist"}}
    empty = {key: each for key, each in document["people"].items() if not key.endswith("-owner")}
    document["people"] = {**people, **empty}
    return replace(decode(document), slug="help-desk", name="Help desk")


def draft() -> Amendment:
    """Amy's draft of it."""
    return Amendment(7, "help-desk", 0, terms(), "", "amy", at(1, 9), side="support")


def asked(*, answered: bool) -> tuple[Need, ...]:
    """Each side was asked; with `answered`, both have said what they need."""
    one = Need(7, "support", "amy", "amy", at(1, 9), at(6, 17))
    other = Need(7, "customer", "josh", "amy", at(1, 9), at(6, 17))
    if not answered:
        return one, other
    said = "Cases with a picture of the screen, please."
    return (
        replace(one, text=said, answered_by="amy", answered_at=at(2, 9)),
        replace(other, text="Somebody who answers at night.", quantity="within 2 hours", answered_by="josh",
                answered_at=at(2, 10)),
    )  # fmt: skip


def paper(*, answered: bool = False) -> Paper:
    """The draft with all that it takes to show it."""
    found = draft()
    known = asked(answered=answered) if answered else ()
    return Paper(found, "A-4", (), advice=tuple(advice_on(found.terms)), needs=known)


def cards() -> dict[str, Card]:
    """One card of each sort."""
    files = (
        File("X-7.html", "text/html; charset=utf-8", ("page", "X-7", "amy"), "Help desk, to read"),
        File("X-7.yaml", "application/yaml", ("file", "X-7", "amy"), "Help desk, to change"),
    )
    one, other = asked(answered=True)
    return {
        "draft": drafts.draft(paper(), at(1, 10), reader="amy"),
        "draft-with-needs": drafts.draft(paper(answered=True), at(2, 11), reader="amy"),
        "draft-to-change": drafts.choices("X-7", draft().terms, 1),
        "draft-as-files": drafts.files("X-7", "Help desk", 0, files),
        "draft-faulty-file": drafts.faulty("X-7", ("X-7.yaml:12: zone: there is no time zone called 'Mars'",)),
        "need-asked": needs.question(draft(), asked(answered=False)[1]),
        "need-kept": needs.kept(draft(), other),
        "needs-laid-open": needs.side_by_side(draft(), (one, other), reader="amy"),
    }
