"""Where Kept is installed: which Slack workspace is which company, and the token that speaks there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack.calls import call


@dataclass(frozen=True, slots=True)
class Installation:
    """One install.

    `workspace` is the company's; `team` and `enterprise` are Slack's ids; `bot_id` marks our own
    messages, `bot_user` is whom people mention. `scopes` are what was granted (empty where that is
    not known). `expires_at` is None for a token that lives until it is revoked. `broken` says why
    the install is of no use any more, "" while it is.
    """

    workspace: str
    team: str
    bot_user: str
    bot_id: str
    token: str
    enterprise: str = ""
    team_name: str = ""
    app: str = ""
    scopes: frozenset[str] = frozenset()
    refresh_token: str = ""
    expires_at: datetime | None = None
    installed_by: str = ""
    broken: str = ""

    def __repr__(self) -> str:
        """Say which, never the token."""
        return f"Installation({self.workspace!r}, {self.team!r}, broken={self.broken!r})"


class Installations(Protocol):
    """Looks installs up, quickly: every request and every message asks."""

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        """The install that a request from Slack belongs to; None for a stranger. Raises DeliveryFailed."""
        ...

    async def of_workspace(self, workspace: str) -> Installation | None:
        """The install through which a company is spoken to. Raises DeliveryFailed."""
        ...

    async def renew(self, stale: Installation) -> None:
        """Get a fresh token, because Slack says that this one has run out."""
        ...

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        """Remember that an install is of no use any more (uninstalled, revoked), and why."""
        ...


class TokenFromEnvironment:
    """The one install of a deployment whose token stands in the environment.

    Who it speaks as is asked of Slack once, when it is first needed; requests of any other
    workspace are strangers'.
    """

    def __init__(self, workspace: str, token: str, web: AsyncWebClient) -> None:
        """Speak in `workspace` with `token`."""
        self._workspace = workspace
        self._token = token
        self._web = web
        self._known: Installation | None = None
        self._asking = asyncio.Lock()

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        """The install, if the request is from its workspace."""
        known = self._known or await self._ask()
        # A request from an org-wide install may name the organisation alone.
        return known if team == known.team or (not team and enterprise and enterprise == known.enterprise) else None

    async def of_workspace(self, workspace: str) -> Installation | None:
        """The install, if the company is its own."""
        return (self._known or await self._ask()) if workspace == self._workspace else None

    async def renew(self, stale: Installation) -> None:
        """Nothing can be renewed: a token from the environment is changed there."""

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        """Remember why, until the process is started with another token."""
        known = self._known
        if known is not None and team in {known.team, ""} and enterprise in {known.enterprise, ""}:
            self._known = replace(known, broken=why)

    async def _ask(self) -> Installation:
        async with self._asking:
            if self._known is None:
                found = await call(self._web, "auth.test", {}, token=self._token)
                if not isinstance(found.get("team_id"), str) or not isinstance(found.get("user_id"), str):
                    raise DeliveryFailed("Slack did not say whom the token belongs to", "not sent")
                self._known = Installation(
                    workspace=self._workspace,
                    team=found["team_id"],
                    enterprise=found.get("enterprise_id") or "",
                    bot_user=found["user_id"],
                    bot_id=found.get("bot_id") or "",
                    token=self._token,
                    team_name=found.get("team") or "",
                )
            return self._known


def expiry(granted: Mapping[str, Any], now: datetime) -> datetime | None:
    """When a token that was just granted runs out; None for one that does not."""
    seconds = granted.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None
