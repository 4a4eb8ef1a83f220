"""Cards, forms and addresses as plain JSON values, and back without loss.

What is said is kept before it is sent: the outbox and the browser's message store hold a card as
JSON. A card may be read by a later version of the program than the one that wrote it, so every
kind carries a tag with its version (`text/1`). Changing what a kind holds means a new tag and a
reader for the old one beside it; nothing here reads meaning into a missing key.

Written out by hand, a kind at a time, because it runs in the transaction of every handoff.
"""

from bot.chat.wire.cards import card_from_wire, card_to_wire
from bot.chat.wire.forms import form_from_wire, form_to_wire, reply_from_wire, reply_to_wire
from bot.chat.wire.values import (
    Unreadable,
    Wire,
    place_from_wire,
    place_to_wire,
    ref_from_wire,
    ref_to_wire,
)

__all__ = [
    "Unreadable",
    "Wire",
    "card_from_wire",
    "card_to_wire",
    "form_from_wire",
    "form_to_wire",
    "place_from_wire",
    "place_to_wire",
    "ref_from_wire",
    "ref_to_wire",
    "reply_from_wire",
    "reply_to_wire",
]
