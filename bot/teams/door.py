"""Teams' door: one address for everything that Teams sends, the pictures it fetches, and the messenger.

Life cycle: made by the composition root, `add_routes` on its web app, `start`, then `close`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import web

from bot.chat.legible import legible
from bot.chat.lookouts import Lookout
from bot.chat.messenger import DeliveryFailed
from bot.store.database import DatabaseGone
from bot.teams import limits
from bot.teams.activities import Activity, Nonsense, read
from bot.teams.answers import Answers
from bot.teams.connector import Connector
from bot.teams.downloads import Downloads
from bot.teams.grants import Grant
from bot.teams.handing import Handing
from bot.teams.inbound import PATIENCE, Inbound
from bot.teams.installs import Installs
from bot.teams.looks import PICTURES, Looks
from bot.teams.manifests import ABOUT
from bot.teams.outbound import TeamsMessenger
from bot.teams.ports import Ports
from bot.teams.rounds import ROUND_AFTER, ROUND_EVERY, Concerned, Rounds
from bot.teams.tokens import Gate, NotFromTeams, require_same_service

log = logging.getLogger(__name__)

MESSAGES = "/api/messages"
"""Where Teams sends everything."""
READ_WITHIN = 5.0
"""Seconds for a body to arrive; Teams itself waits ten for the answer."""
_KEY = re.compile(r"[0-9a-f]{48}")


class Door:
    """Everything of Teams' in one process.

    `gate` is None for Microsoft's Agents Playground, which sends no tokens: then only this machine
    may speak, and the composition root listens on loopback alone. `concerned` are the teams that a slow round asks.
    """

    def __init__(
        self,
        ports: Ports,
        session: aiohttp.ClientSession,
        *,
        gate: Gate | None,
        grant: Grant,
        app_id: str,
        tenant: str,
        workspace: str,
        many: bool,
        services: tuple[str, ...],
        files: tuple[str, ...] = (),
        public_url: str,
        secret: str,
        concerned: Callable[[], Awaitable[Sequence[Concerned]]] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Plug the door together; nothing is asked of Microsoft yet."""
        self._gate = gate
        self._connector = Connector(session, grant, services, ports.clock)
        self._looks = Looks(ports, public_url, secret)
        self._installs = Installs(ports, tenant=tenant, workspace=workspace, many=many)
        self.messenger = TeamsMessenger(ports, self._connector, self._looks, app_id)
        answers = Answers(ports, self._looks, self._connector, self.messenger)
        downloads = Downloads(session, files, self._connector.picture)
        handing = Handing(ports, self._connector, self.messenger, session, files, secret)
        self._inbound = Inbound(ports, self._connector, answers, self._installs, downloads, handing, patience=patience)
        self._lookouts = [Lookout(self._inbound.answer_left_behind, "teams inbox")]
        if concerned is not None:
            rounds = Rounds(concerned, self._connector, ports.renamed)
            self._lookouts.append(Lookout(rounds.go, "teams round", ROUND_EVERY, ROUND_AFTER))
        self._grant, self._app_id = grant, app_id
        self._proving: asyncio.Task[None] | None = None

    def add_routes(self, app: web.Application) -> None:
        """Answer Teams at its address."""
        app.router.add_post(MESSAGES, self._messages)
        app.router.add_get(PICTURES, self._picture)
        app.router.add_get(ABOUT, self._about)

    async def start(self) -> None:
        """Go after what a process that died had promised to answer, and prove to Microsoft who we are."""
        self._proving = asyncio.create_task(self._prove(), name="proving who we are to Microsoft")
        for each in self._lookouts:
            each.start()

    async def close(self) -> None:
        """Finish what is under way."""
        for each in self._lookouts:
            await each.close()
        await self._inbound.close()
        if self._proving is not None:
            self._proving.cancel()
            await asyncio.gather(self._proving, return_exceptions=True)

    async def answer_left_behind(self) -> None:
        """Answer what was acknowledged and never answered, now."""
        await self._inbound.answer_left_behind()

    async def _prove(self) -> None:
        """Get a token at the start, so that whoever installed us hears of a wrong secret before a report is due."""
        try:
            if await self._grant.token():
                log.info("it speaks in Teams as %s", self._app_id)
        except DeliveryFailed:  # which is logged where it is met, with Microsoft's own words
            log.error("it cannot speak in Teams; look at TEAMS_APP_ID, its secret or certificate, and TEAMS_TENANT_ID")

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            activity = await self._admit(request)
            workspace = await self._installs.workspace_of(activity)
        except NotFromTeams as refused:
            log.info("refused a request: %s", refused)
            return web.Response(status=401)
        except Nonsense as nonsense:
            return web.Response(status=400, text=str(nonsense))
        except _TooLarge:
            return web.Response(status=413)
        except DatabaseGone:
            log.exception("Teams sent something while the database was away")
            return web.Response(status=429, headers={"Retry-After": "5"})
        if workspace is None:
            log.info("a request of tenant %s, which is nobody's here", activity.tenant[:80])
            return web.Response(status=403)
        status, body = await self._inbound.receive(activity, workspace)
        return web.Response(status=status) if body is None else web.json_response(body, status=status)

    async def _admit(self, request: web.Request) -> Activity:
        """The activity of a request that Teams sent. Raises NotFromTeams, Nonsense."""
        claims: Mapping[str, Any] = {}
        if self._gate is not None:
            claims = await self._gate.claims(request.headers.get("Authorization", ""))
        elif request.remote not in {"127.0.0.1", "::1"} or "X-Forwarded-For" in request.headers:
            raise NotFromTeams("without tokens only this machine may speak")
        if (request.content_length or 0) > limits.BODY_BYTES:
            raise _TooLarge
        try:
            raw = await _read(request)
            activity = read(legible(json.loads(raw)))
        except (ValueError, RecursionError) as error:
            raise Nonsense("no activity") from error
        if self._gate is not None:
            if activity.channel != "msteams":
                raise NotFromTeams(f"channel {activity.channel[:40]!r}")
            require_same_service(claims, activity.service_url)
        if not self._connector.trusts(activity.service_url):
            raise NotFromTeams(f"service address {activity.service_url[:120]!r}")
        return activity

    async def _about(self, _: web.Request) -> web.Response:
        return web.Response(text=_KEEPS)

    async def _picture(self, request: web.Request) -> web.Response:
        workspace, key = request.match_info["workspace"], request.match_info["key"]
        try:
            asked = _KEY.fullmatch(key) and legible(workspace) == workspace
            drawn = await self._looks.picture(workspace, key) if asked else None
        except DatabaseGone:
            return web.Response(status=503)
        if drawn is None:
            return web.Response(status=404)
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=drawn, content_type="image/png", headers=headers)


_KEEPS = """Kept holds teams to the promises they make one another. It is run by your own company.

It keeps what people tell it: agreements, handoffs, answers, and who said each, on the record. Of Teams it
keeps your name and id, and the ids of the conversations it was added to. It reads nothing that is not said
to it, passes nothing on to anybody, and its data stays in the database that your administrators chose.
Ask them to see, correct or delete what is kept about you. The program is free, under Apache-2.0.
"""


class _TooLarge(Exception):
    """A body that nobody sends in earnest."""


async def _read(request: web.Request) -> bytes:
    parts, size = [], 0
    try:
        async with asyncio.timeout(READ_WITHIN):
            async for part in request.content.iter_chunked(64 * 1024):
                size += len(part)
                if size > limits.BODY_BYTES:
                    raise _TooLarge
                parts.append(part)
    except (TimeoutError, web.RequestPayloadError) as error:
        raise Nonsense("a body that does not come, or cannot be unpacked") from error
    return b"".join(parts)
