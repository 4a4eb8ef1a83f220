"""A file that a message comes with is taken from the room it was said in, and from nowhere else."""

from __future__ import annotations

import pytest

from bot.chat.card import Card, File, Text
from tests.bot.web.browser import Browser
from tests.bot.web.memory import SMARKETING, STARTS, House, direct

FILE = File("kept-A-1-2026-10 “x”.csv", "text/csv; charset=utf-8", ("export", "csv", "amy"), "3 <b>lines</b>")
EXPORT = Card("Export · October", "Your export", (Text(("All of it.",)), FILE))


async def test_a_link_in_the_message_gives_the_file(browser: Browser, house: House) -> None:
    await house.messages.insert(direct("amy"), EXPORT, delivery_id="d1", ref="", at=STARTS)
    page = await browser.open("/rehearsal/amy/@kept")
    link = page.messages[0].one("p", class_="file").one("a")
    assert page.messages[0].one("p", class_="file").text == f"{FILE.name} 3 <b>lines</b>"
    answer, text = await browser.raw("GET", link.attributes["href"])
    assert (answer.status, text) == (200, "w export csv amy")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''kept-A-1-2026-10%20")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("where", ["message=1&at=0", "message=1&at=9", "message=7&at=1", "message=x&at=1", ""])
async def test_what_is_no_file_of_the_room_is_not_given(browser: Browser, house: House, where: str) -> None:
    await house.messages.insert(direct("amy"), EXPORT, delivery_id="d1", ref="", at=STARTS)
    answer, text = await browser.raw("GET", f"/rehearsal/amy/@kept/file?{where}")
    assert answer.status == 404
    assert "There is no such file in this room." in text


async def test_nobody_takes_a_file_from_another_ones_conversation(browser: Browser, house: House) -> None:
    await house.messages.insert(direct("amy"), EXPORT, delivery_id="d1", ref="", at=STARTS)
    for room in ("josh/@kept", "amy/smarketing", "josh/smarketing"):
        answer, _ = await browser.raw("GET", f"/rehearsal/{room}/file?message=1&at=1")
        assert answer.status == 404
    await house.messages.insert(SMARKETING, EXPORT, delivery_id="d2", ref="", at=STARTS)
    answer, _ = await browser.raw("GET", "/rehearsal/josh/smarketing/file?message=2&at=1")
    assert answer.status == 200
