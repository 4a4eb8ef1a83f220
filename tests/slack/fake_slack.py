"""A Slack over HTTP that keeps Slack's rules: tokens, limits, triggers, response addresses, rates, retries.

What a person would see is kept in `channels`, `ephemerals`, `views` and `homes`. Faults are ordered
by method: each entry is used up by one call. Independent of the product.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack.fake_methods import Methods, scope_for
from tests.slack.fake_people import People
from tests.slack.rules import message_problems

RESPONSE_URL_WITHIN, RESPONSE_URL_USES = 1800.0, 5


class FakeSlack(People, Methods):
    """The server: what is asked over HTTP and the socket, and what breaks on the way."""

    def __init__(self, now: Callable[[], datetime], *, signing_secret: str = "shh", rate: float = math.inf) -> None:
        super().__init__(now, signing_secret=signing_secret, rate=rate)
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{name}", self._download)
        app.router.add_get("/socket", self._socket)
        self._server = TestServer(app)

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
        if scope_for(method, body.get("channel", "")) not in {"", *team.scopes}:
            raise KeyError("missing_scope")
        do = getattr(self, "_do_" + method.replace(".", "_").lower(), None)
        if do is None:
            raise KeyError("unknown_method")
        answer: dict[str, Any] = do(team, body)
        return answer

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


def words_in(drawn: Any) -> str:
    """Everything that somebody reads in blocks or a view."""
    if isinstance(drawn, dict):
        here = [drawn["text"]] if isinstance(drawn.get("text"), str) else []
        here += [drawn["fallback"]] if isinstance(drawn.get("fallback"), str) else []
        return "".join(here) + "".join(words_in(value) + "\n" for value in drawn.values() if not isinstance(value, str))
    return "".join(words_in(value) for value in drawn) if isinstance(drawn, list) else ""
