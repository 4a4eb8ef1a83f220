"""Words, moments and names as runs of adaptive rich text.

A run of rich text knows no markup, so `*bold*`, `[a](b)` and `<at>` in somebody's words arrive as
those characters; only `{{DATE(…)}}` is read there, so braces in user text are kept apart. Moments
are those functions, which each reader's own device fills in. A mention that notifies exists in
marked-up text alone: such a paragraph is written as markdown with everything else escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from bot.chat.card import Mention, Moment, Span, Spans, Strong
from bot.teams import limits

Element = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody as Teams addresses them: their id there, and the name that a mention shows."""

    id: str
    name: str


Accounts = Callable[[str], "Account | None"]
"""A member's account, or None where nobody of this company in Teams is known by that member id."""

# Nothing that turns text around, moves a terminal, or that JSON cannot hold.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BRACES = re.compile(r"\{(?=\{)")
_MARKUP = re.compile(r"([\\`*_\[\]~])")
_BEGINS = re.compile(r"^(\s*)(?=[#>+\-]|\d+[.)])")
_APART = "\u200b"
"""A blank of no width, where two characters together would be read as markup."""
_FORMATS: Mapping[str, str] = {
    "day": "{{{{DATE({0}, SHORT)}}}}",
    "day and time": "{{{{DATE({0}, SHORT)}}}} {{{{TIME({0})}}}}",
    "time": "{{{{TIME({0})}}}}",
}


def nobody(_member: str) -> Account | None:
    """Stand in for `Accounts` where nobody is known: every mention is a name."""
    return None


def clean(text: str) -> str:
    """User text without the characters that are not text, and without anything Teams would compute."""
    return _BRACES.sub("{" + _APART, _HARMFUL.sub("", text))


def moment(at: datetime, shows: Literal["day", "day and time", "time"] = "day and time") -> str:
    """An instant that the reader's own device writes in its zone and language."""
    return _FORMATS[shows].format(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0"))


@dataclass(slots=True)
class Mentioned:
    """The people that a card calls, for the list that goes beside it."""

    accounts: Accounts = nobody
    entities: dict[str, Element] = field(default_factory=dict)

    def calls(self, spans: Iterable[Span]) -> bool:
        """Whether a run notifies anybody."""
        return any(isinstance(span, Mention) and self._account(span) is not None for span in spans)

    def mark(self, span: Mention) -> str | None:
        """The markup that notifies somebody; None for a name that is only spoken of."""
        account = self._account(span)
        if account is None or len(self.entities) >= limits.MENTIONS:
            return None
        name = limits.fitted(re.sub(r"[<>&\"\\]", "", clean(account.name)).strip(), 80) or "somebody"
        text = f"<at>{name}</at>"
        taken = self.entities.get(text)
        if taken is not None and taken["mentioned"]["id"] != account.id:
            text = f"<at>{name} ({len(self.entities) + 1})</at>"
        self.entities[text] = {"type": "mention", "text": text, "mentioned": {"id": account.id, "name": name}}
        return text

    def _account(self, span: Mention) -> Account | None:
        return self.accounts(span.member) if span.calls else None


def runs(spans: Spans, **style: Any) -> list[Element]:
    """A run of spans as runs of rich text in `style`; empty ones are left out."""
    drawn = [_run(span, style) for span in spans]
    return [run for run in drawn if run["text"]]


def paragraph(spans: Spans, mentioned: Mentioned, **style: Any) -> list[Element]:
    """One or more elements that show a run of spans, a line each line."""
    if mentioned.calls(spans) and sum(map(_size, spans)) <= limits.MARKED_UP:
        return [_marked_up(spans, mentioned, style)]
    lines: list[list[Element]] = [[]]
    for run in runs(spans, **style):
        head, *rest = run["text"].split("\n")
        lines[-1] += [run | {"text": head}] if head else []
        lines += [[run | {"text": part}] if part else [] for part in rest]
    return [rich_text(line) for line in lines if any(run["text"].strip() for run in line)]


def rich_text(inlines: list[Element]) -> Element:
    """A paragraph that is drawn as it stands."""
    return {"type": "RichTextBlock", "inlines": inlines}


def escaped(text: str) -> str:
    """User text where markdown is read: every mark of markup, mentions and HTML as itself."""
    shown = _MARKUP.sub(r"\\\1", clean(text))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")


def _marked_up(spans: Spans, mentioned: Mentioned, style: Mapping[str, Any]) -> Element:
    parts = []
    for span in spans:
        match span:
            case Mention():
                parts.append(mentioned.mark(span) or escaped(span.name))
            case Moment():
                parts.append(moment(span.at, span.shows))
            case Strong():
                inner = escaped(span.text).strip()
                parts.append(f"**{inner}**" if inner else "")
            case _:
                parts.append(escaped(span))
    # At its beginning a line could be taken for a heading, a quotation or a list.
    text = _BEGINS.sub(rf"\1{_APART}", "".join(parts))
    return {"type": "TextBlock", "text": text, "wrap": True, **style}


def _size(span: Span) -> int:
    match span:
        case str():
            return len(span)
        case Strong():
            return len(span.text)
        case Mention():
            return len(span.name)
        case _:
            return 60


def _run(span: Span, style: Mapping[str, Any]) -> Element:
    match span:
        case Moment():
            return {"type": "TextRun", "text": moment(span.at, span.shows), **style}
        case Strong():
            return {"type": "TextRun", "text": clean(span.text), **style, "weight": "Bolder"}
        case Mention():
            return {"type": "TextRun", "text": clean(span.name), **style, "weight": "Bolder"}
        case _:
            return {"type": "TextRun", "text": clean(span), **style}
