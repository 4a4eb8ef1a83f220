"""A form, drawn as an adaptive card with inputs: in a dialog, or right in the conversation.

What was typed is kept when something was wrong with it, and the sentence that says so stands
beside its field. What comes back is read by `presses.read`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.chat.card import Field, Form
from bot.teams import limits
from bot.teams.presses import FILL, INPUT
from bot.teams.render import CONTENT_TYPE, SCHEMA, VERSION
from bot.teams.spans import Element, Mentioned, clean, paragraph, rich_text, runs

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d{1,15}")
_EXPANDED = 4
"""Choices that are shown at once; more fold into a list."""


def dialog(
    form: Form, *, command: str = "", values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What opens or keeps open a dialog: its title, and the form as a card."""
    card = form_card(form, command=command, values=values, errors=errors, titled=False)
    attached = {"contentType": CONTENT_TYPE, "content": card}
    title = limits.fitted(_line(form.title) or "Kept", 60)
    return {"type": "continue", "value": {"title": title, "height": "medium", "width": "medium", "card": attached}}


def form_card(
    form: Form,
    *,
    command: str = "",
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    titled: bool = True,
) -> Element:
    """A form as a card. `values` are what was typed before, `errors` sentences by field name.

    `command` is the words that opened it, so that it can be opened again.
    """
    typed, wrong = values or {}, errors or {}
    body: list[Element] = []
    if titled and (title := _line(form.title)):
        body.append(rich_text(runs((limits.fitted(title, limits.TITLE),), size="Medium", weight="Bolder")))
    body += paragraph(form.intro, Mentioned())
    known = {field.name for field in form.fields}
    for field in form.fields:
        error = wrong.get(field.name, field.error)
        shown = _file(form, field, error) if field.kind == "file" else None
        body += shown or _field(field, typed.get(field.name, field.value), error)
    body += [_problem(said) for name, said in wrong.items() if name not in known and _line(said)]
    data = {
        "kind": FILL,
        "verb": clean(form.verb),
        "settled": {clean(name): clean(value) for name, value in form.settled},
        "version": form.version,
        "command": clean(command)[: limits.INPUT],
    }
    label = limits.fitted(_line(form.submit) or "Save", limits.LABEL)
    submit = {"type": "Action.Submit", "title": label, "style": "positive", "data": data}
    execute = {"type": "Action.Execute", "title": label, "style": "positive", "verb": FILL, "data": data}
    action = execute | {"fallback": submit} if titled else submit  # a dialog sends Submit alone
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "body": body,
        "actions": [action],
        "msteams": {"width": "Full"},
    }


def _file(form: Form, field: Field, error: str) -> list[Element]:
    """Where a file goes: no card of Teams takes one, so it is sent with the words that the form stands for."""
    words = " ".join((clean(form.verb), *(_line(value) for _, value in form.settled)))
    said = f"{_line(field.label)}: send it to me in your own chat, attached to words that begin with “{words}”."
    return [rich_text(runs((said,), size="Small", isSubtle=True)), *([_problem(error)] if _line(error) else [])]


def _field(field: Field, value: str, error: str) -> list[Element]:
    label = limits.fitted(_line(field.label) or _line(field.name) or "…", limits.TITLE)
    named: Element = {"id": INPUT + clean(field.name), "label": label if field.required else f"{label} (optional)"}
    if field.required:
        named |= {"isRequired": True, "errorMessage": "This is needed."}
    drawn = [_input(field, clean(value)[: limits.INPUT]) | named]
    hint = _line(field.hint)
    if hint and drawn[0].get("placeholder") != hint:
        drawn.append(rich_text(runs((hint,), size="Small", isSubtle=True)))
    if _line(error):
        drawn.append(_problem(error))
    return drawn


def _input(field: Field, value: str) -> Element:
    if field.options and field.kind in {"choice", "person"}:
        return _choice(field, value)
    if field.kind == "date" and (not value or _DATE.fullmatch(value)):
        return {"type": "Input.Date"} | ({"value": value} if value else {})
    if field.kind == "whole number" and (not value or _NUMBER.fullmatch(value)):
        return {"type": "Input.Number"} | ({"value": int(value)} if value else {}) | _placeholder(field)
    # What a picker cannot show ("tomorrow", "Fri 15:00") would vanish from it, so such a value is typed.
    long = {"isMultiline": True} if field.kind == "long text" else {}
    return {"type": "Input.Text", "maxLength": limits.INPUT, **long, **_placeholder(field)} | (
        {"value": value} if value else {}
    )


def _choice(field: Field, value: str) -> Element:
    choices = [
        {
            "title": limits.fitted(_line(each.label) or _line(each.value) or "…", limits.TITLE),
            "value": clean(each.value),
        }
        for each in field.options[: limits.CHOICES]
    ]
    if not field.required:
        choices.insert(0, {"title": "–", "value": ""})  # what was chosen in an optional field can be taken back
    drawn: Element = {"type": "Input.ChoiceSet", "choices": choices, "wrap": True}
    drawn["style"] = "expanded" if len(field.options) <= _EXPANDED else "compact"
    if drawn["style"] == "compact":
        drawn["placeholder"] = "Choose…"
    return drawn | ({"value": value} if any(each["value"] == value for each in choices) else {})


def _placeholder(field: Field) -> Element:
    hint = _line(field.hint)
    return {"placeholder": hint} if 0 < len(hint) <= limits.PLACEHOLDER else {}


def _problem(said: str) -> Element:
    return rich_text(runs((limits.fitted(_line(said), limits.TITLE),), color="Attention", weight="Bolder"))


def _line(text: str) -> str:
    return " ".join(clean(text).split())
