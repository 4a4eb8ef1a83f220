"""What is still to be done after a platform was answered: kept hold of, so that nothing is dropped on the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

CLOSES_WITHIN = 10.0
"""Seconds that errands under way are given when the door closes."""


class Errands:
    """Tasks under way. Life cycle: `begin` as they come up, then `close`, which waits for them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._under_way: set[asyncio.Task[Any]] = set()

    def begin(self, errand: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Set an errand going; an error in it is logged and reaches nobody else."""
        task = asyncio.create_task(errand, name=name)
        self._under_way.add(task)
        task.add_done_callback(self._done)
        return task

    async def finished(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def close(self) -> None:
        """Wait for what is under way, but not for ever."""
        if self._under_way:
            _, left = await asyncio.wait(self._under_way, timeout=CLOSES_WITHIN)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)
