"""What a process that died left behind is gone after at once, and again and again."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.lookouts import Lookout


async def test_it_looks_at_once_and_a_look_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    looks: list[int] = []
    again = asyncio.Event()

    async def look() -> None:
        looks.append(len(looks))
        if len(looks) == 1:
            raise OSError("the inbox is away")
        again.set()

    lookout = Lookout(look, "paper inbox", every=0)
    lookout.start()
    async with asyncio.timeout(10):
        await again.wait()
    await lookout.close()
    assert "the paper inbox could not be looked through" in caplog.text
    seen = len(looks)
    await asyncio.sleep(0)
    assert len(looks) == seen


async def test_one_that_was_never_started_can_be_closed() -> None:
    async def look() -> None:
        raise AssertionError("nobody asked it to look")

    await Lookout(look, "paper inbox").close()
