"""Which company a tenant is, and what becomes of Kept in its conversations."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.chat.talk import Place
from bot.teams.activities import Activity, text_at
from bot.teams.ports import Ports

log = logging.getLogger(__name__)

REMEMBERED_FOR = 30.0
"""Seconds that a tenant's company is known without asking; another replica may have joined it to another."""
_GONE_BY_TEAM = {
    "teamDeleted": "its team was deleted",
    "teamHardDeleted": "its team was deleted",
    "teamArchived": "its team was archived",
}
_BACK_BY_TEAM = frozenset({"teamRestored", "teamUnarchived"})
_LONGEST_NAME = 80
_OF_ONE_CHANNEL = frozenset({"channelMemberAdded", "channelMemberRemoved"})
"""To a private or shared channel Kept is added by itself, and taken out of it alone."""
_TAKEN_OUT = "I was taken out of it"


class Installs:
    """Knows tenants. One a process.

    A single-tenant bot has the one company of its deployment. A multi-tenant bot takes in a tenant
    when Kept is installed there, as a company of its own; words of a tenant that never installed
    it are nobody's.
    """

    def __init__(self, ports: Ports, *, tenant: str, workspace: str, many: bool) -> None:
        """`tenant` is the deployment's own ("" where it has none), `workspace` its company; `many` admits others."""
        self._ports = ports
        self._tenant = tenant
        self._workspace = workspace
        self._many = many
        self._known: Mapping[str, str] = {}
        self._read_at: float | None = None
        ports.memory.when_joined(self._forget)

    async def workspace_of(self, activity: Activity) -> str | None:
        """The company an activity belongs to; None for a stranger's. Raises DatabaseGone."""
        tenant = activity.tenant or self._tenant
        if not tenant or (tenant != self._tenant and not self._many):
            return None
        if tenant not in self._known or self._is_old():
            await self._read()
        if tenant not in self._known:
            if tenant == self._tenant:
                await self._ports.memory.claim(self._workspace, tenant, self._workspace, "")
            elif _installs(activity):
                company = f"teams-{tenant}"
                await self._ports.memory.claim(company, tenant, company, activity.user)
            else:
                return None
            await self._read()
        return self._known.get(tenant)

    async def changed(self, activity: Activity, workspace: str) -> None:
        """Kept came into a conversation or was taken out; a team or channel is no more."""
        event = text_at(activity.body, "channelData", "eventType")
        channel = text_at(activity.body, "channelData", "channel", "id")
        alone = event in _OF_ONE_CHANNEL
        team = "" if activity.personal or alone else activity.team
        where = channel if alone and channel else activity.conversation
        if text_at(activity.body, "action") in {"remove", "remove-upgrade"} or _has_bot(activity, "membersRemoved"):
            await self._left(workspace, where, team, _TAKEN_OUT)
        elif event in _GONE_BY_TEAM:
            await self._left(workspace, activity.conversation, team, _GONE_BY_TEAM[event])
        elif event == "channelDeleted" and channel:
            await self._left(workspace, channel, "", "the channel was deleted")
        elif renamed := _renamed(activity, event, channel):
            await self._ports.renamed(workspace, *renamed)
        elif event == "channelRestored" and channel:
            await self._back(workspace, channel, "")
        elif event in _BACK_BY_TEAM:
            await self._back(workspace, where, team)
        elif _installs(activity):
            if not activity.personal:
                await self._back(workspace, where, team)
            await self._greet(activity, workspace, where)

    async def _left(self, workspace: str, conversation: str, team: str, why: str) -> None:
        which = await self._ports.memory.left(workspace, conversation, team)
        await self._ports.changed(workspace, which, why)

    async def _back(self, workspace: str, conversation: str, team: str) -> None:
        which = await self._ports.memory.back(workspace, conversation, team)
        await self._ports.changed(workspace, which, "")

    async def _greet(self, activity: Activity, workspace: str, where: str) -> None:
        """Say hello, once for each chat and channel, however often Teams tells of the install."""
        if not activity.personal:
            await self._ports.welcome(Place(workspace, "teams", "channel", where), "")
        elif activity.user:
            place = Place(workspace, "teams", "direct", activity.user, activity.user_name)
            await self._ports.welcome(place, f"teams welcome {activity.conversation}")

    def _is_old(self) -> bool:
        return self._read_at is None or self._ports.clock.monotonic() - self._read_at > REMEMBERED_FOR

    async def _read(self) -> None:
        self._known = await self._ports.memory.tenants()
        self._read_at = self._ports.clock.monotonic()

    def _forget(self) -> None:
        self._read_at = None


def _renamed(activity: Activity, event: str, channel: str) -> tuple[str, str] | None:
    """The channel or group chat that was given another name, and that name."""
    if event == "channelRenamed":
        name = text_at(activity.body, "channelData", "channel", "name")
    else:
        channel, name = activity.conversation, text_at(activity.body, "topicName")
    name = " ".join(name.split())[:_LONGEST_NAME]
    return (channel, name) if channel and name else None


def _installs(activity: Activity) -> bool:
    added = activity.type == "installationUpdate" and text_at(activity.body, "action") in {"add", "add-upgrade"}
    return added or _has_bot(activity, "membersAdded")


def _has_bot(activity: Activity, name: str) -> bool:
    members: Any = activity.body.get(name)
    return isinstance(members, list) and any(
        isinstance(member, Mapping) and activity.bot and text_at(member, "id") == activity.bot for member in members
    )
