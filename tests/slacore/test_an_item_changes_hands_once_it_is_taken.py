"""A reassignment asks; it counts once whoever was asked takes the item."""

from __future__ import annotations

import pytest

from slacore import items
from slacore.errors import Refusal
from slacore.items import Item
from tests.answering import after, lead


def owned() -> Item:
    return items.assign(lead(), "tom", "amy", after(1))[0]


def test_it_stays_whose_it_was_until_it_is_taken() -> None:
    asked = items.offer(owned(), "priya", "tom", after(2), note="you know them")[0]
    assert (asked.owner, asked.offered_to) == ("tom", "priya")
    taken = items.take(asked, "priya", after(3))[0]
    assert (taken.owner, taken.offered_to, taken.assigned_at) == ("priya", "", after(1))


def test_what_is_declined_goes_back_and_somebody_else_can_be_asked() -> None:
    asked = items.offer(owned(), "priya", "tom", after(2))[0]
    back = items.decline(asked, "too many", "priya", after(3))[0]
    assert (back.owner, back.offered_to) == ("tom", "")
    assert items.offer(back, "amy", "tom", after(4))[0].offered_to == "amy"


def test_an_offer_taken_back_is_as_if_never_made() -> None:
    asked = items.offer(owned(), "priya", "tom", after(2))[0]
    assert items.reverse(asked, asked.revision, "wrong one", "tom", after(3))[0].offered_to == ""


def test_what_nobody_has_can_be_taken_unasked() -> None:
    assert items.take(lead(), "tom", after(1))[0].owner == "tom"


def test_nobody_takes_what_he_was_not_asked_to() -> None:
    asked = items.offer(owned(), "priya", "tom", after(2))[0]
    with pytest.raises(Refusal, match="you were not asked"):
        items.take(asked, "amy", after(3))
    with pytest.raises(Refusal, match="yours already"):
        items.take(asked, "tom", after(3))
    with pytest.raises(Refusal, match="You were not asked"):
        items.decline(asked, "no", "amy", after(3))
    with pytest.raises(Refusal, match="asked to take L-3 already"):
        items.offer(asked, "priya", "tom", after(3))
    with pytest.raises(Refusal, match="that person's already"):
        items.offer(asked, "tom", "amy", after(3))
