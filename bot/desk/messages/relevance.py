"""Whether what waited to be said still matters at the moment it could be said."""

from __future__ import annotations

from bot.store import obligations
from bot.store.outbox import Letter
from bot.store.tx import Tx


async def still_relevant(tx: Tx, letter: Letter) -> str | None:
    """Why a letter need not go out any more, or None if it must: what was settled meanwhile is dropped."""
    if not letter.drop_if_settled or letter.about_obligation is None:
        return None
    obligation = await obligations.find(tx, letter.about_obligation)
    return f"{obligation.key} was settled meanwhile ({obligation.state})" if obligation.settled else None
