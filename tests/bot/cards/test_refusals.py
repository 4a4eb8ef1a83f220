"""What cannot be done, what was already done, and what was perhaps done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cards.duplicates import duplicate
from bot.cards.refusals import already, refusal
from bot.chat.card import Note, Strong
from slacore.errors import Refusal
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, at


def test_a_refusal_says_why_not_what_was_understood_and_one_next_step() -> None:
    card = refusal(
        Refusal(
            "H-41 has 22 left to accept, not 25.",
            "Say `accept H-41` for all of them.",
            understood="I understood “accept H-41 25”.",
            offers=(("Accept all 22", "accept H-41"), ("Open the form", "accept H-41 …")),
        )
    )
    assert printed(card) == lines(
        """
        H-41 has 22 left to accept, not 25.
        I understood “accept H-41 25”.
        Say accept H-41 for all of them.
        [Accept all 22] [Open the form…]
        """
    )
    assert says(card) == ["accept H-41", "accept H-41 …"]
    assert card.summary == "H-41 has 22 left to accept, not 25. Say “accept H-41” for all of them."
    assert card.blocks[-1] == Note(("Say ", Strong("accept H-41"), " for all of them."))


@pytest.mark.parametrize(("parties", "headline"), [(12, True), (40, False)])
def test_a_reason_stands_there_once_and_whole_however_long_it_is(parties: int, headline: bool) -> None:
    reason = "The agreement is not signed by " + ", ".join(f"party {number}" for number in range(parties)) + "."
    card = refusal(Refusal(reason, "Ask them to sign."))
    assert (card.title == reason) is headline
    assert printed(card).count(reason) == 1
    assert "…" not in printed(card)


def test_offers_without_words_are_no_buttons() -> None:
    assert refusal(Refusal("No.", "Stop.", offers=(("", "help"), ("Help", " ")))).buttons == ()


def test_a_second_press_hears_who_was_first_and_when() -> None:
    card = already("H-41", "accepted", by="amy", at=at(16, 14, 2), terms=TERMS, now=at(16, 15))
    assert printed(card) == "H-41 is already accepted\nH-41 is already accepted by Amy, 14:02."
    later = already("H-41", "accepted", by="amy", at=at(16, 14, 2), terms=TERMS, now=at(20, 15))
    assert printed(later).splitlines()[1] == "H-41 is already accepted by Amy, Fri 16 Oct 14:02."
    by_silence = already("H-41", "accepted by silence", by="", at=at(16, 14, 2), terms=TERMS, now=at(20, 15))
    assert printed(by_silence).splitlines()[1] == "H-41 is already accepted by silence, Fri 16 Oct 14:02."


def test_the_same_words_again_are_asked_about_and_doing_nothing_logs_nothing() -> None:
    now = at(16, 9)
    card = duplicate("H-41", now - timedelta(seconds=40), now, "again:handoff 25 leads to sales")
    assert printed(card) == lines(
        """
        You logged the same handoff 40 seconds ago (H-41).
        Nothing was logged this time.
        [Log again] [Show H-41]
        """
    )
    assert says(card) == ["again:handoff 25 leads to sales", "history H-41"]
    assert "just now (H-41)." in duplicate("H-41", now, now, "x").title
