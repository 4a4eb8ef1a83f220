r"""Text as it can be kept and shown: what a request holds beside characters is taken out at the door.

JSON can spell half a character, or none (`\ud800`, `\u0000`). No file, no platform and not every
database takes those, so words with one of them would be an error wherever they arrived first.
"""

from __future__ import annotations

import re
from typing import Any

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_SPELLED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def legible(value: Any) -> Any:
    """A JSON value whose every text can be written down. RecursionError for one that is nested without end."""
    match value:
        case str():
            return value if value.isascii() and "\x00" not in value else _NO_TEXT.sub("", value)
        case dict():
            return {legible(name): legible(inner) for name, inner in value.items()}
        case list():
            return [legible(inner) for inner in value]
        case _:
            return value


def may_be_illegible(document: str) -> bool:
    """Whether a JSON document spells anything that is no text; most do not, and need not be gone through."""
    return _SPELLED.search(document) is not None
