"""Installs of companies that became part of another: their Slack is that other's from then on.

The install itself stays where it was made, with its sealed tokens; only what is said in it, and
to it, is said in the company that it joined.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.slack.installations import Installation, Installations

REMEMBERED_FOR = 30.0
"""Seconds that who joined whom is known without asking; another replica may have let somebody in."""


class JoinedInstallations:
    """`Installations` in front of others: every install under the company that it belongs to now."""

    def __init__(
        self,
        inner: Installations,
        joins: Callable[[], Awaitable[Mapping[str, str]]],
        seconds: Callable[[], float],
    ) -> None:
        """Ask `inner` for installs and `joins` for who joined whom; `seconds` is a monotonic clock."""
        self._inner = inner
        self._joins = joins
        self._seconds = seconds
        self._known: tuple[float, Mapping[str, str]] | None = None
        self._made_in: dict[str, str] = {}

    def forget(self) -> None:
        """Ask anew who joined whom."""
        self._known = None

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        """The install that a request from Slack belongs to, in the company that it is part of."""
        return await self._shown(await self._inner.of_team(team, enterprise))

    async def of_workspace(self, workspace: str) -> Installation | None:
        """The install through which a company is spoken to: its own, or one that joined it."""
        found = await self._inner.of_workspace(workspace)
        if found is None:
            for joined, company in (await self._who_joined()).items():
                if company == workspace and (found := await self._inner.of_workspace(joined)) is not None:
                    break
        return await self._shown(found)

    async def renew(self, stale: Installation) -> None:
        """Get a fresh token, where the install was made."""
        await self._inner.renew(replace(stale, workspace=self._made_in.get(stale.team, stale.workspace)))

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        """Remember that an install is of no use any more."""
        await self._inner.break_off(team, enterprise, why)

    async def _shown(self, found: Installation | None) -> Installation | None:
        if found is None:
            return None
        self._made_in[found.team] = found.workspace
        company = (await self._who_joined()).get(found.workspace)
        return found if company is None else replace(found, workspace=company)

    async def _who_joined(self) -> Mapping[str, str]:
        if self._known is None or self._seconds() - self._known[0] > REMEMBERED_FOR:
            self._known = (self._seconds(), await self._joins())
        return self._known[1]
