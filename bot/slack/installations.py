"""Where Kept is installed: which Slack workspace is which company, and the token that speaks there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack.calls import identify

log = logging.getLogger(__name__)

_ASKED_EVERY = 60.0
"""Seconds."""


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

    @property
    def reads_files(self) -> bool:
        """Whether files can be attached: Slack shows no field for one to an app that may not read it."""
        return "files:read" in self.scopes

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

    Who it speaks as is asked of Slack when it is first needed; requests of any other workspace are
    strangers'. What it may do is asked again now and then, beside the request that brought it up:
    an app that is installed once more with another scope keeps its token.
    """

    def __init__(self, workspace: str, token: str, web: AsyncWebClient) -> None:
        """Speak in `workspace` with `token`."""
        self._workspace = workspace
        self._token = token
        self._web = web
        self._known: Installation | None = None
        self._known_at = 0.0
        self._asking = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self._told = False

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        """The install, if the request is from its workspace."""
        known = await self._install()
        # A request from an org-wide install may name the organisation alone.
        return known if team == known.team or (not team and enterprise and enterprise == known.enterprise) else None

    async def of_workspace(self, workspace: str) -> Installation | None:
        """The install, if the company is its own."""
        return await self._install() if workspace == self._workspace else None

    async def introduce(self, wanted: Collection[str]) -> bool | None:
        """Say in the log who speaks where, or why nobody can, and which of the `wanted` scopes were not granted.

        At the start, so that whoever installed it hears of a wrong token before the first report is due.
        Gives whether anybody can speak; None where Slack did not answer, who may be asked again.
        """
        try:
            known = await self._install()
        except DeliveryFailed as failed:
            if not self._told:
                log.error("it cannot speak in Slack: %s", failed)
            self._told = True
            return False if failed.outcome == "impossible" else None
        log.info("it speaks in Slack as %s in %s (%s)", known.bot_user, known.team_name or known.team, known.team)
        missing = sorted(set(wanted) - known.scopes)
        if missing and known.scopes:
            log.warning(
                "Slack did not grant %s: print the manifest anew, and install the app again", ", ".join(missing)
            )
        return True

    async def renew(self, stale: Installation) -> None:
        """Nothing can be renewed: a token from the environment is changed there."""
        await self.break_off(stale.team, stale.enterprise, "its token has run out; put a lasting one in its place")

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        """Remember why, until the process is started with another token."""
        known = self._known
        if known is not None and team in {known.team, ""} and enterprise in {known.enterprise, ""}:
            if not known.broken:
                log.error("it can no longer speak in Slack: %s; set SLACK_BOT_TOKEN to a new one and start again", why)
            self._known = replace(known, broken=why)

    async def _install(self) -> Installation:
        loop = asyncio.get_running_loop()
        if self._known is None:
            async with self._asking:
                if self._known is None:
                    self._known, self._known_at = await self._ask(), loop.time()
        elif loop.time() - self._known_at > _ASKED_EVERY and not self._known.broken:
            self._known_at = loop.time()
            self._looking = asyncio.create_task(self._ask_again())
        return self._known

    async def _ask_again(self) -> None:
        try:
            found = await self._ask()
        except DeliveryFailed as failed:
            log.info("what the token may do is not known anew: %s", failed)
            return
        if self._known is not None and not self._known.broken:
            self._known = found

    async def _ask(self) -> Installation:
        found, scopes = await identify(self._web, self._token)
        if not isinstance(found.get("team_id"), str) or not isinstance(found.get("user_id"), str):
            raise DeliveryFailed("Slack did not say whom the token belongs to", "not sent")
        return Installation(
            workspace=self._workspace,
            team=found["team_id"],
            enterprise=found.get("enterprise_id") or "",
            bot_user=found["user_id"],
            bot_id=found.get("bot_id") or "",
            token=self._token,
            team_name=found.get("team") or "",
            scopes=scopes,
        )


def expiry(granted: Mapping[str, Any], now: datetime) -> datetime | None:
    """When a token that was just granted runs out; None for one that does not."""
    seconds = granted.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None
