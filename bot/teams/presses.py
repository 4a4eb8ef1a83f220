"""What a button carries: a command and the version of what it speaks of, or which page to turn.

Teams hands a button's data back as it was drawn, merged with the inputs of its card. Whatever
comes back is read strictly, since it may be older than the program, or made by somebody else.
Data is always an object: Teams refuses a string in `Action.Submit`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.card import Button
from bot.chat.presses import Forged, Say, Turn
from bot.teams import limits

SAY, TURN, FILL, REFRESH, TAKE = "say", "turn", "fill", "refresh", "take"
"""Verbs of `Action.Execute`: say a command, show the rest of a card, submit a form, draw a card anew, take a file."""
BLANKS = ("…", "...")
"""What a command ends with that asks for its form."""
_TASK = {"type": "task/fetch"}


@dataclass(frozen=True, slots=True)
class Fill:
    """A form, filled in: its verb, what was known before, what was typed, and where it was opened."""

    verb: str
    settled: Mapping[str, str]
    values: Mapping[str, str]
    version: int | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """Have a file that a card comes with: the one laid aside under `kept`."""

    kept: str


def data_of(button: Button, says: str, shelve: Callable[[str], str]) -> dict[str, Any]:
    """What a button carries: its command (`says`, without what is not text), or where it is laid aside."""
    short = len(says.encode()) <= limits.SAYS_BYTES
    carried: dict[str, Any] = {"kind": SAY, "version": button.version}
    carried |= {"command": says} if short else {"kept": shelve(says)}
    return carried | {"msteams": dict(_TASK)} if opens_form(says) else carried


def data_of_turn(turn: Turn) -> dict[str, Any]:
    """What the button "+12 more" carries."""
    return {"kind": TURN, "kept": turn.kept, "start": turn.start}


def opens_form(command: str) -> bool:
    """Whether a command asks for its form."""
    return command.rstrip().endswith(BLANKS)


def read(data: object) -> Say | Turn | Fill | Take:
    """The press that data stands for. Raises Forged."""
    if not isinstance(data, Mapping):
        raise Forged(repr(data)[:80])
    match data:
        case {"kind": "turn", "kept": str(key), "start": int(start)} if type(start) is int and start >= 0:
            return Turn(key, start)
        case {"kind": "take", "kept": str(key)} if key:
            return Take(key)
        case {"kind": "fill", "verb": str(verb), "settled": Mapping() as settled, "command": str(command)} if verb:
            return Fill(verb, texts(settled), inputs(data), _version(data), command)
        case {"kind": "say", "command": str(command)} if command.strip() and len(command) <= limits.INPUT:
            return Say(command, version=_version(data))
        case {"kind": "say", "kept": str(key)} if key:
            return Say(kept=key, version=_version(data))
        case _:
            raise Forged(repr(dict(data))[:80])


INPUT = "field."
"""What the ids of a form's own inputs begin with, so that a field called `kind` is only a field."""


def inputs(data: Mapping[Any, Any]) -> dict[str, str]:
    """The inputs of a form, by field name; Teams sends what was left empty as "" or not at all."""
    found = {name.removeprefix(INPUT): value for name, value in texts(data).items() if name.startswith(INPUT)}
    return {name: value.strip()[: limits.INPUT] for name, value in found.items() if value.strip()}


def texts(pairs: Mapping[Any, Any]) -> dict[str, str]:
    """The pairs whose value is a text, or a number as its text."""
    found = {}
    for name, value in pairs.items():
        if isinstance(name, str) and isinstance(value, str):
            found[name] = value
        elif isinstance(name, str) and isinstance(value, int) and not isinstance(value, bool):
            found[name] = str(value)
    return found


def _version(data: Mapping[Any, Any]) -> int | None:
    version = data.get("version")
    if version is None:
        return None
    if not isinstance(version, int) or isinstance(version, bool) or abs(version) >= 2**63:
        raise Forged(repr(version)[:80])
    return version
