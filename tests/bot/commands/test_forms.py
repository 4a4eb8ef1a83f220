"""A form is a command with blanks; submitting it means what typing it would have meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.card import Option
from bot.chat.talk import Person, Place, Utterance
from bot.commands.arguments import CampaignArg
from bot.commands.command import Argument, Arguments, Asked, Command, Incomplete
from bot.commands.encodings import understand
from bot.commands.forms import form_for, submitted
from bot.commands.vocabulary import CommitmentName, Names
from slacore.errors import Refusal
from tests.bot.commands.company import LEADS, NOW, SALES, TABLE, WORDS, answer, asked, incomplete


def submit(verb: str, **values: str) -> Asked | Incomplete:
    return submitted(verb, values, TABLE, WORDS)


def test_the_form_of_an_object_is_about_that_object() -> None:
    form = form_for(incomplete("dispute H-41"), WORDS, version=7)

    assert (form.title, form.verb, form.submit, form.version) == ("Dispute H-41", "dispute", "Save", 7)
    assert form.settled == (("key", "H-41"),)
    assert [(field.name, field.kind, field.required) for field in form.fields] == [("reason", "long text", True)]


def test_every_argument_is_asked_for_in_the_way_that_suits_it() -> None:
    kinds = {field.name: field.kind for field in form_for(incomplete("handoff"), WORDS).fields}

    assert kinds == {
        "quantity": "whole number",
        "unit": "choice",
        "receiver": "choice",
        "on": "date",
        "campaign": "choice",
        "ref": "text",
        "note": "long text",
        "giver": "choice",
    }
    assert [field.kind for field in form_for(incomplete("snooze O-77"), WORDS).fields] == ["moment"]
    assert [field.kind for field in form_for(incomplete("away"), WORDS).fields] == ["text", "person"]
    assert [field.kind for field in form_for(incomplete("status …"), WORDS).fields] == ["choice", "text"]


def test_a_choice_offers_what_there_is_and_is_text_where_there_is_nothing() -> None:
    def receiver(words: object) -> tuple[str, tuple[Option, ...]]:
        fields = form_for(incomplete("handoff"), words).fields  # type: ignore[arg-type]
        return next((field.kind, field.options) for field in fields if field.name == "receiver")

    assert receiver(WORDS)[1][1] == Option("Sales", "Sales")
    assert receiver(replace(WORDS, parties=Names())) == ("text", ())


def test_what_may_be_new_is_a_line_that_tells_what_there_is() -> None:
    campaign = Argument("campaign", CampaignArg(may_be_new=True))
    command = Command(verb="plan", summary="Plan", who="all", run=answer, arguments=(campaign,))
    (field,) = form_for(Incomplete(command, Arguments()), WORDS).fields

    assert (field.kind, field.options) == ("text", ())
    assert field.hint == "The name of a campaign, such as Spring webinar"


def test_a_key_is_chosen_from_those_at_hand() -> None:
    form = form_for(incomplete("accept"), WORDS, keys={"H": (Option("H-41 · 25 leads", "H-41"),)})

    assert (form.fields[0].kind, form.fields[0].options) == ("choice", (Option("H-41 · 25 leads", "H-41"),))
    assert form_for(incomplete("accept"), WORDS).fields[0].kind == "text"


def test_what_is_known_is_filled_in_and_comes_back_the_same() -> None:
    known = incomplete("25 leads to sales on Fri campaign spring webinar note hello …")
    form = form_for(known, WORDS)
    back = submitted(form.verb, {field.name: field.value for field in form.fields}, TABLE, WORDS)

    assert isinstance(back, Asked)
    assert dict(back.arguments) == dict(known.known)


def test_a_value_that_is_no_longer_a_choice_can_be_chosen_again() -> None:
    status = TABLE.find("status")
    assert status is not None
    ended = Incomplete(status, Arguments({"about": CommitmentName("C-9", "Ended")}))
    field = form_for(ended, WORDS).fields[0]

    assert field.value == "C-9"
    assert Option("C-9", "C-9") in field.options


def test_a_moment_is_shown_and_read_on_the_wall_of_the_zone() -> None:
    form = form_for(incomplete("snooze O-77 until 15:00 …"), WORDS)

    assert form.fields[0].value == "2026-10-16T15:00"
    assert submit("snooze", key="O-77", until="2026-10-16T15:00") != submit(
        "snooze", key="O-77", until="2026-10-16T15:01"
    )


def test_every_mistake_is_told_at_once_beside_its_field() -> None:
    back = submit("handoff", quantity="25.5", unit="laeds", receiver="sales", on="30 Feb", note="")

    assert isinstance(back, Incomplete)
    assert dict(back.known) == {"receiver": SALES}
    assert back.errors == {
        "quantity": "“25.5” is not a whole number; I count whole things. Write a whole number from 1 to 1,000,000.",
        "unit": "I know no unit “laeds”; did you mean leads? Say it again with the right name.",
        "on": "February has 29 days, not 30. Write another day.",
    }
    shown = {field.name: (field.value, bool(field.error)) for field in form_for(back, WORDS).fields}
    assert shown["quantity"] == ("25.5", True)
    assert shown["receiver"] == ("Sales", False)


def test_a_blank_that_is_needed_is_asked_for_and_one_that_is_not_is_left_out() -> None:
    back = submit("handoff", quantity="", unit="  ", receiver="", on="")

    assert isinstance(back, Incomplete)
    assert back.missing == ("quantity", "unit")
    assert back.errors["quantity"] == "This is needed: a whole number from 1 to 1,000,000."
    complete = submit("handoff", quantity="25", unit="leads", receiver="", on="")
    assert isinstance(complete, Asked)
    assert dict(complete.arguments) == {"quantity": 25, "unit": LEADS}


def test_a_person_may_be_the_platforms_own_id() -> None:
    back = submit("away", days="today", deputy="U0AMY")

    assert isinstance(back, Asked)
    assert dict(back.arguments) == asked("away today to amy")[1]


def test_text_in_a_form_needs_no_quotes_and_keeps_those_it_has() -> None:
    back = submit("dispute", key="h 41", reason=' "to" sales because … ')

    assert isinstance(back, Asked)
    assert dict(back.arguments) == {"key": "H-41", "reason": '"to" sales because …'}


@pytest.mark.parametrize(
    ("verb", "values", "problem"),
    [
        ("fly", {}, "This form is for something that I can no longer do."),
        ("accept", {"colour": "red"}, "This form is from an older version of me and asks for other things."),
        (
            "dispute",
            {"key": "H-1", "reason": "x" * 100_000},
            "That is more than the 8,000 characters that one form may have.",
        ),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_whole(verb: str, values: dict[str, str], problem: str) -> None:
    with pytest.raises(Refusal) as refusal:
        submitted(verb, values, TABLE, WORDS)

    assert refusal.value.problem == problem


def test_words_and_forms_are_two_encodings_of_one_command() -> None:
    asked_for = Utterance("d-1", Person("w", "slack", "U1"), Place("w", "slack", "channel", "C1"), NOW)
    typed = understand(replace(asked_for, text="accept h41 22"), TABLE, WORDS)
    filled = understand(
        replace(asked_for, verb="accept", arguments={"key": "H-41", "quantity": "22"}, via="form"), TABLE, WORDS
    )

    assert typed == filled
