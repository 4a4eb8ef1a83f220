"""Teams' door against bare aiohttp with a token check, in one run."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.store.migrate import upgrade
from tests.bench.table import Row, human_seconds, progress
from tests.teams.fake_connector import APP, ISSUER, a_key
from tests.teams.stage import stage

ROUNDS = 5
REQUESTS = 200


def run() -> list[Row]:
    """A message that asks for nothing."""
    logging.disable(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    try:
        url = f"sqlite:///{folder / 'kept.db'}"
        upgrade(url)
        return asyncio.run(_no_op(url))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        logging.disable(logging.NOTSET)


async def _no_op(url: str) -> list[Row]:
    public = a_key("first").public_key()

    async def bare(request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        jwt.decode(token, key=public, algorithms=["RS256"], audience=APP, issuer=ISSUER)
        json.loads(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", bare)
    async with stage(url) as it, TestServer(app) as server, aiohttp.ClientSession() as session:
        body = json.dumps(it.teams.activity("josh", type="messageReaction")).encode()
        headers = {"Authorization": f"Bearer {it.teams.token()}", "Content-Type": "application/json"}
        ours, theirs, ratios = [], [], []
        for number in range(ROUNDS):
            progress(f"no-op messages, round {number + 1} of {ROUNDS}")
            mine = await _p50(session, it.teams.bot_url, body, headers)
            other = await _p50(session, str(server.make_url("/api/messages")), body, headers)
            ours.append(mine)
            theirs.append(other)
            ratios.append(mine / other)
        ratio = median(ratios)
        name = "no-op message, p50, to bare aiohttp with a token check"
        return [Row(name, human_seconds(median(ours)), human_seconds(median(theirs)), ratio, "at most 2x", ratio <= 2)]


async def _p50(session: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> float:
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        async with session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 200
            await answer.read()
        taken.append(time.perf_counter() - began)
    return median(taken)
