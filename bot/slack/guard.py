"""What every request passes before Slack's library sees it: small enough, signed, fresh, and readable.

The library checks a signature only after it has read the body, so junk from anybody would be an
error of ours. Here the raw bytes are judged first. Nothing that fails is answered in detail.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from yarl import query_to_pairs

from bot.chat.legible import legible, may_be_illegible
from bot.slack.addresses import lies_below

log = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024
READ_WITHIN = 5.0
"""Seconds for a body to arrive; Slack itself waits three for the answer."""
_SHORT = 500
FRESH_WITHIN = 5 * 60
"""Seconds between Slack's clock and ours; older requests may be somebody's recording."""
_REMEMBERED = 4_096
_LONGEST_TIMESTAMP = 12


class NotFromSlack(Exception):
    """A request that goes no further; `status` is all that its sender hears."""

    def __init__(self, status: int, why: str) -> None:
        """Keep why for the log."""
        super().__init__(why)
        self.status = status


class Guard:
    """Judges raw requests. One a process."""

    def __init__(self, signing_secret: str, now: Callable[[], datetime], response_host: str = "") -> None:
        """Judge by the app's signing secret. ValueError for an empty one, under which everything would be signed.

        Answers go to addresses of `response_host` alone ("" for any).
        """
        if not signing_secret.strip():
            msg = (
                "the signing secret is empty; copy it from the app's page, Basic Information, into SLACK_SIGNING_SECRET"
            )
            raise ValueError(msg)
        self._signing = hmac.new(signing_secret.encode(), b"v0:", "sha256")
        self._now = now
        self._host = response_host
        self._heard: OrderedDict[str, None] = OrderedDict()

    async def admit(self, request: web.Request) -> dict[str, Any]:
        """The body of a request that Slack sent, read once for everybody. Raises NotFromSlack."""
        if (request.content_length or 0) > MOST_BYTES:
            raise NotFromSlack(413, "over 1 MiB")
        raw = await _read(request)
        if _looks_at_the_certificate(raw):
            raise NotFromSlack(200, "somebody looks at our certificate, as Slack does now and then without a signature")
        self._check(raw, request.headers)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotFromSlack(400, "no UTF-8") from error
        body = readable(text, request.content_type)
        if "response_url" in body and not lies_below(body["response_url"] or "", self._host):
            # Slack's library answers there as well, before any listener of ours.
            log.warning("an answer was asked for at an address that is not Slack's")
            del body["response_url"]
        return body

    def remember(self, signature: str) -> None:
        """Take no second copy of a request that was dealt with: it is a recording, for Slack signs a retry anew."""
        self._heard[signature] = None
        if len(self._heard) > _REMEMBERED:
            self._heard.popitem(last=False)

    def _check(self, raw: bytes, headers: Mapping[str, str]) -> None:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _LONGEST_TIMESTAMP):
            raise NotFromSlack(401, "no time stamp")
        signing = self._signing.copy()
        signing.update(b"%s:%s" % (timestamp.encode(), raw))
        expected = f"v0={signing.hexdigest()}"
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape")):
            raise NotFromSlack(401, "a wrong signature: not Slack's, or SLACK_SIGNING_SECRET is another app's")
        late = round(self._now().timestamp() - int(timestamp))
        if abs(late) > FRESH_WITHIN:
            when = f"{late} seconds ago" if late > 0 else f"{-late} seconds from now"
            raise NotFromSlack(401, f"signed {when} by this machine's clock: set the clock, or it is a recording")
        if signature in self._heard:
            raise NotFromSlack(401, "a request that was heard before")


def _looks_at_the_certificate(raw: bytes) -> bool:
    if b"ssl_check=1" not in raw or len(raw) >= _SHORT:
        return False
    fields = dict(query_to_pairs(raw.decode("ascii", "replace")))
    return fields.get("ssl_check") == "1" and fields.keys() <= {"ssl_check", "token"}


async def _read(request: web.Request) -> bytes:
    try:
        if request.content.is_eof():
            return await _whole(request)  # as nearly always: it came with its headers, and nobody waits for it
        async with asyncio.timeout(READ_WITHIN):
            return await _whole(request)
    except TimeoutError as error:
        raise NotFromSlack(408, "a body that does not come") from error
    except (web.HTTPException, web.RequestPayloadError, OSError, ValueError) as error:
        raise NotFromSlack(400, f"an unreadable body: {error}") from error


async def _whole(request: web.Request) -> bytes:
    parts, size = [], 0
    while part := await request.content.readany():
        size += len(part)
        if size > MOST_BYTES:
            raise NotFromSlack(413, "over 1 MiB")
        parts.append(part)
    return b"".join(parts)


def readable(text: str, content_type: str) -> dict[str, Any]:
    """A body of a shape that Slack sends, as data. Raises NotFromSlack."""
    try:
        body: Any = _data(text) if content_type == "application/json" else _form(text)
        if not isinstance(body, dict) or not body:
            raise NotFromSlack(400, "a body of no known shape")
        require_shape(body)
    except (ValueError, RecursionError) as error:
        raise NotFromSlack(400, "an unreadable body") from error
    return body


def _form(text: str) -> Any:
    if text.lstrip().startswith("{"):
        return _data(text)
    fields = dict(query_to_pairs(text, max_fields=100))
    if "payload" in fields:
        return _data(fields["payload"])
    # What is spelled in UTF-8 holds no half characters; nothing but this could be no text.
    return legible(fields) if "%00" in text or "\x00" in text else fields


def _data(document: str) -> Any:
    found = json.loads(document)
    return legible(found) if may_be_illegible(document) else found


# What Slack's library reads from a request before it knows what it is, and the type it takes for granted.
_SHAPES: Mapping[str, type | tuple[type, ...]] = {
    "type": str,
    "command": str,
    "team": (dict, str),
    "team_id": str,
    "user": (dict, str),
    "user_id": str,
    "channel": (dict, str),
    "channel_id": str,
    "enterprise": (dict, str),
    "enterprise_id": str,
    "event": dict,
    "view": dict,
    "message": dict,
    "previous_message": dict,
    "container": dict,
    "authorizations": list,
    "actions": list,
    "response_url": str,
    "trigger_id": str,
    "callback_id": str,
}


_PARTS = frozenset({"event", "message", "previous_message", "view", "authorizations", "actions"})
"""What has parts of the same names in it."""


def require_shape(body: Mapping[str, Any]) -> None:
    """Refuse a request whose parts are not of the types that Slack sends. Raises NotFromSlack."""
    for name, value in body.items():
        kind = _SHAPES.get(name)
        if kind is not None and value is not None and not isinstance(value, kind):
            raise NotFromSlack(400, f"{name} of no known shape")
    event = body.get("event")
    if "event" in body and not (isinstance(event, dict) and isinstance(event.get("type"), str)):
        raise NotFromSlack(400, "an event of no type")
    for name in _PARTS & body.keys():
        part = body[name] or ()
        for each in (part,) if isinstance(part, dict) else part:
            if not isinstance(each, dict):
                raise NotFromSlack(400, f"{name} of no known shape")
            require_shape(each)
