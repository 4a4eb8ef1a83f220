"""Drawing while the event loop goes on: one worker thread, one picture at a time.

Drawing is a row of calls into Pillow, none of them long, so the loop gets its turn between them;
two pictures at once would only take each other's turns. See docs/decisions/0032 for what was
measured.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from bot.chat.card import Chart


async def draw_png(chart: Chart) -> bytes:
    """Draw a chart as a PNG file beside the event loop; what is asked meanwhile waits in line."""
    return await asyncio.get_running_loop().run_in_executor(_worker(), _draw, chart)


def _draw(chart: Chart) -> bytes:
    from bot.charts import png  # with Pillow, which a start need not wait for

    return png.draw(chart)


@lru_cache(maxsize=1)
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
