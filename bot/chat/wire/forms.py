"""A form, and a private answer, as JSON."""

from __future__ import annotations

from bot.chat.card import Field, Form, Option
from bot.chat.talk import Reply
from bot.chat.wire.cards import card_from_wire, card_to_wire
from bot.chat.wire.values import Wire, expect, spans_in, spans_out


def form_to_wire(form: Form) -> Wire:
    """A form as JSON."""
    return {
        "is": "form/1",
        "title": form.title,
        "verb": form.verb,
        "fields": [_field_out(field) for field in form.fields],
        "submit": form.submit,
        "intro": spans_out(form.intro),
        "settled": [list(pair) for pair in form.settled],
        "version": form.version,
    }


def form_from_wire(wire: Wire) -> Form:
    """The form that `form_to_wire` wrote. Raises Unreadable."""
    expect("form/1", wire)
    return Form(
        title=wire["title"],
        verb=wire["verb"],
        fields=tuple(_field_in(field) for field in wire["fields"]),
        submit=wire["submit"],
        intro=spans_in(wire["intro"]),
        settled=tuple((key, value) for key, value in wire["settled"]),
        version=wire["version"],
    )


def reply_to_wire(reply: Reply) -> Wire:
    """A private answer as JSON, so that the same request again gets the same answer."""
    return {
        "is": "reply/1",
        "card": None if reply.card is None else card_to_wire(reply.card),
        "form": None if reply.form is None else form_to_wire(reply.form),
        "errors": dict(reply.errors),
        "refused": reply.refused,
    }


def reply_from_wire(wire: Wire) -> Reply:
    """A private answer from JSON. Raises Unreadable."""
    expect("reply/1", wire)
    return Reply(
        card=None if wire["card"] is None else card_from_wire(wire["card"]),
        form=None if wire["form"] is None else form_from_wire(wire["form"]),
        errors=wire["errors"],
        refused=wire["refused"],
    )


def _field_out(field: Field) -> Wire:
    return {
        "is": "field/1",
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "value": field.value,
        "hint": field.hint,
        "required": field.required,
        "options": [[option.label, option.value] for option in field.options],
        "error": field.error,
        **({"endings": list(field.endings)} if field.endings else {}),
    }


def _field_in(wire: Wire) -> Field:
    expect("field/1", wire)
    return Field(
        name=wire["name"],
        label=wire["label"],
        kind=wire["kind"],
        value=wire["value"],
        hint=wire["hint"],
        required=wire["required"],
        options=tuple(Option(label, value) for label, value in wire["options"]),
        error=wire["error"],
        endings=tuple(wire.get("endings", ())),
    )
