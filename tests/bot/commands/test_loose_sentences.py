"""A handoff as people tell it: who got it in the middle, the day anywhere, no subject, another word for a verb."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.commands.command import Asked, Incomplete
from bot.commands.grammar import parse
from bot.commands.table import COMMANDS
from bot.commands.vocabulary import CampaignName, Names
from slacore.errors import Refusal
from tests.bot.commands.company import AMY, JOSH, LEADS, MARKETING, SALES, WORDS

YESTERDAY = date(2026, 10, 15)
PLACE = replace(
    WORDS,
    units=Names((LEADS,)),
    people=Names((replace(JOSH, parties=("Marketing",)), replace(AMY, parties=("Sales",)))),
    campaigns=Names((CampaignName("autumn-webinar", "Autumn webinar"),)),
)
"""A place in which only leads are counted."""


def told(text: str) -> dict[str, object]:
    understood = parse(text, COMMANDS, PLACE)
    assert isinstance(understood, Asked), understood
    assert understood.command.verb == "handoff"
    return dict(understood.arguments)


def refused(text: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        parse(text, COMMANDS, PLACE)
    return refusal.value


@pytest.mark.parametrize(
    "said",
    [
        "we sent sales 25 leads",
        "sent sales 25 leads",
        "I just gave sales 25 leads",
        "send sales twenty-five leads please",
        "hand over 25 leads to sales",
        "we handed over 25 leads to sales 🎉",
        "log 25 leads to sales",
        "another 25 leads to sales",
        "25 more leads to sales",
        "- 25 leads to sales",
        "1. 25 leads to sales",
        "“25 leads to sales”",
        "@Kept 25 leads to sales",
        "/handoff we sent sales 25 leads",
    ],
)
def test_it_may_be_told_in_many_ways(said: str) -> None:
    assert told(said) == {"quantity": 25, "unit": LEADS, "receiver": SALES}


@pytest.mark.parametrize(
    "said", ["25 leads yesterday", "25 leads on yesterday", "we sent 25 leads yesterday evening", "25 leads the 15th"]
)
def test_its_day_needs_no_on(said: str) -> None:
    assert told(said) == {"quantity": 25, "unit": LEADS, "on": YESTERDAY}


def test_whoever_sent_it_stands_before_the_verb_still() -> None:
    assert told("marketing just sent sales 25 leads") == {
        "giver": MARKETING,
        "receiver": SALES,
        "quantity": 25,
        "unit": LEADS,
    }


@pytest.mark.parametrize("said", ["yesterday 25 leads", "yesterday we sent 25 leads", "on the 15th we sent 25 leads"])
def test_a_day_that_comes_first_is_confirmed_in_the_form(said: str) -> None:
    understood = parse(said, COMMANDS, PLACE)

    assert isinstance(understood, Incomplete)
    assert dict(understood.known) == {"quantity": 25, "unit": LEADS, "on": YESTERDAY}


def test_what_is_needed_and_was_left_out_is_asked_for_in_the_form() -> None:
    understood = parse("handoff leads to sales", COMMANDS, PLACE)

    assert isinstance(understood, Incomplete)
    assert (understood.missing, dict(understood.known)) == (("quantity",), {"unit": LEADS, "receiver": SALES})


@pytest.mark.parametrize(
    ("said", "problem", "offers"),
    [
        ("25 MQLs", "I know no unit “MQLs”.", ["25 qualified leads"]),
        (
            "25 leads to Amy",
            "Amy Hill is a person, of Sales, and here I need a party.",
            ["25 leads to Sales"],
        ),
        (
            "josh sent 25 leads",
            "Josh Hart is a person, of Marketing, and here I need a party.",
            ["Marketing sent 25 leads"],
        ),
        (
            "25 leads for sales",
            "I do not know what to do with “for sales”; did you mean to or from?",
            ["25 leads to sales", "25 leads from sales"],
        ),
        ("25 leads last week", "I do not know what to do with “last week”.", []),
        ("a few leads", "“a few” is no number.", []),
    ],
)
def test_what_is_not_clear_is_asked_with_answers_that_work(said: str, problem: str, offers: list[str]) -> None:
    refusal = refused(said)
    ready = [says for label, says in refusal.offers if label != "Open the form…"]

    assert (refusal.problem, ready) == (problem, offers)
    for says in ready:
        told(says)


@pytest.mark.parametrize(
    ("said", "language", "line"),
    [
        ("как дела", "Russian", "Извините, я понимаю только по-английски."),
        ("今天怎么样", "Chinese", "抱歉,我只懂英语。"),
        ("こんにちは", "Japanese", "すみません、英語しか分かりません。"),
        ("wie viele leads haben wir?", "German", "Ich verstehe leider nur Englisch."),
        ("Hilfe", "German", "Ich verstehe leider nur Englisch."),
        ("combien avons nous", "French", "Désolé, je ne comprends que l’anglais."),
        ("¿cómo vamos?", "Spanish", "Lo siento, solo entiendo inglés."),
        ("مرحبا", "Arabic", "عذرًا، أفهم الإنجليزية فقط."),
    ],
)
def test_another_language_is_told_to_be_one_in_it(said: str, language: str, line: str) -> None:
    problem = refused(said).problem

    assert problem == f"{line} I read English only, and that looks like {language}: “{said}”."


@pytest.mark.parametrize("said", ["was it late", "no comment on it", "die hard", "an die", "Ångström"])
def test_english_is_not_taken_for_another_language(said: str) -> None:
    assert not refused(said).problem.startswith("I read English only")
