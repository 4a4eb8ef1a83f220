"""The rehearsal as it is served, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.app import make_app
from bot.settings import read_settings

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

PATIENCE = 90_000
"""Milliseconds; nothing waits that long unless the machine is busy with other things."""
expect.set_options(timeout=PATIENCE)

Open = Callable[..., Coroutine[Any, Any, Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and begin with it: whoever waits for pages waits while others count."""
    here = f"{Path(__file__).parent}{os.sep}"
    items.sort(key=lambda item: not str(item.path).startswith(here))
    absent = pytest.mark.skip(reason="no Chromium is found; on a Debian, `apt-get install chromium` brings one")
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(absent)


@pytest_asyncio.fixture(loop_scope="session")
async def address(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[str]:
    """The whole bot as `make run` starts it, on a free port and a fresh database."""
    database = shutil.copy(sqlite_template, sqlite_folder / "rehearsal.db")
    environ = {"KEPT_LISTEN": "127.0.0.1:0", "KEPT_DATABASE_URL": f"sqlite:///{database}"}
    runner = web.AppRunner(await make_app(read_settings(environ, ROOT)), shutdown_timeout=5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        playwright.selectors.set_test_id_attribute("data-test")
        # A container's root has no sandbox to put a browser in.
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox, timeout=PATIENCE)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def window(chromium: Browser, address: str) -> AsyncIterator[Open]:
    """Opens windows, each with its own cookies; afterwards no script of theirs may have complained."""
    complaints: list[str] = []
    opened: list[BrowserContext] = []

    async def open_window(path: str = "/", *, width: int = 1280, height: int = 800, script: bool = True) -> Page:
        context = await chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme="light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        await page.goto(path)
        return page

    yield open_window
    for context in opened:
        await context.close()
    assert complaints == []
