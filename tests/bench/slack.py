"""Slack's door against bare Bolt, under load, under `kill -9`, and with a Slack that answers badly."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.talk import Reply, Utterance
from bot.clock import SystemClock
from bot.commands.table import COMMANDS
from bot.slack.calls import open_session
from bot.slack.door import EVENTS, Door
from bot.slack.installations import Installation
from bot.slack.ports import Ports
from tests.bench.bolt import SECRET, bare_bolt
from tests.bench.table import Row, progress
from tests.files import opened
from tests.postgres import running
from tests.slack.faults import deliver_through_faults
from tests.slack.stage import HouseInMemory, InboxInMemory, ShelfInMemory, picture

ROUNDS = 5
CLIENTS = 50
HERE = Path(__file__).parent
_numbers = itertools.count(1)


def run() -> list[Row]:
    """Measure everything; about three minutes."""
    rows = asyncio.run(_speed())
    progress("slack: kill -9")
    rows += _killed()
    progress("slack: bad answers")
    rows += asyncio.run(_bad_answers())
    progress("slack: cold start")
    rows += _cold_start()
    return rows


class Known:
    """One install, known without asking anybody."""

    one = Installation("company", "T1", "U0KEPT", "B0KEPT", "xoxb-1")

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        return self.one if team == "T1" else None

    async def of_workspace(self, workspace: str) -> Installation | None:
        return self.one

    async def renew(self, stale: Installation) -> None: ...

    async def break_off(self, team: str, enterprise: str, why: str) -> None: ...


def signed(text: str, command: str = "/sla") -> tuple[bytes, dict[str, str]]:
    """One slash command as Slack sends it."""
    number = next(_numbers)
    fields = {
        "command": command,
        "text": text,
        "team_id": "T1",
        "user_id": "U0JOSH",
        "user_name": "josh",
        "channel_id": "C1",
        "channel_name": "smarketing",
        "trigger_id": f"{os.getpid()}.{number}.{time.time_ns()}",
        "response_url": "http://127.0.0.1:1/respond",
        "api_app_id": "A1",
    }
    raw = urlencode(fields).encode()
    timestamp = str(int(time.time()))
    mark = hmac.new(SECRET.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return raw, {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={mark}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


@asynccontextmanager
async def _ours(ask: Callable[[Utterance], Awaitable[Reply]]) -> AsyncIterator[str]:
    house = HouseInMemory()
    async with open_session() as session:
        ports = Ports(
            ask=ask, welcome=house.welcome, members=house.members, changed=house.changed, home=house.home,
            draw=picture, files=opened, installations=Known(), shelf=ShelfInMemory(),
            inbox=InboxInMemory(), clock=SystemClock(),
        )  # fmt: skip
        door = Door(ports, session, api_url="http://127.0.0.1:1/api/", signing_secret=SECRET, marking=SECRET)
        app = web.Application()
        door.add_routes(app)
        async with TestServer(app) as server:
            yield str(server.make_url(EVENTS))
        await door.close()


@asynccontextmanager
async def _theirs() -> AsyncIterator[str]:
    async with TestServer(bare_bolt()) as server:
        yield str(server.make_url(EVENTS))


async def _noop(utterance: Utterance) -> Reply:
    """The command is found in the table, and nothing is done."""
    assert COMMANDS.find(utterance.text.split()[0]) is not None
    return Reply()


async def _speed() -> list[Row]:
    progress("slack: no-op commands")
    async with _ours(_noop) as ours, _theirs() as theirs, aiohttp.ClientSession() as session:
        await _p50(session, ours, 100)
        await _p50(session, theirs, 100)
        rounds = [(await _p50(session, ours, 300), await _p50(session, theirs, 300)) for _ in range(ROUNDS)]
    mine, other = median(each for each, _ in rounds), median(each for _, each in rounds)
    ratio = median(each / against for each, against in rounds)
    rows = [Row("no-op command, p50, against bare Bolt", _ms(mine), _ms(other), ratio, "<= 1.5", ratio <= 1.5)]
    progress("slack: fifty thousand commands")
    async with _ours(_noop) as ours, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await _load(session, ours, 5_000, "help", "/sla")
        before = _memory()
        await _load(session, ours, 50_000, "help", "/sla", keep=False)
        grown = _memory() - before
    rows.append(Row("memory grown over 50,000 commands", f"{grown / 1e6:.1f} MB", "", 0, "< 8 MB", grown < 8e6))
    progress("slack: handoffs with their write")
    with tempfile.TemporaryDirectory() as folder:
        rows += await _handoffs(Path(folder))
    return rows


async def _handoffs(folder: Path) -> list[Row]:
    """Each side in a process of its own, in turns, before the same clients."""
    ours = _Served("tests.slack.served", str(folder), f"sqlite:///{folder}/kept.db")
    theirs = _Served("tests.bench.bolt")
    try:
        await ours.start()
        await theirs.start()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await _load(session, ours.url, 200)
            await _load(session, theirs.url, 200)
            rounds = [
                (await _measured(session, ours, 600), await _measured(session, theirs, 600)) for _ in range(ROUNDS)
            ]
    finally:
        ours.kill()
        theirs.kill()
    rate = median(mine.rate / other.rate for mine, other in rounds)
    busy = median(mine.busy / other.busy for mine, other in rounds)
    mine, other = (_Load(*map(median, zip(*side, strict=True))) for side in zip(*rounds, strict=True))
    # 100 ms where the floor is 40: on a slower machine both are slower.
    allowed = max(0.100, other.p99 * 2.5)
    return [
        Row(
            "/handoff with its write, 50 clients",
            f"{mine.rate:.0f}/s",
            f"{other.rate:.0f}/s",
            rate,
            ">= 0.6",
            rate >= 0.6,
        ),
        Row(
            "the same, p99",
            _ms(mine.p99),
            _ms(other.p99),
            mine.p99 / other.p99,
            f"< {allowed * 1000:.0f} ms",
            mine.p99 < allowed,
        ),
        Row("the same, processor time a command", _ms(mine.busy), _ms(other.busy), busy, "reported", True),
    ]


class _Load(NamedTuple):
    """What fifty clients saw: commands a second, the slowest hundredth's seconds, seconds of processor each."""

    rate: float
    p99: float
    busy: float


