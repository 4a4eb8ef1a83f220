"""What a second pair of eyes raises before terms are signed: nothing of it forbids them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reading import read
from slacore.advice import advice_on
from slacore.agreements import ReviewSchedule, Terms
from slacore.calendars import Duration
from slacore.commitments import Deliverable, FollowUps, Level, Outcome, Response, Unit, Volume
from slacore.credits import Consequence, Tier
from slacore.parties import Staffing

ROOT = Path(__file__).parents[2]
LEAD = Unit("lead", "leads")
HOUR = Duration(60, "wm")


@pytest.fixture(scope="module")
def sound() -> Terms:
    """Company X with all that a good colleague would ask for."""
    _, terms = read(ROOT / "tests" / "company-x.yaml")
    slots = next(each.slots for each in terms.reports)
    return replace(
        terms,
        parties=tuple(replace(each, deputies=each.deputies or ("nina",)) for each in terms.parties),
        commitments=tuple(
            replace(each, promise=replace(each.promise, evidence="any"))
            if isinstance(each.promise, Deliverable)
            else each
            for each in terms.commitments
            if isinstance(each.promise, Volume | Deliverable)
        ),
        review=ReviewSchedule(slots, ("josh", "amy"), 2),
        channels=tuple(replace(each, parties=()) for each in terms.channels),
    )


def test_terms_that_leave_nothing_open_get_no_advice(sound: Terms) -> None:
    assert list(advice_on(sound)) == []


def _first(terms: Terms, **changes: Any) -> Terms:
    first, *others = terms.commitments
    return replace(terms, commitments=(replace(first, **changes), *others))


def _response(terms: Terms) -> Terms:
    return _first(terms, promise=Response(HOUR, LEAD))


def _level(terms: Terms) -> Terms:
    return _first(terms, promise=Level("close rate", Fraction(48), "at least", "mean"), source="")


def _self_dealing(terms: Terms) -> Terms:
    one, two, *others = terms.parties
    return replace(terms, parties=(one, replace(two, owner=one.owner), *others))


def _undecided(terms: Terms) -> Terms:
    return replace(terms, consequences=tuple(replace(each, applies="") for each in terms.consequences))


def _nobodys(terms: Terms) -> Terms:
    consequences = tuple(replace(each, decider="") for each in terms.consequences)
    return replace(terms, sponsor="", consequences=consequences)


def _alone(terms: Terms) -> Terms:
    one, *others = terms.parties
    return replace(terms, parties=(replace(one, deputies=()), *others))


def _tiers_without_price(terms: Terms) -> Terms:
    credit = Consequence("make-good", ("service credit",), tiers=(Tier(Fraction(99, 100), Fraction(1, 10)),))
    return replace(terms, consequences=(credit,))


def _apart(terms: Terms) -> Terms:
    return replace(terms, channels=(replace(terms.channels[0], parties=("service",)),))


def _idle(terms: Terms) -> Terms:
    return replace(terms, commitments=tuple(each for each in terms.commitments if each.receiver != "service"))


def _from_outside(terms: Terms) -> Terms:
    one, *others = terms.parties
    return replace(terms, parties=(replace(one, kind="customer"), *others))


def _alone_at_the_review(terms: Terms) -> Terms:
    return replace(terms, review=terms.review and replace(terms.review, participants=()))


def _credit_of_nothing(terms: Terms) -> Terms:
    return replace(terms, consequences=(Consequence("make-good", ("service credit",)),))


def _unnamed(terms: Terms) -> Terms:
    people = tuple(replace(each, to_be_named=each.id == "josh") for each in terms.people)
    return replace(terms, people=people)


def _overworked(terms: Terms) -> Terms:
    leads = terms.commitments[0].promise
    assert isinstance(leads, Volume)
    calls = FollowUps(6, Duration(10, "wd"), leads.unit, (Outcome("won", "Won", final=True),))
    one = replace(terms.commitments[0], slug="calls", name="Calls", giver="sales", receiver="marketing", promise=calls)
    staffed = tuple(
        replace(each, staffing=Staffing(1, 20, 30)) if each.slug == "sales" else each for each in terms.parties
    )
    return replace(terms, parties=staffed, commitments=(*terms.commitments, replace(one, owner="amy")))


@pytest.mark.parametrize(
    ("spoiled", "path", "seen"),
    [
        (lambda terms: _first(terms, intent=""), "commitments.leads.intent", "really for"),
        (lambda terms: _first(terms, consequence=""), "commitments.leads.consequence", "brings nothing"),
        (_response, "commitments.leads.resolved_within", "a standard reply could give"),
        (_level, "commitments.leads.source", "where the figures"),
        (_self_dealing, "parties.sales.owner", "answers for Marketing and for Sales"),
        (_alone, "parties.marketing.deputies", "nobody who acts while Josh Lindqvist is away"),
        (_tiers_without_price, "consequences.make-good.charge", "a charge that is not given"),
        (_level, "consequences.make-good.options", "it promises no quantity"),
        (lambda terms: replace(terms, sponsor=""), "sponsor", "Nobody decides"),
        (_undecided, "consequences.make-good.applies", "not whether one or all of them apply"),
        (_nobodys, "consequences.make-good.decider", "Nobody decides what follows a miss"),
        (lambda terms: replace(terms, reports=()), "reports", "No report"),
        (lambda terms: replace(terms, review=None), "review", "No date"),
        (lambda terms: replace(terms, channels=()), "channels", "No channel is named"),
        (_apart, "channels", "share no channel"),
        (lambda terms: _first(terms, owner="amy"), "commitments.leads.owner", "does not speak for Marketing"),
        (_level, "commitments.leads.reporter", "a target that nobody measures"),
        (_idle, "parties.service", "no promise is made by it or to it"),
        (lambda terms: replace(terms, kind="OLA"), "commitments", "supports no promise"),
        (_from_outside, "legally_binding", "not said to bind anybody in law"),
        (_alone_at_the_review, "review.participants", "Nobody is named"),
        (_credit_of_nothing, "consequences.make-good.tiers", "nobody says how much"),
        (_unnamed, "people", "Still to be named: the owner of Marketing"),
        (_overworked, "commitments.calls", "Sales has not the hours for 'Calls'"),
    ],
)
def test_what_is_left_open_is_raised_where_it_stands(
    sound: Terms, spoiled: Callable[[Terms], Terms], path: str, seen: str
) -> None:
    found = {".".join(map(str, each.path)): each.seen for each in advice_on(spoiled(sound))}
    assert seen in found[path]


def test_a_party_that_owes_nothing_to_the_only_other_one_is_asked_about(sound: Terms) -> None:
    marketing, sales, _ = sound.parties
    two = replace(
        sound, parties=(marketing, sales), commitments=tuple(each for each in sound.commitments if each.slug == "leads")
    )
    assert "Sales is promised everything and promises nothing" in [each.seen for each in advice_on(two)]
