"""What was read and worked out once, and holds until it changes."""

from __future__ import annotations

from typing import Any

MOST_REMEMBERED = 20_000
"""Things that are remembered at once: a promise's goals of a year or two, for each of hundreds of promises."""


class Memory(dict[Any, Any]):
    """Things by key, for as long as the process lives. Whoever asks for one can make it anew.

    A deployment may run for years, and every day has periods of its own: a full memory is emptied
    as a whole, which costs less than to know what was asked for last.
    """

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= MOST_REMEMBERED and key not in self:
            self.clear()
        super().__setitem__(key, value)
