"""Installs of many Slack workspaces, in the house's store, their tokens sealed and renewed in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.clock import Clock
from bot.slack.calls import GONE, Refused, call_with_form
from bot.slack.installations import Installation, expiry
from bot.slack.seals import KeyRing, Unopenable
from bot.store import administrators, slack_installs, workspaces
from bot.store.database import Database
from bot.store.slack_installs import Install
from bot.store.tx import Tx

log = logging.getLogger(__name__)

REMEMBERED_FOR = 30.0
"""Seconds that an install is known without asking the database; another replica may have changed it."""
RENEWED_BEFORE = timedelta(hours=2)
"""How long before a token runs out it is renewed."""
USABLE_FOR = timedelta(minutes=1)
_RENEWING_WITHIN = timedelta(seconds=30)
_ENDS = GONE | {"invalid_refresh_token"}
"""What Slack says where a token can never be renewed: the app has to be installed again."""


class InstallsInStore:
    """Installs of many Slack workspaces, as rows with sealed tokens.

    Every request asks, so what was read is remembered for half a minute. A token near its end is
    renewed once, whoever and however many notice: a lock in this process, a lease in the row for
    the others.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ring: KeyRing,
        web: AsyncWebClient,
        *,
        client_id: str,
        client_secret: str,
    ) -> None:
        """Keep in `database`, seal with `ring`, renew through `web`."""
        self._database = database
        self._clock = clock
        self._ring = ring
        self._web = web
        self._client = {"client_id": client_id, "client_secret": client_secret}
        self._known: dict[tuple[str, str], tuple[float, Installation | None]] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._tried: dict[str, float] = {}

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        """The install that a request belongs to."""
        return await self._remembered(
            ("team " + team, enterprise if not team else ""),
            lambda: self._database.everywhere(lambda view: slack_installs.of_team(view, team, enterprise)),
        )

    async def of_workspace(self, workspace: str) -> Installation | None:
        """The install through which a company is spoken to."""
        return await self._remembered(
            ("workspace " + workspace, ""), lambda: self._database.read(workspace, slack_installs.of_workspace)
        )

    async def renew(self, stale: Installation) -> None:
        """Get a fresh token. Many may ask at once; one call is made."""
        async with self._locks.setdefault(stale.team, asyncio.Lock()):
            row = await self._database.read(stale.workspace, slack_installs.of_workspace)
            if row is None or row.broken or self._opened(row).token != stale.token:
                self._known.clear()
                return
            seen = row.token
            claimed = await self._database.write(
                stale.workspace, lambda tx: slack_installs.begin_renewing(tx, stale.team, seen, _RENEWING_WITHIN)
            )
            if claimed is not None:
                await self._renew(self._opened(claimed))
            self._known.clear()

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        """Remember that an install is of no use any more."""
        installation = await self.of_team(team, enterprise)
        if installation is not None:
            await self._database.write(
                installation.workspace, lambda tx: slack_installs.broke(tx, installation.team, why)
            )
            self._known.clear()

    async def install(self, installation: Installation, company: str) -> Installation:
        """Keep a new install, or one that was installed anew; a Slack workspace stays with its company."""
        before = await self._database.everywhere(
            lambda view: slack_installs.of_team(view, installation.team, installation.enterprise)
        )
        workspace = before.workspace if before is not None else installation.workspace
        installed = replace(installation, workspace=workspace, broken="")

        async def job(tx: Tx) -> None:
            if await workspaces.name_of(tx) is None:
                await workspaces.begin(tx, company)
            await slack_installs.keep(tx, self._sealed(installed))
            await administrators.appoint(tx, "slack", installed.installed_by)

        await self._database.write(workspace, job)
        self._known.clear()
        return installed

    async def rotate(self) -> int:
        """Seal everything with the newest key; how many installs that changed. Raises Unopenable."""
        changed = 0
        for row in await self._database.everywhere(slack_installs.everywhere):
            if self._ring.is_current(row.token) and self._ring.is_current(row.refresh_token):
                continue
            opened = self._opened(row)
            sealed = self._sealed(opened)

            async def job(tx: Tx, sealed: Install = sealed) -> None:
                slack_installs.sealed_anew(tx, sealed.team, sealed.token, sealed.refresh_token)

            await self._database.write(row.workspace, job)
            changed += 1
        return changed

    async def _remembered(self, key: tuple[str, str], read: Callable[[], Any]) -> Installation | None:
        at = self._clock.monotonic()
        known = self._known.get(key)
        if known is None or at - known[0] > REMEMBERED_FOR:
            row = await read()
            known = (at, None if row is None else self._opened_or_broken(row))
            self._known[key] = known
        installation = known[1]
        if installation is not None and self._wants_renewal(installation):
            await self._renew_in_time(installation)
            row = await read()
            installation = None if row is None else self._opened_or_broken(row)
        return installation

    def _wants_renewal(self, installation: Installation) -> bool:
        expires_at = installation.expires_at
        if expires_at is None or installation.broken or not installation.refresh_token:
            return False
        left = expires_at - self._clock.now()
        if left < USABLE_FOR:
            return True
        tried = self._tried.get(installation.team)
        return left < RENEWED_BEFORE and (tried is None or self._clock.monotonic() - tried > REMEMBERED_FOR)

    async def _renew_in_time(self, installation: Installation) -> None:
        self._tried[installation.team] = self._clock.monotonic()
        try:
            await self.renew(installation)
        except DeliveryFailed as failed:
            log.warning("the token of %s was not renewed yet: %s", installation.team, failed)

    async def _renew(self, old: Installation) -> None:
        fields = {**self._client, "grant_type": "refresh_token", "refresh_token": old.refresh_token}
        try:
            fresh = await call_with_form(self._web, "oauth.v2.access", fields)
        except Refused as refused:
            log.error("the token of %s cannot be renewed: %s", old.team, refused)
            if refused.code not in _ENDS:
                # Such as a client secret that was mistyped: that is mended, and the install is as good as before.
                raise DeliveryFailed(str(refused), "not sent", refused.retry_after) from refused
            why = f"its token could not be renewed: {refused.code}"
            await self._database.write(
                old.workspace,
                lambda tx: slack_installs.broke(tx, old.team, why),
            )
            return
        renewed = self._sealed(
            replace(
                old,
                token=str(fresh["access_token"]),
                refresh_token=str(fresh.get("refresh_token") or old.refresh_token),
                expires_at=expiry(fresh, self._clock.now()),
            )
        )

        async def job(tx: Tx) -> None:
            slack_installs.renewed(tx, old.team, renewed.token, renewed.refresh_token, renewed.expires_at)

        await self._database.write(old.workspace, job)

    def _sealed(self, installation: Installation) -> Install:
        where = installation.workspace
        return Install(
            workspace=where,
            team=installation.team,
            enterprise=installation.enterprise,
            team_name=installation.team_name,
            app=installation.app,
            bot_user=installation.bot_user,
            bot_id=installation.bot_id,
            scopes=" ".join(sorted(installation.scopes)),
            token=self._ring.seal(installation.token, where, f"token {installation.team}"),
            refresh_token=self._ring.seal(installation.refresh_token, where, f"refresh_token {installation.team}"),
            expires_at=installation.expires_at,
            installed_by=installation.installed_by,
            broken="",
            broken_at=None,
        )

    def _opened(self, row: Install) -> Installation:
        return Installation(
            workspace=row.workspace,
            team=row.team,
            bot_user=row.bot_user,
            bot_id=row.bot_id,
            token=self._ring.open(row.token, row.workspace, f"token {row.team}"),
            enterprise=row.enterprise,
            team_name=row.team_name,
            app=row.app,
            scopes=frozenset(row.scopes.split()),
            refresh_token=self._ring.open(row.refresh_token, row.workspace, f"refresh_token {row.team}"),
            expires_at=row.expires_at,
            installed_by=row.installed_by,
            broken=row.broken,
        )

    def _opened_or_broken(self, row: Install) -> Installation:
        """A token that does not open is as good as revoked: nothing is said with it, and the log says why."""
        try:
            return self._opened(row)
        except Unopenable as why:
            log.error("the token of %s does not open: %s", row.team, why)
            return replace(
                self._opened(replace(row, token="", refresh_token="")), broken=f"its token does not open: {why}"
            )
