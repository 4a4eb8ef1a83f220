"""The sliders ask the one formula there is: what they show is what `plan` says of the same figures."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.whatif import whatif_routes

Browser = TestClient[web.Request, web.Application]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    app = web.Application()
    app.add_routes(whatif_routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_it_begins_with_company_x(browser: Browser) -> None:
    page = await (await browser.get("/plan")).text()
    assert "100 leads to promise" in page
    assert "25, 50, 75, 100" in page
    assert "six follow-ups a lead can be kept" in page
    assert page.count('type="range"') == 9


async def test_a_move_is_answered_by_the_sum_alone(browser: Browser) -> None:
    part = await (await browser.get("/plan?close=48&part=1")).text()
    assert "105 leads to promise" in part
    assert "50 customers ÷ 48 % that close ≈ 104.17, rounded up to 105" in part
    assert "<form" not in part


async def test_the_leads_of_the_one_sum_are_followed_up_in_the_other(browser: Browser) -> None:
    part = await (await browser.get("/plan?close=10&reps=1&minutes=30&part=1")).text()
    assert "500 leads to promise" in part
    assert "cannot be kept: that takes 1,500 h, and there are 160 h." in part


async def test_figures_out_of_bounds_are_refused_and_nonsense_is_passed_over(browser: Browser) -> None:
    answer = await browser.get("/plan?close=0")
    assert answer.status == 400
    assert "between 1 and 100" in await answer.text()
    assert "100 leads to promise" in await (await browser.get("/plan?close=<b>&quota=１２")).text()
