"""Microsoft, as far as a bot can see it, over HTTP: published keys, signed activities, and the connector.

It keeps the rules that cost somebody data: a card over 28 KB or beside text is refused, a message
that is gone cannot be changed, a conversation that Kept is not in takes nothing, and only our own
token is believed. What breaks a rule without being refused by Teams is written into `problems`.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.teams.reading import actions, size, text
from tests.teams.schemas import assert_card

APP = "6b1f0f5e-7a52-4c0c-9c2e-2f1c3d0a7e11"
TENANT = "0d8b2a5e-1111-4222-8333-944455556666"
ISSUER = "https://api.botframework.com"
BOT = f"28:{APP}"
OUR_TOKEN = "our-own-token"
MOST = 28 * 1024
Fault = Callable[[web.Request], "web.Response | None"]


@lru_cache(maxsize=4)
def a_key(name: str) -> rsa.RSAPrivateKey:
    """A signing key, made once a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Said:
    """A message as Teams shows it."""

    id: str
    conversation: str
    activity: dict[str, Any]
    edits: int = 0

    @property
    def card(self) -> dict[str, Any]:
        found: dict[str, Any] = self.activity["attachments"][0]["content"]
        return found

    @property
    def text(self) -> str:
        return text(self.card)

    def button(self, label: str) -> dict[str, Any]:
        return next(each for each in actions(self.card) if each["title"].startswith(label))


