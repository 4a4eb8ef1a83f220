"""Slack's side of a bench: signed commands, fifty clients that send them, and servers in processes of their own."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlencode

import aiohttp

from tests.bench.bolt import SECRET

CLIENTS = 50
HERE = Path(__file__).parent
numbers = itertools.count(1)
"""What tells one command from the next."""


def signed(text: str, command: str = "/sla") -> tuple[bytes, dict[str, str]]:
    """One slash command as Slack sends it."""
    number = next(numbers)
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


class Load(NamedTuple):
    """What fifty clients saw: commands a second, the slowest hundredth's seconds, seconds of processor each."""

    rate: float
    p99: float
    busy: float = 0.0


async def load(
    session: aiohttp.ClientSession,
    url: str,
    count: int,
    text: str = "1 lead to sales",
    command: str = "/handoff",
    *,
    keep: bool = True,
) -> Load:
    """Send commands by fifty clients at once."""
    took: list[float] = []
    turns = iter(range(count))

    async def one() -> None:
        for _ in turns:
            said = f"{text} ref {next(numbers)}" if command == "/handoff" else text
            raw, headers = signed(said, command)
            began = time.perf_counter()
            async with session.post(url, data=raw, headers=headers) as response:
                body = await response.text()
                assert response.status == 200, body
            if keep:
                took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return Load(count / (time.perf_counter() - began), sorted(took or [0.0])[int(len(took) * 0.99)])


class Served:
    """A server in a process of its own, which can be killed; it prints the address it answers at."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Nothing runs yet."""
        self._command = [sys.executable, "-m", module, *arguments]
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> Self:
        """Run it, until it has said where it answers."""
        environ = os.environ | {"PYTHONPATH": str(HERE.parent.parent)}
        self._process = subprocess.Popen(  # noqa: ASYNC220 -- nothing else runs meanwhile
            self._command, stdout=subprocess.PIPE, text=True, env=environ
        )
        assert self._process.stdout is not None
        self.url = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        assert self.url, "the server did not start"
        return self

    async def measured(self, session: aiohttp.ClientSession, count: int) -> Load:
        """Load it with handoffs, and look how busy that keeps it."""
        before = self._busy()
        found = await load(session, self.url, count)
        return found._replace(busy=(self._busy() - before) / count)

    def _busy(self) -> float:
        """Seconds that its threads have had a processor."""
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
