"""What people type all day: the sentence, the slash command, the mention, and the button's words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.commands.command import CommandTable
from bot.commands.grammar import parse
from slacore.errors import Refusal
from tests.bot.commands.company import (
    AMY,
    DEMOS,
    HANDOFF,
    LEADS,
    MARKETING,
    SALES,
    SERVICE,
    TABLE,
    WEBINAR,
    WORDS,
    asked,
    incomplete,
    refused,
)

FRIDAY = date(2026, 10, 16)


def test_the_sentence_of_the_first_day_is_a_handoff_with_all_that_it_says() -> None:
    assert asked("marketing handed 25 qualified leads to sales on Fri ref Webinar 3") == (
        "handoff",
        {"giver": MARKETING, "quantity": 25, "unit": LEADS, "receiver": SALES, "on": FRIDAY, "ref": "Webinar 3"},
    )


@pytest.mark.parametrize("verb", ["handed", "gave", "sent", "delivered", "Handed"])
def test_any_of_its_verbs_makes_the_sentence(verb: str) -> None:
    assert asked(f"Customer Service {verb} a demo")[1] == {"giver": SERVICE, "quantity": 1, "unit": DEMOS}


@pytest.mark.parametrize(
    "text", ["25 leads", "handoff 25 leads", "/handoff 25 leads", "we gave 25 leads", "HANDOFF 25 Leads"]
)
def test_a_handoff_may_be_as_short_as_what_and_how_many(text: str) -> None:
    assert asked(text) == ("handoff", {"quantity": 25, "unit": LEADS})


def test_a_lead_to_sales_is_one_lead() -> None:
    assert asked("a lead to sales")[1] == {"quantity": 1, "unit": LEADS, "receiver": SALES}


def test_what_a_keyword_introduces_may_come_in_any_order() -> None:
    one = asked("25 leads to sales on Fri from marketing campaign spring webinar ref A 7")
    other = asked("25 leads ref A 7 from campaign spring webinar on Fri from marketing to sales")

    assert one == other
    assert one[1] == {
        "quantity": 25,
        "unit": LEADS,
        "receiver": SALES,
        "on": FRIDAY,
        "giver": MARKETING,
        "campaign": WEBINAR,
        "ref": "A 7",
    }


def test_a_note_takes_the_rest_of_the_line_and_a_reference_ends_at_a_keyword() -> None:
    found = asked("25 leads ref Webinar 3 note call first, from 9 to 5 on Fri")[1]

    assert (found["ref"], found["note"]) == ("Webinar 3", "call first, from 9 to 5 on Fri")


def test_quotes_around_the_whole_of_a_text_are_not_part_of_it_but_others_are() -> None:
    assert asked('25 leads note "from 9 to 5" on Fri')[1]["note"] == "from 9 to 5"
    assert asked('25 leads note "urgent" leads only')[1]["note"] == '"urgent" leads only'
    assert asked('25 leads note she said "urgent"')[1]["note"] == 'she said "urgent"'
    assert asked('25 leads note "she said ""urgent"""')[1]["note"] == 'she said "urgent"'
    assert asked('25 leads note 5" screens')[1]["note"] == '5" screens'
    assert asked("25 leads note “open")[1]["note"] == "“open"


def test_a_reason_is_kept_as_it_was_typed() -> None:
    reason = "they bounced;  3 of them — see https://x.example/a?b=c"

    assert asked(f"dispute H-41 because {reason}")[1]["reason"] == reason
    assert asked("dispute H-41 because line one\nline two")[1]["reason"] == "line one\nline two"


def test_evidence_loses_a_platforms_marks_around_links_and_nothing_else() -> None:
    found = asked("done O-77 <https://x.example/r|the report> and <https://y.example>")[1]["evidence"]
    words_only = asked("done O-77 told her by phone")[1]["evidence"]

    assert found.text == "the report (https://x.example/r) and https://y.example"  # type: ignore[attr-defined]
    assert found.links == ("https://x.example/r", "https://y.example")  # type: ignore[attr-defined]
    assert words_only.links == ()  # type: ignore[attr-defined]


def test_only_web_addresses_are_links() -> None:
    found = asked("done O-77 javascript:alert(1) file:///etc/passwd")[1]["evidence"]

    assert found.links == ()  # type: ignore[attr-defined]


def test_a_verb_may_be_of_two_words_or_an_alias() -> None:
    assert asked("incident start") == ("incident start", {})
    assert asked("Incident  Start at 08:30")[0] == "incident start"
    assert asked("finished O-77") == ("done", {"key": "O-77"})


def test_optional_bare_arguments_may_be_left_out_or_swapped() -> None:
    assert asked("status October sales")[1] == asked("status sales October")[1]
    assert asked("report")[1] == {}
    assert asked("report NOW")[1] == {"what": "now"}


def test_a_mention_is_one_word_whatever_stands_in_it() -> None:
    assert asked("away today to <@U0AMY|Amy of Sales to go>")[1]["deputy"] == AMY


def test_a_command_that_lacks_something_opens_its_form() -> None:
    assert incomplete("handoff").missing == ("quantity", "unit")
    assert incomplete("accept").missing == ("key",)
    assert (incomplete("dispute H-41").missing, dict(incomplete("dispute H-41").known)) == (
        ("reason",),
        {"key": "H-41"},
    )


@pytest.mark.parametrize("text", ["dispute H-41 because", "handoff 25 leads to", "accept H-41 because …"])
def test_a_keyword_with_nothing_behind_it_opens_the_form(text: str) -> None:
    assert len(incomplete(text).missing) == 1


@pytest.mark.parametrize("ending", [" …", " ...", "  …  "])
def test_three_dots_at_the_end_open_the_form_of_a_command_that_lacks_nothing(ending: str) -> None:
    opened = incomplete(f"accept H-41{ending}")

    assert (opened.command.verb, dict(opened.known), opened.missing) == ("accept", {"key": "H-41"}, ())


def test_three_dots_elsewhere_are_only_dots() -> None:
    assert asked("dispute H-41 because … they bounced")[1]["reason"] == "… they bounced"
    assert asked("dispute H-41 because well…")[1]["reason"] == "well…"


@pytest.mark.parametrize("text", ["", "   ", "/", "?", "\N{RIGHT-TO-LEFT MARK}", "…"])
def test_saying_nothing_asks_for_help(text: str) -> None:
    assert asked(text) == ("help", {})


def test_without_a_help_command_saying_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="You said nothing"):
        parse("", CommandTable((HANDOFF,)), WORDS)


def test_a_number_alone_begins_no_command_where_no_sentence_is_spoken() -> None:
    accept = TABLE.find("accept")
    assert accept is not None
    with pytest.raises(Refusal, match="I did not understand “25 leads”"):
        parse("25 leads", CommandTable((accept,)), WORDS)


def test_a_keyword_said_twice_is_refused_rather_than_guessed_at() -> None:
    refusal = refused("25 leads to sales to marketing")

    assert refusal.problem == "“to” is said twice."
    assert refusal.field == "receiver"
