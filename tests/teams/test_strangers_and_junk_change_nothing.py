"""Only Teams gets in: every kind of bad token hears 401, and junk changes nothing and breaks nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiohttp import web

from bot.teams.connector import origin_of
from bot.teams.tokens import Gate, Keys, Trust
from tests.teams.fake_connector import APP, FakeMicrosoft, a_key
from tests.teams.stage import Stage, stage

NOW = datetime.now(UTC)  # noqa: TID251  # tokens live in the world's time


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(teams: FakeMicrosoft) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return f"{part({'alg': 'none', 'kid': 'first'})}.{part(claims)}."


def changed_after_signing(teams: FakeMicrosoft) -> str:
    head, _, signature = teams.token().split(".")
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return f"{head}.{part(claims | {'aud': 'x'})}.{signature}"


def signed_with_the_public_key(teams: FakeMicrosoft) -> str:
    from cryptography.hazmat.primitives import serialization

    public = a_key("first").public_key()
    pem = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    said = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part(claims)}"
    signature = hmac.new(pem, said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


BAD_TOKENS: dict[str, Any] = {
    "no token": lambda teams: "",
    "no token at all but words": lambda teams: "let me in",
    "three dots": lambda teams: "...",
    "another key under a known name": lambda teams: teams.token(key="second", kid="first"),
    "a key that nobody published": lambda teams: teams.token(key="second"),
    "a key endorsed for another channel": lambda teams: teams.token(key="webchat"),
    "no key id": lambda teams: jwt.encode({"aud": APP}, a_key("first"), algorithm="RS256"),
    "a key id that is a path": lambda teams: teams.token(kid="../../etc/passwd"),
    "no algorithm": unsigned,
    "a shared secret": lambda teams: teams.token(alg="HS256", kid="first"),
    "the public key as a shared secret": signed_with_the_public_key,
    "RS512": lambda teams: teams.token(alg="RS512"),
    "changed after signing": changed_after_signing,
    "for another bot": lambda teams: teams.token(aud="00000000-0000-0000-0000-000000000000"),
    "for several bots": lambda teams: teams.token(aud=[APP, "other"]),
    "for nobody": lambda teams: teams.token(aud=None),
    "by another issuer": lambda teams: teams.token(iss="https://sts.windows.net/x/"),
    "by nobody": lambda teams: teams.token(iss=None),
    "run out": lambda teams: teams.token(exp=NOW - timedelta(minutes=10)),
    "without an end": lambda teams: teams.token(exp=None),
    "an end that is no number": lambda teams: teams.token(exp="tomorrow"),
    "not yet": lambda teams: teams.token(nbf=NOW + timedelta(hours=1)),
    "another service address": lambda teams: teams.token(serviceurl="https://evil.example/amer"),
    "no service address": lambda teams: teams.token(serviceurl=None),
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_a_bad_token_is_refused_without_effect(one_url: str, kind: str) -> None:
    async with stage(one_url) as it:
        token = BAD_TOKENS[kind](it.teams)
        status, body = await it.teams.send(it.teams.activity("josh", text="help"), token=token or "")
        assert (status, body) == (401, None)
        await assert_nothing_happened(it)


async def test_a_good_token_gets_in(one_url: str) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", text="help"))
        assert status == 200
        assert len(it.asked) == 1


async def assert_nothing_happened(it: Stage) -> None:
    assert it.asked == []
    assert await it.house.database.read("company", rooms) is None
    await it.delivered()
    assert it.teams.said == []


async def rooms(tx: Any) -> Any:
    from bot.store import teams_rooms

    return await teams_rooms.any_room(tx)


@pytest.mark.parametrize(
    "service",
    [
        "https://evil.example/amer", "http://127.0.0.1:1/amer", "", "javascript:x", "https://",
        "http://127.0.0.1:1@evil.example/", "https://smba.trafficmanager.net.evil.example/", "https://a\\@b/",
        "http://[::1", "https://x:99999999/",
    ],
)  # fmt: skip
async def test_a_forged_service_address_never_receives_our_token_though_its_own_token_names_it(
    one_url: str, service: str
) -> None:
    async with stage(one_url) as it:
        activity = it.teams.activity("josh", text="help", serviceUrl=service)
        status, _ = await it.teams.send(activity, token=it.teams.token(serviceurl=service))
        assert status == 401
        await assert_nothing_happened(it)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://smba.trafficmanager.net/amer/", "https://smba.trafficmanager.net"),
        ("https://SMBA.trafficmanager.net:443/x", "https://smba.trafficmanager.net"),
        ("https://a@smba.trafficmanager.net/", ""),
        ("ftp://smba.trafficmanager.net/", ""),
        ("http://smba.trafficmanager.net/", "http://smba.trafficmanager.net"),
    ],
)
def test_an_address_is_known_by_its_whole_origin(url: str, origin: str) -> None:
    assert origin_of(url) == origin


async def test_another_tenants_words_are_nobodys(one_url: str) -> None:
    async with stage(one_url) as it:
        other = {"tenant": {"id": "11111111-2222-4333-8444-555555555555"}}
        activity = it.teams.activity("josh", text="help", channelData=other)
        activity["conversation"].pop("tenantId")
        assert (await it.teams.send(activity))[0] == 403
        await assert_nothing_happened(it)


async def test_an_activity_of_two_tenants_at_once_is_junk(one_url: str) -> None:
    async with stage(one_url) as it:
        activity = it.teams.activity("josh", text="help", channelData={"tenant": {"id": "other"}})
        assert (await it.teams.send(activity))[0] == 400
        await assert_nothing_happened(it)


async def test_a_multi_tenant_bot_takes_in_a_tenant_at_its_install_and_keeps_it_apart(one_url: str) -> None:
    async with stage(one_url, many=True) as it:
        words = it.teams.activity("josh", text="help")
        assert (await it.teams.send(words))[0] == 403
        await it.teams.send(it.teams.activity("josh", type="installationUpdate", action="add"))
        assert (await it.teams.send(it.teams.activity("josh", text="help")))[0] == 200
        assert it.asked[-1].person.workspace.startswith("teams-")
        assert await it.house.database.read("company", rooms) is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"message"', b"7", b"\xff\xfe\x00", b"{}", b'{"type": 7}', b"[" * 100_000,
        b'{"type": "message", "serviceUrl": ["x"]}', b'{"a": 1e999999}',
    ],
)  # fmt: skip
async def test_junk_with_a_good_token_is_refused_politely(one_url: str, body: bytes) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(body)
        assert status in {400, 401}
        await assert_nothing_happened(it)


async def test_two_megabytes_are_not_read(one_url: str) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", text="x" * 2_000_000))
        assert status == 413
        await assert_nothing_happened(it)


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "x" * 500_000, "<at>Kept</at>" * 1000, "{{DATE(x)}}", "'; DROP TABLE"]
)
async def test_hostile_words_get_an_answer(one_url: str, text: str) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", text=text, name="\x00"))
        assert status == 200
        await it.delivered()
        assert len(it.teams.heard("a:josh")) == 1


async def test_the_keys_are_fetched_once_and_an_unknown_key_asks_again_at_most_once_an_hour(one_url: str) -> None:
    async with stage(one_url) as it:
        for _ in range(5):
            await it.teams.send(it.teams.activity("josh", type="typing"))
        assert it.teams.keys_asked == 1
        for _ in range(5):
            await it.teams.send(it.teams.activity("josh", type="typing"), token=it.teams.token(key="second"))
        assert it.teams.keys_asked == 1
        it.monotonic[0] += 3_601
        it.teams.published = "second"
        status, _ = await it.teams.send(it.teams.activity("josh", type="typing"), token=it.teams.token(key="second"))
        assert status == 200
        assert it.teams.keys_asked == 2
        await it.teams.send(it.teams.activity("josh", type="typing"), token=it.teams.token(kid="third"))
        assert it.teams.keys_asked == 2


@pytest.mark.parametrize(
    "outage",
    [
        lambda _: web.Response(status=503), lambda _: web.Response(text="<html>"), lambda _: web.json_response([]),
        lambda _: web.json_response({}), lambda _: web.json_response({"jwks_uri": "http://127.0.0.1:1/keys"}),
        lambda _: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    ],
)  # fmt: skip
async def test_while_the_keys_cannot_be_had_nobody_gets_in_and_then_everybody_does(one_url: str, outage: Any) -> None:
    async with stage(one_url) as it:
        it.teams.keys_answer = outage
        assert (await it.teams.send(it.teams.activity("josh", type="typing")))[0] == 401
        asked = it.teams.keys_asked
        assert (await it.teams.send(it.teams.activity("josh", type="typing")))[0] == 401
        assert it.teams.keys_asked == asked  # junk cannot make us hammer Microsoft
        it.teams.keys_answer = None
        it.monotonic[0] += 6
        assert (await it.teams.send(it.teams.activity("josh", type="typing")))[0] == 200


async def test_known_keys_outlive_an_outage_of_a_day(one_url: str) -> None:
    async with stage(one_url) as it:
        await it.teams.send(it.teams.activity("josh", type="typing"))
        it.teams.keys_answer = lambda _: web.Response(status=503)
        it.monotonic[0] += 25 * 3600
        assert (await it.teams.send(it.teams.activity("josh", type="typing")))[0] == 200
        it.monotonic[0] += 25 * 3600
        assert (await it.teams.send(it.teams.activity("josh", type="typing")))[0] == 401


def test_an_empty_app_id_stops_the_start() -> None:
    with pytest.raises(ValueError, match="TEAMS_APP_ID"):
        Gate(Trust(" ", "x"), Keys("x", None, lambda: 0.0))  # type: ignore[arg-type]


async def test_without_tokens_only_this_machine_may_speak(one_url: str) -> None:
    async with stage(one_url, anonymous=True) as it:
        activity = it.teams.activity("josh", text="help", channelId="emulator")
        assert (await it.teams.send(activity, token=""))[0] == 200
        forwarded = {"X-Forwarded-For": "203.0.113.7"}
        assert (await it.teams.send(activity, token="", headers=forwarded))[0] == 401
