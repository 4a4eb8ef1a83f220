"""The short references that people quote: a letter for the sort of thing, and a number that counts in its company."""

from __future__ import annotations

import re

_KEY = re.compile(r"[A-Z]-([0-9]+)(?:/.*)?")


def number_of(key: str) -> int:
    """The number that a key ends with: 41 for `H-41`; 2031 for `L-2031/2`, the second duty about an item.

    ValueError for what is no key: the grammar has read those that people type, so it is a fault of ours.
    """
    read = _KEY.fullmatch(key)
    if read is None:
        msg = f"{key!r} is no key"
        raise ValueError(msg)
    return int(read[1])
