"""Slack's door: one address for everything that Slack sends, or a socket, and the messenger beside it.

Life cycle: made by the composition root, `add_routes` on its web app, `start`, then `close`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.chat.errands import Errands
from bot.chat.lookouts import Lookout
from bot.slack.answers import Answers
from bot.slack.calls import client
from bot.slack.downloads import Downloads
from bot.slack.events import Events
from bot.slack.guard import Guard, NotFromSlack
from bot.slack.homes import Homes
from bot.slack.inbound import PATIENCE, Inbound
from bot.slack.listening import listen
from bot.slack.oauth import Installing
from bot.slack.outbound import SlackMessenger
from bot.slack.ports import Ports
from bot.slack.rounds import ROUND_AFTER, ROUND_EVERY, Rounds

if TYPE_CHECKING:
    from bot.slack.sockets import Socket

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
"""Where Slack sends commands, clicks, forms and events alike."""


def _socket(bolt: AsyncApp, app_token: str, api_url: str) -> Socket:
    from bot.slack.sockets import Socket  # what only Socket Mode needs is loaded only there

    return Socket(bolt, app_token, api_url)


class Door:
    """Everything of Slack's in one process.

    `signing_secret` is None where requests come through a socket only, which `app_token` opens;
    `marking` marks our own messages; `api_url`, `response_host` and `files_url` are Slack's unless pointed elsewhere;
    `installing` answers administrators who add the app to their Slack; `introduce` says at the start who speaks;
    `rounds` ask for what changed while nobody was here.
    """

    def __init__(
        self,
        ports: Ports,
        session: aiohttp.ClientSession,
        *,
        api_url: str,
        signing_secret: str | None,
        marking: str,
        app_token: str = "",
        response_host: str = "",
        files_url: str = "",
        installing: Installing | None = None,
        introduce: Callable[[], Coroutine[Any, Any, None]] | None = None,
        rounds: Rounds | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Plug the door together; nothing is asked of Slack yet."""
        self._ports = ports
        self._guard = None if signing_secret is None else Guard(signing_secret, ports.clock.now, response_host)
        self.web = client(api_url, session)
        self.errands = Errands()
        self.messenger = SlackMessenger(ports, self.web, session, marking)
        answers = Answers(ports, self.web, session, response_host, self.messenger.pictures)
        homes = Homes(ports, self.web, self.messenger.pictures, self.errands)
        self.messenger.told = homes.told
        downloads = Downloads(self.web, session, files_url)
        self._inbound = Inbound(ports, answers, Events(ports, homes), self.errands, downloads, patience=patience)
        self.bolt = listen(self._inbound, ports.installations, self.web)
        self._installing = installing
        self._introduce = introduce
        self._introducing: asyncio.Task[None] | None = None
        self._socket = _socket(self.bolt, app_token, api_url) if app_token else None
        self._lookouts = [Lookout(self._inbound.answer_left_behind, "slack inbox")]
        if rounds is not None:
            self._lookouts.append(Lookout(rounds.go, "slack round", ROUND_EVERY, ROUND_AFTER))

    def add_routes(self, app: web.Application) -> None:
        """Answer Slack at its address, and administrators at theirs."""
        if self._guard is not None:
            app.router.add_post(EVENTS, self._events)
        if self._installing is not None:
            self._installing.add_routes(app)

    async def start(self) -> None:
        """Open the socket, if that is how requests come, and go after what a process that died had promised."""
        if self._socket is not None:
            self._socket.open()
        if self._introduce is not None:
            self._introducing = asyncio.create_task(self._say_who(self._introduce), name="asking Slack who speaks here")
        for each in self._lookouts:
            each.start()

    async def close(self) -> None:
        """Finish what is under way."""
        if self._introducing is not None:
            self._introducing.cancel()
            await asyncio.gather(self._introducing, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close_async()
        for each in self._lookouts:
            await each.close()
        await self.errands.close()

    async def answer_left_behind(self) -> None:
        """Answer what was acknowledged and never answered, now."""
        await self._inbound.answer_left_behind()

    async def _say_who(self, introduce: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await introduce()
        except Exception:  # whatever it was, requests and messages ask again
            log.exception("who speaks in Slack could not be found out")

    async def _events(self, request: web.Request) -> web.Response:
        assert self._guard is not None  # noqa: S101  # routed only where there is one
        try:
            body = await self._guard.admit(request)
        except NotFromSlack as refused:
            log.info("refused a request: %s", refused)
            return web.Response(status=refused.status)
        if body.get("type") == "app_rate_limited":
            log.warning("Slack holds events back: there were more in an hour than it sends anybody")
            return web.Response(status=200)
        try:
            # As through a socket: a body that was read already, and verified by whoever read it.
            asked = AsyncBoltRequest(body=body, mode="socket_mode")
            answered = await self.bolt.async_dispatch(asked)
        except Exception:
            log.exception("a signed request of no shape that Slack sends")
            return web.Response(status=400)
        if answered.status < 300:
            self._guard.remember(request.headers["X-Slack-Signature"])
        elif answered.status == 404:
            return web.Response(status=200)  # nothing of ours; sending it again would not help
        if not answered.body and answered.headers.keys() <= {"content-type"}:
            return web.Response(status=answered.status)  # heard, and nothing to say: as nearly every time
        return await to_aiohttp_response(answered)
