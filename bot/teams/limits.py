"""How much Teams takes: its documented limits, and the few that only show in use.

Source: Microsoft's reference of Adaptive Cards for Teams, of bot conversations and of the app manifest.
"""

from __future__ import annotations

CARD_BYTES = 26_000
"""Bytes of a card as JSON in UTF-8; Teams refuses one over 28 KB, and its envelope needs some of that."""
SUMMARY = 500
"""Characters of the sentence that a notification shows."""
TITLE = 600
PIECE_BYTES = 5_000
"""Bytes of one piece of a card; a longer one is told in several, and a longer cell cut."""
MARKED_UP = 2_000
"""Characters of a paragraph that mentions somebody; a longer one names them without notifying."""
MENTIONS = 12
"""People that one card notifies."""
ACTIONS = 6
"""Buttons of one row; Teams draws no seventh."""
ROW = 60
"""Characters of the buttons in one row, their edges counted: in a narrow window what is over is cut or out of sight."""
AT_HAND = 8
"""Buttons under every page of a card; what is over is part of what may be cut."""
LABEL = 75
SAYS_BYTES = 160
"""Bytes of a command that a button carries itself; a longer one is laid aside."""
ALT_TEXT = 1_000
COLUMNS = 12
REFRESHED_FOR = 60
"""People whose own view of a card is drawn when they look at it."""
CHOICES = 100
INPUT = 4_000
PLACEHOLDER = 70
"""Characters of a hint that an empty input shows whole; a longer one stands below it."""
TOAST = 240
"""Characters of the line that is shown for a moment after a press."""
BODY_BYTES = 1024 * 1024
"""What is read of a request; a larger one is junk."""


def fitted(text: str, most: int) -> str:
    """Cut a text to `most` characters, with a mark where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
