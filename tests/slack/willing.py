"""A Slack that takes everything, at once, in a process of its own: `python -m tests.slack.willing`.

For benches that measure whoever speaks to it. Prints the address it answers at.
"""

from __future__ import annotations

import asyncio
import itertools

from aiohttp import web

_numbers = itertools.count(1)


async def _take(request: web.Request) -> web.Response:
    ts = f"{next(_numbers)}.000001"
    answer = {"ok": True, "ts": ts, "channel": {"id": "D1"}, "team_id": "T1", "user_id": "U0KEPT", "bot_id": "B0KEPT"}
    return web.json_response(answer | ({"channel": "C1"} if request.path.endswith("postMessage") else {}))


def willing_slack() -> web.Application:
    """Every method, answered well."""
    app = web.Application()
    app.router.add_route("*", "/api/{method}", _take)
    return app


async def listen(app: web.Application) -> str:
    """Serve an app on this machine; the address it answers at."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def serve() -> None:
    """Answer until killed."""
    print(await listen(willing_slack()), flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
