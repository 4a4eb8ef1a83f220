"""What a box offers while somebody types: verbs first, then what fits where the cursor is."""

from __future__ import annotations

import pytest

from bot.chat.card import Option
from bot.commands.command import Asked
from bot.commands.completion import complete
from bot.commands.grammar import parse
from tests.bot.commands.company import TABLE, WORDS

KEYS = {"H": (Option("H-41 · 25 leads", "H-41"), Option("H-42 · 3 demos", "H-42"))}


def inserts(text: str) -> list[str]:
    return [completion.insert for completion in complete(text, TABLE, WORDS, KEYS, limit=50)]


def test_an_empty_box_offers_the_verbs_in_the_tables_order() -> None:
    assert [completion.label for completion in complete("", TABLE, WORDS)] == [command.verb for command in TABLE]
    assert complete("", TABLE, WORDS)[0].hint == "Log what your party handed over"


def test_a_verb_begun_is_finished_and_followed_by_a_blank_where_more_can_come() -> None:
    assert inserts("a") == ["accept ", "away "]
    assert inserts("incident s") == ["incident start "]
    assert inserts("/hand") == ["handoff "]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("accept ", "accept H-41"),
        ("accept H", "accept H-42"),
        ("accept h-42", "accept H-42"),
        ("accept H-41 ", "accept H-41 because "),
        ("handoff 25 ", "handoff 25 qualified leads"),
        ("handoff 25 qual", "handoff 25 qualified leads"),
        ("handoff 25 qualified le", "handoff 25 qualified leads"),
        ("25 leads ", "25 leads to "),
        ("25 leads to ", "25 leads to Sales"),
        ("25 leads to cust", "25 leads to Customer Service"),
        ("25 leads to customer s", "25 leads to Customer Service"),
        ("25 leads on ", "25 leads on yesterday"),
        ('25 leads campaign "Spr', "25 leads campaign Spring webinar"),
        ("status ", "status C-1"),
        ("status weekly", "status C-2"),
        ("status sales ", "status sales September 2026"),
        ("snooze O-77 until ", "snooze O-77 until tomorrow 09:00"),
        ("away until Fri to a", "away until Fri to Amy Hill"),
        ("report ", "report preview"),
        ("quiet ", "quiet 18:00-08:00"),
    ],
)
def test_what_fits_at_the_cursor_is_offered_as_the_whole_line(text: str, offered: str) -> None:
    assert offered in inserts(text)


def test_what_is_offered_says_what_it_is() -> None:
    hints = {completion.label: completion.hint for completion in complete("25 leads to ", TABLE, WORDS)}
    keywords = {completion.label: completion.hint for completion in complete("25 leads ", TABLE, WORDS)}

    assert hints["Sales"] == "A party"
    assert keywords["on"] == "A day, such as today, Fri, 16 Oct or 2026-10-16"
    assert complete("accept ", TABLE, WORDS, KEYS)[0].hint == "H-41 · 25 leads"


def test_a_name_that_is_whole_is_not_offered_again_but_one_that_is_not_is_finished() -> None:
    assert "25 qualified leads" not in inserts("25 leads ")
    assert "25 qualified leads" in inserts("25 qualified ")


def test_a_keyword_that_has_been_said_is_not_offered_again() -> None:
    assert not any(insert.endswith(" to ") for insert in inserts("25 leads to sales "))


def test_after_a_keyword_only_its_own_values_are_offered() -> None:
    assert inserts("25 leads to ") == ["25 leads to Marketing", "25 leads to Sales", "25 leads to Customer Service"]


def test_values_that_are_offered_are_understood() -> None:
    for text in ("25 leads to ", "25 leads on ", "status ", "status sales ", "snooze O-77 until ", "away ", "report "):
        for insert in inserts(text):
            if not insert.endswith(" "):
                assert isinstance(parse(insert, TABLE, WORDS), Asked), insert


@pytest.mark.parametrize("text", ["xyzzy ", "accept nonsense ", "x" * 100_000, "handoff 25.5 le"])
def test_where_nothing_fits_nothing_is_offered(text: str) -> None:
    assert inserts(text) == []


def test_no_more_is_offered_than_asked_for() -> None:
    assert len(complete("", TABLE, WORDS, limit=3)) == 3
