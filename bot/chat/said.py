"""A message in a room that the product keeps by itself.

Slack and Teams remember what was said there; the browser's rehearsal room has nobody to remember
for it, so the store does. This is the value both floors speak of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Card
from bot.chat.talk import Place


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it now stands.

    `id` orders messages as they were first said; `revision` orders the last change of each, both
    drawn from one sequence of the workspace that never goes back. So "what changed since N" is
    one comparison, and a reader who lost the line misses nothing. `said_at` and `edited_at` are
    aware UTC moments of the workspace's own clock. `replies` counts the thread beneath.
    """

    id: int
    revision: int
    place: Place
    card: Card
    delivery_id: str
    ref: str
    said_at: datetime
    edited_at: datetime | None = None
    replies: int = 0
