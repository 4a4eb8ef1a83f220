"""A newcomer takes the tour in a real browser: an agreement is signed, its first month gets under way, and on he jumps.

Each step until the tour's end is read in tests/bot/web/test_the_tour_is_walked.py.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.web.tour import DIRECT, TourStep, beginnings, steps_of
from bot.web.tours import PARTS
from tests.browser.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="session")  # one Chromium serves them all
TOUR = steps_of(PARTS)
REPORTED = next(number for number, step in enumerate(TOUR, 1) if step.title == "Friday’s report")
NAMES = {DIRECT: "Kept", "field-sales": "Field sales"}


async def test_the_tour_shows_each_step_up_to_the_first_report_and_can_be_left(window: Open) -> None:
    page = await window("/")
    await page.get_by_role("button", name="Start the tour").click()
    for number, step in enumerate(TOUR[:REPORTED], 1):
        await shows(page, number, step)
        if number < REPORTED:
            await page.get_by_test_id("tour-next").click()
    await page.get_by_test_id("tour-leave").click()
    await expect(page.get_by_test_id("tour")).to_have_count(0)


async def test_one_begins_at_another_part_and_jumps_on_and_back(window: Open) -> None:
    page = await window("/")
    for part in (1, 2, 0):
        first, name = beginnings(PARTS)[part]
        await page.get_by_test_id("tour-parts").locator("summary").click()
        await page.get_by_role("button", name=name).click()
        await shows(page, first, TOUR[first - 1])


async def test_started_again_the_month_is_new(window: Open) -> None:
    page = await window("/")
    await page.get_by_test_id("start-tour").click()
    await page.get_by_test_id("tour-next").click()
    await shows(page, 2, TOUR[1])
    await page.get_by_test_id("tour-restart").click()
    await shows(page, 1, TOUR[0])
    await expect(page.get_by_test_id("message")).to_have_count(0)
    await page.get_by_test_id("tour-next").click()
    await shows(page, 2, TOUR[1])


async def test_on_a_phone_each_step_stands_above_the_panel(window: Open) -> None:
    page = await window("/", width=360, height=740)
    await page.get_by_test_id("start-tour").click()
    await page.get_by_test_id("tour-next").click()
    await shows(page, 2, TOUR[1])
    news = page.locator(".entry.fresh").last
    await expect(news).to_be_in_viewport()
    await expect(page.get_by_test_id("tour-next")).to_be_in_viewport(ratio=1)


async def shows(page: Page, number: int, step: TourStep) -> None:
    tour = page.get_by_test_id("tour")
    await expect(tour).to_contain_text(f"Step {number} of {len(TOUR)}")
    await expect(tour.get_by_role("heading")).to_have_text(step.title)
    await expect(tour.locator(".astray")).to_have_count(0)
    person = page.get_by_test_id(f"be-{step.as_person}")
    await expect(person).to_have_attribute("aria-current", "true")
    place = NAMES.get(step.place, f"#{step.place}")
    await expect(page.get_by_role("main")).to_have_accessible_name(place)
    for words in step.expects:
        # What the step made is marked; the words stand there, and not somewhere else on the page.
        await expect(page.locator(".entry.fresh", has_text=words).first).to_be_attached()
