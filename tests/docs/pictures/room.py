"""The rehearsal as it is served, looked at on a step of the tour."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.app import make_app
from bot.settings import read_settings
from bot.web.tour import steps_of
from bot.web.tours import PARTS

ROOT = Path(__file__).parents[3]
_STEPS = [step.title for step in steps_of(PARTS)]


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """The whole bot as `make run` starts it, on a free port and an empty database; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"KEPT_LISTEN": "127.0.0.1:0", "KEPT_DATABASE_URL": f"sqlite:///{folder}/rehearsal.db"}
        runner = web.AppRunner(await make_app(read_settings(environ, ROOT)), shutdown_timeout=5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
        await runner.cleanup()


async def steps(browser: Browser, titles: Collection[str]) -> AsyncIterator[tuple[str, BrowserContext]]:
    """Take the tour, and stop at each of these steps with the context that looks at it."""
    async with served() as address:
        context = await browser.new_context(
            base_url=address, reduced_motion="reduce", bypass_csp=True, device_scale_factor=1.5
        )
        context.set_default_timeout(120_000)
        page = await context.new_page()
        await page.goto("/")
        await page.get_by_test_id("start-tour").click()
        last = max(_STEPS.index(title) for title in titles)
        for number, title in enumerate(_STEPS[: last + 1], 1):
            await expect(page.get_by_test_id("tour")).to_contain_text(f"Step {number} of", timeout=120_000)
            if title in titles:
                yield title, context
            if number <= last:
                await page.get_by_test_id("tour-next").click()
        await context.close()


async def look(context: BrowserContext, theme: str, *, width: int, height: int, touring: bool) -> Page:
    """The step in a window of this size, with the tour beside it or with the room alone."""
    page = await context.new_page()
    await page.set_viewport_size({"width": width, "height": height})
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    await page.goto(context.pages[0].url)
    if not touring:
        # The panel's leave would end the tour that goes on behind this picture.
        rules = ".panel { display: none !important } .room { grid-template-columns: 292px 1fr !important }"
        await page.add_style_tag(content=rules)
        await page.locator(".entry").last.scroll_into_view_if_needed()
    return page
