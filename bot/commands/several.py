"""Several things in one message: each is offered by itself, since nobody should find the second undone."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.commands.command import Asked, Incomplete
from bot.commands.words import cut, shown
from slacore.errors import Refusal

_ENDS = re.compile(
    r"(?<=[.!?])\s+(?=\S)|\s*[\n;]\s*|,?\s+(?:and also|also|and then|and|then|plus|&)\s+|,\s+(?=[A-Za-z]-?\d)"
)
"""Where one thing may end and another begin: after a sentence, at a new line, at an "and", before a further key."""
_KEYED = re.compile(r"\b[A-Za-z]-?\d+\b[^,;\n]*[^\s,;][,;\n]\s*[A-Za-z]-?\d+\s+\w")
_MOST = 4
IDLE = frozenset({"hello", "thanks", "ok", "bye"})
"""What is said beside something else, and needs no answer of its own."""

Understand = Callable[[str], Asked | Incomplete]
"""Reads a text as if nothing else had been said; raises Refusal."""


def one_of_several(source: str, understand: Understand, *, keyed: bool = False) -> Asked | Incomplete | Refusal | None:
    """What was said in parts: the only one that asks for something, or a refusal that offers each; None if it was one.

    Every part has to be understood, or at least two. `keyed` looks only at what says something of one key after
    another, which could be read as a long word about the first.
    """
    if keyed and not _KEYED.search(source):
        return None
    parts = [part.strip(" ,.") for part in _ENDS.split(source)]
    parts = [part for part in parts if cut(part)]
    if not 2 <= len(parts) <= 2 * _MOST:
        return None
    found: list[tuple[str, Asked | Incomplete]] = []
    lost: list[str] = []
    for part in parts:
        try:
            understood = understand(part)
        except Refusal:
            lost.append(part)
        else:
            if understood.command.verb not in IDLE:
                found.append((part, understood))
    if lost and len(found) < 2:
        return None
    if len(found) == 1:
        return found[0][1]
    if not found or len(found) > _MOST:
        return None
    beside = f" I did not understand {shown(lost[0])}." if lost else ""
    return Refusal(
        f"Those are {len(found)} things, and I do one at a time; none of them is done yet.{beside}",
        "Press them one by one.",
        offers=tuple((part if len(part) <= 60 else f"{part[:59]}…", part) for part, _ in found),
    )
