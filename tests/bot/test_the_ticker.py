"""The clock's door keeps asking for ticks, one at a time, whatever becomes of a tick, the scheduler or the clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import MovableClock
from bot.store.database import DatabaseGone
from bot.ticker import Ticker
from tests.world import moment

QUICK = 0.01


@asynccontextmanager
async def _ticking(
    tick: Callable[[], Awaitable[object]], clock: MovableClock, stalled_after: float = 0.2
) -> AsyncIterator[Ticker]:
    ticker = Ticker(tick, clock, every=QUICK, stalled_after=stalled_after)
    ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


class Ticks:
    """Counts ticks, and lets a test wait for the next ones."""

    def __init__(self) -> None:
        self.count = 0
        self._one_more = asyncio.Event()

    async def __call__(self) -> None:
        self.count += 1
        self._one_more.set()

    async def more(self, number: int = 3) -> None:
        """Wait until so many more ticks have come."""
        wanted = self.count + number
        async with asyncio.timeout(10):
            while self.count < wanted:
                self._one_more.clear()
                await self._one_more.wait()


async def test_it_ticks_and_says_how_long_ago() -> None:
    ticks = Ticks()
    async with _ticking(ticks, MovableClock(moment("Thu 01 Oct 2026 09:00"))) as ticker:
        before = ticker.seconds_since_tick
        await ticks.more()
        since = ticker.seconds_since_tick
        assert before is None
        assert since is not None
        assert since < 5


async def test_a_clock_that_jumps_three_hours_either_way_stops_nothing() -> None:
    clock, ticks = MovableClock(moment("Thu 01 Oct 2026 09:00")), Ticks()
    async with _ticking(ticks, clock):
        await ticks.more()
        for hours in (3, -3, -3):
            clock.advance(timedelta(hours=hours))
            await ticks.more()


async def test_a_tick_that_fails_is_followed_by_the_next() -> None:
    ticks = Ticks()

    async def failing() -> None:
        await ticks()
        raise OSError("the disk is gone")

    async with _ticking(failing, MovableClock(moment("Thu 01 Oct 2026 09:00"))) as ticker:
        await ticks.more()
        assert ticker.seconds_since_tick is None


async def test_a_database_that_cannot_be_used_is_told_once_and_again_when_it_can(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "bot.ticker")
    ticks, gone = Ticks(), True

    async def tick() -> None:
        await ticks()
        if gone:
            raise DatabaseGone("The disk is full.")

    async with _ticking(tick, MovableClock(moment("Thu 01 Oct 2026 09:00"))) as ticker:
        await ticks.more(5)
        assert ticker.seconds_since_tick is None, "whoever watches sees that it does not tick"
        gone = False
        await ticks.more()
    assert [each.getMessage() for each in caplog.records] == [
        "a tick failed; what was due stays due: The disk is full.",
        "the database can be used again, and the clock ticks",
    ]
    assert not any(each.exc_info for each in caplog.records)


async def test_ticks_never_overlap() -> None:
    under_way, most = 0, 0
    ticks, let_go = Ticks(), asyncio.Event()

    async def slow() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await ticks()
        await asyncio.wait_for(let_go.wait(), 10)
        under_way -= 1

    async with _ticking(slow, MovableClock(moment("Thu 01 Oct 2026 09:00")), stalled_after=60) as ticker:
        await ticks.more(1)
        await ticker.ask()
        await ticker.ask()
        let_go.set()
        await ticks.more(2)
    assert most == 1


async def test_a_scheduler_that_stalls_is_wound_up_anew() -> None:
    ticks = Ticks()
    async with _ticking(ticks, MovableClock(moment("Thu 01 Oct 2026 09:00"))) as ticker:
        await ticks.more()
        scheduler = ticker._scheduler
        assert isinstance(scheduler, AsyncIOScheduler)
        scheduler.pause()  # what a clock set back three hours does to it
        await ticks.more()
        assert ticker.rewound >= 1


async def test_stopping_waits_for_the_tick_under_way() -> None:
    done = False
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        nonlocal done
        begun.set()
        await asyncio.wait_for(let_go.wait(), 10)
        done = True

    ticker = Ticker(slow, MovableClock(moment("Thu 01 Oct 2026 09:00")), every=QUICK)
    ticker.start()
    await asyncio.wait_for(begun.wait(), 10)
    stopping = asyncio.create_task(ticker.stop())
    await asyncio.sleep(0)
    let_go.set()
    await asyncio.wait_for(stopping, 10)
    assert done
