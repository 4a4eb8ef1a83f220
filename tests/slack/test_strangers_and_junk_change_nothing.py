"""Whatever arrives at Slack's address, nothing changes unless Slack sent it, and nothing is ever an error of ours."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.talk import Reply
from bot.slack import guard
from bot.slack.addresses import lies_below
from bot.slack.guard import Guard, NotFromSlack, readable
from tests.examples import examples
from tests.slack.stage import STARTS, Stage, stage

FORM = "application/x-www-form-urlencoded"


async def post(on: Stage, raw: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(on.slack.bot_url, data=BytesIO(raw), headers={"Content-Type": FORM} | headers) as response,
    ):
        return response.status, await response.text()


def command(on: Stage, **more: str) -> bytes:
    return urlencode(on.slack.command("U0JOSH", "25 leads to sales", command="/handoff") | more).encode()


async def test_a_signature_that_is_wrong_missing_or_stale_is_refused_without_a_word() -> None:
    async with stage() as on:
        raw = command(on)
        signed = on.slack.signed(raw)
        now = int(STARTS.timestamp())
        for headers in (
            {},
            {"X-Slack-Signature": signed["X-Slack-Signature"]},
            signed | {"X-Slack-Signature": "v0=" + "0" * 64},
            signed | {"X-Slack-Signature": ""},
            signed | {"X-Slack-Signature": "v0=ümlaut"},
            signed | {"X-Slack-Request-Timestamp": "soon"},
            signed | {"X-Slack-Request-Timestamp": "1e9"},
            signed | {"X-Slack-Request-Timestamp": "９９９"},
            signed | {"X-Slack-Request-Timestamp": "9" * 400},
            on.slack.signed(raw, str(now - 301)),
            on.slack.signed(raw, str(now + 301)),
            on.slack.signed(raw + b"&text=400+leads"),
        ):
            assert await post(on, raw, headers) == (401, "")
        assert on.house.asked == []


async def test_a_recorded_request_is_taken_once() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=Card("private", "private"))
        raw = command(on)
        signed = on.slack.signed(raw)
        assert (await post(on, raw, signed))[0] == 200
        assert await post(on, raw, signed) == (401, "")
        assert len(on.house.asked) == 1


async def test_two_megabytes_are_not_read() -> None:
    async with stage() as on:
        raw = b"text=" + b"x" * (2 * 1024 * 1024)
        assert await post(on, raw, on.slack.signed(raw)) == (413, "")


async def test_what_is_packed_and_cannot_be_unpacked_is_no_error_of_ours() -> None:
    async with stage() as on:
        assert await post(on, command(on), {"Content-Encoding": "gzip"}) == (400, "")


JUNK: list[tuple[bytes, str]] = [
    (b"", FORM),
    (b"\xff\xfe\x00", FORM),
    (b"payload=%7Bnot+json", FORM),
    (b"payload=[1,2]", FORM),
    (b"payload=null", FORM),
    (b"{", "application/json"),
    (b"[]", "application/json"),
    (b"[" * 100_000, "application/json"),
    (b'"text"', "application/json"),
    (b'{"type":7}', "application/json"),
    (b'{"type":"event_callback","event":"text"}', "application/json"),
    (b'{"type":"event_callback","event":{"type":{}}}', "application/json"),
    (b'{"type":"event_callback","team_id":"T1","event":null}', "application/json"),
    (b'{"type":"event_callback","team_id":"T1","authorizations":["x"],"event":{"type":"message"}}', "application/json"),
    (b'{"type":"block_actions","team":[],"actions":{}}', "application/json"),
    (b"&".join(b"a=%d" % number for number in range(500)), FORM),
    (b"a=1", "text/weird"),
    (
        b'{"type":"event_callback","team_id":"T1","event":' + b'{"type":"m","message":' * 400 + b"{}" + b"}" * 401,
        "application/json",
    ),
    (b'{"type":"event_callback","team_id":"T1","event":{"type":"app_mention","user":7}}', "application/json"),
    (b'{"type":"event_callback","authorizations":[{"enterprise":7}],"event":{"type":"message"}}', "application/json"),
]


@pytest.mark.parametrize(("raw", "kind"), JUNK)
async def test_signed_junk_is_refused_and_is_no_error_of_ours(raw: bytes, kind: str) -> None:
    async with stage() as on:
        status, text = await post(on, raw, on.slack.signed(raw) | {"Content-Type": kind})
        assert 200 <= status < 500
        assert "Traceback" not in text
        assert on.house.asked == []


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "actions": []},
        {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "actions": [{}]},
        {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "actions": [{"action_id": "x"}]},
        {"type": "block_actions", "team": {"id": "T1"}, "user": {}, "actions": [{"action_id": "x", "value": 7}]},
        {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "view": {"callback_id": "filled"}},
        {"type": "view_submission", "team": {"id": "T1"}, "user": {}, "view": {"callback_id": "else", "id": "V1"}},
        {
            "type": "view_submission",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "view": {"state": [], "callback_id": "filled"},
        },
        {"type": "view_closed", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "view": {"callback_id": "filled"}},
        {"type": "shortcut", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "callback_id": "x", "trigger_id": "none"},
        {"type": "message_action", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "callback_id": "x", "message": {}},
        {"type": "block_suggestion", "team": {"id": "T1"}, "user": {"id": "U0AMY"}, "value": "x"},
        {"type": "something_new", "team": {"id": "T1"}, "user": {"id": "U0AMY"}},
        {
            "type": "interactive_message",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "actions": [{"name": "a", "value": "b"}],
        },
    ],
)
async def test_interactions_that_are_not_ours_are_let_go(payload: dict[str, Any]) -> None:
    async with stage() as on:
        answer = await on.slack.interacts(payload)
        await on.settled()
        assert 200 <= answer.status < 500
        assert "Traceback" not in answer.text
        assert [asked for asked in on.house.asked if asked.text != "handoff …"] == []


async def test_what_is_no_text_is_taken_out_of_words_wherever_they_stand() -> None:
    async with stage() as on:
        no_text = "2\x005 \ud800leads \U0001f600"
        answers = [
            *await on.slack.writes("U0JOSH", no_text),
            *await on.slack.mentions("U0JOSH", f"<@U0KEPT> {no_text}"),
            await on.slack.presses("U0JOSH", json.dumps({"say": no_text})),
            await on.slack.types("U0JOSH", "2\x005 leads \U0001f600"),
        ]
        await on.settled()
        assert {answer.status for answer in answers} == {200}
        assert {asked.text for asked in on.house.asked} == {"25 leads \U0001f600"}


async def test_a_strangers_request_makes_us_call_nobody() -> None:
    async with stage(response_host="https://hooks.slack.com/") as on:
        elsewhere = on.slack.response_url("C1", "U0EVE")
        assert (await on.slack.types("U0EVE", "status", team="T666", response_url=elsewhere)).status == 200
        await on.settled()
        assert on.slack.ephemerals == []


@pytest.mark.parametrize("value", ["accept H-41", '{"say":""}', '{"say":"x","by":"admin"}', "[]", '{"kept":"nowhere"}'])
async def test_a_forged_button_is_told_that_it_means_nothing(value: str) -> None:
    async with stage() as on:
        assert (await on.slack.presses("U0AMY", value)).status == 200
        await on.settled()
        assert on.house.asked == []
        assert "button is from another time" in on.slack.ephemerals[0]["text"]


async def test_a_forged_page_of_a_card_shows_nothing_of_anybody() -> None:
    async with stage() as on:
        await on.ports.shelf.put("company", {"k": '{"is":"card/1"}', "text": "handoff 25 leads"})
        await on.ports.shelf.put("another", {"theirs": "secret"})
        for kept in ("k", "text", "theirs", "../k"):
            assert (await on.slack.presses("U0AMY", json.dumps({"turn": kept, "start": 3}))).status == 200
        await on.settled()
        assert all("another time" in shown["text"] for shown in on.slack.ephemerals)
        assert on.slack.views == {}


async def test_another_workspace_is_a_stranger() -> None:
    async with stage() as on:
        answer = await on.slack.types("U0EVE", "status", team="T666")
        assert answer.status == 200
        await on.slack.happens({"type": "app_mention", "user": "U0EVE", "channel": "C1", "ts": "1"}, team="T666")
        await on.slack.presses("U0EVE", '{"say":"accept H-41"}', team="T666")
        await on.slack.happens({"type": "app_uninstalled"}, team="T666")
        assert on.house.asked == []
        assert on.house.changes == []


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "READ_WITHIN", 0.05)
    async with stage() as on:
        address = urlsplit(on.slack.bot_url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n" % FORM.encode())
        writer.write(b"Content-Length: 100\r\n\r\ntext=")
        async with asyncio.timeout(5):
            assert b" 408 " in await reader.readline()
        writer.close()


async def test_slacks_own_checks_are_answered() -> None:
    async with stage() as on:
        answer = await on.slack.sends_json({"type": "url_verification", "challenge": "abc", "token": "x"})
        assert (answer.status, answer.body) == (200, {"challenge": "abc"})
        assert (await on.slack.sends({"ssl_check": "1", "token": "x"})).status == 200
        assert (await post(on, b"ssl_check=1&token=x", {}))[0] == 200, "which may come without a signature"
        assert (await post(on, command(on) + b"&ssl_check=1", {}))[0] == 401
        limited = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820, "api_app_id": "A1"}
        assert (await on.slack.sends_json(limited)).status == 200


async def test_an_event_of_a_kind_we_do_not_know_is_acknowledged() -> None:
    async with stage() as on:
        answers = await on.slack.happens({"type": "pin_added", "user": "U0AMY"})
        assert [answer.status for answer in answers] == [200]


@pytest.mark.parametrize("secret", ["", "  "])
def test_an_empty_signing_secret_stops_the_start(secret: str) -> None:
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
        Guard(secret, lambda: STARTS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
            ("type", "team", "team_id", "event", "user", "view", "actions", "authorizations", "channel", "payload")
        ), inner, max_size=4),
        max_leaves=12,
    )
)  # fmt: skip
@examples(80)
def test_any_json_is_either_readable_or_refused(body: Any) -> None:
    for text, kind in ((json.dumps(body), "application/json"), (urlencode({"payload": json.dumps(body)}), FORM)):
        with suppress(NotFromSlack):
            readable(text, kind)


def test_memory_for_recordings_is_bounded() -> None:
    guard = Guard("shh", lambda: STARTS)
    for number in range(5_000):
        guard.remember(str(number))
    assert len(guard._heard) == 4_096


@pytest.mark.parametrize(
    ("address", "is_below"),
    [
        ("https://files.slack.com/files-pri/T1-F1/leads.csv", True),
        ("https://files.slack.com:443/files-pri/x", True),
        ("https://files.slack.com.evil.example/x", False),
        ("https://files.slack.com@evil.example/x", False),
        ("https://evil.example/https://files.slack.com/x", False),
        ("https://files.slack.com\\@evil.example/x", False),
        ("http://files.slack.com/x", False),
        ("https://files.slack.com:8443/x", False),
        ("//files.slack.com/x", False),
        ("https://[files.slack.com/x", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("base", ["https://files.slack.com/", "https://files.slack.com"])
def test_our_token_goes_to_slacks_own_host_alone(address: str, base: str, is_below: bool) -> None:
    assert lies_below(address, base) == is_below
