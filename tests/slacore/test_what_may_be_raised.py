"""Under which promise somebody may raise something, and with which priorities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from slacore.agreements import Agreement, Terms, Version
from slacore.calendars import Duration
from slacore.commitments import FollowUps, Response, Unit
from slacore.errors import Refusal
from slacore.raises import priorities_of, raisable_for, require_priority
from tests.answering import ANSWERS, answering

CASES = Unit("case", "cases", ("ticket",))
OCTOBER = date(2026, 10, 5)


def agreed(*promises: Response | FollowUps) -> tuple[Agreement, ...]:
    """Company X, in which sales promised marketing these things too."""
    terms, _, _ = answering()
    made = tuple(replace(ANSWERS, slug=f"p{number}", promise=each) for number, each in enumerate(promises))
    return (Agreement("A-1", "company-x", (_version(replace(terms, commitments=(*terms.commitments, *made))),)),)


def _version(terms: Terms) -> Version:
    return Version(1, terms)


def response(*priorities: str) -> Response:
    """An answer to each case, in so many priorities."""
    return Response(Duration(4, "wh"), CASES, by_priority=tuple((each, Duration(1, "wh")) for each in priorities))


def slugs(agreements: tuple[Agreement, ...], speaker: str, word: str = "") -> list[str]:
    return [each.commitment.slug for each in raisable_for(agreements, speaker, OCTOBER, word)]


def test_whoever_is_owed_answers_raises_and_whoever_owes_them_does_not() -> None:
    agreements = agreed(response())
    assert slugs(agreements, "josh") == ["p0"]
    assert slugs(agreements, "amy") == []


@pytest.mark.parametrize(("word", "found"), [("", ["p0"]), ("Ticket", ["p0"]), ("cases", ["p0"]), ("leads", [])])
def test_the_unit_is_named_in_any_of_its_words_or_left_out(word: str, found: list[str]) -> None:
    assert slugs(agreed(response()), "josh", word) == found


def test_what_is_promised_in_numbers_is_handed_over_and_not_raised() -> None:
    assert slugs(agreed(), "josh") == [], "sales answers qualified leads, of which marketing promised a hundred"


def test_two_promises_about_the_same_things_are_one_to_raise_under() -> None:
    followed = FollowUps(6, Duration(10, "wd"), CASES, outcomes=())
    assert slugs(agreed(followed, response("urgent")), "josh") == ["p0"]
    agreements = agreed(followed, response("urgent", "high"))
    terms = agreements[0].latest.terms
    assert priorities_of(terms, terms.commitment("p0")) == ("urgent", "high")


def test_a_priority_is_written_as_the_agreement_has_it_and_an_unknown_one_names_those_that_there_are() -> None:
    assert require_priority(" URGENT ", ("urgent", "high"), "First answers") == "urgent"
    assert require_priority("", ("urgent",), "First answers") == ""
    with pytest.raises(Refusal, match="knows no priority") as refused:
        require_priority("fatal", ("urgent", "high"), "First answers")
    assert refused.value.next_step == "It knows urgent, high."
