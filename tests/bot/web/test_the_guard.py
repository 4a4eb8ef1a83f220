"""The room answers its own pages under its own name, and tells no stranger anything."""

from __future__ import annotations

import io
import logging
from urllib.parse import urlencode

import pytest

from bot.chat.talk import Reply
from slacore.errors import Refusal
from tests.bot.web.browser import Browser
from tests.bot.web.memory import House

ROOM = "/rehearsal/amy/smarketing"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "[::2]", "a b"])
async def test_a_name_that_is_not_ours_is_not_answered(browser: Browser, host: str) -> None:
    answer, text = await browser.raw("GET", ROOM, headers={"Host": host})
    assert answer.status in {400, 403}
    assert "Amy" not in text


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "LOCALHOST"])
async def test_the_names_of_this_machine_are_answered(browser: Browser, host: str) -> None:
    answer, _ = await browser.raw("GET", ROOM, headers={"Host": host})
    assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://x:99999"},
        {"Origin": "http://["},
    ],
)
async def test_a_post_from_another_page_changes_nothing(
    browser: Browser, house: House, headers: dict[str, str]
) -> None:
    action, held = (await browser.open(ROOM)).form("/say")
    page = await browser.post(action, held | {"text": "accept H-1"}, **headers)
    assert page.status == 403
    assert house.heard == []


@pytest.mark.parametrize("ending", ["/say", "/clock", "/theme"])
@pytest.mark.parametrize("token", [None, "", "guessed", "ü"])
async def test_a_post_without_the_pages_own_token_changes_nothing(
    browser: Browser, house: House, ending: str, token: str | None
) -> None:
    action, held = (await browser.open(ROOM)).form(ending)
    held = {name: value for name, value in held.items() if name != "token"} | (
        {} if token is None else {"token": token}
    )
    before = house.clock.moment
    page = await browser.post(action, held | {"text": "status", "by": "day", "theme": "dark"})
    assert page.status == 403
    assert (house.heard, house.clock.moment) == ([], before)
    assert "from before the rehearsal was started" in page.tree.one("h1").text


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/json", "text/plain; charset=klingon"])
async def test_a_post_that_is_no_form_is_no_page_of_ours(browser: Browser, house: House, kind: str) -> None:
    headers = browser.headers | {"Content-Type": kind}
    answer, text = await browser.raw("POST", f"{ROOM}/say", data=b"\xff{", headers=headers)
    assert answer.status == 403
    assert "Traceback" not in text
    assert house.heard == []


async def test_a_client_that_says_nothing_of_its_origin_still_needs_the_token(browser: Browser, house: House) -> None:
    action, held = (await browser.open(ROOM)).form("/say")
    answer, _ = await browser.raw("POST", action, data=held | {"text": "status"})
    assert answer.status == 303
    assert len(house.heard) == 1


async def test_nothing_but_our_own_script_and_style_may_run(browser: Browser) -> None:
    answer, text = await browser.raw("GET", ROOM)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert " style=" not in text
    assert "<style" not in text


async def test_a_page_refers_only_to_files_that_are_served_and_may_be_kept(browser: Browser) -> None:
    tree = (await browser.open(ROOM)).tree
    files = [link.attributes["href"] for link in tree.every("link")]
    files += [script.attributes["src"] for script in tree.every("script")]
    assert len(files) == 4
    for file in files:
        answer, _ = await browser.raw("GET", file)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]


async def test_a_file_that_is_not_a_pages_is_not_served(browser: Browser) -> None:
    for name in ("pages.py", "..%2Fpages.py", "rehearsal.css.map"):
        answer, _ = await browser.raw("GET", f"/static/{name}")
        assert answer.status == 404


async def test_what_goes_wrong_inside_is_logged_and_told_without_its_insides(
    browser: Browser, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.answers = [RuntimeError("the cellar is flooded"), Reply()]
    with caplog.at_level(logging.ERROR):
        page = await (await browser.open(ROOM)).say("status")
    assert page.status == 500
    assert "went wrong on our side" in page.tree.one("h1").text
    assert "cellar" not in page.html
    assert "Traceback" not in page.html
    reference = page.tree.one("h1").text.partition("reference ")[2].partition(")")[0]
    assert reference in caplog.text
    assert "the cellar is flooded" in caplog.text


async def test_the_script_is_told_what_went_wrong_in_words(
    browser: Browser, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.answers = [RuntimeError("the cellar is flooded")]
    action, held = (await browser.open(ROOM)).form("/say")
    status, told = await browser.script(action, held | {"text": "status"})
    assert status == 500
    assert set(told) == {"problem", "next_step"}
    assert "cellar" not in told["problem"]


async def test_a_refusal_of_the_door_says_why_and_what_to_do(browser: Browser, house: House) -> None:
    house.answers = [Refusal("The room is being painted.", "Come back tomorrow.")]
    page = await (await browser.open(ROOM)).say("status")
    assert page.status == 409
    assert (page.tree.one("h1").text, page.tree.one("p", class_="lead").text) == (
        "The room is being painted.",
        "Come back tomorrow.",
    )


async def test_a_flood_of_words_is_turned_away_in_words(browser: Browser, house: House) -> None:
    action, held = (await browser.open(ROOM)).form("/say")
    flood = io.BytesIO(urlencode(held | {"text": "x" * 2_000_000}).encode())
    form = browser.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    answer, text = await browser.raw("POST", action, data=flood, headers=form)
    assert answer.status == 413
    assert "far more than fits" in text
    assert house.heard == []
