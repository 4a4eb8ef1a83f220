"""A list is attached in the room, with script and without, and its things are handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="session")
JOSH = "/rehearsal/josh/smarketing"
ROWS = "name,ref,score\nAnn Lee,CRM-7,40\nBob Ray,CRM-8,x\nCem Oz,CRM-9,\n"


@pytest.mark.parametrize("script", [True, False])
async def test_a_file_goes_with_the_words_and_its_good_rows_can_be_taken_alone(
    window: Open, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(ROWS, encoding="utf-8")
    page = await window(JOSH, script=script)
    await page.get_by_test_id("list").set_input_files(file)
    await page.get_by_test_id("box").fill("handoff 3 qualified leads to sales")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_text("its score 'x' is no whole number")).to_be_visible()
    await expect(page.get_by_test_id("message")).to_have_count(0)
    await expect(page.get_by_test_id("list")).to_have_value("")
    await page.get_by_role("button", name="Only the 2 good").click()
    await expect(page.get_by_test_id("message")).to_contain_text("H-1 · Marketing → Sales · 2 qualified leads")


@pytest.mark.parametrize("script", [True, False])
async def test_a_file_is_chosen_in_a_form_and_what_is_wrong_with_it_stands_beside_its_field(
    window: Open, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("name\nAnn Lee\nCem Oz\n", encoding="utf-8")
    page = await window(JOSH, script=script)
    await page.get_by_test_id("box").fill("handoff 2 qualified leads to sales …")
    await page.get_by_test_id("send").click()
    form = page.get_by_test_id("form")
    asked = form.get_by_label("Or as a file")
    await expect(asked).to_have_attribute("accept", ".csv,.tsv,.txt")
    await asked.set_input_files([file, file])
    await form.get_by_role("button", name="Log it").click()
    await expect(form.get_by_text("Several lists came at once.")).to_be_visible()
    await form.get_by_label("Or as a file").set_input_files(file)
    await form.get_by_role("button", name="Log it").click()
    await expect(page.get_by_test_id("message")).to_contain_text("H-1 · Marketing → Sales · 2 qualified leads")
