"""Whatever arrives, the answer is a command, a form or a refusal, and it comes soon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Asked, Incomplete
from bot.commands.completion import complete
from bot.commands.forms import form_for, submitted
from bot.commands.grammar import parse
from bot.commands.speech import say
from bot.commands.words import LONGEST, clean, cut, fold
from slacore.errors import Refusal
from tests.bot.commands.company import TABLE, WORDS, asked, refused

FRAGMENTS = """
accept handoff dispute snooze status away done quiet digest report incident start help H-41 O-77 C-1 25 25.5 a
leads demos qualified to on ref note because until for from campaign sales marketing customer service slaes @amy me
<@U0AMY|amy> <!subteam^S0SALES> <!channel> @everyone Fri last tomorrow Oct 16 2026-10-16 12-16 15:00 - – in hours off
18:00-08:00 … ... " “ ” «» 🎉 👩‍👩‍👧 ٢٥ ２５ ½ =cmd() *bold* ` | <b> \\ / % handed gave the next month
"""
PIECES = st.sampled_from(FRAGMENTS.split())
STRANGE = st.text(st.characters(codec=None), max_size=40)
TEXTS = st.one_of(
    STRANGE,
    st.lists(st.one_of(PIECES, STRANGE), max_size=14).map(" ".join),
    st.lists(PIECES, max_size=10).map(" ".join),
    st.lists(PIECES, max_size=10).map("\N{NO-BREAK SPACE}".join),
)


def answer(text: str) -> Asked | Incomplete | Refusal:
    try:
        return parse(text, TABLE, WORDS)
    except Refusal as refusal:
        return refusal


@given(TEXTS)
def test_any_text_is_understood_or_refused_with_a_reason_and_a_next_step(text: str) -> None:
    understood = answer(text)

    if isinstance(understood, Refusal):
        assert understood.problem
        assert understood.next_step
        assert all(label and says for label, says in understood.offers)


@given(TEXTS)
def test_what_a_refusal_offers_leads_on(text: str) -> None:
    # An offer may run into the next mistake, but never says the same again; a form opens.
    understood = answer(text)

    for label, says in understood.offers if isinstance(understood, Refusal) else ():
        assert clean(text).strip() != says
        if label == "Open the form…":
            opened = answer(says)
            assert isinstance(opened, Incomplete)
            form_for(opened, WORDS)


@given(TEXTS)
def test_what_is_understood_can_be_said_again(text: str) -> None:
    understood = answer(text)

    if isinstance(understood, Asked):
        again = say(understood.command, understood.arguments, WORDS)
        assert asked(again)[1] == dict(understood.arguments)


@given(TEXTS)
def test_completion_never_fails(text: str) -> None:
    for completion in complete(text, TABLE, WORDS):
        assert completion.insert
        assert completion.label


@given(st.sampled_from([command.verb for command in TABLE]), st.data())
def test_any_form_is_understood_or_answered_field_by_field(verb: str, data: st.DataObject) -> None:
    command = TABLE.find(verb)
    assert command is not None
    values = {argument.name: data.draw(TEXTS) for argument in command.arguments}
    understood = submitted(verb, values, TABLE, WORDS)

    if isinstance(understood, Incomplete):
        form = form_for(understood, WORDS)
        shown = {field.name for field in form.fields if field.error}
        assert shown == set(understood.errors)


@pytest.mark.parametrize("size", [LONGEST + 1, 100_000])
def test_more_text_than_a_command_can_have_is_refused_unread(size: int) -> None:
    refusal = refused("x" * size)

    assert refusal.problem == f"That is {size:,} characters; I read up to 4,000 at once."


@pytest.mark.parametrize(
    "piece", ['"', '"a ', "“a ", "to ", "on ", "1 ", "a ", "… ", "<@", "H ", "note ", "é", "\u0301", "sales "]
)
def test_the_longest_text_of_any_one_piece_is_answered(piece: str) -> None:
    for verb in ("", "handoff ", "handoff 25 leads to ", "handoff 25 leads note ", "away "):
        text = (verb + piece * LONGEST)[:LONGEST]
        understood = answer(text)
        assert not isinstance(understood, Refusal) or all(len(says) <= 1_500 for _, says in understood.offers)


def test_marks_that_turn_text_around_are_taken_out_and_scripts_are_left_alone() -> None:
    spoofed = asked("dispute H-41 because \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{POP DIRECTIONAL FORMATTING} ok\x00\x07")[
        1
    ]
    hebrew = asked("dispute H-41 because \N{RIGHT-TO-LEFT MARK}לא רלוונטי 👩‍👩‍👧 नहीं‌")[1]

    assert spoofed["reason"] == "gnp.exe ok"
    assert hebrew["reason"] == "\N{RIGHT-TO-LEFT MARK}לא רלוונטי 👩‍👩‍👧 नहीं‌"


def test_a_platforms_commands_and_markup_stay_plain_characters() -> None:
    for words in ("<!channel> look", "@everyone look", "=1+1", "*bold* _it_ `code` [x](http://y)", "<b>x</b> & co"):
        assert asked(f"dispute H-41 because {words}")[1]["reason"] == words


@pytest.mark.parametrize(
    "text",
    [
        "ａｃｃｅｐｔ　Ｈ－４１",
        "\ufeffaccept H-41",
        "\N{RIGHT-TO-LEFT MARK}accept\N{NO-BREAK SPACE}H\N{NON-BREAKING HYPHEN}41",
        "AC\u200bCEPT h41",
        "*accept* `H-41`",
        "/accept H-41",
        "  accept\n\tH-41  ",
        "accept H-41!",
    ],
)
def test_width_blanks_invisible_marks_and_decoration_make_no_difference_to_a_command(text: str) -> None:
    assert asked(text) == ("accept", {"key": "H-41"})


@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaning_twice_is_cleaning_once_and_changes_no_name(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text)


@given(st.text(st.characters(codec=None), max_size=60))
def test_words_lie_in_the_text_in_order_and_leave_out_only_blanks_and_punctuation(text: str) -> None:
    text = clean(text)
    end = 0
    for word in cut(text):
        assert end <= word.start < word.end <= len(text)
        assert not any(mark.isalnum() for mark in text[end : word.start])
        end = word.end
    assert not any(mark.isalnum() for mark in text[end:])
