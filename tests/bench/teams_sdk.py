"""A bot on Microsoft's Teams SDK that answers every message with a card: `python -m tests.bench.teams_sdk ORIGIN`.

In a process of its own, with its web server as it comes. Prints the address it answers at.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import socket
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from tests.teams.fake_connector import APP


async def serve(origin: str) -> None:
    """Answer whatever comes."""
    import uvicorn
    from microsoft_teams.api.auth.cloud_environment import PUBLIC
    from microsoft_teams.apps import App
    from microsoft_teams.cards import AdaptiveCard, TextBlock

    # The library reads its own token, so it has to look like one.
    lives = {"exp": datetime.now(UTC) + timedelta(days=1), "appid": APP, "serviceurl": origin}
    own = jwt.encode(lives, "s" * 32, algorithm="HS256")

    async def token(*_: object) -> str:
        return own

    cloud = dataclasses.replace(PUBLIC, openid_metadata_url=f"{origin}/v1/.well-known/openidconfiguration")
    app: Any = App(client_id=APP, token=token, tenant_id="t", cloud=cloud)

    @app.on_message  # type: ignore[untyped-decorator]
    async def answer(context: Any) -> None:
        lines = [TextBlock(text="I do not know you yet: you are in none of the parties' lists.", wrap=True)]
        await context.send(AdaptiveCard(body=lines))

    await app.initialize()
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/api/messages", flush=True)
    config = uvicorn.Config(app.server.adapter.app, log_level="critical", access_log=False)
    await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(serve(sys.argv[1]))
