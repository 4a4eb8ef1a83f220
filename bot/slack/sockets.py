"""Socket Mode: the same requests through a connection that we open, for a bot that nothing outside can reach."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.guard import NotFromSlack, require_shape

log = logging.getLogger(__name__)


class Socket(AsyncSocketModeHandler):
    """Hands what comes through the socket to the same listeners. Life cycle: `connect_async`, `close_async`."""

    def __init__(self, app: AsyncApp, app_token: str, api_url: str) -> None:
        """Connect with the app's own token."""
        # Its own pool of connections: a long-lived socket must not die of our calls' time limits.
        super().__init__(app, app_token, web_client=AsyncWebClient(base_url=api_url), logger=log)

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Take one envelope; what is of no shape that Slack sends is acknowledged by nobody and changes nothing."""
        try:
            require_shape(req.payload)
        except NotFromSlack as refused:
            log.warning("let an envelope go: %s", refused)
            return
        await super().handle(client, req)
