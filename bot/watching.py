"""What a monitor asks: whether the bot is well, and how much waits. Counts and ages only, nobody's words or names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from aiohttp import web

from bot.files import release
from bot.house import House
from bot.store import gauges
from bot.store.database import DatabaseGone
from bot.store.gauges import Waiting

_STATES = {
    "waiting": ("PENDING", "SENDING"),
    "held": ("HELD",),
    "unclear": ("UNKNOWN", "RECONCILING"),
}
"""Words of `health` for the states of the outbox."""


def add_routes(app: web.Application, house: House) -> None:
    """Answer a supervisor at /healthz, and Prometheus and its like at /metrics."""

    async def healthz(_: web.Request) -> web.Response:
        trouble = await house.trouble()
        return web.Response(text=trouble or "ok", status=503 if trouble else 200)

    async def metrics(_: web.Request) -> web.Response:
        now = house.clock.now()
        try:
            found = await house.database.everywhere(lambda view: gauges.waiting(view, now))
        except DatabaseGone:
            return web.Response(text="the database does not answer", status=503)
        text = "".join(_gauges(found, now, house.ticker.seconds_since_tick))
        return web.Response(body=text.encode(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)


def _gauges(found: Waiting, now: datetime, ticked: float | None) -> Iterator[str]:
    """The gauges in Prometheus' text format."""

    def gauge(name: str, means: str, *samples: tuple[str, float]) -> str:
        lines = [
            f"# HELP {name} {means}",
            f"# TYPE {name} gauge",
            *(f"{name}{of} {value:.15g}" for of, value in samples),
        ]
        return "\n".join(lines) + "\n"

    def age(since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (now - since).total_seconds())

    yield gauge("kept_info", "The version that runs.", (f'{{version="{release()}"}}', 1))
    if ticked is not None:
        yield gauge("kept_seconds_since_tick", "Since the clock ticked last; it ticks every second.", ("", ticked))
    counts = {word: sum(found.messages.get(each, 0) for each in names) for word, names in _STATES.items()}
    yield gauge(
        "kept_messages",
        "Messages that are not out: waiting, held in quiet hours, or of unclear fate.",
        *((f'{{state="{word}"}}', count) for word, count in counts.items()),
    )
    yield gauge(
        "kept_oldest_message_seconds",
        "Age of the oldest message that waits.",
        ("", age(min((found.oldest[each] for each in _STATES["waiting"] if each in found.oldest), default=None))),
    )
    yield gauge("kept_behind_seconds", "How long the oldest due look has waited.", ("", age(found.behind_since)))
    yield gauge("kept_put_off", "Looks that failed and are tried again.", ("", found.put_off))
