"""Slack's blocks as a page, about as Slack draws them: in light, in dark, and at the width of a channel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

Block = Mapping[str, Any]

WIDTH = 640
_ZONE = ZoneInfo("America/New_York")
_EMOJI = {
    "white_check_mark": '<span class="yes">✔</span>',
    "warning": '<span class="warning">▲</span>',
    "red_circle": '<span class="bad">●</span>',
}
_EMPTY_INPUTS = {
    "static_select": "Select an option ▾",
    "users_select": "Select a user ▾",
    "datepicker": "Select a date ▾",
    "datetimepicker": "Select a date and time ▾",
    "file_input": "⬆ Choose a file",
}
_STYLE = """
* { box-sizing: border-box }
body { margin: 0; display: flex; font: 15px/1.46 Lato, Inter, Helvetica, Arial, sans-serif }
.side { width: 640px; padding: 14px 20px } .light { background: #fff; color: #1d1c1d }
.dark { background: #1a1d21; color: #d1d2d3 }
.message { display: flex; gap: 10px; padding: 10px 0 } .message > :last-child { flex: 1; min-width: 0 }
.face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #2f4a3c; color: #fff; font-weight: 700;
  display: grid; place-items: center }
.name { font-weight: 900 }
.app { margin: 0 5px; padding: 1px 3px; border-radius: 2px; background: #8883; font-size: 10px }
.hour, .optional { opacity: .65; font-size: 12px } .block { margin: 4px 0 6px }
.context, .hint { opacity: .75; font-size: 13px } .actions { display: flex; flex-wrap: wrap; gap: 8px }
button { padding: 5px 12px; border: 1px solid #8886; border-radius: 4px; background: none; color: inherit;
  font: 700 13px Lato, Inter, Arial, sans-serif }
button.primary { border: 0; background: #007a5a; color: #fff } button.danger { border-color: #e01e5a; color: #e01e5a }
pre { margin: 4px 0; padding: 8px; border: 1px solid #8885; border-radius: 4px; background: #8881;
  white-space: pre-wrap;  font: 12px/1.5 Monaco, Menlo, "Liberation Mono", monospace }
ul { margin: 2px 0; padding-left: 24px } hr { border: 0; border-top: 1px solid #8883 } img { max-width: 100% }
img { border: 1px solid #8883; border-radius: 8px } .header { font-size: 18px; font-weight: 900 }
.person { padding: 0 2px; border-radius: 3px; background: #1d9bd122; color: #1264a3 } .dark .person { color: #1d9bd1 }
.yes { padding: 0 3px; border-radius: 3px; background: #43a047; color: #fff } .warning { color: #e8a317 }
.bad { color: #dd2e44 } .modal { max-width: 520px; padding: 4px 20px 16px; border: 1px solid #8885; border-radius: 8px }
.title { padding: 10px 0; font-size: 20px; font-weight: 900 } label { font-size: 14px; font-weight: 700 }
.input { min-height: 36px; margin: 4px 0; padding: 7px 10px; border: 1px solid #8887; border-radius: 4px }
.foot { display: flex; justify-content: flex-end; gap: 10px; padding-top: 10px }
"""


def page(shown: str) -> str:
    """Put the same side by side in light and in dark."""
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>" + "".join(
        f'<div class="side {theme}">{shown}</div>' for theme in ("light", "dark")
    )


def drawn(sent: Mapping[str, Any], picture: str) -> str:
    """What Slack is sent as HTML: a message, a modal or a home. `picture` is the address of its chart."""
    body = "".join(_block(each, picture) for each in sent["blocks"])
    match sent.get("type"):
        case "home":
            return body
        case "modal":
            submit = f'<button class="primary">{_text(sent["submit"])}</button>' if "submit" in sent else ""
            foot = f'<div class="foot"><button>{_text(sent["close"])}</button>{submit}</div>'
            return f'<div class="modal"><div class="title">{_text(sent["title"])}</div>{body}{foot}</div>'
        case _:
            head = '<span class="name">Kept</span><span class="app">APP</span><span class="hour">10:02 AM</span>'
            return f'<div class="message"><div class="face">K</div><div>{head}{body}</div></div>'


def _block(block: Block, picture: str) -> str:
    match block["type"]:
        case "rich_text":
            inner = "".join(map(_rich, block["elements"]))
        case "context":
            inner = " ".join(_small(each) for each in block["elements"])
        case "actions":
            inner = "".join(
                f'<button class="{each.get("style", "")}">{_text(each["text"])}</button>' for each in block["elements"]
            )
        case "image":
            inner = f'<img src="{picture}" alt="{escape(block["alt_text"])}">'
        case "divider":
            return "<hr>"
        case "header" | "section":
            inner = _text(block["text"])
        case "input":
            inner = _input(block)
        case other:
            raise ValueError(f"nothing draws a block of the sort {other!r} here yet")
    return f'<div class="block {block["type"]}">{inner}</div>'


def _rich(part: Block) -> str:
    match part["type"]:
        case "rich_text_preformatted":
            return f"<pre>{escape(part['elements'][0]['text'])}</pre>"
        case "rich_text_list":
            points = ("".join(map(_element, each["elements"])) for each in part["elements"])
            return f"<ul>{''.join(f'<li>{each}</li>' for each in points)}</ul>"
        case _:
            return f"<div>{''.join(map(_element, part['elements']))}</div>"


def _element(element: Block) -> str:
    match element["type"]:
        case "emoji":
            return _EMOJI[element["name"]]
        case "date":
            return _moment(int(element["timestamp"]), element["format"])
        case "user":
            return f'<span class="person">@{element["user_id"].removeprefix("U0").title()}</span>'
        case _:
            text = escape(element["text"]).replace("\n", "<br>")
            return f"<b>{text}</b>" if element.get("style", {}).get("bold") else text


def _small(element: Block) -> str:
    if element["type"] != "mrkdwn":
        return escape(element["text"])
    dated = re.sub(r"<!date\^(\d+)\^([^|]+)\|[^>]*>", lambda found: _moment(int(found[1]), found[2]), element["text"])
    strong = re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<b>\1</b>", dated)
    return re.sub(r"<@U0(\w+)>", lambda found: f'<span class="person">@{found[1].title()}</span>', strong)


def _moment(timestamp: int, form: str) -> str:
    at = datetime.fromtimestamp(timestamp, _ZONE)
    plain = form.replace("\u200b", "").replace("{date_short_pretty}", f"{at:%b} {at.day}")
    return plain.replace("{time}", f"{at:%I:%M %p}".lstrip("0"))


def _input(block: Block) -> str:
    element = block["element"]
    chosen = element.get("initial_option", {}).get("text", {}).get("text", "")
    value = element.get("initial_value") or element.get("initial_date") or chosen
    optional = ' <span class="optional">(optional)</span>' if block.get("optional") else ""
    hint = f'<div class="hint">{_text(block["hint"])}</div>' if "hint" in block else ""
    shown = escape(str(value or _EMPTY_INPUTS.get(element["type"], "")))
    return f'<label>{_text(block["label"])}{optional}</label><div class="input">{shown}</div>{hint}'


def _text(text: Block) -> str:
    return escape(str(text["text"]))
