"""A room as one person sees it, without any script."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.card import Card, Moment, Text
from bot.web.tour import TourStep
from tests.bot.chat.cards import HOSTILE, receipt
from tests.bot.web.browser import Browser
from tests.bot.web.memory import SMARKETING, House, direct

ROOM = "/rehearsal/amy/smarketing"


async def test_the_first_page_says_what_this_is_and_lets_one_in(browser: Browser, house: House) -> None:
    house.tour = ()
    page = await browser.open("/")
    assert [link.text for link in page.tree.every("a", data_test="walk-in")] == ["Walk in on your own"]
    cast = [link.one("b").text for link in page.tree.one("ul", class_="cast").every("a")]
    assert cast == ["Josh", "Amy", "Joan", "Morgan Reyes", "Priya", "Tom", "Nina"]
    assert page.tree.every("button", data_test="start-tour") == []
    walked_in = await browser.open(page.tree.one("a", data_test="walk-in").attributes["href"])
    assert walked_in.tree.one("h1").text.startswith("#smarketing")


async def test_an_empty_house_says_what_to_do(browser: Browser, house: House) -> None:
    house.cast = ()
    page = await browser.open("/")
    assert "Apply an agreement" in page.tree.one("p", class_="empty").text


async def test_an_address_without_a_room_leads_to_the_first(browser: Browser) -> None:
    assert (await browser.open("/rehearsal/joan")).url == "/rehearsal/joan/smarketing"
    assert (await browser.open("/rehearsal")).url == "/rehearsal/josh/smarketing"


async def test_an_empty_room_says_so(browser: Browser, house: House) -> None:
    page = await browser.open(ROOM)
    assert "Nothing has been said in #smarketing yet" in page.tree.one("p", id="empty").text
    await house.says(SMARKETING, Card("hello", ""))
    assert "hidden" in (await browser.open(ROOM)).tree.one("p", id="empty").attributes


async def test_messages_stand_under_their_day_in_the_readers_zone(browser: Browser, house: House) -> None:
    await house.says(SMARKETING, Card("morning", ""))
    house.clock.moment += timedelta(hours=14)
    await house.says(SMARKETING, Card("evening in New York, next day in Zurich", ""))
    new_york, zurich = await browser.open(ROOM), await browser.open("/rehearsal/joan/smarketing")
    assert [day.text for day in new_york.tree.every("li", class_="day")] == ["Thursday 1 October"]
    assert [day.text for day in zurich.tree.every("li", class_="day")] == ["Thursday 1 October", "Friday 2 October"]
    assert [entry.one("p", class_="when").text for entry in zurich.messages] == ["15:00", "05:00"]


async def test_a_message_that_changed_says_when_without_shouting(browser: Browser, house: House) -> None:
    said = await house.says(SMARKETING, Card("25 awaiting", ""))
    house.clock.moment += timedelta(minutes=5)
    await house.changes(said, Card("25 accepted", ""))
    house.clock.moment += timedelta(days=1)
    other = await house.says(SMARKETING, Card("x", ""))
    house.clock.moment += timedelta(days=1)
    await house.changes(other, Card("y", ""))
    page = await browser.open(ROOM)
    assert [mark.text for mark in page.tree.every("span", class_="edited")] == [
        "edited 09:05",
        "edited Sat 3 Oct 09:05",
    ]


async def test_what_is_new_elsewhere_is_counted_and_forgotten_once_seen(browser: Browser, house: House) -> None:
    await house.says(SMARKETING, Card("a", ""))
    await house.says(direct("amy"), Card("b", ""))
    await house.says(direct("josh"), Card("c", ""))

    async def badges(url: str) -> dict[str, str]:
        tree = (await browser.open(url)).tree
        links = [*tree.every("a", class_="room"), *tree.every("a")]
        return {
            link.attributes.get("data-room") or link.attributes["data-person"]: link.one("span", class_="count").text
            for link in links
            if link.every("span", class_="count") and "hidden" not in link.one("span", class_="badge").attributes
        }

    assert await badges("/rehearsal/amy/company-x") == {"smarketing": "1", "@kept": "1", "josh": "1"}
    assert await badges("/rehearsal/amy/@kept") == {"smarketing": "1", "josh": "1"}
    assert await badges("/rehearsal/amy/smarketing") == {"josh": "1"}
    assert await badges("/rehearsal/josh/company-x") == {"smarketing": "1", "@kept": "1"}


async def test_somebody_else_finds_the_same_room_in_their_own_words(browser: Browser) -> None:
    page = await browser.open(ROOM)
    josh = page.tree.one("a", data_person="josh")
    there = await browser.open(josh.attributes["href"])
    assert there.url == "/rehearsal/josh/smarketing"
    assert there.tree.one("a", aria_current="true").attributes["data-person"] == "josh"


async def test_a_long_talk_is_read_page_by_page(browser: Browser, house: House) -> None:
    for number in range(45):
        await house.says(SMARKETING, Card(f"m{number}", ""))
    page = await browser.open(ROOM)
    assert (page.titles[0], page.titles[-1], len(page.titles)) == ("m5", "m44", 40)
    earlier = await browser.open(page.tree.one("p", class_="older").one("a").attributes["href"])
    assert earlier.titles == ["m0", "m1", "m2", "m3", "m4"]
    newest = await browser.open(earlier.tree.one("p", class_="older").one("a").attributes["href"])
    assert newest.titles == page.titles


async def test_a_thread_opens_beside_the_talk(browser: Browser, house: House) -> None:
    root = await house.says(SMARKETING, receipt("H-1"))
    await house.says(replace(SMARKETING, thread=str(root.id)), Card("Amy’s note", ""))
    page = await browser.open(ROOM)
    link = page.tree.one("a", class_="replies")
    assert (link.text, page.titles) == ("1 reply", [receipt("H-1").title])
    opened = await browser.open(link.attributes["href"])
    panel = opened.tree.one("aside", class_="thread")
    assert [title.text for title in panel.every("h3")] == [receipt("H-1").title, "Amy’s note"]
    ids = [node.attributes["id"] for node in opened.tree.every("li") if "id" in node.attributes]
    assert len(ids) == len(set(ids))


async def test_a_thread_of_another_room_does_not_open(browser: Browser, house: House) -> None:
    theirs = await house.says(direct("josh"), Card("Only for Josh", ""))
    page = await browser.open(f"{ROOM}?thread={theirs.id}")
    assert page.tree.every("aside", class_="thread") == []
    assert "Only for Josh" not in page.html


async def test_the_clock_shows_the_readers_time_and_what_comes_next(browser: Browser, house: House) -> None:
    house.clock.falls_due = [(house.clock.moment + timedelta(days=1), lambda: None)]
    page = await browser.open("/rehearsal/joan/smarketing")
    assert page.tree.one("div", data_test="clock").text == "Thursday 1 October 2026 15:00 Zurich"
    assert page.tree.one("span", id="next-thing").text == "Fri 2 Oct 15:00"
    house.clock.falls_due = []
    page = await browser.open("/rehearsal/joan/smarketing")
    assert "disabled" in page.tree.one("button", data_test="move-next").attributes


@pytest.mark.parametrize("url", ["/rehearsal/nobody/smarketing", "/rehearsal/amy/nowhere", "/rehearsal/nobody"])
async def test_who_and_what_is_not_here_is_said_with_a_way_back(browser: Browser, url: str) -> None:
    page = await browser.open(url)
    assert page.status == 404
    assert "in this rehearsal" in page.tree.one("h1").text
    assert (await browser.open(page.tree.one("a", class_="primary").attributes["href"])).status == 200


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=99999999999999999999", "thread=²", "from=abc", "form=../x", "tour=a.1"]
)
async def test_an_address_that_makes_no_sense_shows_the_plain_room(browser: Browser, query: str) -> None:
    assert (await browser.open(f"{ROOM}?{query}")).status == 200


async def test_hostile_words_stay_words_on_a_whole_page(browser: Browser, house: House) -> None:
    for words in HOSTILE:
        await house.says(SMARKETING, Card(words, words, (Text((words, Moment(house.clock.moment))),), ref=words), words)
    page = await browser.open(ROOM)
    assert len(page.messages) == len(HOSTILE)
    assert len(page.tree.every("script")) == 1
    assert page.tree.every("img") == []
    assert page.messages[0].one("h3").text == "<script>alert(1)</script>"


async def test_every_page_can_be_found_about_without_seeing_it(browser: Browser, house: House) -> None:
    house.tour = (TourStep("amy", "smarketing", "A promise", "Look."),)
    await house.says(SMARKETING, receipt("H-1"))
    for url in ("/", ROOM, f"{ROOM}?tour=abcd.1"):
        tree = (await browser.open(url)).tree
        assert tree.one("html").attributes["lang"] == "en"
        assert len(tree.every("main")) == 1
        assert len(tree.every("h1")) == 1
        skip = tree.one("a", class_="skip").attributes["href"].removeprefix("#")
        ids = [
            node.attributes["id"] for tag in ("main", "input") for node in tree.every(tag) if "id" in node.attributes
        ]
        assert skip in ids
        assert all(nav.attributes.get("aria-label") for nav in tree.every("nav"))
        labelled = {label.attributes["for"] for label in tree.every("label")}
        for box in tree.every("input"):
            assert box.attributes["type"] == "hidden" or box.attributes["id"] in labelled
        for button in tree.every("button"):
            assert button.text or button.attributes.get("aria-label")


async def test_light_or_dark_is_remembered_by_the_browser_and_leads_back(browser: Browser) -> None:
    page = await browser.open(ROOM)
    assert page.tree.one("html").attributes["data-theme"] == "auto"
    page = await page.submit("/theme", theme="dark")
    assert page.url == ROOM
    assert page.tree.one("html").attributes["data-theme"] == "dark"
    assert (await browser.open("/")).tree.one("html").attributes["data-theme"] == "dark"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
async def test_the_switch_never_leads_to_another_site(browser: Browser, back: str) -> None:
    action, held = (await browser.open(ROOM)).form("/theme")
    answer, _ = await browser.raw("POST", action, data=held | {"theme": "dark", "back": back}, headers=browser.headers)
    assert answer.headers["Location"] == "/"
