"""What a button stands for when it comes back, however a platform writes it: words to say, or a page to turn.

Each door reads what came strictly, since it may be older than the program, or made by somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """A command that somebody did not have to type; `kept` where the words were laid aside under that key."""

    says: str = ""
    kept: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Show the rest of a card that was too large: the card laid aside under `kept`, from piece `start` on."""

    kept: str
    start: int


class Forged(ValueError):
    """What came back is nothing that a button of ours carries."""
