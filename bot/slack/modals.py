"""A form, drawn as a modal; and what was filled in, read back as arguments.

Fields go by number and not by name, since a name may hold anything. What the form knows unseen
travels in the modal's private notes; where that is too small, it is laid aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.chat.attachments import MOST_FILES
from bot.chat.card import Card, Field, Form, Option
from bot.slack import limits
from bot.slack.presses import Shelve
from bot.slack.render import Block, Look, draw
from bot.slack.spans import clean, elements, split

FILLED, LOOKED = "filled", "looked"
"""`callback_id` of a form, and of a modal that only shows something."""
_VALUE = "value"
_OF_A_FILE = ("name", "mimetype", "url_private", "url_private_download")
_PICKERS: Mapping[str, Block] = {
    "person": {"type": "users_select"},
    "channel": {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    },
    "date": {"type": "datepicker"},
    "moment": {"type": "datetimepicker"},
}
"""What asks where nothing is known yet."""
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Notes:
    """What a modal carries unseen: the command, its fields by number, what was known, and where it was asked.

    `files` are those of the message that it was opened on, as Slack describes them.
    """

    verb: str
    names: tuple[str, ...]
    settled: tuple[tuple[str, str], ...] = ()
    version: int | None = None
    place: str = ""
    thread: str = ""
    message: str = ""
    files: tuple[Mapping[str, str], ...] = ()


def form_view(
    form: Form, notes: Notes, look: Look, errors: Mapping[str, str] | None = None, *, attach: bool = True
) -> dict[str, Any]:
    """A form as a modal. `errors` are sentences by field name, for what Slack cannot show beside a field any more.

    `attach` tells whether the app may read files; where it may not, Slack would refuse the whole modal.
    """
    wrong = dict(errors or {})
    intro = split(elements(form.intro, look.users), limits.BLOCK_TEXT)[:1]
    blocks: list[Block] = [_rich(run) for run in intro]
    said = " ".join([*wrong.values(), *(field.error for field in form.fields if field.error)])
    if clean(said).strip():
        words = limits.fitted(clean(said).strip(), limits.BLOCK_TEXT)
        blocks.insert(0, _rich([{"type": "emoji", "name": "warning"}, {"type": "text", "text": f" {words}"}]))
    shown = enumerate(form.fields[: limits.VIEW_BLOCKS - 4])
    blocks += [_input(field, number, look) if attach or field.kind != "file" else _NO_FILES for number, field in shown]
    return {
        "type": "modal",
        "callback_id": FILLED,
        "title": _plain(form.title or form.verb, limits.VIEW_TITLE),
        "submit": _plain(form.submit or "Save", limits.VIEW_BUTTON),
        "close": _plain("Cancel", limits.VIEW_BUTTON),
        "private_metadata": written(notes, look.shelve),
        "blocks": blocks or [_rich([{"type": "text", "text": "There is nothing to fill in."}])],
    }


def notes_of(
    form: Form, *, place: str, thread: str = "", message: str = "", files: Sequence[Mapping[str, Any]] = ()
) -> Notes:
    """What a form's modal has to carry."""
    return Notes(
        verb=form.verb,
        names=tuple(field.name for field in form.fields),
        settled=form.settled,
        version=form.version,
        place=place,
        thread=thread,
        message=message,
        files=tuple({name: str(file.get(name, "")) for name in _OF_A_FILE} for file in files),
    )


def waiting_view(title: str) -> dict[str, Any]:
    """What is shown within the three seconds in which a click may open anything; filled a moment later."""
    return {
        "type": "modal",
        "callback_id": LOOKED,
        "title": _plain(title, limits.VIEW_TITLE),
        "close": _plain("Close", limits.VIEW_BUTTON),
        "blocks": [_rich([{"type": "text", "text": "One moment…"}])],
    }


def card_view(card: Card, look: Look, *, title: str = "", start: int = 0) -> dict[str, Any]:
    """A card shown in a modal, from piece `start` on."""
    drawn = draw(card, look, start=start, most_blocks=limits.VIEW_BLOCKS)
    return {
        "type": "modal",
        "callback_id": LOOKED,
        "title": _plain(title or card.ref or "Kept", limits.VIEW_TITLE),
        "close": _plain("Close", limits.VIEW_BUTTON),
        "blocks": drawn.blocks or [_rich([{"type": "text", "text": "That was all."}])],
    }


