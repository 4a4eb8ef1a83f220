"""A handoff told with its list: a line that says what it is, and the names below it or behind a colon."""

from __future__ import annotations

import re

_MARK = re.compile(r"^\s*(?:[-–—•*·>]+|\(?\d{1,3}[.)])\s+")
_MOST = 200
_OPENS_FORM = " …"


def with_its_list(source: str) -> str:
    """What was pasted, as a handoff with `items`, to be opened as a form; "" where it is no such thing."""
    head, *rest = [line for line in source.splitlines() if line.strip()] or [""]
    if rest and (head.rstrip().endswith(":") or all(map(_MARK.match, rest))):
        named = [_MARK.sub("", line).strip() for line in rest]
    else:
        head, _, behind = source.partition(": ")
        named = [part.strip() for part in re.split(r"\s*[;,]\s+|\n", behind) if part.strip()]
    head = head.strip().rstrip(":").strip()
    if not head or not named or len(named) > _MOST or "\n" in head:
        return ""
    counted = head if re.search(r"\d", head) else f"{len(named)} {head}"
    return f"{counted} items {'; '.join(each.replace(';', ',') for each in named)}{_OPENS_FORM}"
