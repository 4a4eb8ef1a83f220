"""A Slack over HTTP that keeps Slack's rules: tokens, limits, triggers, response addresses, rates, retries.

What a person would see is kept in `channels`, `ephemerals`, `views` and `homes`. Faults are ordered
by method: each entry is used up by one call. Independent of the product.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import math
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack.rules import message_problems, view_problems

Fault = Literal["429", "500", "502 after", "drop before", "drop after", "nonsense", "nonsense after"] | str
TRIGGER_WITHIN = 3.0
RESPONSE_URL_WITHIN, RESPONSE_URL_USES = 1800.0, 5


@dataclass
class Team:
    id: str = "T1"
    name: str = "Company X"
    token: str = "xoxb-1"
    bot_user: str = "U0KEPT"
    bot_id: str = "B0KEPT"
    scopes: set[str] = field(default_factory=lambda: {"chat:write", "channels:history", "files:write", "im:write"})
    users: set[str] = field(default_factory=lambda: {"U0JOSH", "U0AMY", "U0JOAN"})
    deactivated: set[str] = field(default_factory=set)


@dataclass
class Channel:
    id: str
    team: str
    members: set[str]
    archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Answer:
    """What a request to the bot was answered with."""

    status: int
    body: Any

    @property
    def text(self) -> str:
        return json.dumps(self.body, ensure_ascii=False)


class FakeSlack:
    def __init__(self, now: Callable[[], datetime], *, signing_secret: str = "shh", rate: float = math.inf) -> None:
        self.now = now
        self.signing_secret = signing_secret
        self.rate = rate
        """Messages a second and channel; beyond it the call is answered with 429."""
        self.teams: dict[str, Team] = {"T1": Team()}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[dict[str, Any]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.no_pictures = False
        """Take no pictures, as where they are not allowed."""
        self.attached: dict[str, bytes] = {}
        """Files that people attached, by name."""
        self.fetched: list[str] = []
        """The token that each was asked for with."""
        self.people: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.shown: list[tuple[str, list[str]]] = []
        """Files that were shown in a conversation: where, and which."""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.problems: list[str] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.chance: Callable[[str], Fault | None] = lambda method: None
        self.triggers: dict[str, float] = {}
        self.response_urls: dict[str, tuple[float, int, str, str]] = {}
        self.refreshes: list[str] = []
        self.codes: dict[str, dict[str, Any]] = {}
        self.posted: defaultdict[str, deque[float]] = defaultdict(deque)
        self.bot_url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, asyncio.Future[Any]] = {}
        self.connected = asyncio.Event()
        self._ids = itertools.count(1)
        self._session: aiohttp.ClientSession | None = None
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{name}", self._download)
        app.router.add_get("/socket", self._socket)
        self._server = TestServer(app)
        self.add_channel("C1")

    async def __aenter__(self) -> FakeSlack:
        await self._server.start_server()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()
        for socket in self.sockets:
            await socket.close()
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/"))

    @property
    def api_url(self) -> str:
        return f"{self.url}api/"

    def add_channel(self, identifier: str, team: str = "T1") -> Channel:
        members = set(self.teams[team].users) | {self.teams[team].bot_user}
        self.channels[identifier] = Channel(identifier, team, members)
        return self.channels[identifier]

    # --- what people do -------------------------------------------------------------------------

    def trigger(self) -> str:
        trigger = f"trigger.{next(self._ids)}"
        self.triggers[trigger] = self.now().timestamp()
        return trigger

    def response_url(self, channel: str, user: str) -> str:
        identifier = f"r{next(self._ids)}"
        self.response_urls[identifier] = (self.now().timestamp(), 0, channel, user)
        return f"{self.url}respond/{identifier}"

    async def types(
        self, user: str, text: str, *, command: str = "/sla", channel: str = "C1", team: str = "T1", **more: str
    ) -> Answer:
        return await self.sends(self.command(user, text, command=command, channel=channel, team=team, **more))

    def command(
        self, user: str, text: str, *, command: str = "/sla", channel: str = "C1", team: str = "T1", **more: str
    ) -> dict[str, str]:
        return {
            "command": command,
            "text": text,
            "team_id": team,
            "user_id": user,
            "user_name": user.lower(),
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else channel.lower(),
            "trigger_id": self.trigger(),
            "response_url": self.response_url(channel, user),
            "api_app_id": "A1",
        } | more

    async def presses(
        self, user: str, value: str, *, channel: str = "C1", ts: str = "1.000001", label: str = "Go", team: str = "T1",
        action_id: str = "say-0", **more: Any,
    ) -> Answer:  # fmt: skip
        return await self.interacts(
            self.press(user, value, channel=channel, ts=ts, label=label, team=team, action_id=action_id, **more)
        )

    def press(
        self, user: str, value: str, *, channel: str = "C1", ts: str = "1.000001", label: str = "Go", team: str = "T1",
        action_id: str = "say-0", **more: Any,
    ) -> dict[str, Any]:  # fmt: skip
        return {
            "type": "block_actions",
            "team": {"id": team, "domain": "x"},
            "user": {"id": user, "name": user.lower(), "team_id": team},
            "channel": {"id": channel, "name": channel.lower()},
            "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
            "message": {"ts": ts, "type": "message"},
            "trigger_id": self.trigger(),
            "response_url": self.response_url(channel, user),
            "actions": [
                {
                    "type": "button",
                    "action_id": action_id,
                    "block_id": "buttons-0",
                    "value": value,
                    "text": {"type": "plain_text", "text": label},
                    "action_ts": f"{next(self._ids)}.5",
                }
            ],
        } | more

    async def submits(self, user: str, view_id: str, values: dict[str, Any], *, team: str = "T1") -> Answer:
        answer = await self.interacts(self.submission(user, view_id, values, team=team))
        if isinstance(answer.body, dict) and answer.body.get("response_action") == "update":
            self._require_view(answer.body["view"], self.teams[team])
            self.views[view_id] = {**answer.body["view"], "id": view_id}
        elif isinstance(answer.body, dict) and answer.body.get("response_action") == "errors":
            inputs = {
                each.get("block_id")
                for each in self.views.get(view_id, {}).get("blocks", ())
                if each["type"] == "input"
            }
            if stray := answer.body["errors"].keys() - inputs:
                self.problems.append(f"errors beside no input: {stray}")
        elif isinstance(answer.body, dict) and answer.body.get("response_action") == "clear":
            self.views.pop(view_id, None)
        return answer

    def submission(self, user: str, view_id: str, values: dict[str, Any], *, team: str = "T1") -> dict[str, Any]:
        return {
            "type": "view_submission",
            "team": {"id": team},
            "user": {"id": user, "name": user.lower(), "team_id": team},
            "trigger_id": self.trigger(),
            "view": {**self.views.get(view_id, {"id": view_id}), "state": {"values": values}},
        }

    async def uses_shortcut(
        self, user: str, *, text: str | None = None, channel: str = "C1", files: Sequence[dict[str, str]] = ()
    ) -> Answer:
        payload: dict[str, Any] = {
            "type": "shortcut" if text is None else "message_action",
            "callback_id": "log_handoff",
            "team": {"id": "T1"},
            "user": {"id": user, "name": user.lower()},
            "trigger_id": self.trigger(),
            "action_ts": f"{next(self._ids)}.7",
        }
        if text is not None:
            payload |= {
                "channel": {"id": channel, "name": channel.lower()},
                "message": {"ts": "5.5", "text": text, "user": "U0AMY", "files": list(files)},
                "response_url": self.response_url(channel, user),
            }
        return await self.interacts(payload)

    async def happens(self, event: dict[str, Any], *, team: str = "T1", again: bool = True) -> list[Answer]:
        """An event, sent again up to three times while it is not acknowledged, as Slack does."""
        body = {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A1",
            "event": {"event_ts": f"{next(self._ids)}.9", **event},
            "event_id": f"Ev{next(self._ids)}",
            "event_time": int(self.now().timestamp()),
            "authorizations": [{"team_id": team, "user_id": "U0KEPT", "is_bot": True}],
        }
        answers = [await self.sends_json(body)]
        for retry in range(1, 4):
            if answers[-1].status < 300 or not again:
                break
            retried = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
            answers.append(await self.sends_json(body, headers=retried))
        return answers

    async def mentions(self, user: str, text: str, *, channel: str = "C1", **more: str) -> list[Answer]:
        ts = f"{next(self._ids)}.000100"
        event = {"type": "app_mention", "user": user, "text": text, "channel": channel, "ts": ts, "event_ts": ts}
        return await self.happens(event | more)

    async def writes(self, user: str, text: str, **more: str) -> list[Answer]:
        ts = f"{next(self._ids)}.000100"
        event = {"type": "message", "channel_type": "im", "user": user, "text": text, "channel": f"D{user}", "ts": ts}
        return await self.happens(event | {"event_ts": ts} | more)

    # --- how it arrives -------------------------------------------------------------------------

    async def sends(self, fields: dict[str, str]) -> Answer:
        return await self.sends_raw(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def interacts(self, payload: dict[str, Any]) -> Answer:
        return await self.sends({"payload": json.dumps(payload)})

    async def sends_json(self, body: Any, headers: dict[str, str] | None = None) -> Answer:
        return await self.sends_raw(json.dumps(body).encode(), "application/json", headers)

    async def sends_raw(self, raw: bytes, kind: str, headers: dict[str, str] | None = None) -> Answer:
        signed = self.signed(raw) | {"Content-Type": kind} | (headers or {})
        assert self._session is not None
        async with self._session.post(self.bot_url, data=raw, headers=signed) as response:
            text = await response.text()
            body = json.loads(text) if text.startswith("{") else text
            if isinstance(body, dict) and "blocks" in body:
                self.problems += message_problems(body["blocks"], body.get("text", ""))
            return Answer(response.status, body)

    def signed(self, raw: bytes, at: str | None = None) -> dict[str, str]:
        timestamp = at or str(int(self.now().timestamp()))
        signature = hmac.new(self.signing_secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature.hexdigest()}"}

    async def through_the_socket(self, kind: str, payload: dict[str, Any]) -> Any:
        """An envelope over Socket Mode; what it was acknowledged with."""
        envelope = f"env-{next(self._ids)}"
        self.acknowledged[envelope] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json({"envelope_id": envelope, "type": kind, "payload": payload})
        async with asyncio.timeout(5):
            return await self.acknowledged[envelope]

    # --- the Web API ----------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await self._body(request)
        self.calls.append((method, body))
        fault = self.faults[method].popleft() if self.faults[method] else self.chance(method)
        if fault == "429":
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "7"})
        if fault == "500":
            return web.Response(status=500, text="<html>oh no</html>", content_type="text/html")
        if fault == "drop before":
            return self._dropped(request)
        if fault == "nonsense":
            return web.Response(text="<html>maintenance</html>", content_type="text/html")
        if fault and not fault.endswith("after"):
            return web.json_response({"ok": False, "error": fault})
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            answer = {"ok": True, **await self._do(method, body, token)}
        except KeyError as refused:
            answer = {"ok": False, "error": str(refused.args[0])}
        if answer.get("error") == "ratelimited":
            return web.json_response(answer, status=429, headers={"Retry-After": "1"})
        if fault == "502 after":
            return web.Response(status=502, text="bad gateway", content_type="text/html")
        if fault == "drop after":
            return self._dropped(request)
        if fault == "nonsense after":
            return web.Response(text="{not json", content_type="application/json")
        granted = next((",".join(sorted(each.scopes)) for each in self.teams.values() if each.token == token), "")
        return web.json_response(answer, headers={"X-OAuth-Scopes": granted} if granted else None)

    def _dropped(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def _body(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(await request.json())
        form = {name: str(value) for name, value in (await request.post()).items()}
        return form | dict(request.query)

    async def _do(self, method: str, body: dict[str, Any], token: str) -> dict[str, Any]:
        if method == "oauth.v2.access":
            return self._exchange(body)
        if method == "apps.connections.open":
            if not token.startswith("xapp-"):
                raise KeyError("invalid_auth")
            return {"url": f"{self.url.replace('http', 'ws', 1)}socket"}
        team = next((team for team in self.teams.values() if team.token == token), None)
        if team is None:
            raise KeyError("invalid_auth")
        do = getattr(self, "_do_" + method.replace(".", "_").lower(), None)
        if do is None:
            raise KeyError("unknown_method")
        answer: dict[str, Any] = do(team, body)
        return answer

    def _do_auth_test(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": team.id, "team": team.name, "user_id": team.bot_user, "bot_id": team.bot_id}

    def _do_chat_postmessage(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        self._require_message(body)
        self._pace(channel.id)
        ts = f"{self.now().timestamp():.0f}.{next(self._ids):06d}"
        message = {"ts": ts, "type": "message", "bot_id": team.bot_id, "user": team.bot_user}
        kept = ("text", "blocks", "metadata", "thread_ts")
        channel.messages.append(message | {name: body[name] for name in kept if name in body})
        return {"channel": channel.id, "ts": ts}

    def _do_chat_update(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        self._require_message(body)
        message = next((each for each in channel.messages if each["ts"] == body["ts"]), None)
        if message is None:
            raise KeyError("message_not_found")
        if _is_rich(message.get("blocks")) and not _is_rich(body.get("blocks")):
            raise KeyError("block_mismatch")
        message.update({name: body[name] for name in ("text", "blocks", "metadata") if name in body})
        return {"channel": channel.id, "ts": body["ts"]}

    def _do_chat_postephemeral(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        if body["user"] not in channel.members:
            raise KeyError("user_not_in_channel")
        self._require_message(body)
        self.ephemerals.append({**body, "via": "postEphemeral"})
        return {"message_ts": "1.1"}

    def _do_conversations_info(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self.channels.get(body["channel"])
        if channel is None or channel.team != team.id:
            raise KeyError("channel_not_found")
        return {"channel": {"id": body["channel"], "name": body["channel"].lower()}}

    def _do_users_info(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        user = self.people.get(body["user"])
        if user is None:
            raise KeyError("user_not_found")
        shown = {**user, "profile": {k: v for k, v in user.get("profile", {}).items() if k != "email"}}
        return {"user": user if "users:read.email" in team.scopes else shown}

    def _do_conversations_open(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        user = body["users"]
        if user not in team.users | team.deactivated:
            raise KeyError("user_not_found")
        if user in team.deactivated:
            raise KeyError("user_disabled")
        if "im:write" not in team.scopes:
            raise KeyError("missing_scope")
        self.channels.setdefault(f"D{user}", Channel(f"D{user}", team.id, {user, team.bot_user}))
        return {"channel": {"id": f"D{user}"}}

    def _do_conversations_history(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if "channels:history" not in team.scopes:
            raise KeyError("missing_scope")
        channel = self._speaks_in(team, body["channel"])
        said = [each for each in channel.messages if "thread_ts" not in each][::-1]
        return self._page(said, body)

    def _do_conversations_replies(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if "channels:history" not in team.scopes:
            raise KeyError("missing_scope")
        channel = self._speaks_in(team, body["channel"])
        return self._page([each for each in channel.messages if each.get("thread_ts") == body["ts"]], body)

    def _page(self, said: list[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
        said = [each for each in said if float(each["ts"]) >= float(body.get("oldest", 0))]
        start, most = int(body.get("cursor", 0)), int(body.get("limit", 100))
        shown = said[start : start + most]
        if body.get("include_all_metadata") != "true":
            shown = [{name: value for name, value in each.items() if name != "metadata"} for each in shown]
        rest = str(start + most) if start + most < len(said) else ""
        return {"messages": shown, "response_metadata": {"next_cursor": rest}}

    def _do_views_open(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        opened_at = self.triggers.pop(body["trigger_id"], None)
        if opened_at is None:
            raise KeyError("exchanged_trigger_id")
        if self.now().timestamp() - opened_at > TRIGGER_WITHIN:
            raise KeyError("expired_trigger_id")
        self._require_view(body["view"], team)
        identifier = f"V{next(self._ids)}"
        self.views[identifier] = {**body["view"], "id": identifier}
        return {"view": {"id": identifier}}

    def _do_views_update(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if body["view_id"] not in self.views:
            raise KeyError("not_found")
        self._require_view(body["view"], team)
        self.views[body["view_id"]] = {**body["view"], "id": body["view_id"]}
        return {"view": {"id": body["view_id"]}}

    def _do_views_publish(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        self._require_view(body["view"], team)
        self.homes[body["user_id"]] = body["view"]
        return {"view": {"id": "VHOME"}}

    def _do_files_getuploadurlexternal(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if "files:write" not in team.scopes:
            raise KeyError("missing_scope")
        identifier = f"F{next(self._ids)}"
        self.files[identifier] = {
            "name": body["filename"],
            "alt": body.get("alt_txt", ""),
            "length": int(body["length"]),
            "ready": False,
        }
        return {"upload_url": f"{self.url}upload/{identifier}", "file_id": identifier}

    def _do_files_completeuploadexternal(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        for file in body["files"]:
            if "bytes" not in self.files[file["id"]]:
                raise KeyError("file_not_found")
            self.files[file["id"]] |= {"ready": True, "title": file.get("title", "")}
        if shown_in := body.get("channel_id"):
            self._speaks_in(team, shown_in)
            self.shown.append((shown_in, [file["id"] for file in body["files"]]))
        return {"files": body["files"]}

    def _exchange(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("grant_type") == "refresh_token":
            self.refreshes.append(body["refresh_token"])
            team = next(
                (each for each in self.teams.values() if f"refresh-{each.token}" == body["refresh_token"]), None
            )
            if team is None:
                raise KeyError("invalid_refresh_token")
            team.token = f"{team.token}+"
        elif body.get("code") in self.codes:
            team = self.teams[self.codes.pop(body["code"])["team"]]
        else:
            raise KeyError("invalid_code")
        return {
            "access_token": team.token,
            "token_type": "bot",
            "refresh_token": f"refresh-{team.token}",
            "expires_in": 43_200,
            "scope": ",".join(sorted(team.scopes)),
            "bot_user_id": team.bot_user,
            "app_id": "A1",
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0AMY"},
        }

    def _speaks_in(self, team: Team, identifier: str) -> Channel:
        channel = self.channels.get(identifier)
        if channel is None or channel.team != team.id:
            raise KeyError("channel_not_found")
        if team.bot_user not in channel.members:
            raise KeyError("not_in_channel")
        if channel.archived:
            raise KeyError("is_archived")
        return channel

    def _pace(self, channel: str) -> None:
        at = self.now().timestamp()
        recent = self.posted[channel]
        while recent and at - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= self.rate:
            raise KeyError("ratelimited")
        recent.append(at)

    def _require_message(self, body: dict[str, Any]) -> None:
        found = message_problems(body.get("blocks"), body.get("text", ""))
        if not self._are_ready(body):
            raise KeyError("invalid_blocks")
        if found:
            self.problems += found
            raise KeyError("invalid_blocks")

    def _are_ready(self, drawn: dict[str, Any]) -> bool:
        """Whether every picture is one that was uploaded whole, in a place that takes pictures."""
        pictures = [block["slack_file"]["id"] for block in drawn.get("blocks") or () if block.get("type") == "image"]
        known = all(self.files.get(file, {}).get("ready") for file in pictures)
        return known and not (pictures and self.no_pictures)

    def _require_view(self, view: dict[str, Any], team: Team) -> None:
        found = view_problems(view)
        if '"file_input"' in json.dumps(view) and "files:read" not in team.scopes:
            found = [*found, "a file input without the scope files:read"]
        if found:
            self.problems += found
            raise KeyError("invalid_arguments")
        if not self._are_ready(view):
            raise KeyError("invalid_arguments")

    async def _respond(self, request: web.Request) -> web.Response:
        identifier = request.match_info["id"]
        if identifier not in self.response_urls:
            return web.Response(status=404, text="not found")
        made_at, used, channel, user = self.response_urls[identifier]
        if self.now().timestamp() - made_at > RESPONSE_URL_WITHIN:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if used >= RESPONSE_URL_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        body = await request.json()
        if message_problems(body.get("blocks"), body.get("text", "")) or not self._are_ready(body):
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        self.response_urls[identifier] = (made_at, used + 1, channel, user)
        self.ephemerals.append({**body, "channel": channel, "user": user, "via": "response_url"})
        return web.Response(text="ok")

    async def _download(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.fetched.append(token)
        team = next((each for each in self.teams.values() if each.token == token), None)
        if team is None or "files:read" not in team.scopes:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.attached[request.match_info["name"]], content_type="text/csv")

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.files[request.match_info["id"]]
        file["bytes"] = await request.read()
        return web.Response(text=f"OK - {file['length']}", status=200 if len(file["bytes"]) == file["length"] else 400)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.connected.set()
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                said = json.loads(message.data)
                self.acknowledged[said["envelope_id"]].set_result(said.get("payload"))
        return socket


def _is_rich(blocks: Any) -> bool:
    return any(block.get("type") == "rich_text" for block in blocks or ())


def words_in(drawn: Any) -> str:
    """Everything that somebody reads in blocks or a view."""
    if isinstance(drawn, dict):
        here = [drawn["text"]] if isinstance(drawn.get("text"), str) else []
        here += [drawn["fallback"]] if isinstance(drawn.get("fallback"), str) else []
        return "".join(here) + "".join(words_in(value) + "\n" for value in drawn.values() if not isinstance(value, str))
    return "".join(words_in(value) for value in drawn) if isinstance(drawn, list) else ""
