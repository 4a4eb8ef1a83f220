"""The outbox against a wire that breaks in every way, and senders that are killed at any instant."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.store import outbox
from bot.store.database import Database
from bot.store.tx import Tx
from tests.bot.store.conftest import NOON
from tests.bot.store.promises import begin_company
from tests.bot.store.torture import Ordeal, account, suffer, words_of
from tests.bot.store.wire import Killed, Wire, at_random

HOUSE = Path(__file__).parents[3]


@pytest.mark.parametrize("seed", [1, 2])
async def test_where_messages_can_be_looked_up_none_is_lost_and_none_is_said_twice(
    url: str, clock: MovableClock, seed: int
) -> None:
    told = await suffer(url, clock, Ordeal(messages=60, seed=seed, reads_back=True))
    assert told.faults > 20, "the wire was to break"
    assert told.lost == []
    assert told.repeated == []
    assert told.out_of_order == []
    assert told.outdated == []
    assert told.marked == []


@pytest.mark.parametrize("seed", [3])
async def test_where_they_cannot_none_is_lost_every_repeat_is_marked_and_no_nudge_is_said_twice(
    url: str, clock: MovableClock, seed: int
) -> None:
    told = await suffer(url, clock, Ordeal(messages=60, seed=seed, reads_back=False))
    assert told.faults > 20, "the wire was to break"
    assert told.lost == []
    assert told.repeated_unmarked == []
    assert told.nudged_twice == []


async def test_kill_minus_nine_in_the_middle_of_a_call(url: str, tmp_path: Path) -> None:
    """A real process, a real SIGKILL, once before and once after the platform took the message."""
    database = await Database.open(url, MovableClock(NOON))
    await database.write("x", begin_company)
    await database.close()
    said = tmp_path / "said"
    said.touch()
    for hour, fault in enumerate(("dies before", "dies after", "")):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.store.mortal", url, str(said), fault, str(hour), cwd=HOUSE
        )
        assert await asyncio.wait_for(process.wait(), 60) == (-signal.SIGKILL if fault else 0)
    heard = Counter(line.split("\t")[1] for line in said.read_text().splitlines())
    assert heard == Counter(f"message {number}" for number in range(6))
    database = await Database.open(url, MovableClock(NOON + timedelta(days=1)))

    async def all_sent(tx: Tx) -> list[str]:
        found = [await outbox.find(tx, number) for number in range(1, 7)]
        return [each.state for each in found if each is not None]

    assert await database.read("x", all_sent) == ["SENT"] * 6
    await database.close()


async def test_two_workers_on_one_database_say_everything_once(url: str, clock: MovableClock) -> None:
    told = await suffer(url, clock, Ordeal(messages=60, seed=5, reads_back=True, share=0.0, workers=3))
    assert (told.lost, told.repeated, told.out_of_order, told.faults) == ([], [], [], 0)
    assert told.most_at_once > 1, "they were to work side by side"


async def test_the_account_would_notice_a_worker_that_always_tries_again_and_one_that_never_does() -> None:
    ordeal = Ordeal(messages=200, seed=6, reads_back=True)
    words = [each for each in words_of(ordeal) if each.action == "post"]
    for tries, loses, repeats in ((9, False, True), (1, True, False)):
        wire = Wire(plan=at_random(6, 0.3, ("broken before", "broken after", "garbage", "killed after")))
        for each in words:
            delivery_id = outbox.delivery_id_of("x", each.dedupe_key)
            for _ in range(tries):
                with suppress(Exception, Killed):
                    await wire.post(each.place, each.card, delivery_id=delivery_id, ref="")
                    break
        told = account(wire, words, 0)
        assert (bool(told.lost), bool(told.repeated), bool(told.repeated_unmarked)) == (loses, repeats, repeats)
