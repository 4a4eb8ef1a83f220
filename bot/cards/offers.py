"""Buttons: commands that nobody has to type, whole or with one blank left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from bot.cards.words import cut, one_line
from bot.chat.card import Button

Style = Literal["plain", "primary", "danger"]

BLANK = "…"
"""Said at the end of a command: open its form, filled in as far as the words go."""

_LABEL = 60


def act(
    label: str, says: str, *, style: Style = "plain", version: int | None = None, may: Sequence[str] = ()
) -> Button:
    """A button that acts when it is pressed."""
    return Button(cut(label, _LABEL), one_line(says), style, version, tuple(may))


def ask(
    label: str, says: str, *, style: Style = "plain", version: int | None = None, may: Sequence[str] = ()
) -> Button:
    """A button that opens the command's form; its label and its words end with the blank."""
    return Button(cut(label, _LABEL - 1) + BLANK, f"{one_line(says)} {BLANK}", style, version, tuple(may))


def one_next(buttons: Iterable[Button]) -> tuple[Button, ...]:
    """Buttons of several things beside one another: the first that stands out is the next step, no other does."""
    shown = tuple(buttons)
    first = next((at for at, each in enumerate(shown) if each.style == "primary"), len(shown))
    return tuple(
        replace(each, style="plain") if at > first and each.style == "primary" else each
        for at, each in enumerate(shown)
    )
