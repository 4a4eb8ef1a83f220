"""Draw the guide's pictures, all of them or those that are named."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from collections.abc import Collection

from playwright.async_api import Browser, async_playwright

from bot.charts.png import draw
from bot.chat.card import Chart
from tests.browser.conftest import CHROMIUM
from tests.docs.pictures import adaptive, blocks, room
from tests.slack import gallery as slack
from tests.teams import gallery as teams

FOLDER = room.ROOT / "docs" / "pictures"
SLACK = {
    "slack-handoff": ("receipt", "receipt-accepted-in-part", "nudge"),
    "slack-report": ("report",),
    "slack-home": ("home",),
    "slack-form": ("form-with-a-file",),
    "slack-private": ("shared", "export", "undelivered"),
    "slack-after-a-miss": ("incident-open", "credit", "recovery-plan", "evidence"),
}
TEAMS = {
    "teams-cards": ("receipt", "escalation", "form"),
    "teams-after-a-miss": ("incident-open", "credit", "recovery-plan", "evidence"),
    "teams-home": ("home",),
}
ROOM = {
    "Told in the channel": ("room", "room-dark"),
    "Friday’s report": ("tour",),
    "The other in Teams": ("tour-two-platforms",),
}
"""Pictures by the tour's step that they show; those of the room alone are the README's."""
CHARTS = {"report": "report"}
"""Charts by the card that they stand in."""
EVERY = (*SLACK, *TEAMS, *(each for names in ROOM.values() for each in names), *CHARTS)


async def main(wanted: Collection[str]) -> None:
    """Write the pictures that are wanted."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    charts = {name: draw(block) for name, card in slack.cards() for block in card.blocks if isinstance(block, Chart)}
    for name in CHARTS.keys() & set(wanted):
        _write(name, charts[CHARTS[name]])
    async with async_playwright() as playwright:
        playwright.selectors.set_test_id_attribute("data-test")
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        await _slack(browser, SLACK.keys() & set(wanted), charts)
        await _teams(browser, TEAMS.keys() & set(wanted), charts)
        await _room(browser, wanted)
        await browser.close()


async def _slack(browser: Browser, names: Collection[str], charts: dict[str, bytes]) -> None:
    sent = dict(slack.drawn())
    for name in sorted(names):
        shown = "".join(blocks.drawn(sent[card], _address(card, charts)) for card in SLACK[name])
        page = await browser.new_page(viewport={"width": 2 * blocks.WIDTH, "height": 200})
        await page.set_content(blocks.page(shown))
        _write(name, await page.screenshot(full_page=True))
        await page.close()


async def _teams(browser: Browser, names: Collection[str], charts: dict[str, bytes]) -> None:
    if not names:
        return
    script, sent = await asyncio.to_thread(adaptive.renderer), dict(teams.drawn())
    for name in sorted(names):
        page = await browser.new_page(
            viewport={"width": 2 * adaptive.WIDTH, "height": 200}, timezone_id="America/New_York", locale="en-US"
        )
        await page.set_content(adaptive.page())
        await page.evaluate(script)
        cards = [sent[card] for card in TEAMS[name]]
        await page.evaluate(adaptive.show(), [adaptive.sides(cards, _address(TEAMS[name][0], charts))])
        _write(name, await page.screenshot(full_page=True))
        await page.close()


async def _room(browser: Browser, wanted: Collection[str]) -> None:
    titles = [title for title, names in ROOM.items() if set(names) & set(wanted)]
    if not titles:
        return
    async for title, context in room.steps(browser, titles):
        for name in ROOM[title]:
            alone = name.startswith("room")
            width, height = (1000, 656) if alone else (1280, 1000)
            theme = "dark" if name.endswith("dark") else "light"
            page = await room.look(context, theme, width=width, height=height, touring=not alone)
            _write(name, await page.screenshot())
            await page.close()


def _address(card: str, charts: dict[str, bytes]) -> str:
    picture = charts.get(card) or charts["status"]
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _write(name: str, picture: bytes) -> None:
    (FOLDER / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    chosen = sys.argv[1:] or EVERY
    if unknown := sorted(set(chosen) - set(EVERY)):
        sys.exit(f"No picture is called {unknown[0]}. There are: {', '.join(EVERY)}.")
    if CHROMIUM is None:
        sys.exit("Pictures are drawn by Chromium; on a Debian, `apt-get install chromium` brings one.")
    asyncio.run(main(chosen))
