"""The guard against saying the same thing twice by a slip."""

from __future__ import annotations

from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import ago
from bot.chat.card import Card, Text


def duplicate(key: str, said_at: datetime, now: datetime, says: str, what: str = "handoff") -> Card:
    """Ask before the same words count again; doing nothing logs nothing. `says` is the command that is meant anew."""
    title = f"You logged the same {what} {ago(said_at, now)} ({key})."
    return Card(
        title=title,
        summary=f"{title} Nothing was logged this time.",
        blocks=(Text(("Nothing was logged this time.",)),),
        buttons=(act("Log again", says), act(f"Show {key}", f"history {key}")),
        tone="warning",
        ref=key,
    )
