"""The words to somebody who was recognised by an address."""

from __future__ import annotations

from bot.chat.card import Card, Note, Text
from slacore.agreements import Terms


def introduced(terms: Terms, member: str) -> Card:
    """Tell somebody for whom he is taken, and why, so that a mistake is noticed."""
    said = f"I take you for {terms.name_of(member)}."
    why = f"Your e-mail address here is the one that {terms.name} names."
    return Card(said, f"{said} {why}", (Text((why,)), Note(("If that is wrong, tell the owner of your team.",))))
