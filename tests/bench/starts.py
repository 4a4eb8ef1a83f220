"""How long a restart is felt: `kept serve` on a database that has lived, against bare aiohttp.

Both are timed from the start of their process, as somebody feels it who types a command meanwhile: until the port
takes a connection, and until a command is answered. What the libraries take that nothing here could do without is
reported beside it.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bot.clock import SystemClock
from bot.house import House
from bot.slack.door import EVENTS
from tests.bench.bolt import SECRET
from tests.bench.clients import Served, signed
from tests.bench.table import Row, progress
from tests.slack.house import agreement

ROUNDS = 5
HERE = Path(__file__).parent
_PATIENCE = 30.0
_BARE = """
import sys
from aiohttp import web
async def answer(request): return web.Response()
app = web.Application()
app.router.add_post("/slack/events", answer)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
"""
_LIBRARIES = (
    "import aiohttp.web, slack_bolt.app.async_app, sqlalchemy.ext.asyncio, aiosqlite, apscheduler.schedulers.asyncio"
)
_NOTHING_ELSE = "from aiohttp import web; web.Application()"


class Start(NamedTuple):
    """Seconds from the start of a process to its port, and to the first answer; those it had a processor."""

    port: float
    answer: float
    busy: float


def run() -> list[Row]:
    """Measure in turns; about a minute."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        asyncio.run(_live_in(folder))
        slack = Served("tests.slack.willing")
        asyncio.run(slack.start())
        try:
            progress("starts: kept serve")
            rows = _serving(folder, slack.url)
        finally:
            slack.kill()
        progress("starts: libraries")
        return rows + _importing(folder)


async def _live_in(folder: Path) -> None:
    """A database as a company leaves it: an agreement in force, its obligations open."""
    (folder / "app.yaml").write_text("rehearsal: {enabled: false}\nlog_level: warning\n", encoding="utf-8")
    house = await House.open(f"sqlite:///{folder}/kept.db", SystemClock(), lambda _: {})
    await house.apply("company", "Company X", [agreement(folder)])
    await house.tick()
    await house.close()


def _serving(folder: Path, slack: str) -> list[Row]:
    """Ours and bare aiohttp, in turns."""
    environ = _environ(folder) | {
        "KEPT_DATABASE_URL": f"sqlite:///{folder}/kept.db",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack}/api/",
    }

    def ours() -> Start:
        port = _free_port()
        return _started(["-m", "bot", "serve"], port, folder, environ | {"KEPT_LISTEN": f"127.0.0.1:{port}"})

    def theirs() -> Start:
        port = _free_port()
        return _started(["-c", _BARE, str(port)], port, folder, environ)

    ours(), theirs()  # compiled once, as an install has it
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    return [
        _row("from its start to the port", [(mine.port, bare.answer) for mine, bare in rounds], 2.5),
        _row(
            "from its start to the first /handoff answered", [(mine.answer, bare.answer) for mine, bare in rounds], 2.5
        ),
        _row("processor time to that answer", [(mine.busy, bare.busy) for mine, bare in rounds], None),
    ]


def _importing(folder: Path) -> list[Row]:
    """The libraries that do the work, without anything of ours."""

    def seconds(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=_environ(folder))
        return time.perf_counter() - began

    seconds(_LIBRARIES), seconds(_NOTHING_ELSE)
    rounds = [(seconds(_LIBRARIES), seconds(_NOTHING_ELSE)) for _ in range(ROUNDS)]
    return [_row("importing aiohttp, Bolt, SQLAlchemy, aiosqlite and APScheduler alone", rounds, None)]


def _row(name: str, rounds: Sequence[tuple[float, float]], bar: float | None) -> Row:
    """A bar, or a figure that is reported."""
    ratio = median(mine / other for mine, other in rounds)
    mine, other = (median(side) for side in zip(*rounds, strict=True))
    met = bar is None or ratio <= bar
    return Row(name, f"{mine:.2f} s", f"{other:.2f} s", ratio, "reported" if bar is None else f"<= {bar}", met)


def _started(arguments: Sequence[str], port: int, folder: Path, environ: dict[str, str]) -> Start:
    """Start a process and speak to it as soon as it listens."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, env=environ, stdout=subprocess.DEVNULL)
    try:
        connection = _connected(port, began)
        listens = time.perf_counter() - began
        raw, headers = signed(f"1 lead to sales ref start {port}", "/handoff")
        connection.request("POST", EVENTS, raw, headers)
        response = connection.getresponse()
        body = response.read()
        answered = time.perf_counter() - began
        assert response.status == 200, (response.status, body)
        assert not body, body  # the receipt is the answer
        connection.close()
        return Start(listens, answered, _busy(process.pid))
    finally:
        process.kill()
        process.wait()


def _connected(port: int, began: float) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    while True:
        try:
            connection.connect()
        except ConnectionRefusedError:
            assert time.perf_counter() - began < _PATIENCE, "it never listened"
            time.sleep(0.001)
        else:
            return connection


def _busy(process: int) -> float:
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _environ(folder: Path) -> dict[str, str]:
    """What our own process has, less what would keep Python from compiling once."""
    environ = os.environ | {"PYTHONPATH": str(HERE.parent.parent), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return environ
