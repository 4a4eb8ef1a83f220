"""Bolt without a database, in a process of its own: `python -m tests.bench.bolt [SLACK]`. Prints its address.

In its best form: `process_before_response`, its own signature check, a look-up of the install that
costs nothing, and one session for everything it says. It acknowledges; given the address of a
Slack, it also tells the channel of each handoff, as whoever takes handoffs must.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import EVENTS
from tests.slack.willing import listen

SECRET = "shh"

Say = Callable[[str], Awaitable[object]]


def bare_bolt(client: AsyncWebClient, *, tells: bool = False) -> web.Application:
    """An app that acknowledges both commands, and `tells` the channel of each handoff or does nothing."""

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_user_id="U0KEPT", bot_token="xoxb-1")

    bolt = AsyncApp(client=client, signing_secret=SECRET, authorize=authorize, process_before_response=True)

    async def acknowledge(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    async def tell(ack: Callable[[], Awaitable[object]], say: Say, command: Mapping[str, str]) -> None:
        await ack()
        await say(f"H-1: {command['text']}")

    bolt.command("/sla")(acknowledge)
    bolt.command("/handoff")(tell if tells else acknowledge)

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post(EVENTS, handle)
    return app


async def serve(slack: str = "") -> None:
    """Answer until killed."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=f"{slack}/api/", session=session) if slack else AsyncWebClient()
        where = await listen(bare_bolt(client, tells=bool(slack)))
        print(f"{where}{EVENTS}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
