"""How a test reads a card: as somebody in New York would."""

from __future__ import annotations

from textwrap import dedent

from bot.chat.card import Card, Chart
from bot.chat.plain import text_of
from tests.company_x import NEW_YORK


def printed(card: Card, zone: str = NEW_YORK) -> str:
    """The whole card, with a picture by its title alone: its sentence has tests of its own."""
    lines = text_of(card, zone).split("\n")
    titles = [block.title for block in card.blocks if isinstance(block, Chart)]
    return "\n".join(next((f"({title})" for title in titles if line.startswith(f"({title}: ")), line) for line in lines)


def lines(text: str) -> str:
    """A printed card as it stands in a test; a line that is indented further goes on with the one before."""
    return dedent(text).strip("\n").replace("\n    ", " ")


def says(card: Card) -> list[str]:
    """The commands behind a card's buttons, in their order."""
    return [button.says for button in card.buttons]
