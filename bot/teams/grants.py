"""How we prove to Microsoft that it is us: a token for the connector, got by Microsoft's own library.

The library is synchronous and is asked in a thread; what it gave is kept until five minutes before
it runs out. A single-tenant bot asks its own tenant, a multi-tenant one the Bot Framework's.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import msal
import requests

from bot.chat.messenger import DeliveryFailed

log = logging.getLogger(__name__)

RENEWED_BEFORE = 300.0
"""Seconds before a token runs out at which a fresh one is asked for."""
ANSWER_WITHIN = 8.0
AGAIN_AFTER = 30.0
"""Seconds before Microsoft is asked again after it refused us: a wrong secret does not become right by asking."""


class Grant(Protocol):
    """Gives the token that our requests carry."""

    async def token(self) -> str:
        """A token that holds for a while; "" where none is needed. Raises DeliveryFailed."""
        ...

    def forget(self) -> None:
        """Ask for a fresh one next time: this one was refused."""
        ...


class NoGrant:
    """For Microsoft's Agents Playground, which asks for no token."""

    async def token(self) -> str:
        """None is needed."""
        return ""

    def forget(self) -> None:
        """Nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Credential:
    """How the bot proves who it is: a secret, a certificate with its key (PEM), or the machine's own identity."""

    app_id: str
    tenant: str
    login_url: str
    scope: str
    secret: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    managed: bool = False


class MicrosoftGrant:
    """A token from Microsoft Entra. One a process."""

    def __init__(self, credential: Credential, seconds: Callable[[], float]) -> None:
        """Ask with `credential`; `seconds` is a monotonic clock."""
        self._credential = credential
        self._seconds = seconds
        self._client: Any = None
        self._token = ""
        self._until = 0.0
        self._not_before = 0.0
        self._why = ""
        self._fresh = False
        self._asking = asyncio.Lock()

    async def token(self) -> str:
        """A token that holds for a while. Raises DeliveryFailed."""
        if self._token and self._seconds() < self._until:
            return self._token
        async with self._asking:
            if self._token and self._seconds() < self._until:
                return self._token
            if self._seconds() < self._not_before:
                raise DeliveryFailed(self._why, "not sent", self._not_before - self._seconds())
            await self._ask()
            return self._token

    def forget(self) -> None:
        """Ask for a fresh one next time: this one was refused."""
        self._token, self._until, self._client = "", 0.0, None

    async def _ask(self) -> None:
        try:
            answer: Mapping[str, Any] = await asyncio.to_thread(self._acquire)
        except (requests.RequestException, ValueError, OSError) as error:
            raise self._refused(f"Microsoft gave no token: {type(error).__name__}: {error}") from error
        token, lives = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            said = str(answer.get("error_description") or answer.get("error") or "no reason").splitlines()[0]
            raise self._refused(f"Microsoft gave no token: {said[:300]}")
        self._token = token
        self._until = self._seconds() + max(30.0, float(lives or 0) - RENEWED_BEFORE)

    def _refused(self, why: str) -> DeliveryFailed:
        log.warning("%s", why)
        self._client, self._why = None, why
        self._not_before = self._seconds() + AGAIN_AFTER
        return DeliveryFailed(why, "not sent", AGAIN_AFTER)

    def _acquire(self) -> Mapping[str, Any]:
        credential = self._credential
        if self._client is None:
            self._client = _client(credential)
        if credential.managed:
            resource = credential.scope.removesuffix("/.default")
            found: Mapping[str, Any] = self._client.acquire_token_for_client(resource=resource)
        else:
            found = self._client.acquire_token_for_client(scopes=[credential.scope])
        return found


def _client(credential: Credential) -> Any:
    session = _Session()
    if credential.managed:
        session.trust_env = False  # who answers is this machine itself, which no proxy reaches
        identity = msal.UserAssignedManagedIdentity(client_id=credential.app_id)
        return msal.ManagedIdentityClient(identity, http_client=session)
    proof: Any = credential.secret
    if credential.certificate:
        proof = {"private_key": credential.certificate, "public_certificate": credential.certificate}
    return msal.ConfidentialClientApplication(
        credential.app_id,
        client_credential=proof,
        authority=f"{credential.login_url.rstrip('/')}/{credential.tenant}",
        http_client=session,
        # Asking login.microsoftonline.com whether a host that was chosen here is known makes no sense.
        instance_discovery=False,
    )


class _Session(requests.Session):
    """Proxies from the environment, and the certificate authorities that the rest of the program trusts."""

    def __init__(self) -> None:
        """Keep no connection open: the next token is asked for in an hour."""
        super().__init__()
        self.headers["Connection"] = "close"

    def request(self, *arguments: Any, **options: Any) -> requests.Response:
        """Never wait for ever; and let SSL_CERT_FILE, which aiohttp follows, win over this library's own variables."""
        options["timeout"] = options.get("timeout") or ANSWER_WITHIN
        if authorities := os.environ.get("SSL_CERT_FILE"):
            options["verify"] = authorities
        return super().request(*arguments, **options)
