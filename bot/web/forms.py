"""A form, drawn as HTML: a labelled input a field, its hint, and what was wrong with it beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.chat.card import Field, Form, Option
from bot.web.render import plain, words

_EMPTY = Markup()
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")

FIELD = "field."
"""What the names of a form's own inputs begin with, so that a field called `token` is only a field."""
SETTLED = "settled."
"""The same for arguments that were known before the form was opened."""


def fields(
    form: Form,
    *,
    form_id: str,
    people: Sequence[Option] = (),
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Markup:
    """All inputs of a form. `values` are what was typed before, `errors` sentences by field name."""
    typed, wrong = values or {}, errors or {}
    settled = _EMPTY.join(
        Markup('<input type="hidden" name="{}" value="{}" />').format(SETTLED + plain(name), plain(value))
        for name, value in form.settled
    )
    return settled + _EMPTY.join(
        _field(
            field,
            f"{form_id}-{number}",
            people,
            plain(typed.get(field.name, field.value)),
            wrong.get(field.name, field.error),
        )
        for number, field in enumerate(form.fields)
    )


def _field(field: Field, input_id: str, people: Sequence[Option], value: str, error: str) -> Markup:
    described = []
    hint = problem = _EMPTY
    if field.hint:
        described.append(f"{input_id}-hint")
        hint = Markup('<p class="hint" id="{}">{}</p>').format(described[-1], words(field.hint))
    if error:
        described.append(f"{input_id}-error")
        problem = Markup('<p class="error" id="{}">{}</p>').format(described[-1], words(error))
    marks = Markup('id="{}" name="{}"').format(input_id, FIELD + plain(field.name))
    if described:
        marks += Markup(' aria-describedby="{}"').format(" ".join(described))
    if error:
        marks += Markup(' aria-invalid="true"')
    if field.required:
        marks += Markup(' required="required"')
    optional = _EMPTY if field.required else Markup(' <span class="optional">optional</span>')
    return Markup('<div class="field"><label for="{}">{}{}</label>{}{}{}</div>').format(
        input_id, words(field.label), optional, hint, _input(field, marks, people, value), problem
    )


def _input(field: Field, marks: Markup, people: Sequence[Option], value: str) -> Markup:
    if field.kind == "file":
        takes = ",".join(f".{ending}" for ending in field.endings)
        return Markup('<input type="file" {} accept="{}" multiple="multiple" />').format(marks, takes)
    if field.kind == "long text":
        # The line break after the tag is HTML's own and is not part of the text.
        return Markup('<textarea {} rows="4">\n{}</textarea>').format(marks, value)
    if field.kind in {"choice", "person"}:
        options = field.options or (tuple(people) if field.kind == "person" else ())
        if options:
            return _choice(field, marks, options, value)
    # What a picker cannot show (`tomorrow`) would vanish from it, so such a value is typed.
    if field.kind == "date" and (not value or _DATE.fullmatch(value)):
        return Markup('<input type="date" {} value="{}" />').format(marks, value)
    if field.kind == "moment" and (not value or _MOMENT.fullmatch(value)):
        return Markup('<input type="datetime-local" {} value="{}" />').format(marks, value.replace(" ", "T"))
    numeric = Markup(' inputmode="numeric"') if field.kind == "whole number" else _EMPTY
    return Markup('<input type="text"{} autocomplete="off" {} value="{}" />').format(numeric, marks, value)


def _choice(field: Field, marks: Markup, options: Sequence[Option], value: str) -> Markup:
    drawn = []
    if value not in {plain(option.value) for option in options} or not field.required:
        drawn.append(Markup('<option value="">{}</option>').format("Choose…" if field.required else "–"))
    drawn.extend(
        Markup('<option value="{}"{}>{}</option>').format(
            plain(option.value),
            Markup(' selected="selected"') if plain(option.value) == value else _EMPTY,
            plain(option.label),
        )
        for option in options
    )
    return Markup("<select {}>{}</select>").format(marks, _EMPTY.join(drawn))
