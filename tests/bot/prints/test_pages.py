"""A paper as a page stands by itself, and whatever people wrote in it stays words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from bot.cards import texts
from bot.prints import Paper, html
from slacore.agreements import Terms
from tests.bot.documents.files import company_x, terms_of

NOW = datetime(2026, 10, 1, 13, tzinfo=UTC)


def page(terms: Terms) -> str:
    return html.draw(Paper(terms.name, texts.sections(terms, [(1, terms, ())], NOW), NOW, terms.zone, ("A-1.",)))


class Outline(HTMLParser):
    """The headings of a page, the targets of its links, and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.elements: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.add(tag)
        if tag[0] == "h" and tag[1:].isdecimal():
            self.levels.append(int(tag[1:]))
        if found.get("id"):
            self.ids.add(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))


def test_its_headings_make_an_outline_and_its_contents_lead_to_them() -> None:
    outline = Outline(page(terms_of(company_x())))
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.links
    assert {link.removeprefix("#") for link in outline.links} <= outline.ids
    assert {"main", "nav", "section", "ul"} <= outline.elements


def test_nothing_is_fetched_and_no_word_comes_alive() -> None:
    terms = terms_of(company_x())
    hostile = replace(
        terms, objective='<script>alert(1)</script> <img src=x onerror=1> "quoted" \u202egnp', name="A <b>"
    )
    text = page(hostile)
    elements = Outline(text).elements
    assert not {"script", "img", "link", "iframe", "b"} & elements
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text
    assert "url(" not in html.style()
    assert "sha256-" in html.policy()


def test_whoever_has_not_signed_gets_a_line_to_sign_on() -> None:
    terms = terms_of(company_x())
    unsigned = replace(terms, signatures=terms.signatures[:1])
    signed, by_hand, *_ = texts.signatures(unsigned).clauses
    assert signed.lines == ("Signed by Josh Lindqvist on Mon 28 Sep 2026",)
    assert by_hand.about == "For Sales"
    assert "Signature: ___" in by_hand.lines[1]
