"""Payloads as somebody else's program might send them: real ones, with anything put anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

Path = tuple[str | int, ...]

_NASTY: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, 10**30, 1e308, float("nan"), 0.5),
    *("", " ", "\x00", "a\x00b", "\ud800", "x\udfff", "\u202eevil", "<!channel>", "<@U0JOSH|x>", "=1+1", "../../x"),
    *("%s%n", "{{7*7}}", "\r\nSet-Cookie: a=b", "https://169.254.169.254/", "x" * 5_000, "9" * 400, "٣" * 30, "²"),
    *([], {}, [[]], [None], ["x"], {"a": None}, {"id": 7}, "0000-00-00", "9999-12-31T23:59:59Z", "T666", "C999", "…"),
    *('{"say":"accept H-1"}', '{"turn":"x","start":99999999999999999999}', "accept H-99999999999999999999"),
)
_DEEP = 900


def mutated(random: Random, body: Any) -> Any:
    """A copy of a JSON value with one to four of its parts taken away, exchanged, or made into something else."""
    found = json.loads(json.dumps(body))
    for _ in range(random.choice((1, 1, 2, 4))):
        places = [path for path in _paths(found) if path]
        if not places:
            break
        *above, last = random.choice(places)
        inside = found
        for step in above:
            inside = inside[step]
        match random.random():
            case chance if chance < 0.15:
                del inside[last]
            case chance if chance < 0.2:
                inside[last] = _nested(random.choice((10, _DEEP)))
            case _:
                inside[last] = random.choice(_NASTY)
    return found


def _nested(depth: int) -> Any:
    found: Any = "x"
    for _ in range(depth):
        found = [found]
    return found


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    yield above
    if len(above) > 20:
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from _paths(each, (*above, name))