async def _measured(session: aiohttp.ClientSession, server: _Served, count: int) -> _Load:
    before = server.busy()
    rate, p99 = await _load(session, server.url, count)
    return _Load(rate, p99, (server.busy() - before) / count)


async def _p50(session: aiohttp.ClientSession, url: str, count: int) -> float:
    took = []
    gc.collect()
    for _ in range(count):
        raw, headers = signed("help")
        began = time.perf_counter()
        async with session.post(url, data=raw, headers=headers) as response:
            assert response.status == 200, await response.text()
            await response.read()
        took.append(time.perf_counter() - began)
    return median(took)


async def _load(
    session: aiohttp.ClientSession,
    url: str,
    count: int,
    text: str = "1 lead to sales",
    command: str = "/handoff",
    *,
    keep: bool = True,
) -> tuple[float, float]:
    """Commands a second with fifty clients, and the slowest hundredth's seconds."""
    took: list[float] = []
    numbers = iter(range(count))

    async def one() -> None:
        for _ in numbers:
            said = f"{text} ref {next(_numbers)}" if command == "/handoff" else text
            raw, headers = signed(said, command)
            began = time.perf_counter()
            async with session.post(url, data=raw, headers=headers) as response:
                body = await response.text()
                assert response.status == 200, body
            if keep:
                took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return count / (time.perf_counter() - began), sorted(took or [0.0])[int(len(took) * 0.99)]


