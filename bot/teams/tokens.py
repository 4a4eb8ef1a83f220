"""Who may speak to us as Teams: the token of a request, judged before its words are believed.

Only RS256, by a key that Microsoft publishes and endorses for Teams; issued by the Bot Framework,
for this bot, not run out; and for the very service address that the activity names. Whatever is
missing is wrong. The keys are kept for a day, and an unknown key id looks them up anew, at most
once an hour, so that junk cannot make us call Microsoft. While they cannot be had, nobody gets in
whose key is not known already; the next request tries again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, cast

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

log = logging.getLogger(__name__)

LEEWAY = 300
"""Seconds that Microsoft's clock may differ from ours; what Microsoft itself grants."""
KEPT_FOR = timedelta(hours=24).total_seconds()
AGAIN_AFTER = timedelta(hours=1).total_seconds()
"""Seconds before an unknown key id may make us ask again."""
RETRY_AFTER = 5.0
"""Seconds between tries while the keys cannot be had."""
ANSWER_WITHIN = 5.0
MOST_BYTES = 1024 * 1024
LONGEST_TOKEN = 16 * 1024


class NotFromTeams(Exception):
    """A request that goes no further. What was wrong is for the log; its sender hears 401 alone."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a token must say: who issued it, for which bot; and what its key must be endorsed for."""

    app_id: str
    issuer: str
    channel: str = "msteams"


@dataclass(frozen=True, slots=True)
class _Key:
    public: RSAPublicKey
    endorsements: frozenset[str]


class Keys:
    """Microsoft's published keys, kept for a day. One a process."""

    def __init__(self, url: str, session: aiohttp.ClientSession, seconds: Callable[[], float]) -> None:
        """Fetch from the OpenID document at `url`; `seconds` is a monotonic clock."""
        self._url = url
        self._session = session
        self._seconds = seconds
        self._known: dict[str, _Key] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching = asyncio.Lock()

    async def get(self, key_id: str) -> _Key | None:
        """The key of that id; None where Microsoft publishes none, or cannot be asked."""
        if self._may_be_old() or key_id not in self._known:
            async with self._fetching:
                if self._may_be_old() or (key_id not in self._known and self._may_ask()):
                    await self._fetch()
        if self._fetched_at is None or self._seconds() - self._fetched_at > 2 * KEPT_FOR:
            return None
        return self._known.get(key_id)

    def _may_be_old(self) -> bool:
        old = self._fetched_at is None or self._seconds() - self._fetched_at > KEPT_FOR
        return old and (self._tried_at is None or self._seconds() - self._tried_at >= RETRY_AFTER)

    def _may_ask(self) -> bool:
        return self._fetched_at is not None and self._seconds() - self._fetched_at >= AGAIN_AFTER and (
            self._tried_at is None or self._seconds() - self._tried_at >= RETRY_AFTER
        )  # fmt: skip

    async def _fetch(self) -> None:
        self._tried_at = self._seconds()
        try:
            document = await self._json(self._url)
            published = await self._json(document["jwks_uri"])
            known = dict(filter(None, (_key(each) for each in published["keys"])))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("Microsoft's keys cannot be had, so unknown tokens are refused: %s", error)
            return
        if known:
            self._known, self._fetched_at = known, self._seconds()

    async def _json(self, url: str) -> Any:
        within = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with self._session.get(url, timeout=within, allow_redirects=False) as answer:
            if answer.status != 200:
                msg = f"{url} answered {answer.status}"
                raise ValueError(msg)
            body = await answer.content.read(MOST_BYTES)
            return json.loads(body)


def _key(published: Any) -> tuple[str, _Key] | None:
    """One key of the document; None for one that could not have signed a token of ours."""
    if published.get("kty") != "RSA" or published.get("use", "sig") != "sig":
        return None
    key_id = published.get("kid")
    try:
        public = RSAAlgorithm.from_jwk(dict(published))
    except (jwt.InvalidKeyError, ValueError):
        return None
    if not isinstance(key_id, str) or not isinstance(public, RSAPublicKey) or public.key_size < 2048:
        return None
    endorsed = published.get("endorsements")
    return key_id, _Key(public, frozenset(endorsed if isinstance(endorsed, list) else ()))


class Gate:
    """Judges the token of a request. One a process."""

    def __init__(self, trust: Trust, keys: Keys) -> None:
        """Judge by `trust` with `keys`. ValueError for an empty app id, which every token would be for."""
        if not trust.app_id.strip():
            msg = "the app id is empty; copy the bot's Microsoft App ID into TEAMS_APP_ID"
            raise ValueError(msg)
        self._trust = trust
        self._keys = keys
        self._jwt = jwt.PyJWT()

    async def claims(self, authorization: str) -> Mapping[str, Any]:
        """What a valid token claims. Raises NotFromTeams."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
            raise NotFromTeams("no bearer token")
        try:
            header = _header(token.partition(".")[0])
        except jwt.PyJWTError as error:
            raise NotFromTeams(f"no token: {error}") from error
        key_id = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(key_id, str):
            raise NotFromTeams(f"signed by {header.get('alg')!r}, key {key_id!r}"[:200])
        key = await self._keys.get(key_id)
        if key is None:
            raise NotFromTeams(f"no key {key_id[:80]!r} is published")
        if self._trust.channel not in key.endorsements:
            raise NotFromTeams(f"key {key_id[:80]!r} is not endorsed for {self._trust.channel}")
        try:
            claims = self._jwt.decode(
                token,
                key=key.public,
                algorithms=["RS256"],
                audience=self._trust.app_id,
                issuer=self._trust.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotFromTeams(f"{type(error).__name__}: {error}{_mend(error)}"[:300]) from error
        return cast("Mapping[str, Any]", claims)


@lru_cache(maxsize=32)
def _header(part: str) -> Mapping[str, Any]:
    """What the first part of a token says of its key: the same in all that one key signed. Raises PyJWTError."""
    return jwt.get_unverified_header(f"{part}..")


def _mend(error: Exception) -> str:
    """What to look at, should Teams itself be refused."""
    if isinstance(error, jwt.InvalidAudienceError):
        return "; it is for another bot, or TEAMS_APP_ID is another app's"
    if isinstance(error, jwt.ImmatureSignatureError | jwt.ExpiredSignatureError):
        return "; it is a recording, or this machine's clock is wrong: set it"
    return ""


def require_same_service(claims: Mapping[str, Any], service_url: str) -> None:
    """Refuse an activity that names another service address than its token does. Raises NotFromTeams."""
    claimed = claims.get("serviceurl", claims.get("serviceUrl"))
    if not isinstance(claimed, str) or not service_url or claimed.rstrip("/") != service_url.rstrip("/"):
        raise NotFromTeams(f"the token is for {str(claimed)[:120]!r}, the activity for {service_url[:120]!r}")
