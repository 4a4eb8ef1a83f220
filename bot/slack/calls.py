"""Calls to Slack's Web API: one a time, never repeated unseen, and what each failure says about the message.

A call is made once (`retry_handlers=[]`): the SDK would otherwise post again after a dropped
connection, and the message with it. What is known after a failure decides what may happen next.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.messenger import DeliveryFailed

log = logging.getLogger(__name__)

CONNECT_WITHIN, ANSWER_WITHIN = 4.0, 9.0
"""Seconds; the delivery gives a platform ten."""
WAIT_BY_DEFAULT = 5.0
"""Seconds until a message goes again where Slack did not say how long to wait."""

TOO_MUCH = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long", "msg_too_long", "no_text"}
)
"""Slack refused what was drawn, not that something was said: the same may be said more plainly."""
_BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout", "unknown_error"})
"""Slack's own words for these: part of the operation may have succeeded."""
_MOVING = frozenset({"team_added_to_org", "org_login_required", "external_channel_migrating"})
"""The workspace, or the channel, is on its way into another organisation, and takes nothing until it has arrived."""
MOVES_FOR = 300.0
"""Seconds until something that is moving is asked again."""
_ANEW = frozenset({"update_failed", "file_update_failed"})
"""Slack did not change something, through no fault of the change."""
STALE = "token_expired"
GONE = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_revoked", "app_uninstalled"})
"""The token is of no use any more."""
_IN_WORDS = {
    "is_archived": "the channel was archived",
    "channel_not_found": "the channel is gone, or I was never invited to it",
    "not_in_channel": "I am not in the channel; invite me again",
    "user_disabled": "they were deactivated in Slack",
    "user_not_found": "Slack knows nobody by that id",
    "restricted_action": "only some people may post in that channel",
    "restricted_action_read_only_channel": "only some people may post in that channel",
    "restricted_action_thread_only_channel": "that channel takes replies alone",
    "restricted_action_non_threadable_channel": "that channel takes no replies",
    "restricted_action_thread_locked": "that thread was closed",
    "ekm_access_denied": "this Slack's administrators let nobody post at the moment",
    "access_denied": "this Slack's administrators do not let the app do that",
    "accesslimited": "this Slack answers from certain networks alone; allow the address that the bot calls from",
    "app_access_restricted": "this Slack's administrators do not let the app do that",
    "messages_tab_disabled": "the app's messages are switched off; switch them on, on its page, under App Home",
    "no_permission": "the app may not do that there; invite it to the channel",
    "not_allowed_token_type": "its token is of another sort; SLACK_BOT_TOKEN is the one that begins with xoxb-",
    "cannot_dm_bot": "that is a bot, and bots write to no bots",
    "user_not_visible": "they are a guest, or of another company, and the app cannot see them",
    "invalid_user_combination": "they are of another company, and share no channel with the app",
    "team_added_to_org": "this Slack is on its way into an organisation, and answers again when that is done",
    "org_login_required": "this Slack is on its way into an organisation, and answers again when that is done",
    "external_channel_migrating": "the channel is on its way to another company, and takes messages again after",
    "token_expired": "its token has run out",
    "missing_scope": "the app was not granted what this needs; install it again",
    "token_revoked": "its token was revoked; install the app again",
    "account_inactive": "the app was removed; install it again",
    "invalid_auth": "its token is wrong; check SLACK_BOT_TOKEN or install the app again",
}


class Refused(DeliveryFailed):
    """Slack answered and said no; `code` is its word for why."""

    def __init__(self, method: str, code: str, retry_after: float | None = None) -> None:
        """Tell from the code whether the message may go again."""
        again = code in _BUSY | _MOVING | _ANEW or code == STALE
        outcome = "not sent" if again else "unknown" if code in _UNSURE else "impossible"
        if retry_after is None and code in _MOVING:
            retry_after = MOVES_FOR
        # People read this: Slack's own word stands only where there is no better one.
        said = _IN_WORDS.get(code) or f"Slack refused {method}: {code}"
        super().__init__(said, outcome, retry_after)  # type: ignore[arg-type]
        self.code = code


