"""What a button carries: a command and the version of what it speaks of, or which page to turn.

Slack hands a button's value back as it was drawn. Whatever comes back is read strictly, since a
value may be older than the program, or made by somebody else's.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.chat.card import Button
from bot.chat.legible import legible
from bot.chat.presses import Forged, Say, Turn
from bot.slack import limits
from bot.slack.spans import clean

Shelve = Callable[[str], str]
"""Lays a text aside and gives the short key under which it is found again."""

INLINE = 300
"""Characters of a command that a button carries itself; a longer one is laid aside."""
SAY, TURN = "say", "turn"


def value_of(button: Button, shelve: Shelve) -> str:
    """What a button carries; always within Slack's limit."""
    words = clean(button.says)
    carried: dict[str, str | int] = {"say": words} if len(words) <= INLINE else {"kept": shelve(words)}
    if button.version is not None:
        carried["version"] = button.version
    return _written(carried)


def value_of_turn(turn: Turn) -> str:
    """What the button "+12 more" carries."""
    return _written({"turn": turn.kept, "start": turn.start})


def read(value: str) -> Say | Turn:
    """The press that a value stands for. Raises Forged."""
    if len(value) > limits.BUTTON_VALUE:
        raise Forged(value[:80])
    try:
        carried = legible(json.loads(value))
    except (ValueError, RecursionError) as error:
        raise Forged(value[:80]) from error
    match carried:
        case {"turn": str(key), "start": int(start), **rest} if not rest and type(start) is int and start >= 0:
            return Turn(key, start)
        case {"say": str(words), **rest} if words.strip() and rest.keys() <= {"version"}:
            return Say(says=words, version=_version(rest.get("version"), value))
        case {"kept": str(key), **rest} if rest.keys() <= {"version"}:
            return Say(kept=key, version=_version(rest.get("version"), value))
        case _:
            raise Forged(value[:80])


def _version(carried: object, value: str) -> int | None:
    if carried is None:
        return None
    if not isinstance(carried, int) or isinstance(carried, bool) or abs(carried) >= 2**63:
        raise Forged(value[:80])
    return carried


def _written(carried: dict[str, str | int]) -> str:
    return json.dumps(carried, separators=(",", ":"), ensure_ascii=False)
