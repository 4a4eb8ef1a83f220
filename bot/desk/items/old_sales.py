"""Leads that were won before there were sales on record: each gets its own now, and no price is made up for it."""

from __future__ import annotations

from bot.desk.items import deals
from bot.desk.sitting import Sitting
from bot.store import deals as kept
from bot.store import handoffs, items, schedules
from slacore.results import outcomes_of

KIND = "old sales"
"""What comes round once, after the release that first kept sales: the migration put it there."""
_AT_ONCE = 200


async def look(sitting: Sitting, subject: str) -> None:
    """Write down the sales of the next leads that an outcome was said of; `subject` is the last one looked at."""
    await schedules.end(sitting.tx, KIND, subject)
    numbers = await kept.without_sale(sitting.tx, int(subject or 0), _AT_ONCE)
    for item in await items.find_many(sitting.tx, numbers):
        terms = sitting.terms(item.handed.agreement, item.handed.version)
        handoff = await handoffs.find(sitting.tx, item.handed.handoff)
        await deals.follow(sitting, handoff, None, item, outcomes_of([terms]))
    if len(numbers) == _AT_ONCE:
        await schedules.put(sitting.tx, KIND, str(numbers[-1]), sitting.now)
