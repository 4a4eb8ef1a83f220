"""The rehearsal room, put together: which address is answered by what.

The composition root makes a `Bell` and a `WebMessenger` (for the outbox), fills in the `Ports`,
mounts these routes, and closes the bell when the app shuts down, so that open pages let go.
"""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.web.asides import Asides
from bot.web.downloads import Downloads
from bot.web.guard import Guard
from bot.web.guide import Guide
from bot.web.inbound import Inbound
from bot.web.live import Live
from bot.web.pages import Pages
from bot.web.ports import Ports
from bot.web.rooms import Rooms
from bot.web.travels import Travels

ROOM = "/rehearsal/{person}/{place}"


def rehearsal_routes(ports: Ports) -> list[web.RouteDef]:
    """Every address of the rehearsal room, each behind the guard."""
    token = secrets.token_urlsafe(24)
    pages = Pages(ports, token)
    guard = Guard(ports.hosts, token, pages.error)
    asides, travels = Asides(), Travels(ports.clock, ports.bell)
    rooms = Rooms(ports, pages, asides, travels)
    inbound = Inbound(ports, pages, asides, travels)
    guide = Guide(ports, inbound, asides, travels)
    live = Live(ports, pages, travels)
    looks = {
        "/": rooms.front,
        "/static/{name}": rooms.asset,
        "/rehearsal": rooms.door,
        "/rehearsal/{person}": rooms.door,
        ROOM: rooms.room,
        f"{ROOM}/events": live.events,
        f"{ROOM}/file": Downloads(ports).file,
        f"{ROOM}/completions": inbound.completions,
    }
    changes = {
        "/theme": rooms.choose_theme,
        "/tour/start": guide.start,
        "/tour/next": guide.next,
        "/tour/skip": guide.skip,
        "/tour/jump": guide.jump,
        f"{ROOM}/say": inbound.say,
        f"{ROOM}/press": inbound.press,
        f"{ROOM}/form": inbound.form,
        f"{ROOM}/clock": inbound.clock,
        f"{ROOM}/dismiss": inbound.dismiss,
    }
    return [
        *(web.get(path, guard.reads(handler)) for path, handler in looks.items()),
        *(web.post(path, guard.changes(handler)) for path, handler in changes.items()),
    ]
