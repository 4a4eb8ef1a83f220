"""Slack's library, plugged in: one way from it to us, our own look-up of installs, nothing from the environment."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request import payload_utils as kinds
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack.inbound import Inbound
from bot.slack.installations import Installations

log = logging.getLogger(__name__)

Listener = Callable[[AsyncAck, Mapping[str, Any], AsyncBoltContext], Awaitable[BoltResponse]]
_READ_BY_BOLT = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET")


class LookUp(AsyncAuthorize):
    """Whose request this is, from our own table: nothing is asked of Slack, and the token stays with us."""

    def __init__(self, installations: Installations) -> None:
        """Look up in `installations`."""
        self._installations = installations

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002 -- the library's signature
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        """The install of the request's workspace; None for one that we are not installed in."""
        installation = await self._installations.of_team(team_id or "", enterprise_id or "")
        if installation is None:
            return None
        context["installation"] = installation
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=installation.bot_user,
            bot_id=installation.bot_id,
            bot_token=installation.token,
            user_id=user_id,
        )


class Listening(AsyncMiddleware):
    """Where the library's way ends and ours begins: a request goes to what listens to its kind.

    A listener that is registered costs the library a look at its arguments' names, and a matcher of
    its own, at every request; what comes last among its middleware is asked once, and is told all.
    """

    def __init__(self, inbound: Inbound) -> None:
        """Know what listens to which kind, the most frequent first."""
        self._listeners: tuple[tuple[Callable[[dict[str, Any]], bool], Listener], ...] = (
            (kinds.is_slash_command, inbound.command),
            (kinds.is_block_actions, inbound.action),
            (kinds.is_event, inbound.event),
            (kinds.is_view_submission, inbound.view),
            (kinds.is_shortcut, inbound.shortcut),
        )

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 -- the library's signature
    ) -> BoltResponse | None:
        """The answer of what listens; what nobody listens to goes on, and is the library's to say so."""
        for is_meant, listener in self._listeners:
            if is_meant(req.body):
                return await listener(req.context.ack, req.body, req.context)
        await next()
        return resp


class _App(AsyncApp):
    """The library's app, which gives each request a copy of its client, as the library does, and makes it only once.

    Made anew it reads the environment for a proxy, names this machine's system and asks for loggers by name: a
    seventh of what the library takes for a request.
    """

    def _init_context(self, req: AsyncBoltRequest) -> None:
        req.context["logger"] = self.logger
        req.context["token"] = None  # whose request it is, and so which token, is found out next
        req.context["client"] = copy(self.client)
        req.context["listener_runner"] = self.listener_runner


def listen(inbound: Inbound, installations: Installations, web: AsyncWebClient) -> AsyncApp:
    """Slack's library with our listeners; it verifies nothing, because `guard` did, or a socket of ours did."""
    quiet = logging.getLogger("slack_bolt.quiet")
    quiet.setLevel(logging.ERROR)
    with _nothing_from_the_environment():
        app = _App(
            client=web,
            authorize=LookUp(installations),  # type: ignore[arg-type]  # takes one of these as it stands
            process_before_response=True,
            request_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            user_facing_authorize_error_message="Kept is not installed here. Ask an administrator to add it again.",
            logger=quiet,
        )
    app.error(_failed)
    app.use(Listening(inbound))
    return app


async def _failed(error: Exception) -> BoltResponse:
    """Slack sends an event again that was not taken; a body of no known shape is its sender's mistake, not ours."""
    if isinstance(error, DeliveryFailed):
        log.warning("whose request this is could not be looked up: %s", error)
        return BoltResponse(status=503, body="")
    log.error("a signed request could not be taken", exc_info=error)
    return BoltResponse(status=400, body="")


@contextmanager
def _nothing_from_the_environment() -> Iterator[None]:
    """The library would build its own token check and OAuth from these; ours stand in their place."""
    kept = {name: os.environ.pop(name) for name in _READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
