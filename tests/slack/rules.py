"""Slack's rules for blocks and views, written down from its reference, to judge what we draw.

`problems(...)` gives a sentence for everything that Slack would refuse; none means it would be taken.
Independent of the product: nothing here is imported from `bot`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")


def message_problems(blocks: Any, text: str = "") -> list[str]:
    found = list(_blocks(blocks, 50, "message"))
    if len(text) > 4000:
        found.append("text over 4,000 characters becomes several messages")
    total = _characters(blocks)
    if total > 13_000:
        found.append(f"{total} characters in all")
    try:
        json.dumps(blocks).encode()
        json.dumps(blocks, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        found.append("not encodable")
    return found


def view_problems(view: Any) -> list[str]:
    found: list[str] = []
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [f"a view of type {kind!r}"]
    found += _blocks(view.get("blocks"), 100, kind)
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata over 3,000")
    if len(view.get("callback_id", "")) > 255:
        found.append("callback_id over 255")
    if kind == "home":
        return found
    found += _plain(view.get("title"), 24, "title")
    for key in ("submit", "close"):
        if key in view:
            found += _plain(view[key], 24, key)
    if any(block.get("type") == "input" for block in view["blocks"]) and "submit" not in view:
        found.append("inputs without submit")
    allowed = {
        "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
        "notify_on_close", "external_id", "submit_disabled",
    }  # fmt: skip
    return found + [f"unknown key {key} of a modal" for key in view.keys() - allowed]


def _blocks(blocks: Any, most: int, surface: str) -> Iterator[str]:
    if not isinstance(blocks, list) or not blocks:
        yield "no blocks"
        return
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        yield "a block_id twice"
    for identifier in ids:
        if not 1 <= len(identifier) <= 255:
            yield "block_id length"
    for block in blocks:
        judge = _JUDGES.get(block.get("type"))
        if judge is None:
            yield f"unknown block {block.get('type')!r}"
        else:
            yield from judge(block, surface)


def _section(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        yield "an empty section"
    if "text" in block:
        yield from _text(block["text"], 3000, "section")
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield "over 10 fields"
    for field in fields:
        yield from _text(field, 2000, "field")
    if "accessory" in block:
        yield from _button(block["accessory"])


def _header(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"text"})
    yield from _plain(block["text"], 150, "header")


def _context(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"elements"})
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _text(element, 3000, "context")


def _divider(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, set())


def _image(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"slack_file", "image_url", "alt_text", "title"})
    if ("slack_file" in block) == ("image_url" in block):
        yield "an image needs one source"
    if not 1 <= len(block.get("alt_text", "")) <= 2000:
        yield "alt_text"


def _actions(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"elements"})
    if not 1 <= len(block["elements"]) <= 25:
        yield f"{len(block['elements'])} elements in a row"
    actions = [element.get("action_id") for element in block["elements"]]
    if len(set(actions)) < len(actions):
        yield "an action_id twice in a block"
    for element in block["elements"]:
        yield from _button(element)


def _button(element: Any) -> Iterator[str]:
    if element.get("type") != "button":
        yield f"a {element.get('type')} in a row of buttons"
        return
    allowed = {"type", "action_id", "text", "value", "style", "url", "confirm", "accessibility_label"}
    yield from (f"unknown key {key} of a button" for key in element.keys() - allowed)
    yield from _plain(element["text"], 75, "button")
    if not 1 <= len(element.get("value", "x")) <= 2000:
        yield "button value"
    if not 1 <= len(element.get("action_id", "x")) <= 255:
        yield "action_id"
    if element.get("style") not in {None, "primary", "danger"}:
        yield "button style"


def _rich_text(block: Any, surface: str) -> Iterator[str]:
    yield from _keys(block, {"elements"})
    if not block["elements"]:
        yield "empty rich text"
    total = _characters(block)
    if total > 3000 + 400:
        yield f"rich text of {total}"
    for element in block["elements"]:
        yield from _rich_part(element)


def _rich_part(element: Any) -> Iterator[str]:
    kind = element.get("type")
    if kind == "rich_text_list":
        if element.get("style") not in {"bullet", "ordered"}:
            yield "list style"
        if not element["elements"]:
            yield "empty list"
        for item in element["elements"]:
            if item.get("type") != "rich_text_section":
                yield "a list holds sections"
            yield from _rich_part(item)
        return
    if kind not in {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}:
        yield f"rich text part {kind!r}"
        return
    if not element["elements"]:
        yield f"empty {kind}"
    for span in element["elements"]:
        if kind == "rich_text_preformatted" and span.get("type") not in {"text", "link"}:
            yield "preformatted holds text and links"
        yield from _rich_span(span)


def _rich_span(span: Any) -> Iterator[str]:
    match span:
        case {"type": "text", "text": str(text), **rest}:
            if not text:
                yield "an empty text element"
            if SURROGATE.search(text) or "\x00" in text:
                yield "characters that are no text"
            style: Any = rest.get("style", {})
            if rest.keys() - {"style"} or style.keys() - {"bold", "italic", "strike", "code"}:
                yield "keys of a text element"
        case {"type": "user", "user_id": str(user)}:
            if not re.fullmatch(r"[UW][A-Z0-9]+", user):
                yield f"user {user!r}"
        case {"type": "emoji", "name": str(name)}:
            if not re.fullmatch(r"[a-z0-9_+-]+", name):
                yield f"emoji {name!r}"
        case {"type": "date", "timestamp": int(), "format": str(written), "fallback": str(fallback)}:
            if "{" not in written or not fallback:
                yield "date"
        case _:
            yield f"rich text element {span!r}"


def _input(block: Any, surface: str) -> Iterator[str]:
    if surface == "home":
        yield "no plain input here"
    yield from _keys(block, {"label", "element", "hint", "optional", "dispatch_action"})
    yield from _plain(block["label"], 2000, "label")
    if "hint" in block:
        yield from _plain(block["hint"], 2000, "hint")
    element = block["element"]
    judge = _INPUTS.get(element["type"])
    if judge is None:
        yield f"input {element['type']}"
        return
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")
    yield from judge(element)


def _plain_text_input(element: Any) -> Iterator[str]:
    if len(element.get("initial_value", "")) > 3000:
        yield "initial_value over 3,000"
    if not 1 <= element.get("max_length", 3000) <= 3000:
        yield "max_length"
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "initial_value over max_length"


def _number_input(element: Any) -> Iterator[str]:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield "is_decimal_allowed is required"
    if "initial_value" in element and not re.fullmatch(r"-?[0-9]+", element["initial_value"]):
        yield "number"


def _datepicker(element: Any) -> Iterator[str]:
    if "initial_date" in element and not re.fullmatch(r"\d{4}-\d\d-\d\d", element["initial_date"]):
        yield "initial_date"


def _datetimepicker(element: Any) -> Iterator[str]:
    moment = element.get("initial_date_time")
    if moment is not None and not (isinstance(moment, int) and len(str(moment)) == 10):
        yield "initial_date_time is 10 digits"


def _static_select(element: Any) -> Iterator[str]:
    groups = element.get("option_groups")
    if groups is None:
        yield from _options(element.get("options"), element)
        return
    if "options" in element or not 1 <= len(groups) <= 100:
        yield "option groups"
    for group in groups:
        yield from _plain(group["label"], 75, "group")
        yield from _options(group["options"], {})
    initial = element.get("initial_option")
    if initial is not None and not any(initial in group["options"] for group in groups):
        yield "initial_option is none of the options"


def _options(options: Any, element: Any) -> Iterator[str]:
    if not isinstance(options, list) or not 1 <= len(options) <= 100:
        yield "options"
        return
    for option in options:
        yield from _plain(option["text"], 75, "option")
        if not 1 <= len(option["value"]) <= 150:
            yield "option value"
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        yield "two options of one value"
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option is none of the options"


def _users_select(element: Any) -> Iterator[str]:
    if "initial_user" in element and not re.fullmatch(r"[UW][A-Z0-9]+", element["initial_user"]):
        yield "initial_user"


def _file_input(element: Any) -> Iterator[str]:
    if not 1 <= element.get("max_files", 10) <= 10:
        yield "max_files"
    if not all(isinstance(ending, str) and ending for ending in element.get("filetypes", ["pdf"])):
        yield "filetypes"
    if element.keys() - {"type", "action_id", "filetypes", "max_files"}:
        yield "keys of a file input"


def _text(text: Any, most: int, where: str) -> Iterator[str]:
    if text.get("type") == "plain_text":
        yield from _plain(text, most, where)
    elif text.get("type") == "mrkdwn":
        if not 1 <= len(text["text"]) <= most:
            yield f"{where} of {len(text['text'])}"
        if text.keys() - {"type", "text", "verbatim"}:
            yield "keys of a text"
        if SURROGATE.search(text["text"]):
            yield "characters that are no text"
    else:
        yield f"{where} of type {text.get('type')!r}"


def _plain(text: Any, most: int, where: str) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        yield f"{where} is no plain text"
        return
    if not 1 <= len(text["text"]) <= most or not text["text"].strip():
        yield f"{where} of {len(text['text'])}"
    if text.keys() - {"type", "text", "emoji"}:
        yield "keys of a plain text"
    if SURROGATE.search(text["text"]):
        yield "characters that are no text"


def _keys(block: Any, allowed: set[str]) -> Iterator[str]:
    for key in block.keys() - allowed - {"type", "block_id"}:
        yield f"unknown key {key} of {block['type']}"


def _characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(inner) for inner in value.values())
    return sum(_characters(inner) for inner in value) if isinstance(value, list) else 0


_JUDGES = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _divider,
    "image": _image,
    "actions": _actions,
    "rich_text": _rich_text,
    "input": _input,
}
_INPUTS = {
    "plain_text_input": _plain_text_input,
    "number_input": _number_input,
    "datepicker": _datepicker,
    "datetimepicker": _datetimepicker,
    "static_select": _static_select,
    "file_input": _file_input,
    "users_select": _users_select,
    "conversations_select": _users_select,
}
