"""A refusal says what was understood, why not, and what to do now, with buttons that do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.command import Incomplete
from bot.commands.forms import form_for
from bot.commands.grammar import parse
from bot.commands.vocabulary import Names, PartyName
from tests.bot.commands.company import SALES, TABLE, WORDS, asked, incomplete, refused


def test_it_tells_what_was_understood_before_and_behind_the_mistake() -> None:
    refusal = refused("marketing handed 25 leads to slaes on Fri ref Webinar 3")

    assert str(refusal) == (
        "I understood “handoff 25 qualified leads on 2026-10-16 ref Webinar 3 from Marketing”. "
        "I know no party “slaes”; did you mean Sales? Say it again with the right name."
    )


def test_its_form_is_filled_in_with_what_was_understood() -> None:
    refusal = refused("handoff 25.5 leads to sales on Fri")
    label, says = refusal.offers[-1]
    opened = parse(says, TABLE, WORDS)

    assert label == "Open the form…"
    assert isinstance(opened, Incomplete)
    assert {field.name: field.value for field in form_for(opened, WORDS).fields if field.value} == {
        "unit": "qualified leads",
        "receiver": "Sales",
        "on": "2026-10-16",
    }


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("acept H-41 22", ("accept", "accept H-41 22")),
        ("hand-off 25 leads", ("handoff", "handoff 25 leads")),
        ("dipsute h41 because x", ("dispute", "dispute h41 because x")),
        ("handoff 25 leads tp sales", ("to", "handoff 25 leads to sales")),
        ("report previw", ("preview", "report preview")),
    ],
)
def test_a_slip_is_answered_with_the_command_put_right(text: str, offered: tuple[str, str]) -> None:
    assert refused(text).offers[0] == offered
    asked(offered[1])


def test_a_word_like_no_command_is_answered_with_help() -> None:
    refusal = refused("xyzzy 25 demos")

    assert refusal.problem == "I did not understand “xyzzy 25 demos”."
    assert refusal.next_step == "Say help to see what you can ask."
    assert refusal.offers == (("Help", "help"),)


def test_words_too_many_are_answered_with_how_it_is_written() -> None:
    refusal = refused("accept H-41 22 whatever that means")

    assert refusal.problem == "I do not know what to do with “whatever that means”."
    assert refusal.next_step == "Write it like this: “accept H-41 22”"


def test_the_wrong_word_is_quoted_back_cut_to_a_line() -> None:
    problem = refused("handoff 25 leads to " + "x" * 500).problem

    assert problem == f"I know no party “{'x' * 59}…”."


def test_the_kind_that_the_words_fit_best_tells_what_is_wrong() -> None:
    # It might be a stretch of days or the word "off"; it is plainly meant as days.
    assert refused("away 30 Feb - 3 Mar").problem == "February has 29 days, not 30."
    assert refused("status C-9").problem == "There is no promise C-9 here."
    assert refused("status xyzzy").problem == "“xyzzy” is neither a promise nor a party."


def test_a_name_that_has_to_be_quoted_is_offered_in_quotes() -> None:
    to_go = PartyName("to-go", "Sales to Go")
    words = replace(WORDS, parties=Names((SALES, to_go)))
    refusal = refused('handoff 3 demos to "sales to gp"', words)

    assert refusal.offers[0] == ("Sales to Go", 'handoff 3 demos to "Sales to Go"')
    assert asked(refusal.offers[0][1], words)[1]["receiver"] == to_go


def test_a_refused_subject_leaves_the_rest_of_the_sentence_understood() -> None:
    refusal = refused("nobody gave 25 leads to sales")

    assert refusal.understood == "I understood “handoff 25 qualified leads to Sales”."
    assert refusal.field == "giver"
    assert dict(incomplete(refusal.offers[-1][1]).known) == dict(incomplete("25 leads to sales …").known)


def test_more_words_than_a_party_before_its_verb_are_refused() -> None:
    assert refused("sales and marketing gave 25 leads").problem == "“sales and marketing” is not a party."
