"""What every request passes before it is heard: the right host, the right page, no leaking errors.

The rehearsal has no log-in: it listens on this machine only and holds a story, not a company. What
remains to fear is another web page in the same browser. So a name that is not ours is refused (a
hostile page may point its own name at 127.0.0.1), a change must come from our own page (browsers
say where a request comes from) and carry the token that only our pages hold, and nothing but our
own script and style runs.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection

from aiohttp import web
from yarl import URL

from bot.web.visits import NotHere
from slacore.errors import Refusal

log = logging.getLogger(__name__)

NO_FORM = (ValueError, LookupError, web.RequestPayloadError)
"""What reading a form raises where there is none, or one in no known letters."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Explain = Callable[[web.Request, int, str, str], web.StreamResponse]
"""Draws an error for a person: request, HTTP status, what is wrong, what to do now."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The origin has to go along with our own posts: with no-referrer it would arrive as `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Wraps the door's handlers. Lives as long as the app."""

    def __init__(self, hosts: Collection[str], token: str, explain: Explain) -> None:
        """Answer under `hosts` only; take changes that carry `token`; draw errors with `explain`."""
        self._hosts = frozenset(host.lower() for host in hosts)
        self._explain = explain
        self._token = token.encode()

    def reads(self, handler: Handler) -> Handler:
        """Wrap a handler that changes nothing."""
        return self._wrap(handler, changes=False)

    def changes(self, handler: Handler) -> Handler:
        """Wrap a handler that does something: it answers our own pages only."""
        return self._wrap(handler, changes=True)

    def _wrap(self, handler: Handler, *, changes: bool) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            response = await self._answer(request, handler, changes=changes)
            if not response.prepared:  # a live stream has sent its headers long ago
                for name, value in HEADERS.items():
                    response.headers.setdefault(name, value)
                response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    async def _answer(self, request: web.Request, handler: Handler, *, changes: bool) -> web.StreamResponse:
        try:
            self._check_host(request)
            if changes:
                await self._check_page(request)
            return await handler(request)
        except NotHere as missing:
            return self._explain(request, 404, missing.problem, missing.next_step)
        except Refusal as refusal:
            return self._explain(request, 409, refusal.problem, refusal.next_step)
        except web.HTTPRequestEntityTooLarge:
            return self._explain(request, 413, "That is far more than fits in a message.", "Say it in fewer words.")
        except web.HTTPForbidden as refused:
            return self._explain(
                request, 403, refused.text or "", "Open the rehearsal from its own first page and do it again there."
            )
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("request %s failed: %s %s", reference, request.method, request.path)
            return self._explain(
                request,
                500,
                f"Something went wrong on our side (reference {reference}).",
                "Try once more; the same request is never carried out twice.",
            )

    def _check_host(self, request: web.Request) -> None:
        try:
            host = URL(f"http://{request.host}").host
        except ValueError:
            host = None
        if host is None or host.lower() not in self._hosts:
            raise web.HTTPForbidden(text="This rehearsal does not answer under that name.")

    async def _check_page(self, request: web.Request) -> None:
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site is not None and site not in {"same-origin", "none"}:
            raise web.HTTPForbidden(text="That request came from another site.")
        if origin is not None and _authority(origin) != _authority(f"{request.scheme}://{request.host}"):
            raise web.HTTPForbidden(text="That request came from another site.")
        try:
            token = (await request.post()).get("token")
        except NO_FORM:
            token = None
        if not isinstance(token, str) or not hmac.compare_digest(token.encode("utf-8", "replace"), self._token):
            raise web.HTTPForbidden(text="This page is from before the rehearsal was started.")


def _authority(origin: str) -> str | None:
    """Host and port of an origin; None for what is none."""
    try:
        return URL(origin).authority
    except ValueError:
        return None
