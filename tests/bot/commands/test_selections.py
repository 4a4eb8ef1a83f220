"""Several things at once, by their keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import Keys, KeysArg, Misread, Stretch
from bot.commands.words import clean, cut
from tests.bot.commands.company import WORDS

LEADS = KeysArg("L")


def taken(said: str) -> tuple[tuple[str, ...], str]:
    """The keys, and the words that were left alone."""
    source = clean(said)
    words = cut(source)
    keys, used = LEADS.take(Stretch(source, words, 0, len(words)), WORDS)
    return keys.keys, source[words[used].start :] if used < len(words) else ""


@pytest.mark.parametrize(
    ("said", "keys", "rest"),
    [
        ("L-2031", ("L-2031",), ""),
        ("l 2031 called", ("L-2031",), "called"),
        ("L-1 L-2, L-5 and L-7 called, no answer", ("L-1", "L-2", "L-5", "L-7"), "called, no answer"),
        ("L-7..9 L-8", ("L-7", "L-8", "L-9"), ""),
        ("L-7..L-9", ("L-7", "L-8", "L-9"), ""),
        ("L-5 and then again", ("L-5",), "and then again"),
        ("L-5 l 3 times", ("L-5",), "l 3 times"),
        ("L-5 a 5 minute call", ("L-5",), "a 5 minute call"),
        ("L-5 “L-6” was on the line", ("L-5",), "“L-6” was on the line"),
    ],
)
def test_keys_are_read_up_to_the_first_word_that_is_none(said: str, keys: tuple[str, ...], rest: str) -> None:
    assert taken(said) == (keys, rest)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("called", "“called” is not the key of an item."),
        ("L-1 H-41", "H-41 is the key of a handoff; this needs an item."),
        ("L-9..7", "L-9..7 is no run of at most 200."),
        ("L-1..5000", "L-1..5000 is no run of at most 200."),
    ],
)
def test_what_is_no_selection_is_refused(said: str, problem: str) -> None:
    with pytest.raises(Misread) as refused:
        taken(said)
    assert refused.value.problem == problem


def test_more_than_a_command_can_be_about_are_refused() -> None:
    with pytest.raises(Misread, match="more than 200 at once"):
        taken(" ".join(f"L-{number}" for number in range(1, 300)))


@given(st.lists(st.integers(1, 999_999_999), min_size=1, max_size=20, unique=True))
def test_a_selection_says_itself(numbers: list[int]) -> None:
    keys = Keys(tuple(f"L-{number}" for number in numbers))
    assert LEADS.parse(LEADS.say(keys, WORDS), WORDS) == keys
    assert keys.numbers == tuple(numbers)
