"""What is done after a platform was answered is finished, told of when it fails, and waited for only so long."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat import errands
from bot.chat.errands import Errands


async def test_closing_waits_for_what_is_under_way() -> None:
    under_way, done = Errands(), list[str]()

    async def errand() -> None:
        await asyncio.sleep(0)
        done.append("it")

    under_way.begin(errand(), "an errand")
    await under_way.close()
    assert done == ["it"]


async def test_one_that_fails_is_told_of_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    under_way = Errands()

    async def errand() -> None:
        raise ValueError("no such file")

    under_way.begin(errand(), "handing a file over")
    await under_way.close()
    assert "handing a file over failed" in caplog.text
    assert "no such file" in caplog.text


async def test_one_that_hangs_keeps_nobody_from_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "CLOSES_WITHIN", 0.01)
    under_way = Errands()
    hanging = under_way.begin(asyncio.Event().wait(), "an upload that hangs")
    await under_way.close()
    assert hanging.cancelled()
