"""A channel is gone from where it was spoken in: what that means, and what to do."""

from __future__ import annotations

from bot.chat.card import Card, Note, Text
from slacore.agreements import Terms


def channel_gone(terms: Terms, channel: str, why: str) -> Card:
    """Tell that an agreement's channel can no longer be spoken in. `why` completes "the channel …"."""
    title = f"I can no longer speak in {channel}: {why}."
    return Card(
        title=title,
        summary=title,
        blocks=(
            Text((f"{terms.name} is told there. What I would have said there, I tell you until it works again.",)),
            Note(("Invite me again or bring the channel back; or apply the agreement with another channel.",)),
        ),
        tone="warning",
        ref="health",
    )
