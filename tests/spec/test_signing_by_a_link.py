"""A supplier without an account signs by a link that works once, for one proposal, in one name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.web.signing import SigningPorts, signing_routes
from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import WORKSPACE, World, moment, private

ADDRESS = "https://kept.example"
JOAN = "    name: Joan Baker\n    title: Vice President of Service\n    identities: {web: joan}\n"
Browser = TestClient[web.Request, web.Application]


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X, whose Joan has no account, with 105 leads from December on before the signatories."""
    file = retold(tmp_path, (JOAN, JOAN.replace("    identities: {web: joan}\n", "")))
    opened = await worlds.begin(file, "Tue 24 Nov 2026 10:00", then=_more_leads_are_proposed)
    opened.house.answering.public_url = ADDRESS
    return opened


async def _more_leads_are_proposed(opened: World) -> None:
    opened.house.answering.public_url = ADDRESS
    await opened.direct("josh").says(
        "josh", "agreement amend A-1 leads target 105 from 1 Dec because close rate was 48 %"
    )
    await opened.direct("josh").says("josh", "agreement propose X-1")
    for member in ("josh", "amy"):
        await opened.direct(member).says(member, "agreement sign X-1")
    opened.everyone_heard_all()


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    app = web.Application()
    app.add_routes(signing_routes(SigningPorts(world.house.database, world.clock, world.house.deliverer.run_once)))
    async with TestClient(TestServer(app)) as client:
        yield client


async def _link(world: World) -> str:
    await world.direct("josh").says("josh", "agreement show X-1")
    said = private(await world.direct("josh").says("josh", "agreement link X-1 for service"))
    found = re.search(rf"{ADDRESS}(/sign/{WORKSPACE}/\S+)", said)
    assert found, said
    return found[1]


async def _sign(browser: Browser, link: str, name: str = "Joan Baker", **more: str) -> tuple[int, str]:
    page = await (await browser.get(link)).text()
    found = re.search(r'name="revision" value="(\d+)"', page)
    revision = found[1] if found else "1"
    answer = await browser.post(link, data={"does": "sign", "name": name, "revision": revision} | more)
    return answer.status, await answer.text()


async def test_who_drafted_it_is_offered_a_link_for_whoever_cannot_be_asked_in_chat(world: World) -> None:
    reply = await world.direct("josh").says("josh", "agreement show X-1")
    assert "[Link for Joan]" in private(reply)
    said = private(await world.direct("josh").says("josh", "agreement link X-1 for service"))
    assert "Whoever has it can sign as Joan Baker, once" in said
    assert "Tue 8 Dec" in said


async def test_looking_at_the_page_changes_nothing_and_shows_everything(world: World, browser: Browser) -> None:
    link = await _link(world)
    for _ in range(2):
        answer = await browser.get(link)
        page = await answer.text()
        assert answer.status == 200
        for part in (
            "105 instead of 100 a month",
            "close rate was 48 %",
            "What follows a miss",
            "Josh Lindqvist for Marketing",
        ):
            assert part in page, part
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    world.everyone_else_heard_nothing()


async def test_signing_by_it_counts_like_any_signature_and_says_whose_link_it_was(
    world: World, browser: Browser
) -> None:
    status, page = await _sign(browser, await _link(world))
    assert (status, "You have signed X-1, as the last one." in page) == (200, True)
    world.channel().hears("A-1 · version 2 is signed by everybody", "Joan for Service")
    world.everyone_heard_all()
    shown = private(await world.direct("amy").says("amy", "agreement show X-1"))
    assert "Joan for Service, Tue 24 Nov by a link that Josh made" in shown


async def test_it_works_once(world: World, browser: Browser) -> None:
    link = await _link(world)
    await _sign(browser, link)
    status, page = await _sign(browser, link)
    assert (status, "This link was used already." in page) == (404, True)
    world.everyone_heard_all()


async def test_it_wants_the_signatorys_own_name(world: World, browser: Browser) -> None:
    link = await _link(world)
    status, page = await _sign(browser, link, name="Josh Lindqvist")
    assert (status, "Type your name as it stands here, Joan Baker" in page) == (422, True)
    world.everyone_else_heard_nothing()
    assert (await _sign(browser, link, name=" joan  BAKER "))[0] == 200
    world.everyone_heard_all()


async def test_declining_by_it_wants_a_reason_and_tells_the_others(world: World, browser: Browser) -> None:
    link = await _link(world)
    status, page = await _sign(browser, link, does="decline", reason=" ")
    assert (status, "Say why you decline" in page) == (422, True)
    status, page = await _sign(browser, link, does="decline", reason="We cannot welcome 53 <b>customers</b>")
    assert (status, "You have declined X-1." in page) == (200, True)
    world.direct("josh").hears("X-1 · declined")
    world.direct("josh").hears("Joan declined X-1", "We cannot welcome 53 <b>customers</b>")
    world.everyone_heard_all()


async def test_what_is_no_link_is_answered_alike_whatever_it_is(world: World, browser: Browser) -> None:
    link = await _link(world)
    for wrong in (
        *(link[:-1], link + "x", link.replace(WORKSPACE, "company-y")),
        *(f"/sign/{WORKSPACE}/{'x' * 300}", f"/sign/{WORKSPACE}/%00", "/sign/%00/x"),
    ):
        answer = await browser.get(URL(wrong, encoded=True))
        assert answer.status == 404
        assert "This link leads nowhere." in await answer.text()


async def test_what_is_no_form_is_no_answer(world: World, browser: Browser) -> None:
    link = await _link(world)
    form = "application/x-www-form-urlencoded"
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", f"{form}; charset=klingon", "text/plain"):
        answer = await browser.post(link, data=b"--x\r\n\r\n\r\n--x", headers={"Content-Type": kind})
        assert answer.status == 404
        assert "That was no answer." in await answer.text()


async def test_a_newer_link_ends_the_older_and_two_weeks_end_any(world: World, browser: Browser) -> None:
    older = await _link(world)
    newer = await _link(world)
    assert "out of date: a newer link was made" in (await _sign(browser, older))[1]
    world.clock.set(moment("Tue 08 Dec 2026 10:00"))
    assert "This link is too old." in (await _sign(browser, newer))[1]


async def test_a_page_from_before_a_change_signs_nothing(world: World, browser: Browser) -> None:
    link = await _link(world)
    answer = await browser.post(link, data={"does": "sign", "name": "Joan Baker", "revision": "1"})
    assert "X-1 has changed since you opened this page." in await answer.text()
    world.everyone_else_heard_nothing()


async def test_the_record_holds_no_link_that_could_be_used(world: World, url: str) -> None:
    reply = await world.direct("josh").says("josh", "agreement link X-1 for service", delivery="same")
    token = private(reply).split("/sign/")[1].split()[0].rsplit("/", 1)[1]
    again = private(await world.direct("josh").says("josh", "agreement link X-1 for service", delivery="same"))
    assert "was shown to you" in again
    assert token not in again


async def test_without_an_address_of_its_own_it_says_so(world: World) -> None:
    world.house.answering.public_url = ""
    reply = await world.direct("josh").says("josh", "agreement link X-1 for service")
    assert reply.refused
    assert "no address that a browser could reach" in private(reply)


async def test_who_can_be_asked_in_chat_gets_no_link_and_strangers_make_none(world: World) -> None:
    assert "does not wait for Sales" in private(await world.direct("josh").says("josh", "agreement link X-1 for sales"))
    reply = await world.direct("tom").says("tom", "agreement link X-1 for service")
    assert reply.refused
    assert "Only the owners of the parties" in private(reply)
