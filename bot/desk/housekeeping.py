"""Once a day: what is remembered for a while only is let go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.sitting import Sitting
from bot.store import echoes, requests, schedules, setbacks

HOUSEKEEPING = "housekeeping"
EVERY = timedelta(days=1)

REQUESTS_FOR = timedelta(days=30)
"""How long the answer to a delivery is kept, so that the same delivery has one effect.

Platforms repeat one for hours; the rest is room for a bot that was down, and finds in its inbox
what it had answered just before.
"""
ECHOES_FOR = timedelta(days=1)
"""How long words are kept to ask about the same words again, which is done for minutes."""
SETBACKS_FOR = timedelta(days=30)
"""How long a look stays put off that nobody tries again, for it was settled in another way."""


async def begin(sitting: Sitting) -> None:
    """Set the daily round going, where it is not."""
    if await schedules.find(sitting.tx, HOUSEKEEPING, "") is None:
        await schedules.put(sitting.tx, HOUSEKEEPING, "", sitting.now + EVERY)


async def keep_house(sitting: Sitting, looked_for: datetime) -> None:
    """Let go of what is older than it is kept for, and come round again at the same time tomorrow."""
    await requests.forget(sitting.tx, sitting.now - REQUESTS_FOR)
    await echoes.forget(sitting.tx, sitting.now - ECHOES_FOR)
    await setbacks.forget(sitting.tx, sitting.now - SETBACKS_FOR)
    passed = (sitting.now - looked_for) // EVERY
    await schedules.put(sitting.tx, HOUSEKEEPING, "", looked_for + (passed + 1) * EVERY)
