"""A channel or a person is gone from where they were spoken to: what that means, and what to do."""

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


def person_gone(terms: Terms, member: str, instead: str) -> Card:
    """Tell that somebody can no longer be reached, and who hears what they would have heard."""
    name = terms.name_of(member)
    heard = f"{terms.name_of(instead)} hears what {name} would have heard." if instead else "Nobody stands in."
    title = f"{name} left the chat, and cannot be reached any more."
    return Card(
        title=title,
        summary=f"{title} {heard}",
        blocks=(Text((heard,)), Note(("Apply the agreement with somebody else in that place.",))),
        tone="warning",
        ref="health",
    )
