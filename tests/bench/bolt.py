"""Bare Bolt, in a process of its own: `python -m tests.bench.bolt`. Prints the address it answers at.

With `process_before_response`, its own signature check, and a look-up of the install that costs nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import EVENTS

SECRET = "shh"


def bare_bolt() -> web.Application:
    """An app that acknowledges both commands and does nothing."""

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_user_id="U0KEPT", bot_token="xoxb-1")

    bolt = AsyncApp(client=AsyncWebClient(), signing_secret=SECRET, authorize=authorize, process_before_response=True)

    async def listener(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    bolt.command("/sla")(listener)
    bolt.command("/handoff")(listener)

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post(EVENTS, handle)
    return app


async def serve() -> None:
    """Answer until killed."""
    runner = web.AppRunner(bare_bolt(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}{EVENTS}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
