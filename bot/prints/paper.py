"""A document before it is printed: its title and its sections, each a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Card


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print and file: an agreement's text, a review's pack, a month's statement.

    `made_at` (aware UTC) stands at its foot, and `zone` (IANA) is the one that every moment in it
    is told in: paper does not know its reader.
    """

    title: str
    sections: tuple[Card, ...]
    made_at: datetime
    zone: str
