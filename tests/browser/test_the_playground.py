"""Kept in Microsoft's Agents Playground, as docs/install-teams.md says to try it: no tenant, no token."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from bot.__main__ import main
from bot.app import make_app
from bot.settings import read_settings
from tests.browser.conftest import PATIENCE
from tests.retold import retold

ALEX = "00000000-0000-0000-0000-0000000000020"
"""Whom the Playground speaks as."""


def playground() -> str:
    """The program: named by KEPT_PLAYGROUND, installed, or left behind by an earlier npx; "" where there is none."""
    kept = sorted(Path.home().glob(".npm/_npx/*/node_modules/.bin/agentsplayground"))
    found = os.environ.get("KEPT_PLAYGROUND") or shutil.which("agentsplayground") or (kept[-1] if kept else "")
    return str(found)


pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        not playground() or not shutil.which("node"),
        reason="no Agents Playground is found; `npm install --global @microsoft/m365agentsplayground` brings one",
    ),
]


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """The whole bot with Teams' door in anonymous mode, and the Playground in front of it."""
    mine, its = free_port(), free_port()
    (tmp_path / "app.yaml").write_text(
        f"rehearsal: {{enabled: false}}\nteams: {{anonymous: true, services: ['http://127.0.0.1:{its}']}}\n"
    )
    environ = {
        "KEPT_LISTEN": f"127.0.0.1:{mine}",
        "KEPT_DATABASE_URL": f"sqlite:///{tmp_path / 'kept.db'}",
        "KEPT_CONFIG": str(tmp_path / "app.yaml"),
    }
    file = retold(tmp_path, ("identities: {web: josh}", f'identities: {{teams: "{ALEX}"}}'))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        assert await asyncio.to_thread(main, ["apply", str(file)]) == 0
    runner = web.AppRunner(await make_app(read_settings(environ, tmp_path)), shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", mine).start()
    options = ["-p", str(its), "-c", "msteams", "--su", f"http://127.0.0.1:{its}/_connector", "--dt"]
    process = await asyncio.create_subprocess_exec(
        playground(), "-e", f"http://127.0.0.1:{mine}/api/messages", *options,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await answers(its)
    yield f"http://127.0.0.1:{its}"
    process.terminate()
    await process.wait()
    await runner.cleanup()


async def test_words_get_cards_and_a_button_says_its_command(chromium: Browser, address: str) -> None:
    context = await chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto("/")
    body = page.locator("body")
    await expect(body).to_contain_text("I keep what teams promise one another.")
    await says(page, "handoff 25 leads to sales")
    await expect(body).to_contain_text("H-1")
    await says(page, "history H-1")
    await expect(body).to_contain_text("logged: 25")
    await page.get_by_role("button", name="My part").first.click()
    await expect(body).to_contain_text("You owe")
    if kept := os.environ.get("KEPT_PICTURES"):
        await page.screenshot(path=Path(kept) / "teams-playground.png")
    await context.close()


async def says(page: Page, words: str) -> None:
    box = page.locator("[role=textbox], textarea").last
    await box.click()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def answers(port: int) -> None:
    """Wait until somebody listens on a port."""
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                await writer.wait_closed()
                return