def written(notes: Notes, shelve: Shelve) -> str:
    """Notes as a modal carries them."""
    carried: dict[str, Any] = {
        "verb": notes.verb,
        "names": list(notes.names),
        "settled": [list(pair) for pair in notes.settled],
        "version": notes.version,
        "place": notes.place,
        "thread": notes.thread,
        "message": notes.message,
    } | ({"files": [dict(file) for file in notes.files]} if notes.files else {})
    text = json.dumps(carried, separators=(",", ":"))
    return text if len(text) <= limits.VIEW_NOTES else json.dumps({"kept": shelve(text)})


def kept_key(metadata: str) -> str:
    """The key under which a modal's notes were laid aside, or "" if it carries them itself."""
    try:
        carried = json.loads(metadata)
    except (ValueError, RecursionError):
        return ""
    return carried["kept"] if isinstance(carried, dict) and isinstance(carried.get("kept"), str) else ""


def read_notes(metadata: str) -> Notes | None:
    """The notes that a modal carried; None where they are not of our making."""
    try:
        match json.loads(metadata):
            case {"verb": str(verb), "names": list(names), "settled": list(settled), **rest}:
                version = rest.get("version")
                return Notes(
                    verb=verb,
                    names=tuple(str(name) for name in names),
                    settled=tuple((str(name), str(value)) for name, value in settled),
                    version=version if type(version) is int else None,
                    place=str(rest.get("place", "")),
                    thread=str(rest.get("thread", "")),
                    message=str(rest.get("message", "")),
                    files=_files(rest.get("files")),
                )
    except (ValueError, TypeError, RecursionError):
        pass
    return None


def _files(carried: object) -> tuple[Mapping[str, str], ...]:
    found = carried if isinstance(carried, list) else []
    return tuple({name: str(file.get(name, "")) for name in _OF_A_FILE} for file in found if isinstance(file, dict))


def attached(notes: Notes, state: Mapping[str, Any]) -> tuple[str, tuple[Mapping[str, Any], ...]]:
    """The files that were chosen, as Slack describes them, and the field that asked for them ("" for none)."""
    for block_id, inputs in state.items():
        given = inputs.get(_VALUE) if isinstance(inputs, dict) else None
        chosen = given.get("files") if isinstance(given, dict) and given.get("type") == "file_input" else None
        number = block_id.removeprefix("field-")
        if isinstance(chosen, list) and chosen and number.isdecimal() and int(number) < len(notes.names):
            return notes.names[int(number)], tuple(each for each in chosen if isinstance(each, dict))
    return "", ()


