"""How much Slack takes: its documented limits, and the few that only show in use.

Slack refuses a message that exceeds any of them, and splits a text over 4,000 characters into
several messages; so what is drawn keeps within them and says what it left out.
Source: Slack's reference of Block Kit blocks, composition objects, views and chat.postMessage.
"""

from __future__ import annotations

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
"""A modal or a home."""

BLOCK_TEXT = 2_800
"""Characters of one drawn block; Slack takes 3,000 of a section."""
MESSAGE_TEXT = 10_500
"""Characters of a whole message; the limit is not written down and lies near 13,000."""
FALLBACK_TEXT = 3_800
"""Characters of the text that stands for the blocks; over 4,000 it becomes several messages."""

ELEMENTS = 25
"""Buttons of one row."""
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
ALT_TEXT = 2_000
FILE_ALT = 1_000
FILE_TITLE = 200

VIEW_TITLE = 24
VIEW_BUTTON = 24
VIEW_NOTES = 3_000
"""`private_metadata`."""
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
INPUT_VALUE = 3_000
OPTIONS = 100
OPTION_GROUPS = 100
OPTION_LABEL = 75
OPTION_VALUE = 150
FIELD_ERROR = 300
"""What Slack still shows whole beside a field."""


def fitted(text: str, most: int) -> str:
    """Cut a text to `most` characters, with a mark where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
