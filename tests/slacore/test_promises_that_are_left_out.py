"""Terms without some of their promises keep nothing that only those needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import encode, read
from slacore.agreements import Terms
from slacore.commitments import FollowUps
from slacore.errors import Refusal
from slacore.excerpts import without
from slacore.problems import problems_of

AGREEMENTS = Path(__file__).parents[2] / "agreements"


@pytest.fixture(scope="module")
def company_x() -> Terms:
    return read(AGREEMENTS / "company-x.yaml")[1]


def test_who_and_what_only_they_needed_goes_with_them(company_x: Terms) -> None:
    two = without(company_x, {"friction-report", "welcome", "happy-customers"})
    assert [party.slug for party in two.parties] == ["marketing", "sales"]
    assert {"joan", "sam"}.isdisjoint(person.id for person in two.people)
    assert two.review is not None
    assert (two.review.participants, two.review.quorum) == (("josh", "amy"), 2)
    assert [channel.name for channel in two.channels] == ["#smarketing", "#company-x-service"]
    assert two.channels[1].parties == ("sales",)
    follow_ups = two.commitment("follow-ups").promise
    assert isinstance(follow_ups, FollowUps)
    assert all(not outcome.opens for outcome in follow_ups.outcomes)
    assert two.unsigned() == two.parties
    assert not list(problems_of(two))


def test_what_needed_them_needs_them_no_more(company_x: Terms) -> None:
    less = without(company_x, {"leads", "status-reports"})
    assert less.commitment("first-answers").depends_on == ()
    assert "make-good" not in {each.slug for each in less.consequences}
    assert [each.commitment for each in less.reports] == [""]


def test_any_one_promise_can_go_and_the_rest_can_still_be_signed() -> None:
    for file in sorted(AGREEMENTS.glob("*.yaml")):
        terms = read(file)[1]
        for each in terms.commitments[1:]:
            less = without(terms, {each.slug})
            problems = list(problems_of(less))
            assert not problems, (file.name, each.slug, problems)
            assert each.slug not in encode(less)["commitments"]


def test_the_last_one_stays(company_x: Terms) -> None:
    with pytest.raises(Refusal, match="without a promise is none"):
        without(company_x, {each.slug for each in company_x.commitments})
