"""Teams' door: against bare aiohttp, against Microsoft's own SDK, under `kill -9`, and with answers that get lost."""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import create_engine, text

from bot.store.migrate import upgrade
from tests.bench.table import Row, human_seconds, progress
from tests.teams.fake_connector import APP, ISSUER, TENANT, a_key, jwk
from tests.teams.stage import stage

ROUNDS = 5
REQUESTS = 200
REPLIES = 300
CLIENTS = 16
KILLS = 10
ROOT = Path(__file__).parent.parent.parent
_numbers = itertools.count(1)


def run() -> list[Row]:
    """A message that asks for nothing, card replies beside Microsoft's SDK, and what is left after `kill -9`."""
    logging.disable(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    try:
        url = f"sqlite:///{folder / 'kept.db'}"
        upgrade(url)
        rows = asyncio.run(_no_op(url))
        progress("teams: card replies")
        rows += asyncio.run(_card_replies(folder))
        progress("teams: kill -9")
        rows += asyncio.run(_killed(folder))
        return rows
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


@dataclass
class Microsoft:
    """Teams' side: keys, and a connector that takes everything and counts the cards, however they are addressed."""

    url: str = ""
    cards: int = 0
    enough: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Microsoft:
        app = web.Application()
        keys = [{**jwk("first"), "kid": "first", "use": "sig", "endorsements": ["msteams"]}]

        async def published(_: web.Request) -> web.Response:
            return web.json_response({"keys": keys})

        async def openid(_: web.Request) -> web.Response:
            return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/v1/.well-known/keys"})

        app.router.add_get("/openid", openid)
        app.router.add_get("/v1/.well-known/keys", published)
        app.router.add_route("*", "/amer/v3/{rest:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read() or b"{}")
        self.cards += len(body.get("attachments") or ())
        if self.cards >= self.enough:
            self.reached.set()
        return web.json_response({"id": f"1:{next(_numbers)}"}, status=201)

    def headers(self) -> dict[str, str]:
        now = datetime.now(UTC)
        claims = {"iss": ISSUER, "aud": APP, "exp": now + timedelta(hours=1), "serviceurl": f"{self.url}/amer"}
        token = jwt.encode(claims | {"iat": now}, a_key("first"), algorithm="RS256", headers={"kid": "first"})
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def message(self, user: str, words: str) -> bytes:
        activity = {
            "type": "message", "id": str(next(_numbers)), "timestamp": "2026-10-16T14:02:00Z",
            "serviceUrl": f"{self.url}/amer", "channelId": "msteams", "text": words,
            "from": {"id": f"29:{user}", "name": user, "aadObjectId": user},
            "conversation": {"id": f"a:{user}", "conversationType": "personal", "tenantId": TENANT},
            "recipient": {"id": f"28:{APP}", "name": "Kept"}, "channelData": {"tenant": {"id": TENANT}},
        }  # fmt: skip
        return json.dumps(activity).encode()


class Served:
    """A bot in a process of its own, which can be killed."""

    def __init__(self, *command: str) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    async def start(self) -> None:
        environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
        self._process = subprocess.Popen(  # noqa: ASYNC220 -- nothing else runs meanwhile
            [sys.executable, "-m", *self._command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=environ,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        assert self.url, f"{self._command[0]} did not start"

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def busy(self) -> float:
        """Seconds that its threads have had a processor."""
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9


class Replying(NamedTuple):
    """Card replies a second, and seconds of the bot's processor each."""

    rate: float
    busy: float


async def _card_replies(folder: Path) -> list[Row]:
    """From words that arrive to the card that stands in the chat; ours is in the outbox before the words are taken.

    Both judge every message's token by keys they hold, and make one call over a connection that is kept; Teams and
    those who write run in this process, apart from both. Theirs knows nobody and writes nothing down.
    """
    name, bar = "card replies a second, to Microsoft's Teams SDK", "at least 2x"
    if importlib.util.find_spec("microsoft_teams") is None:
        return [Row(name, "", "not installed", 0, bar, ok=False)]
    async with Microsoft() as teams:
        kept = Served("tests.teams.served", str(folder), f"sqlite:///{folder / 'replies.db'}", teams.url)
        sdk = Served("tests.bench.teams_sdk", teams.url)
        await kept.start()
        await sdk.start()
        try:
            rounds = [(await _replying(teams, kept), await _replying(teams, sdk)) for _ in range(ROUNDS + 1)][1:]
        finally:
            kept.kill()
            sdk.kill()
    ours = Replying(median(mine.rate for mine, _ in rounds), median(mine.busy for mine, _ in rounds))
    theirs = Replying(median(other.rate for _, other in rounds), median(other.busy for _, other in rounds))
    ratio = median(mine.rate / other.rate for mine, other in rounds)
    busy = median(mine.busy / other.busy for mine, other in rounds)
    spent = (human_seconds(ours.busy), human_seconds(theirs.busy), busy, "reported")
    return [
        Row(name, f"{ours.rate:,.0f}", f"{theirs.rate:,.0f}", ratio, bar, ratio >= 2),
        Row("the same, processor time a reply", *spent, ok=True),
    ]


async def _replying(teams: Microsoft, bot: Served) -> Replying:
    """Three hundred people write, sixteen at a time, until each has a card. The first round warms up."""
    teams.enough, teams.reached = teams.cards + REPLIES, asyncio.Event()
    headers, users = teams.headers(), itertools.count()
    before = bot.busy()
    async with aiohttp.ClientSession() as session:  # of its own: what idles for seconds is closed by the other side

        async def client() -> None:
            while (number := next(users)) < REPLIES:
                body = teams.message(f"user-{number}", "status")
                async with session.post(bot.url, data=body, headers=headers) as answer:
                    assert answer.status == 200, answer.status
                    await answer.read()

        began = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        await asyncio.wait_for(teams.reached.wait(), 60)
    return Replying(REPLIES / (time.perf_counter() - began), (bot.busy() - before) / REPLIES)


async def _killed(folder: Path) -> list[Row]:
    """Whatever was answered with 200 is on the record once, however often the process is killed."""
    chance = random.Random(20261016)
    acknowledged: set[str] = set()
    async with Microsoft() as teams:
        served = Served("tests.teams.served", str(folder), f"sqlite:///{folder / 'killed.db'}", teams.url)

        async def client(session: aiohttp.ClientSession, headers: dict[str, str]) -> None:
            while True:
                ref = f"r{next(_numbers)}"
                body = teams.message("josh", f"handoff 1 lead to sales ref {ref}")
                try:
                    async with session.post(served.url, data=body, headers=headers) as answer:
                        if answer.status == 200:
                            acknowledged.add(ref)
                except (aiohttp.ClientError, OSError):
                    return

        for _ in range(KILLS):
            await served.start()
            async with aiohttp.ClientSession() as session:
                clients = [asyncio.create_task(client(session, teams.headers())) for _ in range(10)]
                await asyncio.sleep(chance.uniform(0.2, 1.2))
                served.kill()
                await asyncio.gather(*clients)
        await served.start()
        served.kill()
    kept = _refs(folder / "killed.db")
    lost = [ref for ref in acknowledged if kept[ref] == 0]
    doubled = [ref for ref, count in kept.items() if count > 1]
    said = f"{len(lost)} lost, {len(doubled)} doubled of {len(acknowledged)}"
    ok = not lost and not doubled and len(acknowledged) > KILLS
    return [Row(f"acknowledged commands in Teams under {KILLS} kill -9", said, "", 0, "0, 0", ok)]


def _refs(database: Path) -> Counter[str]:
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT ref FROM handoffs")).scalars().all()
    engine.dispose()
    return Counter(rows)
