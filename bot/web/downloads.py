"""Files that messages come with, taken from the browser."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from bot.chat.card import File
from bot.prints import html
from bot.web.ports import Ports
from bot.web.visits import NotHere, Visit, visit

_CHUNK = 64 * 1024


class Downloads:
    """Answers the address of a file. Lives as long as the app."""

    def __init__(self, ports: Ports) -> None:
        """Open files through `ports`."""
        self._ports = ports

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file of a message in the visitor's own room. Which one is read from the message, never from outside."""
        here = await visit(request, self._ports)
        file = await self._named(here, request.query.get("message", ""), request.query.get("at", ""))
        made = await self._ports.files(here.place.workspace, file)
        shown = "inline" if file.kind.startswith("text/html") else "attachment"
        with made:
            response = web.StreamResponse(
                headers={
                    "Content-Type": file.kind,
                    "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name, safe='')}",
                    **({"Content-Security-Policy": html.policy()} if shown == "inline" else {}),
                    "X-Content-Type-Options": "nosniff",
                    "Cache-Control": "no-store",
                }
            )
            await response.prepare(request)
            while chunk := await asyncio.to_thread(made.read, _CHUNK):
                await response.write(chunk)
            await response.write_eof()
        return response

    async def _named(self, here: Visit, message: str, at: str) -> File:
        said = await self._ports.messages.get(int(message)) if _is_number(message) else None
        if said is not None and (said.place.kind, said.place.id) == (here.place.kind, here.place.id):
            block = said.card.blocks[int(at)] if _is_number(at) and int(at) < len(said.card.blocks) else None
            if isinstance(block, File):
                return block
        raise NotHere("There is no such file in this room.", "Ask for it again.")


def _is_number(written: str) -> bool:
    return written.isdecimal() and written.isascii() and len(written) < 16
