"""What every test of the delivery does: say something, let it be carried out, look what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Letter, Saying
from bot.store.tx import Tx
from tests.bot.store.wire import (
    Wire,
    always_wanted,
    no_other_way,
)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OTHER = Place("x", "web", "channel", "#sales", "sales")


def speaking(database: Database, clock: MovableClock, wire: Wire, **choices: Any) -> Deliverer:
    given = {"relevance": always_wanted, "reroute": no_other_way, "answer_within": 0.05, **choices}
    return Deliverer(database, {wire.platform: wire}, clock, **given)


async def say(database: Database, *sayings: Saying) -> list[int]:
    async def job(tx: Tx) -> list[int]:
        return [await outbox.say(tx, each) for each in sayings]

    return await database.write("x", job)


async def letter(database: Database, number: int) -> Letter:
    found = await database.read("x", lambda tx: outbox.find(tx, number))
    assert found is not None
    return found


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110 -- what is waited for rings no bell
            await asyncio.sleep(0.001)


async def until_sent(database: Database, number: int) -> None:
    async with asyncio.timeout(10):
        while (await letter(database, number)).state != "SENT":  # noqa: ASYNC110 -- what is waited for rings no bell
            await asyncio.sleep(0.001)
