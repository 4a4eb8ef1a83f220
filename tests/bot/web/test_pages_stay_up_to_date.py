"""Open pages hear what is said and what changes, each in its reader's own words, and miss nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.card import Card, Moment, Text
from tests.bot.chat.cards import receipt
from tests.bot.web.browser import Browser, visitor
from tests.bot.web.memory import SMARKETING, House, direct

ROOM = "/rehearsal/amy/smarketing"


async def test_a_message_arrives_by_itself(browser: Browser, house: House) -> None:
    line = await browser.line(await browser.open(ROOM))
    await house.says(SMARKETING, receipt("H-1"), "H-1")
    news = await line.event("message")
    assert (news["edited"], news["thread"], news["summary"]) == (False, "", receipt("H-1").summary)
    assert 'id="m1"' in news["html"]
    line.close()


async def test_a_change_arrives_as_the_same_message(browser: Browser, house: House) -> None:
    said = await house.says(SMARKETING, receipt("H-1"))
    line = await browser.line(await browser.open(ROOM))
    await house.changes(said, Card("25 accepted", ""))
    news = await line.event("message")
    assert (news["id"], news["edited"]) == (said.id, True)
    assert "edited" in news["html"]
    line.close()


async def test_two_windows_are_two_people_with_their_own_clocks_and_buttons(browser: Browser, house: House) -> None:
    amys = await browser.line(await browser.open(ROOM))
    joans = await browser.line(await browser.open("/rehearsal/joan/smarketing"))
    card = replace(receipt("H-1"), blocks=(Text((Moment(house.clock.moment, "time"),)),))
    await house.says(SMARKETING, card)
    hers, theirs = await amys.event("message"), await joans.event("message")
    assert ">09:00</time>" in hers["html"]
    assert "Accept all 25" in hers["html"]
    assert ">15:00</time>" in theirs["html"]
    assert "Accept all 25" not in theirs["html"]
    amys.close()
    joans.close()


async def test_what_is_said_elsewhere_only_counts(browser: Browser, house: House) -> None:
    line = await browser.line(await browser.open(ROOM))
    assert (await line.event("badges"))["rooms"] == {"smarketing": 0, "company-x": 0, "@kept": 0}
    await house.says(direct("amy"), Card("private", ""))
    await house.says(direct("josh"), Card("not hers", ""))
    badges = await line.event("badges")
    while badges["people"]["josh"] == 0:
        badges = await line.event("badges")
    assert badges["rooms"]["@kept"] == 1
    assert badges["people"] == {"josh": 1, "amy": 0, "joan": 0, "morgan": 0, "priya": 0, "tom": 0, "nina": 0}
    line.close()


async def test_what_arrives_on_an_open_page_has_been_read(browser: Browser, house: House) -> None:
    line = await browser.line(await browser.open(ROOM))
    await house.says(SMARKETING, Card("a", ""))
    await line.event("message")
    await house.says(direct("amy"), Card("b", ""))
    await line.event("badges")
    assert (await house.messages.unread("amy", [SMARKETING]))["channel", "smarketing"] == 0
    line.close()


async def test_what_is_read_in_one_window_is_no_longer_counted_in_another(browser: Browser, house: House) -> None:
    await house.says(direct("josh"), Card("to read", ""))
    line = await browser.line(await browser.open(ROOM))
    assert (await line.event("badges"))["people"]["josh"] == 1
    await browser.open("/rehearsal/josh/@kept")
    assert (await line.event("badges"))["people"]["josh"] == 0
    line.close()


async def test_who_lost_the_line_is_given_what_was_missed_once(browser: Browser, house: House) -> None:
    page = await browser.open(ROOM)
    line = await browser.line(page)
    await house.says(SMARKETING, Card("heard", ""))
    await line.event("message")
    line.close()
    missed = await house.says(SMARKETING, Card("missed", ""))
    await house.changes(missed, Card("missed, then changed", ""))
    again = await browser.line(page, **{"Last-Event-ID": line.last_id})
    news = await again.event("message")
    assert "missed, then changed" in news["html"]
    await house.says(SMARKETING, Card("next", ""))
    assert "next" in (await again.event("message"))["html"]
    again.close()


async def test_what_is_said_between_loading_and_listening_is_not_lost(browser: Browser, house: House) -> None:
    page = await browser.open(ROOM)
    await house.says(SMARKETING, Card("in between", ""))
    line = await browser.line(page)
    assert "in between" in (await line.event("message"))["html"]
    line.close()


async def test_a_page_of_an_earlier_story_is_told_to_load_anew(browser: Browser, house: House) -> None:
    await house.says(SMARKETING, Card("a", ""))
    page = await browser.open(ROOM)
    line = await browser.line(page)
    await house.start_over()
    house.bell.ring_in_a_new_epoch()
    assert await line.event("reset") == {}
    assert await line.ended()
    late = await browser.line(page)
    assert await late.event("reset") == {}


async def test_a_line_that_breaks_inside_ends_and_can_be_called_again(
    browser: Browser, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = await browser.open(ROOM)
    line = await browser.line(page)
    await line.event("clock")
    house.clock.next_thing_fails = True
    house.clock.moment += timedelta(days=1)
    house.bell.ring()
    assert await line.ended()
    assert "a live line broke off" in caplog.text
    house.clock.next_thing_fails = False
    again = await browser.line(page)
    assert (await again.event("clock"))["short"] == "Fri 2 Oct 09:00"
    again.close()


async def test_a_page_that_knows_no_cursor_is_told_to_load_anew(browser: Browser) -> None:
    assert await (await browser.line(f"{ROOM}/events?after=nonsense")).event("reset") == {}


async def test_a_page_that_has_seen_more_than_was_ever_said_is_of_another_story(browser: Browser) -> None:
    assert await (await browser.line(f"{ROOM}/events?after=0-7")).event("reset") == {}


async def test_a_reply_says_which_thread_it_hangs_under_and_its_root_counts_it(browser: Browser, house: House) -> None:
    root = await house.says(SMARKETING, receipt("H-1"))
    line = await browser.line(await browser.open(ROOM))
    await house.says(replace(SMARKETING, thread=str(root.id)), Card("a note", ""))
    first, second = await line.event("message"), await line.event("message")
    assert (first["thread"], second["id"]) == (str(root.id), root.id)
    assert "1 reply" in second["html"]
    line.close()


async def test_the_clock_of_an_open_page_moves_along(browser: Browser, house: House) -> None:
    line = await browser.line(await browser.open(ROOM))
    assert (await line.event("clock"))["short"] == "Thu 1 Oct 09:00"
    house.clock.moment += timedelta(days=1)
    house.bell.ring()
    clock = await line.event("clock")
    assert (clock["short"], clock["going"], clock["next"]) == ("Fri 2 Oct 09:00", "", "")
    assert "Friday" in clock["face"]
    line.close()


async def test_a_journey_that_takes_its_time_shows_how_far_it_has_got(browser: Browser, house: House) -> None:
    house.clock.way_is_free.clear()
    page = await browser.open(ROOM)
    line = await browser.line(page)
    moving = asyncio.create_task(page.submit("/clock", by="day"))
    clock = await line.event("clock")
    while not clock["going"]:
        clock = await line.event("clock")
    assert clock["going"] == "travelling… Thu 1 Oct"
    house.clock.moment += timedelta(hours=12)
    assert (await line.event("clock"))["short"] == "Thu 1 Oct 21:00"
    house.clock.way_is_free.set()
    while clock["going"]:
        clock = await line.event("clock")
    assert clock["short"] == "Fri 2 Oct 09:00"
    await moving
    line.close()


async def test_pages_are_let_go_when_the_house_closes(house: House) -> None:
    browser, client = await visitor(house)
    line = await browser.line(await browser.open(ROOM))
    await line.event("clock")
    closing = asyncio.create_task(client.server.close())
    assert await line.ended()
    await closing
    await client.close()
