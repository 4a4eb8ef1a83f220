"""The way "Add to Slack" goes: an administrator allows the app, and its token is kept, sealed.

The state that goes to Slack and comes back is bound to the browser that began, by a cookie that
only that browser holds: a link sent to an administrator by somebody else installs nothing. Nothing
is written down until Slack has confirmed the code, so an attempt that is given up leaves no trace.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.clock import Clock
from bot.slack.calls import call_with_form
from bot.slack.installations import Installation, expiry

log = logging.getLogger(__name__)

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
COOKIE = "kept-install"
FINISHED_WITHIN = 10 * 60
"""Seconds between setting out and coming back."""

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{title}</title><style>
body{{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.2rem}}
h1{{font-size:1.5rem}}a.go{{display:inline-block;padding:.6rem 1rem;border:1px solid;border-radius:.4rem;
text-decoration:none;font-weight:600;color:inherit}}</style></head><body><h1>{title}</h1>{body}</body></html>"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Keep = Callable[[Installation, str], Awaitable[Installation]]
Greet = Callable[[Installation], Awaitable[None]]


class _WholeOrganisation(Exception):
    """An install on every workspace of an Enterprise organisation at once."""


class Installing:
    """The two addresses of "Add to Slack". One a process."""

    def __init__(
        self,
        *,
        web_client: AsyncWebClient,
        clock: Clock,
        client_id: str,
        client_secret: str,
        scopes: tuple[str, ...],
        authorize_url: str,
        public_url: str,
        keep: Keep,
        greet: Greet,
    ) -> None:
        """Ask for `scopes`; keep what is granted with `keep`, then say hello with `greet`."""
        self._web = web_client
        self._clock = clock
        self._client_id = client_id
        self._client_secret = client_secret
        self._scopes = scopes
        self._authorize_url = authorize_url
        self._public_url = public_url.rstrip("/")
        self._keep = keep
        self._greet = greet
        self._key = hashlib.sha256(b"kept signs its states " + client_secret.encode()).digest()

    def add_routes(self, app: web.Application) -> None:
        """Answer at both addresses."""
        app.router.add_get(INSTALL, self.begin)
        app.router.add_get(REDIRECT, self.finish)

    async def begin(self, request: web.Request) -> web.Response:
        """The way out: a page with one link, and the cookie that the way back asks for."""
        browser = secrets.token_urlsafe(32)
        expires = str(int(self._clock.now().timestamp()) + FINISHED_WITHIN)
        query = {
            "client_id": self._client_id,
            "scope": ",".join(self._scopes),
            "state": f"{expires}.{self._signature(browser, expires)}",
        }
        if self._public_url:
            query["redirect_uri"] = self._public_url + REDIRECT
        address = f"{self._authorize_url}?{urlencode(query)}"
        response = _page(
            "Add Kept to Slack",
            "<p>Slack asks you to confirm what Kept may do there. You need to be allowed to install apps.</p>"
            f'<p><a class="go" href="{escape(address)}">Add to Slack</a></p>',
        )
        secure = self._public_url.startswith("https:") or request.secure
        response.set_cookie(
            COOKIE, browser, max_age=FINISHED_WITHIN, path="/slack", httponly=True, secure=secure, samesite="Lax"
        )
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """The way back: the code becomes a token, if the same browser comes back with it."""
        if request.query.get("error"):
            return _again("Nothing was installed.", "Slack says that it was cancelled.", 400)
        if not self._is_ours(request.cookies.get(COOKIE, ""), request.query.get("state", "")):
            return _again(
                "This link belongs to another browser, or it is too old.",
                "To be safe, nothing was installed.",
                400,
            )
        fields = {
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "code": request.query.get("code", ""),
        }
        if self._public_url:
            fields["redirect_uri"] = self._public_url + REDIRECT
        try:
            granted = await call_with_form(self._web, "oauth.v2.access", fields)
            installed = await self._keep(*self._granted(granted))
        except _WholeOrganisation:
            return _again(
                "Slack allowed it for a whole organisation.",
                "Kept serves single workspaces, and nothing was installed: choose a workspace on Slack's page.",
                400,
            )
        except DeliveryFailed as failed:
            log.warning("an install was not finished: %s", failed)
            return _again(
                "Slack did not confirm it.", "Nothing was installed.", 502 if failed.outcome != "impossible" else 400
            )
        except (KeyError, TypeError, ValueError):
            log.exception("Slack granted something that is no install")
            return _again("Slack granted something that is no install of a bot.", "Nothing was installed.", 400)
        await self._greet(installed)
        response = _page(
            "Kept is installed.",
            f"<p>It belongs to <b>{escape(installed.team_name or installed.team)}</b> now. Invite it to a channel with "
            "<b>/invite @Kept</b>, apply your agreement, and type <b>/sla help</b>.</p>"
            f"<p>Its workspace here is <b>{escape(installed.workspace)}</b>: "
            f"<b>kept apply FILE --workspace {escape(installed.workspace)}</b></p>",
        )
        response.del_cookie(COOKIE, path="/slack")
        return response

    def _granted(self, granted: dict[str, object]) -> tuple[Installation, str]:
        if granted.get("is_enterprise_install") is True:
            raise _WholeOrganisation
        team, user = granted["team"], granted.get("authed_user")
        enterprise = granted.get("enterprise")
        if not isinstance(team, dict) or granted.get("token_type") != "bot":
            msg = "no bot token of a workspace"
            raise ValueError(msg)
        name = str(team.get("name") or team["id"])
        installation = Installation(
            workspace=f"slack-{str(team['id']).lower()}",
            team=str(team["id"]),
            bot_user=str(granted["bot_user_id"]),
            bot_id=str(granted.get("bot_id") or ""),
            token=str(granted["access_token"]),
            enterprise=str(enterprise.get("id") or "") if isinstance(enterprise, dict) else "",
            team_name=name,
            app=str(granted.get("app_id") or ""),
            scopes=frozenset(filter(None, str(granted.get("scope") or "").split(","))),
            refresh_token=str(granted.get("refresh_token") or ""),
            expires_at=expiry(granted, self._clock.now()),
            installed_by=str(user.get("id") or "") if isinstance(user, dict) else "",
        )
        return installation, name

    def _is_ours(self, browser: str, state: str) -> bool:
        expires, _, signature = state.partition(".")
        if not browser or not expires.isdecimal() or not expires.isascii() or len(expires) > 12:
            return False
        if self._clock.now().timestamp() > int(expires):
            return False
        return hmac.compare_digest(signature.encode("utf-8", "replace"), self._signature(browser, expires).encode())

    def _signature(self, browser: str, expires: str) -> str:
        signed = hmac.new(self._key, f"{expires} {browser}".encode("utf-8", "replace"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def _page(title: str, body: str, status: int = 200) -> web.Response:
    text = _PAGE.format(title=escape(title), body=body)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS)


def _again(title: str, why: str, status: int) -> web.Response:
    return _page(title, f'<p>{escape(why)}</p><p><a class="go" href="{INSTALL}">Begin again</a></p>', status)
