"""A whole deployment as an operator starts it: settings in, Slack answered, everything closed at the end."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.app.async_app import AsyncApp

from bot.app import make_app
from bot.cards import healths as cards
from bot.chat.card import Card
from bot.chat.plain import text_of
from bot.chat.talk import Reply, Utterance
from bot.clock import SystemClock
from bot.desk import healths
from bot.desk.sitting import sit
from bot.files import FileError
from bot.settings import Settings, Slack, read_settings
from bot.slack.calls import call, client, open_session
from bot.slack.door import EVENTS
from bot.slack.manifests import SCOPES
from bot.slack.plugs import open_door
from bot.slack.sockets import Socket
from bot.store.tx import Tx
from tests.slack.fake_slack import FakeSlack, words_in
from tests.slack.house import Office, office

KEY = "a:" + "A" * 43 + "="


def chosen(folder: Path, **environ: str) -> Settings:
    (folder / "app.yaml").write_text("rehearsal: {enabled: false}\n", encoding="utf-8")
    return read_settings({"KEPT_DATABASE_URL": f"sqlite:///{folder}/kept.db"} | environ, folder)


@pytest.mark.parametrize("more", [{}, {"SLACK_APP_TOKEN": "xapp-1"}])
async def test_it_answers_slack_and_closes_what_it_opened(tmp_path: Path, more: dict[str, str]) -> None:
    async with FakeSlack(SystemClock().now) as slack:
        settings = chosen(
            tmp_path,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_SIGNING_SECRET="shh",
            SLACK_API_URL=slack.api_url,
            SLACK_HOOKS_URL=slack.url,
            **more,
        )
        async with TestServer(await make_app(settings)) as server:
            slack.bot_url = str(server.make_url(EVENTS))
            answer = await slack.types("U0JOSH", "help")
            assert "I do not know you" in words_in(answer.body["blocks"])
            if more:
                await slack.connected.wait()
                said = await slack.through_the_socket("slash_commands", slack.command("U0JOSH", "help"))
                assert "I do not know you" in words_in(said["blocks"])


async def test_calls_answers_and_files_go_through_the_environments_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def forward(request: web.Request) -> web.Response:
        seen.append(request.raw_path)
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", forward)
    async with TestServer(app) as proxy:
        monkeypatch.setenv("http_proxy", str(proxy.make_url("/")))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        async with open_session() as session:
            await call(client("http://slack.invalid/api/", session), "auth.test", {})
            await (await session.post("http://hooks.invalid/x", json={})).read()
            await call(client(str(proxy.make_url("/api/")), session), "auth.test", {})
    # A proxy is asked for the whole address, and whoever needs none for the path alone.
    assert seen == ["http://slack.invalid/api/auth.test", "http://hooks.invalid/x", "/api/auth.test"]


async def test_a_wrong_token_for_the_socket_is_said_in_a_sentence_and_stops_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeSlack(SystemClock().now) as slack:
        slack.faults["apps.connections.open"].append("invalid_auth")
        told = asyncio.Event()

        def heard(_: logging.LogRecord) -> bool:
            told.set()
            return True

        monkeypatch.setattr(logging.getLogger("slack_bolt.socket"), "filters", [heard])
        settings = chosen(
            tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-of-another", SLACK_API_URL=slack.api_url
        )
        async with TestServer(await make_app(settings)):
            async with asyncio.timeout(5):
                await told.wait()
    assert "Slack does not take SLACK_APP_TOKEN (invalid_auth)" in caplog.text
    assert "connections:write" in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_trouble_of_the_socket_is_said_once_until_there_is_other_news(caplog: pytest.LogCaptureFixture) -> None:
    socket = Socket(AsyncApp(token="xoxb-1"), "xapp-1", "http://127.0.0.1:1/api/")
    caplog.set_level(logging.INFO, "slack_bolt.socket")
    for words in ("refused", "refused", "refused", "open", "refused"):
        logging.getLogger("slack_bolt.socket").error(words)
    assert caplog.messages == ["refused", "open", "refused"]
    await socket.close_async()


async def test_it_says_at_the_start_who_speaks_and_what_was_not_granted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.slack.installations")
    async with FakeSlack(SystemClock().now) as slack:
        slack.teams["T1"].scopes = set(SCOPES) - {"files:write"}
        for token in ("xoxb-1", "xoxb-of-nobody"):
            settings = chosen(tmp_path, SLACK_BOT_TOKEN=token, SLACK_SIGNING_SECRET="shh", SLACK_API_URL=slack.api_url)
            async with TestServer(await make_app(settings)):
                await introduced()
    assert [each.getMessage() for each in caplog.records if each.name == "bot.slack.installations"] == [
        "it speaks in Slack as U0KEPT in Company X (T1)",
        "Slack did not grant files:write: print the manifest anew, and install the app again",
        "it cannot speak in Slack: its token is wrong; check SLACK_BOT_TOKEN or install the app again",
    ]


async def test_a_new_token_at_a_start_takes_up_what_was_written_off_with_the_old_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].token = "xoxb-revoked"
        await on.slack.types("U0JOSH", "25 leads to sales", command="/handoff")
        await on.travel_to("Fri 16 Oct 2026 17:30")
        assert "it can no longer speak in Slack" in caplog.text
        assert "#smarketing cannot be reached" in await health(on)
        on.slack.teams["T1"].token = "xoxb-1"
        async with open_session() as session:
            chosen = Slack(bot_token="xoxb-1", signing_secret="shh", api_url=on.slack.api_url)
            again = open_door(
                chosen, public_url="", database=on.house.database, clock=on.clock, session=session, ask=nobody_asks
            )
            on.clock.advance(timedelta(minutes=1))
            await again.start()
            await asyncio.wait(
                [each for each in asyncio.all_tasks() if "who speaks here" in each.get_name()], timeout=5
            )
            await again.close()
        assert "cannot be reached" not in await health(on)


async def introduced() -> None:
    """Wait until a door that was just opened knows who speaks."""
    await asyncio.wait([each for each in asyncio.all_tasks() if "who speaks" in each.get_name()], timeout=5)


async def health(on: Office) -> str:
    async def look(tx: Tx) -> Card:
        return cards.health(await healths.health(await sit(tx, on.clock.now(), "", "test")), on.clock.now())

    return text_of(await on.house.database.read("company", look), "UTC")


async def nobody_asks(_: Utterance) -> Reply:
    raise AssertionError


async def test_add_to_slack_is_offered_where_a_client_is_given(tmp_path: Path) -> None:
    settings = chosen(
        tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="s", SLACK_SIGNING_SECRET="shh", KEPT_KEYS=KEY
    )
    async with (
        TestServer(await make_app(settings)) as server,
        aiohttp.ClientSession() as browser,
        browser.get(server.make_url("/slack/install")) as page,
    ):
        assert page.status == 200
        assert "https://slack.com/oauth/v2/authorize?client_id=1.2" in await page.text()
        assert "httponly" in page.headers["Set-Cookie"].lower()


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "shh", "KEPT_KEYS": KEY}, "SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "shh", "SLACK_CLIENT_SECRET": "s"}, "KEPT_KEYS"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL"),
        ({"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_SIGNING_SECRET": "shh"}, "does not begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxe.xoxb-1", "SLACK_SIGNING_SECRET": "shh"}, "runs out after twelve hours"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"}, "does not begin with xapp-"),
    ],
)
def test_half_of_slacks_secrets_stops_the_start(tmp_path: Path, environ: dict[str, str], missing: str) -> None:
    with pytest.raises(FileError, match=missing):
        chosen(tmp_path, **environ)


def test_no_secret_is_shown_among_the_settings(tmp_path: Path) -> None:
    settings = chosen(tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="hush", KEPT_KEYS=KEY)
    shown = f"{settings.redacted()} {settings!r}"
    assert "xoxb" not in shown
    assert "hush" not in shown
    assert KEY not in shown
    assert settings.redacted()["slack"] == "on"
