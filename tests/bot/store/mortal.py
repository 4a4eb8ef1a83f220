"""A worker in a process of its own, that kills itself in the middle of its second call.

`python -m tests.bot.store.mortal URL FILE FAULT HOUR`: the platform is a file of (delivery id,
words) lines; FAULT is "dies before" or "dies after" the line is written, or nothing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.chat.card import Card
from bot.chat.messenger import MessageRef
from bot.chat.talk import Place, Platform
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import outbox
from bot.store.database import Database
from bot.store.tx import Tx
from tests.bot.store.promises import NOON
from tests.bot.store.wire import always_wanted, no_other_way, saying


@dataclass(slots=True)
class FileWire:
    """A platform that outlives the process."""

    file: Path
    fault: str
    platform: Platform = "web"
    calls: int = 0

    async def post(self, place: Place, card: Card, *, delivery_id: str, ref: str, alerts: bool = False) -> MessageRef:
        self.calls += 1
        if self.calls == 2 and self.fault == "dies before":
            os.kill(os.getpid(), signal.SIGKILL)
        with self.file.open("a") as file:
            file.write(f"{delivery_id}\t{card.summary}\n")
            file.flush()
            os.fsync(file.fileno())
        if self.calls == 2 and self.fault == "dies after":
            os.kill(os.getpid(), signal.SIGKILL)
        return MessageRef(place, delivery_id)

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        raise NotImplementedError

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        there = any(line.startswith(delivery_id) for line in self.file.read_text().splitlines())
        return MessageRef(place, delivery_id) if there else None


async def main(url: str, file: str, fault: str, hour: str) -> None:
    clock = MovableClock(NOON + timedelta(hours=int(hour)))
    database = await Database.open(url, clock)

    async def say(tx: Tx) -> None:
        for number in range(6):
            await outbox.say(tx, saying(f"message {number}"))

    await database.write("x", say)
    wire = FileWire(Path(file), fault)
    deliverer = Deliverer(database, {"web": wire}, clock, relevance=always_wanted, reroute=no_other_way)
    await deliverer.run_once()
    while (upcoming := await deliverer.next_at()) is not None:
        clock.set(upcoming)
        await deliverer.run_once()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
