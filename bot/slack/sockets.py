"""Socket Mode: the same requests through a connection that we open, for a bot that nothing outside can reach."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.legible import legible
from bot.chat.lookouts import Lookout
from bot.slack.guard import NotFromSlack, require_shape

log = logging.getLogger(__name__)

_TAKES_NO_TOKEN = frozenset({"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "missing_scope"})


class Socket(AsyncSocketModeHandler):
    """Hands what comes through the socket to the same listeners. Life cycle: `open`, then `close_async`."""

    def __init__(self, app: AsyncApp, app_token: str, api_url: str) -> None:
        """Connect with the app's own token."""
        # Its own pool of connections: a long-lived socket must not die of our calls' time limits.
        super().__init__(app, app_token, web_client=AsyncWebClient(base_url=api_url, logger=_silent()), logger=_quiet())
        self._address = self.client.issue_new_wss_url
        self.client.issue_new_wss_url = self._fresh_address  # type: ignore[method-assign]
        self._connecting: asyncio.Task[None] | None = None
        self._lookout = Lookout(self._look, "socket to Slack")

    def open(self) -> None:
        """Begin to connect, and keep at it: the library tries until it can, which may be long after the start."""
        self._connecting = asyncio.create_task(self.connect_async(), name="connecting to Slack")  # type: ignore[no-untyped-call]
        self._lookout.start()

    async def close_async(self) -> None:
        """Hang up."""
        await self._lookout.close()
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await super().close_async()  # type: ignore[no-untyped-call]

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Take one envelope; what is of no shape that Slack sends is acknowledged by nobody and changes nothing."""
        try:
            req.payload = legible(req.payload)
            require_shape(req.payload)
        except (NotFromSlack, RecursionError) as refused:
            log.warning("let an envelope go: %s", refused)
            return
        await super().handle(client, req)

    async def _fresh_address(self) -> str:
        """Where to connect to; what Slack says against it is told in words that somebody can act on."""
        try:
            return await self._address()
        except SlackApiError as error:
            code = error.response.get("error") if hasattr(error.response, "get") else None
            if code in _TAKES_NO_TOKEN:
                msg = (
                    f"Slack does not take SLACK_APP_TOKEN ({code}). On the app's page, Basic Information, App-Level "
                    "Tokens, make one with the scope connections:write"
                )
                raise ConnectionError(msg) from None
            msg = f"Slack gives no address to connect to ({code or error.response.status_code})"
            raise ConnectionError(msg) from None

    async def _look(self) -> None:
        # An address opens one connection, soon; the library would try an old one for ever.
        if not await self.client.is_connected():
            self.client.wss_uri = None


def _silent() -> logging.Logger:
    """For the calls that ask for an address: the socket says itself what came of them."""
    silent = logging.getLogger("slack_sdk.quiet")
    silent.setLevel(logging.WARNING)
    return silent


def _quiet() -> logging.Logger:
    """The library's logger: no messages, which hold people's words, and no traces for what is said in a sentence."""
    quiet = logging.getLogger("slack_bolt.socket")
    quiet.setLevel(logging.INFO)
    for before in [each for each in quiet.filters if isinstance(each, _Once)]:
        quiet.removeFilter(before)
    quiet.addFilter(_Once())
    return quiet


class _Once(logging.Filter):
    """Lets a trouble be said in a line, and once until there is other news: it is met anew every ten seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        said = record.getMessage()
        news, self._last = said != self._last, said
        return news
