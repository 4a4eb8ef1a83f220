"""The clock's door: APScheduler, in memory, asks for a tick at a steady pace; a watchdog proves that it does.

The scheduler holds no state worth keeping: what is due is in the database, so a missed tick is
made up by the next. Should the scheduler stall (its clock jumped, a job hung), the watchdog, which
reads the monotonic clock, winds it up anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.store.database import DatabaseGone

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between ticks."""
STALLED_AFTER = 10.0
"""Seconds without the start of a tick after which the scheduler is wound up anew."""


class Ticker:
    """Calls `tick` every second, one at a time, and keeps doing so.

    Life cycle: `start`, then `stop`, which waits for the tick under way.
    """

    def __init__(
        self,
        tick: Callable[[], Awaitable[object]],
        clock: Clock,
        *,
        every: float = EVERY,
        stalled_after: float = STALLED_AFTER,
    ) -> None:
        """Take the job and the clock whose monotonic reading the watchdog trusts."""
        self._tick = tick
        self._clock = clock
        self._every = every
        self._stalled_after = stalled_after
        self._scheduler: AsyncIOScheduler | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self._running = asyncio.Lock()
        self._asked_at = clock.monotonic()
        self._ticked_at: float | None = None
        self._gone = ""
        self.rewound = 0

    @property
    def seconds_since_tick(self) -> float | None:
        """How long ago a tick was completed, by the monotonic clock; None before the first."""
        return None if self._ticked_at is None else self._clock.monotonic() - self._ticked_at

    def start(self) -> None:
        """Wind the scheduler up, and set the watchdog beside it."""
        self._wind_up()
        self._watchdog = asyncio.create_task(self._watch(), name="ticker-watchdog")

    async def stop(self) -> None:
        """Let the tick under way finish, and ask for no more."""
        if self._watchdog is not None:
            self._watchdog.cancel()
            await asyncio.gather(self._watchdog, return_exceptions=True)
        if self._scheduler is not None:
            self._scheduler.pause()  # a scheduler that is shut down cancels the tick under way
        async with self._running:
            self._let_go()

    async def ask(self) -> None:
        """Do one tick unless one is under way. An error is logged and the next tick tries again.

        A database that cannot be used is told once, not every second, and again when it can.
        """
        self._asked_at = self._clock.monotonic()
        if self._running.locked():
            return
        async with self._running:
            try:
                await self._tick()
            except DatabaseGone as gone:
                if str(gone) != self._gone:
                    logger.error("a tick failed; what was due stays due: %s", gone)
                self._gone = str(gone)
            except Exception:
                logger.exception("a tick failed; what was due stays due")
            else:
                self._ticked_at = self._clock.monotonic()
                if self._gone:
                    logger.info("the database can be used again, and the clock ticks")
                self._gone = ""

    def _wind_up(self) -> None:
        scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            timezone="UTC",
        )
        scheduler.add_job(
            self.ask, "interval", seconds=self._every, coalesce=True, max_instances=2, misfire_grace_time=None
        )
        scheduler.start()
        self._scheduler = scheduler
        self._asked_at = self._clock.monotonic()

    def _let_go(self) -> None:
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._scheduler = None

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(min(self._every, self._stalled_after / 4))
            if self._clock.monotonic() - self._asked_at > self._stalled_after:
                logger.warning(
                    "the scheduler asked for no tick for %.0f seconds; winding it up anew", self._stalled_after
                )
                self.rewound += 1
                self._let_go()
                self._wind_up()
