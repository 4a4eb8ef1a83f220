"""A newcomer takes the tour, from an agreement's signing to a customer's credit: the whole bot, read page by page."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_app
from bot.settings import read_settings
from bot.web.tour import DIRECT, TourStep, steps_of
from bot.web.tours import PARTS
from tests.bot.web.browser import Browser, Node, Page

ROOT = Path(__file__).parent.parent.parent.parent
TOUR = steps_of(PARTS)
NAMES = {DIRECT: "Kept", "field-sales": "Field sales"}


@pytest.fixture
async def browser(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Browser]:
    """In front of the whole bot as `make run` starts it, on a fresh database."""
    database = shutil.copy(sqlite_template, sqlite_folder / "rehearsal.db")
    environ = {"KEPT_LISTEN": "127.0.0.1:0", "KEPT_DATABASE_URL": f"sqlite:///{database}"}
    client = TestClient(TestServer(await make_app(read_settings(environ, ROOT))))
    await client.start_server()
    yield Browser(client)
    await client.close()


async def test_the_tour_goes_through_the_quarter_and_shows_each_step(browser: Browser) -> None:
    page = await (await browser.open("/")).submit("/tour/start")
    shows(page, 1, TOUR[0])
    for number, step in enumerate(TOUR[1:], 2):
        page = await page.submit("/tour/next")
        shows(page, number, step)
    assert page.tree.every("button", data_test="tour-next") == []
    left = await browser.open(page.tree.one("a", data_test="tour-leave").attributes["href"])
    assert left.tree.every("aside", data_test="tour") == []


def shows(page: Page, number: int, step: TourStep) -> None:
    tour = page.tree.one("aside", data_test="tour")
    assert tour.one("p", class_="of").text == f"Step {number} of {len(TOUR)}"
    assert tour.one("h2").text == step.title
    assert page.tree.every("p", class_="astray") == []
    assert page.tree.one("a", data_test=f"be-{step.as_person}").attributes["aria-current"] == "true"
    main = page.tree.one("main")
    assert main.attributes["aria-label"] == NAMES.get(step.place, f"#{step.place}")
    # What the step made is marked; the words stand there, and not somewhere else on the page.
    fresh = [content(entry) for entry in page.tree.every("li", class_="fresh")]
    for words in step.expects:
        assert any(words in each for each in fresh), f"{number}. {step.title}: {words!r} is not in {fresh}"


def content(node: Node) -> str:
    """What stands in an element, as a reader sees it: its words in a row, spaced as they are on the page."""
    parts = [child if isinstance(child, str) else content(child) for child in node.children]
    return " ".join("".join(parts).split())
