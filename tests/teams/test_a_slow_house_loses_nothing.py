"""Where the house takes long, Teams is told in time, and what it was told is in hand survives a crash."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.teams.keeping import MemoryInStore
from bot.teams.ports import Waiting
from tests.teams.stage import CHANNEL, WORKSPACE, stage


async def test_a_request_that_takes_long_is_kept_acknowledged_and_answered_later(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x, patience=0.02) as it:
        memory, may_go_on = MemoryInStore(it.house.database), asyncio.Event()
        answer = it.house.answering.answer

        async def slowly(utterance):  # type: ignore[no-untyped-def]
            await may_go_on.wait()
            return await answer(utterance)

        it.house.answering.answer = slowly  # type: ignore[method-assign]
        status, _ = await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        assert status == 200
        assert len(await memory.in_hand()) == 1
        may_go_on.set()
        await it.door.close()
        assert await memory.in_hand() == []
        await it.delivered()
        assert any("H-1" in each.text for each in it.teams.heard(CHANNEL))


async def test_what_a_process_that_died_had_in_hand_is_answered_by_the_next_one_once(
    one_url: str, company_x: Path
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        memory = MemoryInStore(it.house.database)
        activity = it.teams.activity("josh", text="handoff 25 leads to sales")
        await memory.take_in(Waiting(WORKSPACE, "k", activity, it.clock.now()))
        await it.door.answer_left_behind()
        assert it.asked == []  # it may still be in somebody's hands
        it.clock.advance(timedelta(minutes=3))
        await it.door.answer_left_behind()
        await it.door.answer_left_behind()
        await it.delivered()
        assert sum("H-1" in each.text for each in it.teams.heard(CHANNEL)) == 1
        assert await memory.in_hand() == []
