"""Who speaks while the house opens waits, and is answered; a country's holidays load no other's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from aiohttp import ClientSession, web

from bot.listeners import bound
from bot.sections import Listen

ROOT = Path(__file__).parent.parent.parent


async def _hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


async def test_what_is_said_at_the_doorstep_is_answered_once_somebody_is_there() -> None:
    (doorstep,) = bound(Listen("127.0.0.1", 0))
    async with ClientSession() as session:
        asked = asyncio.create_task(session.get(f"http://127.0.0.1:{doorstep.getsockname()[1]}/"))
        await asyncio.sleep(0)
        app = web.Application()
        app.router.add_get("/", _hello)
        runner = web.AppRunner(app)
        await runner.setup()
        assert not asked.done()
        await web.SockSite(runner, doorstep).start()
        async with await asked as answer:
            assert await answer.text() == "hello"
    await runner.cleanup()


def test_one_country_is_loaded_alone_and_the_others_when_they_are_asked_for() -> None:
    code = """
import sys
from bot.countries import one_by_one
one_by_one()
from slacore.calendars import HolidayRegion
HolidayRegion("US", "NY")
assert "holidays.countries.germany" not in sys.modules, "the others were loaded, too"
HolidayRegion("DE")
from holidays.countries import France
assert France(years=2026)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
