"""A sample is a share of those who confirmed, rounded up, and the same lot draws the same people."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from slacore.checks import draw
from tests.examples import examples

members = st.sets(st.text("abcdefgh", min_size=1, max_size=6), max_size=40)
shares = st.fractions(Fraction(1, 100), 1)


@examples(60)
@given(members, shares, st.text(max_size=20))
def test_it_is_a_share_of_those_there_are_and_never_nobody(people: set[str], share: Fraction, lot: str) -> None:
    drawn = draw(people, share, lot)
    assert set(drawn) <= people
    assert len(drawn) == len(set(drawn))
    asked = len(people) * share
    assert asked <= len(drawn) < asked + 1


@examples(60)
@given(members, shares, st.text(max_size=20))
def test_the_order_in_which_people_are_named_changes_nothing(people: set[str], share: Fraction, lot: str) -> None:
    assert draw(sorted(people), share, lot) == draw(sorted(people, reverse=True), share, lot)


def test_other_lots_draw_other_people_and_everybody_as_often_as_anybody() -> None:
    people = [f"m{number}" for number in range(20)]
    times = Counter(member for lot in range(2_000) for member in draw(people, Fraction(1, 10), str(lot)))
    assert set(times) == set(people)
    assert min(times.values()) > 140  # 200 on average
    assert max(times.values()) < 260
