"""The weekly report's picture: how long it takes, and how long an event loop has to wait for it.

There is no peer to beat; the bars are the product's own promises. The loop's longest wait is
shown beside the wait when the same picture is drawn in the loop itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from statistics import median

from bot.charts import aside, png, svg
from bot.chat.card import Chart
from tests.bench.table import ROUNDS, Row, human_seconds, progress
from tests.bot.charts.october import EARLY, october
from tests.bot.charts.oddities import ODD

WITHIN = 0.050
STALL_WITHIN = 0.010
BYTES = 100_000
BEAT = 0.001


def run() -> list[Row]:
    """Measure a month's picture, the fullest one, and the wait of a loop that draws meanwhile."""
    month, fullest = october(EARLY), ODD["six"]
    rows = []
    for name, chart in (("a month", month), ("twelve panels", fullest)):
        progress(f"a picture of {name}")
        png.draw(chart)
        rows.append(_time(f"SVG of {name}, in the loop", partial(svg.draw_inline, chart), STALL_WITHIN))
        rows.append(_size(f"PNG of {name}, its file", len(png.draw(chart))))
    rows.append(_time("PNG of a month", partial(png.draw, month), WITHIN))
    progress("the loop's wait")
    return [*rows, asyncio.run(_stall("a month", month)), asyncio.run(_stall("twelve panels", fullest))]


def _time(name: str, call: Callable[[], object], bar: float) -> Row:
    """Time a call on its core: what others run meanwhile on the machine is not the picture's."""
    call()
    taken = median(_core_seconds(call) for _ in range(ROUNDS))
    return Row(name, human_seconds(taken), "–", bar / taken, f"{human_seconds(bar)}", taken <= bar)


def _core_seconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def _size(name: str, size: int) -> Row:
    return Row(name, f"{size / 1000:.0f} kB", "–", BYTES / size, f"{BYTES / 1000:.0f} kB", size <= BYTES)


async def _stall(name: str, chart: Chart) -> Row:
    """The longest wait in a drawing, median of five: beside the loop (ours) and in it (theirs)."""

    async def in_the_loop(chart: Chart) -> bytes:
        return png.draw(chart)

    await aside.draw_png(chart)
    beside = median([await _longest_wait(aside.draw_png, chart) for _ in range(ROUNDS)])
    within = median([await _longest_wait(in_the_loop, chart) for _ in range(ROUNDS)])
    return Row(
        f"longest wait of the loop, PNG of {name}",
        human_seconds(beside),
        human_seconds(within),
        within / beside,
        human_seconds(STALL_WITHIN),
        beside <= STALL_WITHIN,
    )


async def _longest_wait(draw: Callable[[Chart], Awaitable[bytes]], chart: Chart) -> float:
    """Draw while something else beats every millisecond, and tell by how much a beat was late at worst."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            late.append(time.perf_counter() - before - BEAT)

    beating = asyncio.create_task(beat())
    await asyncio.sleep(BEAT * 5)
    late.clear()
    await draw(chart)
    await asyncio.sleep(BEAT * 5)
    beating.cancel()
    return max(late)
