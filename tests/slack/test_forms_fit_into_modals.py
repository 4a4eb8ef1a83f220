"""Any form can be shown as a modal, and what is filled in comes back as the command's arguments."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card, Field, Form, Option, Table
from bot.slack import modals
from bot.slack.render import Look
from tests.bot.chat.cards import cards, forms
from tests.examples import examples
from tests.slack.rules import view_problems
from tests.slack.test_cards_fit_into_slack import Shelf, large_cards


def form(*fields: Field, **more: Any) -> Form:
    return Form("Accept some of H-41", "accept", fields, **more)


def view(asked: Form, shelf: Shelf | None = None) -> dict[str, Any]:
    return modals.form_view(asked, modals.notes_of(asked, place="C1"), Look(shelve=shelf or Shelf()))


def element(field: Field) -> dict[str, Any]:
    drawn: dict[str, Any] = view(form(field))["blocks"][0]["element"]
    return drawn


@given(forms)
@examples(80)
def test_any_form_is_a_modal_that_slack_takes(asked: Form) -> None:
    shelf = Shelf()
    drawn = modals.form_view(asked, modals.notes_of(asked, place="C1"), Look(shelve=shelf), {"x": "wrong"})
    assert view_problems(drawn) == []
    key = modals.kept_key(drawn["private_metadata"])
    notes = modals.read_notes(shelf.kept[key] if key else drawn["private_metadata"])
    assert notes == modals.notes_of(asked, place="C1")


@given(st.one_of(cards, large_cards))
@examples(30)
def test_any_card_can_be_shown_in_a_modal(card: Card) -> None:
    assert view_problems(modals.card_view(card, Look(shelve=Shelf()))) == []


def test_each_kind_of_field_gets_the_picker_it_deserves() -> None:
    assert element(Field("n", "How many", "whole number", "25"))["type"] == "number_input"
    assert element(Field("on", "When", "date", "2026-10-16"))["initial_date"] == "2026-10-16"
    assert element(Field("at", "When", "moment", "2026-10-16T13:00Z"))["initial_date_time"] == 1792155600
    assert element(Field("who", "Who", "person"))["type"] == "users_select"
    assert element(Field("who", "Who", "person", "<@U0AMY>"))["initial_user"] == "U0AMY"
    assert element(Field("why", "Why", "long text"))["multiline"] is True
    choice = element(Field("unit", "Unit", "choice", "leads", options=(Option("Leads", "leads"),)))
    assert choice["initial_option"]["value"] == "leads"


def test_what_a_picker_cannot_show_is_typed_and_not_lost() -> None:
    for field in (
        Field("n", "How many", "whole number", "about 25"),
        Field("on", "When", "date", "tomorrow"),
        Field("at", "When", "moment", "Fri 15:00"),
        Field("who", "Who", "person", "Amy"),
        Field("unit", "Unit", "choice", "slaes", options=(Option("Sales", "sales"),)),
    ):
        drawn = element(field)
        assert (drawn["type"], drawn["initial_value"]) == ("plain_text_input", field.value)


def test_a_menu_of_more_than_a_hundred_is_grouped() -> None:
    options = tuple(Option(f"H-{number}", f"H-{number}") for number in range(250))
    asked = form(Field("key", "Which", "choice", "H-249", options=options))
    drawn = view(asked)
    assert view_problems(drawn) == []
    assert len(drawn["blocks"][0]["element"]["option_groups"]) == 3


def test_answers_come_back_by_name_with_what_was_settled_before() -> None:
    asked = form(
        Field("quantity", "How many", "whole number"),
        Field("at", "When", "moment"),
        Field("who", "Who", "person"),
        Field("on", "On", "date"),
        Field("unit", "Unit", "choice", options=(Option("Leads", "leads"),)),
        Field("why", "Why", "text", required=False),
        settled=(("key", "H-41"),),
    )
    state = {
        "field-0": {"value": {"type": "number_input", "value": "22"}},
        "field-1": {"value": {"type": "datetimepicker", "selected_date_time": 1792155600}},
        "field-2": {"value": {"type": "users_select", "selected_user": "U0AMY"}},
        "field-3": {"value": {"type": "datepicker", "selected_date": "2026-10-16"}},
        "field-4": {"value": {"type": "static_select", "selected_option": {"value": "leads", "text": {}}}},
        "field-5": {"value": {"type": "plain_text_input", "value": None}},
        "field-99": {"value": {"type": "plain_text_input", "value": "forged"}},
        "else": {},
    }
    assert modals.answers(modals.notes_of(asked, place="C1"), state) == {
        "key": "H-41",
        "quantity": "22",
        "at": "2026-10-16T13:00Z",
        "who": "<@U0AMY>",
        "on": "2026-10-16",
        "unit": "leads",
    }


def test_errors_stand_beside_their_fields() -> None:
    asked = form(Field("quantity", "How many", "whole number"), Field("reason", "Why", "text"))
    notes = modals.notes_of(asked, place="C1")
    wrong = {"reason": "A reason is missing.", "key": "H-41 is accepted."}
    shown = modals.inputs_of(view(asked))
    assert modals.errors_by_block(notes, wrong, shown) == {
        "field-1": "A reason is missing.",
        "field-0": "H-41 is accepted.",
    }


def test_what_is_wrong_stands_beside_a_field_that_is_there() -> None:
    asked = form(Field("file", "List", "file"), Field("reason", "Why", "text"))
    drawn = modals.form_view(asked, modals.notes_of(asked, place="C1"), Look(), attach=False)
    shown = modals.inputs_of(drawn)
    assert shown == ("field-1",), "without the scope there is no field for a file"
    notes = modals.notes_of(asked, place="C1")
    beside = modals.errors_by_block(notes, {"file": "Which list?", "reason": "Why?"}, shown)
    assert beside == {"field-1": "Which list? Why?"}


def test_notes_that_are_not_ours_are_refused() -> None:
    for junk in ("", "[]", "{}", "null", '{"verb": 1}', '{"verb":"x","names":[],"settled":[1]}', "\x00"):
        assert modals.read_notes(junk) is None


def test_the_rest_of_a_card_fills_a_modal_from_where_it_was_cut() -> None:
    rows = tuple(((f"L-{number}",),) for number in range(2_000))
    card = Card("All leads", "s", (Table(("lead",), rows),))
    drawn = modals.card_view(card, Look(shelve=Shelf()), start=1_990)
    assert view_problems(drawn) == []
    assert "L-1999" in str(drawn["blocks"])
    assert "L-1989" not in str(drawn["blocks"])
