"""What a command that somebody types needs of the house: open, without doors, for as long as it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings
from slacore.errors import Refusal

if TYPE_CHECKING:
    from bot.house import House


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """The house without doors, as long as a command needs it."""
    from bot.clock import SystemClock
    from bot.house import House

    house = await House.open(settings.database.url, SystemClock(), lambda _: {})
    try:
        yield house
    finally:
        await house.close()


async def require_known(house: House, workspace: str) -> None:
    """Refuse a workspace that is not there."""
    from bot.store import workspaces

    known = await house.database.everywhere(workspaces.all_of_them)
    if workspace not in known:
        raise Refusal(
            f"There is no workspace {workspace!r} here.",
            f"Name one of {', '.join(known)} with --workspace." if known else "Apply an agreement first.",
        )