@dataclass
class FakeMicrosoft:
    """Teams and what is behind it. `bot_url` is where the bot hears."""

    bot_url: str = ""
    said: list[Said] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    conversations: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    keys_answer: Callable[[web.Request], web.Response] | None = None
    loses_answer: Callable[[], bool] = lambda: False
    keys_asked: int = 0
    tokens_seen: list[str] = field(default_factory=list)
    drive: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes | str] = field(default_factory=dict)
    roster: dict[str, dict[str, str]] = field(default_factory=dict)
    url: str = ""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _server: TestServer | None = None
    published: str = "first"
    channels: dict[str, dict[str, str]] = field(default_factory=dict)
    """What a team's channels are called, by their ids."""

    async def __aenter__(self) -> FakeMicrosoft:
        app = web.Application(client_max_size=2**24)
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/amer/v3/conversations", self._open)
        app.router.add_post("/amer/v3/conversations/{conversation}/activities", self._post)
        app.router.add_put("/amer/v3/conversations/{conversation}/activities/{id}", self._put)
        app.router.add_get("/amer/v3/conversations/{conversation}/members/{id}", self._member)
        app.router.add_get("/amer/v3/teams/{team}/conversations", self._channels)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_get("/amer/v3/attachments/{name}/views/original", self._pasted)
        app.router.add_put("/drive/{name}", self._put_file)
        self._server = TestServer(app)
        await self._server.start_server()
        self.url = str(self._server.make_url("")).rstrip("/")
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        assert self._server is not None
        await self._server.close()

    @property
    def service(self) -> str:
        return f"{self.url}/amer"

    async def _channels(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {OUR_TOKEN}"
        listed = self.channels.get(request.match_info["team"])
        if listed is None:
            return web.json_response({"error": {"code": "ServiceError", "message": "Unknown"}}, status=404)
        named = [{"id": each, "name": name} for each, name in listed.items()]
        return web.json_response({"conversations": [{"id": request.match_info["team"], "name": None}, *named]})

    # ---- what Teams sends ----------------------------------------------------------------------

    def token(self, *, key: str = "first", kid: str = "", alg: str = "RS256", **claims: Any) -> str:
        """A token as Microsoft signs it, or nearly."""
        now = datetime.now(UTC)  # noqa: TID251  # tokens live in the world's time
        whole: dict[str, Any] = {
            "iss": ISSUER, "aud": APP, "exp": now + timedelta(hours=1), "nbf": now - timedelta(minutes=1),
            "serviceurl": self.service,
        } | claims  # fmt: skip
        kept = {name: value for name, value in whole.items() if value is not None}
        signing: Any = a_key(key) if alg.startswith("RS") else "secret" * 8
        return jwt.encode(kept, signing, algorithm=alg, headers={"kid": kid or key})

    def activity(self, user: str, conversation: str = "", **parts: Any) -> dict[str, Any]:
        """An activity of somebody, in their own chat or a channel."""
        personal = not conversation
        conversation = conversation or f"a:{user}"
        self.conversations.add(conversation.partition(";")[0])
        self.roster[f"29:{user}"] = {"id": f"29:{user}", "aadObjectId": user, "name": user.title()}
        return {
            "type": "message",
            "id": f"{next(self._numbers)}",
            "timestamp": "2026-10-16T14:02:00Z",
            "serviceUrl": self.service,
            "channelId": "msteams",
            "from": {"id": f"29:{user}", "name": user.title(), "aadObjectId": user},
            "conversation": {
                "id": conversation,
                "conversationType": "personal" if personal else "channel",
                "tenantId": TENANT,
            },
            "recipient": {"id": BOT, "name": "Kept"},
            "channelData": {"tenant": {"id": TENANT}},
        } | parts

    async def send(
        self, activity: Any, *, token: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Deliver a body to the bot: status and answer."""
        raw = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        sent = {"Content-Type": "application/json", "Authorization": f"Bearer {token or self.token()}"}
        if token == "":
            del sent["Authorization"]
        async with self._session.post(self.bot_url, data=io.BytesIO(raw), headers=sent | (headers or {})) as answer:
            body = await answer.text()
            assert "Traceback" not in body
            try:
                return answer.status, json.loads(body) if body else None
            except ValueError:
                return answer.status, body

    async def fetch(self, url: str) -> tuple[int, bytes]:
        """What Teams gets when it fetches a picture."""
        async with self._session.get(url) as answer:
            return answer.status, await answer.read()

    async def says(self, user: str, words: str, conversation: str = "", **parts: Any) -> tuple[int, Any]:
        """Somebody types: bare words in their own chat, a mention in front in a channel."""
        entities: list[dict[str, Any]] = list(parts.pop("entities", []))
        if conversation:
            words = f"<at>Kept</at> {words}"
            entities.append({"type": "mention", "text": "<at>Kept</at>", "mentioned": {"id": BOT, "name": "Kept"}})
        return await self.send(self.activity(user, conversation, text=words, entities=entities, **parts))

    async def presses(self, user: str, said: Said, label: str, **inputs: str) -> Any:
        """Somebody presses a button that executes; what Teams is answered."""
        action = said.button(label)
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": action["data"] | inputs}}
        return await self.invokes(user, "adaptiveCard/action", value | {"trigger": "manual"}, said)

    async def invokes(self, user: str, name: str, value: Any, said: Said | None = None, conversation: str = "") -> Any:
        """An invoke, and what it is answered."""
        where = conversation or (said.conversation if said else "")
        where = "" if where == f"a:{user}" else where
        parts = {"type": "invoke", "name": name, "value": value} | ({"replyToId": said.id} if said else {})
        status, body = await self.send(self.activity(user, where, **parts))
        assert status in {200, 501}
        return body

    def heard(self, conversation: str) -> list[Said]:
        """What was said in a conversation, as it is now."""
        return [each for each in self.said if each.conversation.partition(";")[0] == conversation]

    # ---- what the bot asks ---------------------------------------------------------------------

    async def _openid(self, request: web.Request) -> web.Response:
        self.keys_asked += 1
        if self.keys_answer is not None:
            return self.keys_answer(request)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        keys = [
            {**jwk(self.published), "kid": self.published, "use": "sig", "endorsements": ["msteams"]},
            {**jwk("webchat"), "kid": "webchat", "use": "sig", "endorsements": ["webchat"]},
            {"kty": "EC", "kid": "odd"},
        ]
        return web.json_response({"keys": keys})

    async def _put_file(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers, "the address itself is the leave to write there"
        begins, ends, size = map(int, re.findall(r"\d+", request.headers["Content-Range"]))
        part, name = await request.read(), request.match_info["name"]
        held = self.drive.setdefault(name, b"")
        if len(part) != ends - begins + 1 or len(held) != begins:
            return web.Response(status=416)
        self.drive[name] = held + part
        return web.Response(status=201 if ends + 1 == size else 202)

    async def _file(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers, "a file needs no token, and ours goes nowhere else"
        content = self.files.get(request.match_info["name"])
        if isinstance(content, str):
            return web.Response(status=302, headers={"Location": content})
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _pasted(self, request: web.Request) -> web.Response:
        if (refused := self._refused(request)) is not None:
            return refused
        content = self.files.get(request.match_info["name"])
        return web.Response(body=content) if isinstance(content, bytes) else web.Response(status=404)

    async def _open(self, request: web.Request) -> web.Response:
        if (refused := self._refused(request)) is not None:
            return refused
        body = await request.json()
        if body.get("tenantId") != TENANT:
            return error(400, "BadArgument", "a tenant is needed")
        user = str(body["members"][0]["id"]).removeprefix("29:")
        self.conversations.add(f"a:{user}")
        return web.json_response({"id": f"a:{user}"}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        if (refused := self._refused(request, conversation)) is not None:
            return refused
        activity = await request.json()
        if (wrong := self._judge(activity)) is not None:
            return wrong
        said = Said(f"1:{next(self._numbers)}", conversation, activity)
        self.said.append(said)
        if self.loses_answer():
            return error(502, "BadGateway", "the answer was lost, the message was not")
        return web.json_response({"id": said.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        if (refused := self._refused(request, conversation)) is not None:
            return refused
        activity = await request.json()
        if (wrong := self._judge(activity)) is not None:
            return wrong
        found = next((each for each in self.said if each.id == request.match_info["id"]), None)
        if found is None:
            return error(404, "ActivityNotFound", "Activity not found in conversation")
        found.activity, found.edits = activity, found.edits + 1
        return web.json_response({"id": found.id})

    async def _member(self, request: web.Request) -> web.Response:
        if (refused := self._refused(request)) is not None:
            return refused
        found = self.roster.get(request.match_info["id"])
        return web.json_response(found) if found else error(404, "MemberNotFound", "no such member")

    def _refused(self, request: web.Request, conversation: str = "") -> web.Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.tokens_seen.append(token)
        if self.faults and (fault := self.faults.pop(0)(request)) is not None:
            return fault
        if token != OUR_TOKEN:
            return error(401, "Unauthorized", "token expired")
        if conversation and conversation.partition(";")[0] not in self.conversations:
            return error(404, "ConversationNotFound", "Conversation not found.")
        return None

    def _judge(self, activity: dict[str, Any]) -> web.Response | None:
        (attached,) = activity["attachments"]
        if attached["contentType"].startswith("application/vnd.microsoft.teams.card.file."):
            return None
        card = attached["content"]
        if activity.get("text"):
            self.problems.append("text beside a card: Teams makes two messages of it")
        if not activity.get("summary"):
            self.problems.append("no summary: the notification says nothing")
        if size(card) > MOST:
            return error(413, "MessageSizeTooBig", "Message size too large.")
        try:
            assert_card(card)
        except AssertionError as fault:
            self.problems.append(str(fault))
        return None


def error(status: int, code: str, message: str, **headers: str) -> web.Response:
    """An error as the connector writes it."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status, headers=headers)


def jwk(name: str) -> dict[str, Any]:
    """A key as Microsoft publishes it."""
    made: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(a_key(name).public_key()))
    return made
