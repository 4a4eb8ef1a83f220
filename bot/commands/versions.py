"""Buttons of old cards: what has changed since must not be acted on unnoticed."""

from __future__ import annotations

from bot.chat.talk import Utterance
from slacore.errors import Refusal


def require_current(utterance: Utterance, revision: int, key: str, says: str) -> None:
    """Refuse a button that was made for an earlier state of `key`; `says` does it for today's."""
    if utterance.via == "typed" or utterance.version is None or utterance.version == revision:
        return
    raise Refusal(
        f"{key} has changed since that card was made.",
        "Look at it again before you answer.",
        offers=((f"Yes, {says}", says), ("History", f"history {key}")),
    )
