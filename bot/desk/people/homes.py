"""Everybody's own page: what needs them, what they are owed, and what comes in the next days."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import homes as cards
from bot.cards import statuses
from bot.chat.card import Card
from bot.desk.duties import duties
from bot.desk.people import people
from bot.desk.reports import overviews
from bot.desk.sitting import Sitting
from bot.store import outbox

AHEAD = timedelta(days=7)


async def home(sitting: Sitting, member: str) -> Card:
    """One member's page as it is now."""
    owes = await duties.owed_by(sitting, member)
    gets = await duties.owed_to(sitting, member)
    held = await outbox.held_for(sitting.tx, member)
    promises = await overviews.overview(sitting, people.agreements_of(sitting, member))
    where = statuses.status(promises, sitting.now) if promises else None
    return cards.home(owes, gets, member, sitting.now, soon=sitting.now + AHEAD, held=len(held), where=where)
