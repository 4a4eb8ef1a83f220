"""What somebody would read on an adaptive card, and press."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any


def elements(drawn: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card that has a type, parents first."""
    if isinstance(drawn, dict):
        if "type" in drawn:
            yield drawn
        for name, inner in drawn.items():
            if name not in {"fallback", "msteams", "data"}:
                yield from elements(inner)
    elif isinstance(drawn, list):
        for inner in drawn:
            yield from elements(inner)


def words(card: dict[str, Any]) -> list[str]:
    """What every run of text shows, markup undone where it is read."""
    return [
        element["text"] if element["type"] == "TextRun" else unmarked(element["text"])
        for element in elements(card)
        if element["type"] in {"TextRun", "TextBlock"}
    ]


def unmarked(text: str) -> str:
    """Markdown as it is drawn: escapes undone, emphasis taken away."""
    bare = re.sub(r"(?<!\\)\*\*", "", text)
    return html.unescape(re.sub(r"\\(.)", r"\1", bare))


def text(card: dict[str, Any]) -> str:
    """All words of a card."""
    return "\n".join(words(card))


def actions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Its buttons."""
    found = [each for each in elements(card) if each["type"] in {"Action.Execute", "Action.Submit"}]
    return [each for each in found if each.get("verb") != "refresh"]


def size(card: dict[str, Any]) -> int:
    """Bytes, as Teams counts them."""
    return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
