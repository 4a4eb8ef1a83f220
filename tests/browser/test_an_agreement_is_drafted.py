"""An agreement is begun in short forms and read as a page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.test_the_room import say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # one Chromium serves them all


async def test_a_draft_is_begun_in_a_form_each_step_opens_the_next_and_the_text_is_a_page(window: Open) -> None:
    page = await window("/rehearsal/josh/@kept")
    await say(page, "agreement new")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Start from").select_option(label="Support with priorities")
    await dialog.get_by_label("Name", exact=False).first.fill("Help desk")
    await dialog.get_by_label("Your own side").fill("Support")
    await dialog.get_by_role("button", name="Draft it").click()
    draft = page.get_by_test_id("private").last
    await expect(draft).to_contain_text("X-1 · draft · Help desk")
    await draft.get_by_role("button", name="Who is who: Customer").click()
    await dialog.get_by_label("Owner, who answers for it").fill("Amy")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_test_id("private").last).to_contain_text("Amy Chen answers for it")
    await say(page, "agreement file X-1")
    address = await page.get_by_role("link", name="X-1.html").get_attribute("href")
    assert address is not None
    text = await window(address)
    await expect(text.get_by_role("heading", level=1)).to_have_text("Help desk")
    await expect(text.get_by_role("navigation").get_by_role("link", name="The promises")).to_be_visible()
    await expect(text.get_by_role("heading", name="Answers and solutions")).to_be_visible()
