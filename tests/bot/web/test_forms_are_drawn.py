"""A form asks for each argument under its own label, and says beside it what was wrong."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bot.chat.card import Field, Form, Option
from bot.web import forms
from tests.bot.chat import cards as made
from tests.bot.web.markup import only_our_own_markup, parsed
from tests.examples import examples

PEOPLE = (Option("Josh", "@josh"), Option("Amy", "@amy"))


def drawn(field: Field, **more: dict[str, str]) -> ET.Element:
    return parsed(forms.fields(Form("t", "v", (field,)), form_id="f", people=PEOPLE, **more))[0]


def control(field: Field, **more: dict[str, str]) -> ET.Element:
    return next(each for each in drawn(field, **more).iter() if each.tag in {"input", "select", "textarea"})


@given(made.forms)
@examples(100)
def test_whatever_a_form_says_it_stays_inside_our_own_markup(form: Form) -> None:
    fragment = forms.fields(form, form_id="f1", people=PEOPLE)
    only_our_own_markup(fragment)
    ids = [each.attrib["id"] for each in parsed(fragment).iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))


def test_hint_and_error_belong_to_their_field_for_a_screen_reader_too() -> None:
    field = Field("because", "Reason", "text", hint="From the list.")
    asked = drawn(field, errors={"because": "A dispute needs a reason."})
    said = {each.attrib["id"]: each.text for each in asked.iter("p")}
    box = control(field, errors={"because": "A dispute needs a reason."})
    assert [said[each] for each in box.attrib["aria-describedby"].split()] == [
        "From the list.",
        "A dispute needs a reason.",
    ]
    assert box.attrib["aria-invalid"] == "true"
    assert asked[0].attrib["for"] == box.attrib["id"]


def test_what_was_typed_is_still_there_when_a_form_comes_back() -> None:
    assert control(Field("n", "n", "whole number", "16"), values={"n": "sixteen"}).attrib["value"] == "sixteen"


@pytest.mark.parametrize(
    ("kind", "value", "drawn_as"),
    [
        ("text", "x", "text"),
        ("whole number", "25", "text"),
        ("date", "2026-10-16", "date"),
        ("date", "", "date"),
        ("date", "tomorrow", "text"),
        ("moment", "2026-10-16 15:00", "datetime-local"),
        ("moment", "Mon 09:00", "text"),
    ],
)
def test_a_picker_is_used_only_where_it_can_show_the_value(kind: str, value: str, drawn_as: str) -> None:
    box = control(Field("f", "f", kind, value))  # type: ignore[arg-type]
    assert box.attrib["type"] == drawn_as
    assert box.attrib["value"].replace("T", " ") == value


def test_a_long_text_keeps_its_line_breaks() -> None:
    assert (control(Field("f", "f", "long text", "\na\nb")).text or "")[1:] == "\na\nb"


def test_a_choice_that_was_not_made_is_asked_for_rather_than_assumed() -> None:
    options = (Option("Duplicate", "duplicate"), Option("Fake", "fake"))
    chosen = [each.attrib["value"] for each in control(Field("r", "r", "choice", options=options)).iter("option")]
    assert chosen == ["", "duplicate", "fake"]


def test_a_choice_that_was_made_stays_made() -> None:
    options = (Option("Duplicate", "duplicate"), Option("Fake", "fake"))
    box = control(Field("r", "r", "choice", "fake", options=options))
    assert [each.attrib["value"] for each in box.iter("option") if "selected" in each.attrib] == ["fake"]
    assert len(list(box.iter("option"))) == 2


def test_a_person_is_chosen_from_the_cast() -> None:
    box = control(Field("to", "To", "person", required=False))
    assert [each.attrib["value"] for each in box.iter("option")] == ["", "@josh", "@amy"]


def test_arguments_that_are_settled_travel_unseen() -> None:
    form = Form("t", "dispute", (), settled=(("key", "H-41"),))
    hidden = parsed(forms.fields(form, form_id="f"))[0]
    assert hidden.attrib == {"type": "hidden", "name": "settled.key", "value": "H-41"}
