"""Words, moments and names as elements of Slack's rich text.

Rich text is drawn as it stands: a text element knows no markup, so `<!channel>`, `*bold*`,
`:smile:` and `@everyone` in somebody's words arrive as those characters. (Slack's other markup
has no way to escape an asterisk.) Moments are date elements, which each reader sees in their own
zone, and people are user elements, which notify, so only a mention that calls becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.chat import plain
from bot.chat.card import Mention, Moment, Span, Spans, Strong

Element = dict[str, Any]
Users = Callable[[str], str]
"""A member's Slack user id, or "" where the workspace knows none."""

# Nothing that turns text around, moves a terminal, or that JSON or Slack cannot hold.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMATS = {"day": "{date_short_pretty}", "day and time": "{date_short_pretty} {time}", "time": "{time}"}
# Slack writes the first letter of a date large, as if it began a sentence; a blank of no width takes the place.
_NOT_FIRST = "\u200b"


def clean(text: str) -> str:
    """User text without the characters that are not text; what is left is shown as it stands."""
    return _HARMFUL.sub("", text)


def escaped(text: str) -> str:
    """User text for the one place that is read as markup, a message's plain fallback."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def nobody(_member: str) -> str:
    """Stand in for `Users` where nobody is known: every mention is a name."""
    return ""


def elements(spans: Spans, users: Users, *, bold: bool = False) -> list[Element]:
    """A run of spans as rich text; empty ones are left out, since Slack refuses them."""
    drawn = [_element(span, users, bold=bold) for span in spans]
    return [element for element in drawn if element.get("text") != ""]


def text_element(text: str, *, bold: bool = False) -> Element:
    """Plain characters."""
    element: Element = {"type": "text", "text": clean(text)}
    return element | {"style": {"bold": True}} if bold else element


def length(element: Element) -> int:
    """How many characters an element counts for."""
    return sum(len(part) for part in element.values() if isinstance(part, str))


def characters(drawn: Any) -> int:
    """How many characters blocks or parts of them count for."""
    match drawn:
        case str():
            return len(drawn)
        case Mapping():
            return sum(characters(inner) for inner in drawn.values())
        case list() | tuple():
            return sum(characters(inner) for inner in drawn)
        case _:
            return 0


def split(parts: list[Element], most: int) -> list[list[Element]]:
    """Cut a long run into runs of at most `most` characters, inside a word only where one is that long."""
    runs: list[list[Element]] = [[]]
    left = most
    for part in parts:
        rest = part
        while length(rest) > left:
            if rest["type"] != "text" or left <= length(rest) - len(rest["text"]):
                runs.append([])
                left = most
                if length(rest) <= left:
                    break
            head, tail = _halved(rest["text"], left - (length(rest) - len(rest["text"])))
            runs[-1].append(rest | {"text": head})
            rest = rest | {"text": tail}
            runs.append([])
            left = most
        runs[-1].append(rest)
        left -= length(rest)
    return [run for run in runs if run]


def _halved(text: str, at: int) -> tuple[str, str]:
    blank = text.rfind(" ", max(1, at - 80), at)
    cut = blank + 1 if blank > 0 else at
    return text[:cut], text[cut:]


def _element(span: Span, users: Users, *, bold: bool) -> Element:
    match span:
        case str():
            return text_element(span, bold=bold)
        case Strong():
            return text_element(span.text, bold=True)
        case Moment():
            return {
                "type": "date",
                "timestamp": int(span.at.timestamp()),
                "format": _NOT_FIRST + _FORMATS[span.shows],
                "fallback": plain.moment_of(span.at, span.zone, span.shows),
            }
        case Mention():
            user = users(span.member) if span.calls else ""
            return {"type": "user", "user_id": user} if user else text_element(span.name, bold=True)
