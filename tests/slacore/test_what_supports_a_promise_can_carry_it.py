"""Promises that rest on others: availabilities multiply, times add up, hours must cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import shipped
from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, Level, Response
from slacore.errors import Refusal
from slacore.supports import (
    Link,
    first_uncovered,
    gaps,
    overruled_by,
    require_carried,
    require_known,
    supporters_of,
)
from tests.bot.documents.files import terms_of
from tests.slacore.walk import HOURS, Roster, Walk

HARBOR = terms_of(shipped("agreements") / "external-customer.yaml")
HOSTING = terms_of(shipped("agreements") / "hosting-contract.yaml")


def changed(terms: Terms, slug: str, **parts: object) -> Terms:
    """Terms with parts of one promise changed: of its frame, or of what it promises."""

    def change(commitment: Commitment) -> Commitment:
        if commitment.slug != slug:
            return commitment
        frame = {key: each for key, each in parts.items() if hasattr(commitment, key)}
        inner = {key: each for key, each in parts.items() if not hasattr(commitment, key)}
        return replace(commitment, promise=replace(commitment.promise, **inner), **frame)  # type: ignore[arg-type]

    return replace(terms, commitments=tuple(change(each) for each in terms.commitments))


def refused(terms: Terms, *others: Terms) -> str:
    with pytest.raises(Refusal) as caught:
        require_carried(terms, others)
    return str(caught.value)


def test_the_shipped_examples_carry_one_another() -> None:
    require_known(HOSTING, (HARBOR,))
    assert list(gaps(HOSTING, (HARBOR,))) == []
    shop = Link(HARBOR, HARBOR.commitment("shop-open"))
    assert [each.name for each in supporters_of(shop, (HARBOR, HOSTING))] == ["Servers up (Northwind)"]


def test_availabilities_multiply() -> None:
    hosting = changed(HOSTING, "servers-up", threshold=Fraction(999, 10))
    network = replace(hosting, slug="network", name="Network")
    assert list(gaps(hosting, (HARBOR,))) == []
    words = refused(network, HARBOR, hosting)
    assert "Servers up (Northwind) and Servers up (Northwind) cannot carry Shop open of Company X to Harbor B" in words
    assert "99.9 % × 99.9 % = 99.8001 %, less than the 99.9 % that rest on it" in words


def test_a_customer_cannot_be_promised_more_than_is_carried() -> None:
    demanding = changed(HARBOR, "shop-open", threshold=Fraction(9999, 100))
    assert "99.95 %, less than the 99.99 % that rest on it." in refused(demanding, HOSTING)


def test_times_in_series_add_up() -> None:
    slow = changed(HOSTING, "servers-back", threshold=Fraction(5))
    assert "5 working hours, more than the 4 working hours (time to restore)" in refused(slow, HARBOR)
    network = replace(HOSTING, slug="network", name="Network")
    assert "3 working hours + 3 working hours = 6 working hours" in refused(network, HARBOR, HOSTING)


def test_durations_of_different_sorts_are_not_added() -> None:
    answers = HARBOR.commitment("answers")
    inner = replace(
        HARBOR,
        slug="desk",
        commitments=(
            replace(
                answers,
                slug="desk-answers",
                supports=("harbor-books/answers",),
                promise=replace(answers.promise, first_within=Duration(1, "wd"), resolved_within=None),  # type: ignore[arg-type]
            ),
        ),
    )
    assert isinstance(answers.promise, Response)
    assert "1 working day cannot be held against 8 working hours (first answer)" in refused(inner, HARBOR)


def test_hours_must_cover_what_rests_on_them() -> None:
    by_day = changed(HOSTING, "servers-up", calendar="office")
    assert "it is closed Thu 1 Oct 00:00, when Shop open counts" in refused(by_day, HARBOR)


@cache
def walked(kind: str) -> tuple[Roster, Walk]:
    roster = Roster("Europe/Berlin", HOURS[kind])
    start = Calendar("UTC", {"Mon": "0-1"}).next_open(HARBOR.signatures[0].signed_at)
    return roster, Walk(roster, start, 8)


@given(st.sampled_from(sorted(HOURS)), st.sampled_from(sorted(HOURS)))
def test_hours_are_compared_as_a_minute_walk_would(needed: str, given_: str) -> None:
    (first, one), (second, other) = walked(needed), walked(given_)
    start = one.start
    seen = next((minute for i, minute in enumerate(one.minutes) if one.counts(i) and not other.counts(i)), None)
    found = first_uncovered(first.calendar(), second.calendar(), start, start + timedelta(days=8))
    assert found == seen


@pytest.mark.parametrize(
    ("supports", "problem"),
    [
        (("nobody/shop-open",), "Apply the agreement nobody first."),
        (("harbor-books/shop-opne",), "harbor-books has no shop-opne: check the name."),
    ],
)
def test_a_promise_that_is_not_there_is_refused(supports: tuple[str, ...], problem: str) -> None:
    with pytest.raises(Refusal) as caught:
        require_known(changed(HOSTING, "servers-up", supports=supports), (HARBOR,))
    assert problem in str(caught.value)


def test_a_circle_through_agreements_is_refused() -> None:
    back = changed(HARBOR, "shop-open", supports=("northwind-hosting/servers-up",))
    with pytest.raises(Refusal, match=r"leads in a circle: .*servers-up.*shop-open"):
        require_known(back, (HOSTING,))


def test_the_more_specific_promise_wins() -> None:
    company = replace(HARBOR, slug="all-customers", level="corporate")
    satisfaction = company.commitment("satisfaction")
    found = overruled_by(company, satisfaction, (HARBOR, HOSTING))
    assert found is not None
    assert found.reference == "harbor-books/satisfaction"
    assert overruled_by(HARBOR, HARBOR.commitment("satisfaction"), (company,)) is None
    assert isinstance(satisfaction.promise, Level)
    other = replace(satisfaction, promise=replace(satisfaction.promise, indicator="calls answered"))
    assert overruled_by(company, other, (HARBOR,)) is None
