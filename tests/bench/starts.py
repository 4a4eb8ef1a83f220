"""How long a start takes, against bare aiohttp."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.table import Row

ROUNDS = 5
HERE = Path(__file__).parent


def run() -> list[Row]:
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