def answers(notes: Notes, state: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, as arguments by name; what was left empty is left out."""
    filled = dict(notes.settled)
    for block_id, inputs in state.items():
        number = block_id.removeprefix("field-")
        if not number.isdecimal() or int(number) >= len(notes.names) or not isinstance(inputs, dict):
            continue
        value = _answer(inputs.get(_VALUE) or {})
        if value:
            filled[notes.names[int(number)]] = value
    return filled


def inputs_of(view: object) -> tuple[str, ...]:
    """The names of the blocks of a modal in which something can be filled in."""
    blocks = view.get("blocks") if isinstance(view, dict) else None
    shown = [each for each in blocks if isinstance(each, dict)] if isinstance(blocks, list) else []
    return tuple(str(each.get("block_id", "")) for each in shown if each.get("type") == "input")


def errors_by_block(notes: Notes, errors: Mapping[str, str], shown: Sequence[str]) -> dict[str, str]:
    """Sentences beside the fields they are about; those about none that is `shown` stand beside the first.

    Slack takes no sentence beside what is no input, and shows none of the others then.
    """
    beside: dict[str, str] = {}
    for name, sentence in errors.items():
        number = notes.names.index(name) if name in notes.names else 0
        block = f"field-{number}"
        block = block if block in shown or not shown else shown[0]
        said = clean(sentence).strip() or "Please look at this again."
        beside[block] = limits.fitted(f"{beside[block]} {said}" if block in beside else said, limits.FIELD_ERROR)
    return beside


def _answer(given: Mapping[str, Any]) -> str:
    match given:
        case {"type": "datetimepicker", "selected_date_time": int(seconds)}:
            return _instant(seconds)
        case {"type": "datepicker", "selected_date": str(on)}:
            return on
        case {"type": "users_select", "selected_user": str(user)}:
            return f"<@{user}>"
        case {"type": "conversations_select", "selected_conversation": str(channel)}:
            return f"<#{channel}>"
        case {"type": "static_select", "selected_option": {"value": str(value)}}:
            return value
        case {"value": str(value)}:
            return value.strip()
        case _:
            return ""


def _instant(seconds: int) -> str:
    """A moment as it is typed; "" for one of no year that is told."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M}Z"
    except (ValueError, OverflowError, OSError):
        return ""


def _input(field: Field, number: int, look: Look) -> Block:
    block: Block = {
        "type": "input",
        "block_id": f"field-{number}",
        "optional": not field.required,
        "label": _plain(field.label or field.name, limits.INPUT_LABEL),
        "element": _element(field, look) | {"action_id": _VALUE},
    }
    hint = clean(field.hint).strip()
    return block | {"hint": _plain(hint, limits.INPUT_HINT)} if hint else block


def _element(field: Field, look: Look) -> Block:
    """The input of a field: a picker where it can show the value that is there, else a line to type in."""
    value = clean(field.value)
    if not value and not field.options and field.kind in _PICKERS:
        return dict(_PICKERS[field.kind])
    match field.kind:
        case "choice" | "person" if field.options:
            drawn = _choice(field.options, value)
            if drawn is not None:
                return drawn
        case "person":
            mentioned = _MENTION.fullmatch(value)
            user = look.users(value) or (mentioned[1] if mentioned else value)
            if _USER.fullmatch(user):
                return {"type": "users_select", "initial_user": user}
        case "whole number" if not value or _NUMBER.fullmatch(value):
            return {"type": "number_input", "is_decimal_allowed": False} | _initial(value)
        case "date" if _is_date(value):
            return {"type": "datepicker", "initial_date": value}
        case "moment" if (seconds := _seconds(value)) is not None:
            return {"type": "datetimepicker", "initial_date_time": seconds}
        case "long text":
            return {"type": "plain_text_input", "multiline": True} | _initial(value)
        case "file":
            ends = {"filetypes": list(field.endings)} if field.endings else {}
            return {"type": "file_input", "max_files": MOST_FILES, **ends}
        case _:
            pass
    return {"type": "plain_text_input"} | _initial(value)


def _initial(value: str) -> Block:
    return {"initial_value": value[: limits.INPUT_VALUE]} if value else {}


def _choice(options: tuple[Option, ...], value: str) -> Block | None:
    """A menu; None where the values are too long, too many or not distinct enough for one."""
    values = [clean(option.value) for option in options]
    if not all(0 < len(said) <= limits.OPTION_VALUE for said in values) or len(set(values)) < len(values):
        return None
    if len(options) > limits.OPTIONS * limits.OPTION_GROUPS or (value and value not in values):
        return None
    drawn = [
        {"text": _plain(option.label or said, limits.OPTION_LABEL), "value": said}
        for option, said in zip(options, values, strict=True)
    ]
    chosen: Block = {"initial_option": drawn[values.index(value)]} if value else {}
    if len(drawn) <= limits.OPTIONS:
        return {"type": "static_select", "options": drawn} | chosen
    groups = [
        {
            "label": _plain(f"{start + 1}–{min(start + limits.OPTIONS, len(drawn))}", limits.OPTION_LABEL),
            "options": drawn[start : start + limits.OPTIONS],
        }
        for start in range(0, len(drawn), limits.OPTIONS)
    ]
    return {"type": "static_select", "option_groups": groups} | chosen


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _seconds(value: str) -> int | None:
    """An exact instant in the picker's ten digits; a bare wall time is typed, since its zone is not the reader's."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    seconds = int(moment.timestamp())
    return seconds if len(str(seconds)) == 10 and seconds > 0 else None


_NO_FILES: Block = {
    "type": "context",
    "elements": [
        {
            "type": "plain_text",
            "text": "No file can be attached here: whoever added me has not allowed me to read files (files:read).",
            "emoji": False,
        }
    ],
}


def _plain(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": limits.fitted(clean(text).strip() or "…", most), "emoji": False}


def _rich(run: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": run}]}
