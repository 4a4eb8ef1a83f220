"""The Bot Connector's REST protocol, one call a method, told apart by what is known afterwards.

No retries here: what may go again goes through the outbox. Our token goes to no address that is
not on the list, whatever an activity said about where it came from.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping, Sequence
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp

from bot.chat.messenger import DeliveryFailed
from bot.clock import Clock
from bot.teams.grants import Grant

ANSWER_WITHIN = 9.0
"""Seconds; a little less than the outbox waits."""
MOST_BYTES = 256 * 1024
_SOON = 1.0
_REFUSED = 60.0


class Rejected(DeliveryFailed):
    """Teams took the request and said no: nothing was said. `code` is its own word for why."""

    def __init__(self, message: str, status: int, code: str) -> None:
        """Keep what Teams answered."""
        super().__init__(message, "impossible")
        self.status = status
        self.code = code


@lru_cache(maxsize=256)  # asked for several times a message, of a few addresses
def origin_of(url: str) -> str:
    """Scheme, host and port of an address; "" for what is none, or hides another host in front of an @."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"https", "http"} or not host or parts.username is not None or "\\" in url:
        return ""
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in {None, usual} else f":{port}")


class Connector:
    """Calls the connector. One a process, over one shared session."""

    def __init__(self, session: aiohttp.ClientSession, grant: Grant, services: Collection[str], clock: Clock) -> None:
        """Call through `session` with tokens of `grant`, at addresses whose origin is in `services` alone."""
        self._session = session
        self._grant = grant
        self._services = frozenset(filter(None, (origin_of(each) for each in services)))
        self._clock = clock

    def trusts(self, service_url: str) -> bool:
        """Whether our token may go to an address."""
        return origin_of(service_url) in self._services

    async def post(self, service_url: str, conversation: str, activity: Mapping[str, Any]) -> str:
        """Say something; the id of what was said. Raises DeliveryFailed."""
        path = f"v3/conversations/{quote(conversation, safe='')}/activities"
        answer = await self._call("POST", service_url, path, activity, again=False)
        return _id(answer)

    async def update(self, service_url: str, conversation: str, message: str, activity: Mapping[str, Any]) -> str:
        """Replace what a message says; twice is the same as once. Raises DeliveryFailed."""
        path = f"v3/conversations/{quote(conversation, safe='')}/activities/{quote(message, safe='')}"
        answer = await self._call("PUT", service_url, path, activity, again=True)
        found = answer.get("id")
        return found if isinstance(found, str) and found else message

    async def open(self, service_url: str, body: Mapping[str, Any]) -> str:
        """Open the personal chat with somebody, which says nothing yet; its id. Raises DeliveryFailed."""
        answer = await self._call("POST", service_url, "v3/conversations", body, again=True)
        try:
            return _id(answer)
        except DeliveryFailed as nonsense:
            raise DeliveryFailed(str(nonsense), "not sent", _SOON) from nonsense

    async def account(self, service_url: str, conversation: str, account: str) -> Mapping[str, Any]:
        """Who an account of a conversation is. Raises DeliveryFailed."""
        path = f"v3/conversations/{quote(conversation, safe='')}/members/{quote(account, safe='')}"
        return await self._call("GET", service_url, path, None, again=True)

    async def channels(self, service_url: str, team: str) -> Sequence[Mapping[str, Any]]:
        """The channels of a team that everybody there sees. Raises DeliveryFailed."""
        answer = await self._call(
            "GET", service_url, f"v3/teams/{quote(team, safe='')}/conversations", None, again=True
        )
        found = answer.get("conversations")
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    async def picture(self, url: str, most: int) -> bytes:
        """What lies at the address of a picture that was put right into a message: up to `most` bytes, and one more.

        Raises DeliveryFailed, also where our token may not go.
        """
        if not self.trusts(url):
            raise DeliveryFailed(f"{origin_of(url) or 'what was named'} is no address of Teams", "impossible")
        token = await self._grant.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        try:
            async with self._session.get(url, headers=headers, timeout=timeout, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise DeliveryFailed(f"Teams answered {answer.status}", "impossible")
                content = bytearray()
                async for part in answer.content.iter_chunked(64 * 1024):
                    content += part
                    if len(content) > most:
                        break
                return bytes(content)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryFailed(f"{type(error).__name__}: {error}", "not sent", _SOON) from error

    async def _call(
        self, method: str, service_url: str, path: str, body: Mapping[str, Any] | None, *, again: bool
    ) -> Mapping[str, Any]:
        """One request. `again` says that repeating it does no harm, so nothing about it is "unknown"."""
        if not self.trusts(service_url):
            raise DeliveryFailed(f"{origin_of(service_url) or 'what was named'} is no address of Teams", "impossible")
        token = await self._grant.token()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        payload = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        doubt = "not sent" if again else "unknown"
        try:
            async with self._session.request(
                method,
                f"{service_url.rstrip('/')}/{path}",
                data=payload,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
                allow_redirects=False,
            ) as answer:
                raw = await answer.content.read(MOST_BYTES)
                status, retry = answer.status, self._wait(answer.headers.get("Retry-After"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise DeliveryFailed(f"Teams cannot be reached: {error}", "not sent", _jittered(_SOON)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            retry = _jittered(_SOON) if again else None
            raise DeliveryFailed(f"{type(error).__name__}: {error}", doubt, retry) from error  # type: ignore[arg-type]
        return self._read(status, raw, retry, again=again)

    def _read(self, status: int, raw: bytes, retry: float | None, *, again: bool) -> Mapping[str, Any]:
        found = _object(raw)
        if 200 <= status < 300:
            if found is not None:
                return found
            if again:
                return {}
            raise DeliveryFailed(f"Teams answered {status} and nothing that can be read", "unknown")
        code, said = _reason(found or {})
        why = f"Teams answered {status} {code} {said}".strip()[:300]
        if status in {429, 412}:
            raise DeliveryFailed(why, "not sent", retry if retry is not None else _jittered(2.0))
        if status == 401:
            self._grant.forget()
            raise DeliveryFailed(why, "not sent", _jittered(_SOON) if "expired" in said.lower() else _REFUSED)
        if 400 <= status < 500 and status not in {408, 425}:
            raise Rejected(why, status, code)
        if again:
            raise DeliveryFailed(why, "not sent", retry if retry is not None else _jittered(_SOON))
        raise DeliveryFailed(why, "unknown")

    def _wait(self, header: str | None) -> float | None:
        """Seconds that Teams wants to be left alone, with a little chance so that not everybody returns at once."""
        if not header:
            return None
        try:
            return _jittered(max(0.0, min(3600.0, float(header))))
        except ValueError:
            pass
        try:
            until = parsedate_to_datetime(header)
            return _jittered(max(0.0, min(3600.0, (until - self._clock.now()).total_seconds())))
        except (ValueError, TypeError):
            return None


def _id(answer: Mapping[str, Any]) -> str:
    found = answer.get("id")
    if not isinstance(found, str) or not found:
        raise DeliveryFailed("Teams did not say which message it made", "unknown")
    return found


def _reason(found: Mapping[str, Any]) -> tuple[str, str]:
    """Teams' word for why, and its sentence, in either of the two shapes that they come in."""
    error = found.get("error")
    if isinstance(error, Mapping):
        return str(error.get("code", "")), str(error.get("message", ""))
    told = found.get("message")
    if not isinstance(told, str):
        return "", ""
    # The chat service behind the connector writes its own JSON into the sentence.
    inner = _object(told.encode()) or {}
    return str(inner.get("subCode") or ""), str(inner.get("details") or told)


def _object(raw: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _jittered(seconds: float) -> float:
    return seconds * (1 + random.random() / 2)  # noqa: S311  # chance, not a secret
