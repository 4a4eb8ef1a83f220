"""Slack's library, plugged in: one listener a kind, our own look-up of installs, nothing read from the environment."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack.inbound import Inbound
from bot.slack.installations import Installations

log = logging.getLogger(__name__)

_ANYTHING = re.compile("")
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


def listen(inbound: Inbound, installations: Installations, web: AsyncWebClient) -> AsyncApp:
    """Slack's library with our listeners; it verifies nothing, because `guard` did, or a socket of ours did."""
    quiet = logging.getLogger("slack_bolt.quiet")
    quiet.setLevel(logging.ERROR)
    with _nothing_from_the_environment():
        app = AsyncApp(
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
    app.command(_ANYTHING)(_named(inbound.command))
    app.action(_ANYTHING)(_named(inbound.action))
    app.event(_ANYTHING)(_named(inbound.event))
    app.view(_ANYTHING)(_named(inbound.view))
    app.shortcut(_ANYTHING)(_named(inbound.shortcut))
    return app


async def _failed(error: Exception) -> BoltResponse:
    """Slack sends an event again that was not taken; a body of no known shape is its sender's mistake, not ours."""
    if isinstance(error, DeliveryFailed):
        log.warning("whose request this is could not be looked up: %s", error)
        return BoltResponse(status=503, body="")
    log.error("a signed request could not be taken", exc_info=error)
    return BoltResponse(status=400, body="")


def _named(method: Any) -> Any:
    """A plain function: Slack's library looks listeners' arguments up by name and takes no bound method's `self`."""

    async def listener(ack: Any, body: Any, context: Any) -> Any:
        return await method(ack, body, context)

    return listener


@contextmanager
def _nothing_from_the_environment() -> Iterator[None]:
    """The library would build its own token check and OAuth from these; ours stand in their place."""
    kept = {name: os.environ.pop(name) for name in _READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