def open_session() -> aiohttp.ClientSession:
    """The one connection pool that all calls share: through the environment's proxy, if there is one."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN, sock_connect=CONNECT_WITHIN)
    return aiohttp.ClientSession(timeout=timeout, trust_env=True)


def client(api_url: str, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """A client that calls once and keeps to the shared session."""
    # Its own logger: at debug level the SDK writes whole messages down.
    quiet = logging.getLogger("slack_sdk.quiet")
    quiet.setLevel(logging.WARNING)
    made = AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[], logger=quiet)
    made.proxy = None  # the session knows the environment's, and who is reached without one
    return made


async def call(web: AsyncWebClient, method: str, body: Mapping[str, Any], *, token: str = "") -> dict[str, Any]:
    """Call a method with a JSON body; its answer. Raises Refused, DeliveryFailed."""
    return await _call(web, method, token, {"json": dict(body)})


async def call_with_form(
    web: AsyncWebClient, method: str, fields: Mapping[str, Any], *, token: str = ""
) -> dict[str, Any]:
    """The same for the methods that take no JSON: those that read, and the first step of an upload."""
    written = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}
    return await _call(web, method, token, {"data": written})


async def identify(web: AsyncWebClient, token: str) -> tuple[dict[str, Any], frozenset[str]]:
    """Whom a token belongs to, and what it was granted, which Slack tells beside the answer. Raises as `call`."""
    answer = await _asked(web, "auth.test", token, {"json": {}})
    granted = _header(answer.headers, "x-oauth-scopes")
    return _object(answer, "auth.test"), frozenset(filter(None, granted.replace(" ", "").split(",")))


async def _call(web: AsyncWebClient, method: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
    return _object(await _asked(web, method, token, body), method)


async def _asked(web: AsyncWebClient, method: str, token: str, body: dict[str, Any]) -> AsyncSlackResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else None
    try:
        return await web.api_call(method, headers=headers, **body)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
        raise failure(method, error) from error


def _object(answer: AsyncSlackResponse, method: str) -> dict[str, Any]:
    found = answer.data
    if not isinstance(found, dict):
        msg = f"Slack answered {method} with nonsense"
        raise DeliveryFailed(msg, "unknown")
    return found


def failure(method: str, error: BaseException) -> DeliveryFailed:
    """What a failed call says about the message: not sent, unknown, or impossible."""
    if isinstance(error, SlackApiError):
        return _answered(method, error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        # Nothing was said: there was nobody to say it to.
        return DeliveryFailed(f"Slack could not be reached for {method}: {error}", "not sent", WAIT_BY_DEFAULT)
    return DeliveryFailed(f"no answer to {method}: {type(error).__name__} {error}".strip(), "unknown")


def _answered(method: str, error: SlackApiError) -> DeliveryFailed:
    # What hangs at the error is not always the SDK's own response: it may be a bare dict or aiohttp's.
    response = error.response
    status = _attribute(response, "status_code", "status")
    found = getattr(response, "data", response)
    code = found.get("error") if isinstance(found, dict) else None
    if status == 429 or code in _BUSY:
        return Refused(method, "ratelimited", _retry_after(getattr(response, "headers", None)))
    if status is not None and status != 200:
        outcome = "unknown" if status >= 500 or status < 400 else "impossible"
        return DeliveryFailed(f"Slack answered {method} with {status}", outcome)  # type: ignore[arg-type]
    if not isinstance(code, str):
        return DeliveryFailed(f"Slack answered {method} with nonsense", "unknown")
    return Refused(method, code)


def _attribute(response: object, *names: str) -> int | None:
    for name in names:
        value = getattr(response, name, None)
        if isinstance(value, int):
            return value
    return None


def _retry_after(headers: object) -> float:
    try:
        return max(0.0, float(_header(headers, "retry-after")))
    except ValueError:
        return WAIT_BY_DEFAULT


def _header(headers: object, named: str) -> str:
    """A header by its name in small letters, "" where there is none; the SDK may hold several in a list."""
    if not isinstance(headers, Mapping):
        return ""
    written = next((value for name, value in headers.items() if str(name).lower() == named), "")
    return str(written[0] if isinstance(written, list) and written else written)
