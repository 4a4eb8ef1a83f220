"""A document before it is printed: its title and its sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Card
from bot.documents.prose import Passage


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print and file: an agreement's text, a review's pack, a month's statement.

    It is made of cards, or of passages of an agreement's text; `lead` are sentences under its title.

    `made_at` (aware UTC) stands at its foot, and `zone` (IANA) is the one that every moment in it
    is told in: paper does not know its reader.
    """

    title: str
    sections: tuple[Card | Passage, ...]
    made_at: datetime
    zone: str
    lead: tuple[str, ...] = ()
