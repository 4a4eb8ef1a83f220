"""The short references that people quote, in all the ways in which they quote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import KeyArg, Misread
from bot.commands.arguments.keys import SORTS
from tests.bot.commands.company import WORDS, asked, refused


@given(st.sampled_from(sorted(SORTS)), st.integers(1, 999_999_999), st.sampled_from("-‐‑–—_"))
def test_every_way_of_quoting_a_key_is_the_key(letter: str, number: int, dash: str) -> None:
    key = f"{letter}-{number}"
    ways = (key, key.lower(), f"{letter}{number}", f"{letter.lower()} {number}", f"#{key}", f"*{key}*", f"{key},")

    for said in (*ways, f"{letter}{dash}{number}", f"{letter}-00{number}"):
        assert KeyArg(letter).parse(said, WORDS) == key


@pytest.mark.parametrize(
    ("letter", "sort"),
    [("A", "an agreement"), ("C", "a promise"), ("L", "an item"), ("K", "a credit"), ("V", "a review")],
)
def test_the_key_of_something_else_is_called_by_what_it_is(letter: str, sort: str) -> None:
    refusal = refused(f"accept {letter}-7")

    assert refusal.problem == f"{letter}-7 is the key of {sort}; this needs a handoff."
    assert refusal.next_step == "Write the key of a handoff, such as H-41."
    assert refusal.field == "key"


def test_a_bare_number_is_offered_as_the_key_that_it_probably_is() -> None:
    assert refused("accept 41").offers[0] == ("H-41", "accept H-41")


@pytest.mark.parametrize(("typed", "meant"), [("0-77", "O-77"), ("1-77", "L-77"), ("i77", "L-77")])
def test_a_sign_that_looks_like_the_letter_is_asked_about(typed: str, meant: str) -> None:
    assert refused(f"done {typed}").offers[0] == (meant, f"done {meant}")


@pytest.mark.parametrize("typed", ["H", "H-", "H-0", "H-1.5", "H--1", "-41", "H41x", "HH-41", "🔑", '"H-41"', "Q-4"])
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(Misread):
        KeyArg("H").parse(typed, WORDS)


def test_a_key_in_two_words_leaves_what_follows_alone() -> None:
    assert asked("accept h 41 22")[1] == {"key": "H-41", "quantity": 22}
