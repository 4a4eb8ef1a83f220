"""Going after what was acknowledged and never answered, as long as a door is open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)

LOOKS_EVERY = 60.0
"""Seconds between two looks: another process may have died meanwhile."""


class Lookout:
    """Looks through an inbox at once, in case a process died over it, and every so often after.

    Life cycle: `start`, then `close`. `look` may fail; it is asked again.
    """

    def __init__(
        self, look: Callable[[], Awaitable[None]], name: str, every: float = LOOKS_EVERY, after: float = 0.0
    ) -> None:
        """Take what looks, what it is called, and the seconds between two looks, and before the first."""
        self._after = after
        self._look = look
        self._name = name
        self._every = every
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._keep_looking(), name=self._name)

    async def close(self) -> None:
        """Look no more; what a look has under way is given up."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _keep_looking(self) -> None:
        await asyncio.sleep(self._after)
        while True:
            try:
                await self._look()
            except Exception:  # noqa: BLE001 -- whatever it was, what is in hand still waits
                _log.exception("the %s could not be looked through; it is looked through again", self._name)
            await asyncio.sleep(self._every)