class _Served:
    """A server in a process of its own, which can be killed; it prints the address it answers at."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> None:
        environ = os.environ | {"PYTHONPATH": str(HERE.parent.parent)}
        self._process = subprocess.Popen(  # noqa: ASYNC220 -- nothing else runs meanwhile
            self._command, stdout=subprocess.PIPE, text=True, env=environ
        )
        assert self._process.stdout is not None
        self.url = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        assert self.url, "the server did not start"

    def busy(self) -> float:
        """Seconds that its threads have had a processor."""
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9

    def kill(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None


def _killed() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        acknowledged, kept = asyncio.run(_kill_and_count(Path(folder)))
    lost = [ref for ref in acknowledged if kept[ref] == 0]
    doubled = [ref for ref, count in kept.items() if count > 1]
    said = f"{len(lost)} lost, {len(doubled)} doubled of {len(acknowledged)}"
    return [Row("acknowledged commands under 12 kill -9", said, "", 0, "0, 0", not lost and not doubled)]


async def _kill_and_count(folder: Path, kills: int = 12) -> tuple[set[str], Counter[str]]:
    chance = random.Random(20261016)
    acknowledged: set[str] = set()
    server = _Served("tests.slack.served", str(folder), f"sqlite:///{folder}/kept.db")

    async def client(session: aiohttp.ClientSession) -> None:
        while True:
            ref = f"r{next(_numbers)}"
            raw, headers = signed(f"1 lead to sales ref {ref}", "/handoff")
            try:
                async with session.post(server.url, data=raw, headers=headers) as response:
                    if response.status == 200 and not await response.text():
                        acknowledged.add(ref)
            except (aiohttp.ClientError, OSError):
                return

    for _ in range(kills):
        await server.start()
        async with aiohttp.ClientSession() as session:
            clients = [asyncio.create_task(client(session)) for _ in range(10)]
            await asyncio.sleep(chance.uniform(0.2, 1.2))
            server.kill()
            await asyncio.gather(*clients)
    await server.start()
    server.kill()
    return acknowledged, _refs(folder)


def _refs(folder: Path) -> Counter[str]:
    with sqlite3.connect(folder / "kept.db") as connection:
        return Counter(row[0] for row in connection.execute("SELECT ref FROM handoffs"))


async def _bad_answers() -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "postgres") as server:
        server.prepare()
        for name, url in {"SQLite": f"sqlite:///{folder}/kept.db", "PostgreSQL": server.empty()}.items():
            lost, doubled, _, count = await deliver_through_faults(url, "history", read_back=True)
            said = f"{lost} lost, {doubled} doubled of {count}"
            rows.append(Row(f"30 % bad answers, {name}, read back", said, "", 0, "0, 0", lost == doubled == 0))
            lost, doubled, unmarked, count = await deliver_through_faults(url, "blind", read_back=False)
            said = f"{lost} lost, {unmarked} of {doubled} repeats unmarked"
            rows.append(Row(f"30 % bad answers, {name}, blind", said, "", 0, "0, 0", lost == unmarked == 0))
    return rows


def _memory() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _cold_start() -> list[Row]:
    """What is imported before anybody can be answered, as an install has it: compiled once."""
    bare, door, whole = "from aiohttp import web; web.Application()", "bot.slack.door", "bot.app, bot.slack.plugs"
    with tempfile.TemporaryDirectory() as compiled:
        for code in (bare, f"import {door}", f"import {whole}"):
            _seconds(code, compiled)
        rounds = [
            [_seconds(code, compiled) for code in (bare, f"import {door}", f"import {whole}")] for _ in range(ROUNDS)
        ]
    rows = []
    for place, name in ((1, "Slack's door"), (2, "the whole bot")):
        ratio = median(each[place] / each[0] for each in rounds)
        ours, theirs = median(each[place] for each in rounds), median(each[0] for each in rounds)
        rows.append(
            Row(
                f"cold start of {name}, against bare aiohttp",
                f"{ours:.2f} s",
                f"{theirs:.2f} s",
                ratio,
                "<= 2.5",
                ratio <= 2.5,
            )
        )
    return rows


def _seconds(code: str, compiled: str) -> float:
    environ = os.environ | {"PYTHONPATH": str(HERE.parent.parent), "PYTHONPYCACHEPREFIX": compiled}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environ)
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
