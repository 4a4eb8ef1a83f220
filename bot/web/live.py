"""The line that keeps an open page up to date: Server-Sent Events, drawn for one reader.

The page holds a cursor, the revision it has seen. Whenever the bell rings the store is asked what
changed since, so a page that lost the line picks up where it was: nothing is missed, and what
comes twice replaces itself.
"""

from __future__ import annotations

import json
import logging

from aiohttp import web

from bot.web import links
from bot.web.faces import face
from bot.web.pages import Pages
from bot.web.ports import Ports
from bot.web.travels import Travels
from bot.web.visits import Visit, visit

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
"""Seconds of silence after which a line says that it is alive, and looks whether it missed a ring."""
GLANCE = 0.2
"""Seconds between looks at the clock while it travels."""


class Live:
    """Keeps open pages up to date. Lives as long as the app; ends with its bell."""

    def __init__(self, ports: Ports, pages: Pages, travels: Travels) -> None:
        """Push what `ports.messages` and `ports.clock` show."""
        self._ports = ports
        self._pages = pages
        self._travels = travels

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The stream of one page, until either side hangs up."""
        here = await visit(request, self._ports)
        epoch, cursor = _cursor(request.headers.get("Last-Event-ID") or request.query.get("after", ""))
        stream = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
                "X-Content-Type-Options": "nosniff",
            }
        )
        await stream.prepare(request)
        try:
            await stream.write(b"retry: 1000\n\n")
            await self._follow(stream, here, epoch, cursor)
        except ConnectionResetError:
            pass  # the page was closed
        except Exception:
            # Too late for an error page: the line ends, and the browser calls again with its cursor.
            log.exception("a live line broke off: %s", request.path)
        return stream

    async def _follow(self, stream: web.StreamResponse, here: Visit, epoch: int, cursor: int) -> None:
        ports, bell = self._ports, self._ports.bell
        clock_shown = badges_shown = ""
        while not bell.closed:
            rung = bell.listen()
            if epoch != bell.epoch or cursor > await ports.messages.latest():
                await stream.write(_event("reset", "{}"))
                return
            changed = await ports.messages.changed(here.places, since=cursor)
            for said in changed:
                cursor = said.revision
                if (said.place.kind, said.place.id) == (here.place.kind, here.place.id):
                    news = {
                        "id": said.id,
                        "thread": said.place.thread,
                        "html": self._pages.entry(said, here),
                        "summary": said.card.summary,
                        "edited": said.edited_at is not None,
                    }
                    await stream.write(_event("message", json.dumps(news), f"{epoch}-{cursor}"))
            if changed:
                await links.read_here(here, ports)
            unread = json.dumps(await links.badges(here, ports))
            if unread != badges_shown:
                await stream.write(_event("badges", unread, f"{epoch}-{cursor}"))
                badges_shown = unread
            clock_shown = await self._tell_time(stream, here, clock_shown)
            while not changed and self._travels.going_to and not rung.is_set():
                await bell.wait(rung, GLANCE)
                clock_shown = await self._tell_time(stream, here, clock_shown)
            if not changed and not rung.is_set():
                await bell.wait(rung, HEARTBEAT)
                if not rung.is_set():
                    await stream.write(b": still here\n\n")

    async def _tell_time(self, stream: web.StreamResponse, here: Visit, shown: str) -> str:
        """Tell the page the time, if it shows another; what it shows then."""
        clock = await self._clock(here)
        if clock != shown:
            await stream.write(_event("clock", clock))
        return clock

    async def _clock(self, here: Visit) -> str:
        clock = await face(self._ports.clock, here.member.zone, self._travels.going_to)
        return json.dumps(
            {
                "face": self._pages.face(clock),
                "short": clock.short,
                "next": clock.next,
                "going": clock.going,
            }
        )


def _cursor(written: str) -> tuple[int, int]:
    """Epoch and revision; a page that says neither is told to load anew."""
    epoch, _, revision = written.partition("-")
    if epoch.isdecimal() and revision.isdecimal() and len(written) < 30:
        return int(epoch), int(revision)
    return -1, 0


def _event(kind: str, payload: str, event_id: str = "") -> bytes:
    """One event. JSON has no raw line breaks, so the payload is always one line."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {kind}\ndata: {payload}\n\n".encode()
