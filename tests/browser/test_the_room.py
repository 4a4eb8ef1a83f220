"""The rehearsal room in a real browser: live, by keyboard, on a phone, and without script."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from bot.web.tour import beginnings
from bot.web.tours import PARTS
from tests.browser.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="session")  # one Chromium serves them all
JOSH, AMY = "/rehearsal/josh/smarketing", "/rehearsal/amy/smarketing"


async def say(page: Page, words: str) -> None:
    box = page.get_by_test_id("box")
    await box.fill(words)
    await box.press("Escape")
    await box.press("Enter")


async def test_two_windows_are_two_people_and_see_the_same_receipt_change(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    await say(josh, "/handoff 25 qualified leads to sales")
    for page in (josh, amy):
        await expect(page.get_by_test_id("message")).to_contain_text("H-1 · Marketing → Sales · 25 qualified leads")
    await expect(josh.get_by_role("button", name="Accept all 25")).to_have_count(0)
    await amy.get_by_role("button", name="Accept all 25").click()
    for page in (josh, amy):
        await expect(page.get_by_test_id("message")).to_have_count(1)
        await expect(page.get_by_test_id("message")).to_contain_text("✓ accepted")
        await expect(page.get_by_test_id("message")).to_contain_text("edited")


async def test_what_concerns_one_person_is_a_badge_until_it_is_read(window: Open) -> None:
    page = await window(JOSH)
    await page.get_by_test_id("move-next").click()
    morgan = await window("/rehearsal/morgan/smarketing")
    await expect(page.get_by_test_id("clock")).not_to_contain_text("08:30")
    badge = morgan.get_by_test_id("be-josh").locator(".badge")
    while not await badge.is_visible():
        await morgan.get_by_test_id("move-day").click()
        await expect(morgan.locator(".moves")).not_to_have_attribute("aria-busy", "true")
    await page.get_by_role("link", name="Kept, privately").click()
    await expect(page.get_by_test_id("message").first).to_be_visible()
    await expect(badge).to_be_hidden()


async def test_a_private_answer_is_seen_by_the_asker_alone(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    await say(amy, "/sla status")
    await expect(amy.get_by_test_id("private")).to_contain_text("Only you can see this")
    await say(josh, "handoff 3 leads")
    await expect(amy.get_by_test_id("message")).to_have_count(1)
    await expect(josh.get_by_test_id("private")).to_have_count(0)
    await amy.get_by_role("button", name="Dismiss").click()
    await expect(amy.get_by_test_id("private")).to_have_count(0)
    await expect(amy.get_by_test_id("box")).to_be_focused()


async def test_the_box_is_a_combobox_that_the_keyboard_fills(window: Open) -> None:
    page = await window(JOSH)
    box = page.get_by_role("combobox", name="Say to Kept as Josh")
    await expect(box).to_be_focused()
    await box.press_sequentially("stat")
    ways = page.get_by_role("listbox", name="Ways to go on")
    await expect(ways.get_by_role("option")).to_have_count(1)
    await expect(box).to_have_attribute("aria-expanded", "true")
    await box.press("ArrowDown")
    chosen = ways.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("status")
    assert await box.get_attribute("aria-activedescendant") == await chosen.get_attribute("id")
    await box.press("Enter")
    await expect(box).to_have_value("status ")
    await expect(page.get_by_test_id("private")).to_have_count(0)
    await box.press("Escape")
    await box.press("Enter")
    await expect(page.get_by_test_id("private")).to_have_count(1)
    await expect(box).to_have_value("")


async def test_a_form_is_a_dialog_that_says_what_is_wrong_and_gives_the_focus_back(window: Open) -> None:
    page = await window(JOSH)
    await say(page, "handoff")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("How many")).to_be_focused()
    await dialog.get_by_role("button", name="Log it").click()
    await expect(dialog.get_by_label("How many")).to_have_attribute("aria-invalid", "true")
    await expect(dialog.get_by_label("How many")).to_be_focused()
    await dialog.get_by_label("How many").fill("7")
    await dialog.get_by_label("What", exact=True).select_option(index=1)
    await dialog.get_by_label("How many").press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_test_id("message")).to_contain_text("7 qualified leads")
    await expect(page.get_by_test_id("box")).to_be_focused()


async def test_a_form_can_be_closed_by_the_keyboard(window: Open) -> None:
    page = await window(JOSH)
    await say(page, "handoff")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_test_id("box")).to_be_focused()


async def test_whoever_holds_a_button_that_changes_is_not_thrown_out(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    await say(josh, "handoff 25 leads to sales")
    await amy.get_by_role("button", name="Accept all 25").focus()
    await say(josh, "undo H-1")
    await expect(amy.get_by_role("button", name="Accept all 25")).to_have_count(0)
    await expect(amy.get_by_test_id("message")).to_be_focused()


async def test_words_sent_before_the_last_ones_were_answered_are_sent_too(window: Open) -> None:
    page, answered = await window(JOSH), asyncio.Event()

    async def wait(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.route(lambda address: address.endswith("/say"), wait)
    await say(page, "handoff 25 leads to sales")
    await say(page, "undo H-1")
    answered.set()
    await expect(page.get_by_test_id("message")).to_contain_text("undone")
    await expect(page.get_by_test_id("box")).to_have_value("")


async def test_a_double_click_on_send_is_one_handoff(window: Open) -> None:
    page = await window(JOSH)
    await page.get_by_test_id("box").fill("handoff 25 leads to sales")
    await page.get_by_test_id("send").dblclick()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await page.reload()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("private")).to_have_count(0)


async def test_the_clock_moves_on_in_every_open_window(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    await josh.get_by_test_id("move-hour").click()
    for page in (josh, amy):
        await expect(page.get_by_test_id("clock")).to_contain_text("09:30")
    await amy.get_by_test_id("move-day").click()
    for page in (josh, amy):
        await expect(page.get_by_test_id("clock")).to_contain_text("Friday 2 October")


async def test_who_comes_back_to_a_window_finds_what_was_said_meanwhile(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    # As if the window had been behind another one: it hangs up, and catches up when it is looked at.
    turn = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    turn += " document.dispatchEvent(new Event('visibilitychange')); }"
    await amy.evaluate(turn, True)
    await say(josh, "handoff 25 leads to sales")
    await expect(josh.get_by_test_id("message")).to_have_count(1)
    await expect(amy.get_by_test_id("message")).to_have_count(0)
    await amy.evaluate(turn, False)
    await expect(amy.get_by_test_id("message")).to_have_count(1)


async def test_light_and_dark_are_a_switch_that_is_remembered(window: Open) -> None:
    page = await window(JOSH)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await page.get_by_role("button", name="Dark").click()
    await expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    dark = await page.evaluate(ground)
    assert dark != light
    await page.goto("/")
    assert await page.evaluate(ground) == dark


async def test_the_first_tab_leads_past_everything_to_the_box(window: Open) -> None:
    page = await window("/rehearsal/josh/@kept", script=False)
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the box")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("box")).to_be_focused()


async def test_only_what_others_say_is_new_to_whoever_reads_further_up(window: Open) -> None:
    josh, amy = await window(JOSH), await window(AMY)
    newer = josh.get_by_role("button", name="New messages")
    await say(josh, "help")  # taller than the window: it is shown from its head
    await expect(josh.get_by_test_id("private")).to_be_visible()
    await josh.locator("#scroller").evaluate("scroller => scroller.scrollTo(0, 0)")
    await say(josh, "help")
    await expect(josh.get_by_test_id("private")).to_have_count(2)
    await expect(newer).to_be_hidden()
    await amy.get_by_test_id("be-josh").click()
    await say(amy, "handoff 3 leads to sales")
    await expect(newer).to_be_visible()


async def test_nothing_is_cut_off_or_scrolls_sideways_on_a_phone(window: Open) -> None:
    page = await window("/", width=360, height=740)
    await fits(page)
    first, name = beginnings(PARTS)[1]  # with October behind it
    await page.get_by_test_id("tour-parts").locator("summary").click()
    await page.get_by_role("button", name=name).click()
    await expect(page.get_by_test_id("tour")).to_contain_text(f"Step {first} of")
    for person in ("josh", "amy", "morgan"):
        for place in ("smarketing", "@kept"):
            await page.goto(f"/rehearsal/{person}/{place}")
            await fits(page)
    await say(page, "help")
    await expect(page.get_by_test_id("private").first).to_be_visible()
    await fits(page)
    await page.get_by_role("button", name="Rooms, people and clock").click()
    await expect(page.get_by_test_id("move-day")).to_be_in_viewport(ratio=1)
    await fits(page)


async def test_without_script_it_reads_and_takes_commands_all_the_same(window: Open) -> None:
    page = await window(JOSH, script=False)
    await page.get_by_test_id("box").fill("handoff 25 leads to sales")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message")).to_contain_text("25 qualified leads")
    await page.get_by_test_id("be-amy").click()
    await page.get_by_role("button", name="Dispute…").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button").first.click()
    await expect(dialog.locator(".error").first).to_be_visible()
    await dialog.get_by_role("link", name="Cancel").click()
    await expect(dialog).to_have_count(0)
    await page.get_by_test_id("move-day").click()
    await expect(page.get_by_test_id("clock")).to_contain_text("Friday 2 October")


async def fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    outside = """[...document.querySelectorAll('body *')].filter((one) => {
        if (one.closest('.scroll, .unseen, .skip, [hidden], svg, .side:not(:popover-open)')) return false;
        const box = one.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    }).map((one) => one.outerHTML.slice(0, 120))"""
    assert await page.evaluate(outside) == [], page.url
