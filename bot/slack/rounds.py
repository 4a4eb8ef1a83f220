"""What changed in Slack while nobody was here to be told: asked for after a start, and now and then after.

Slack tells of each change when it happens, and not again. So what an agreement speaks of is looked at
slowly, a call at a time, well below what Slack allows.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack.calls import Refused, call_with_form
from bot.slack.hearing import text_at
from bot.slack.installations import Installation, Installations
from bot.slack.ports import Change, ChannelChanged, PersonChanged

log = logging.getLogger(__name__)

ROUND_AFTER, ROUND_EVERY = 30.0, 6 * 3600.0
"""Seconds from a start to the first round, and between two."""
CALL_EVERY = 1.5
"""Seconds: forty calls a minute, where Slack takes fifty of the slower of the two methods."""
_PATIENCE = 3
_UNKNOWN = frozenset({"channel_not_found", "user_not_found", "user_not_visible"})


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a company's agreements speak of in Slack, as it is known.

    `channels` are called by these names, and in the `silent` ones nothing can be said; of `people` it is known
    whether they are here.
    """

    workspace: str
    channels: Mapping[str, str]
    silent: frozenset[str]
    people: Mapping[str, bool]


class Rounds:
    """Looks at channels and people, and passes on what is otherwise than it is known. One a process."""

    def __init__(
        self,
        concerned: Callable[[], Awaitable[Sequence[Concerned]]],
        installations: Installations,
        web: AsyncWebClient,
        changed: Callable[[Change], Awaitable[None]],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Ask with `web`, pass on to `changed`; `pause` waits that many seconds."""
        self._concerned = concerned
        self._installations = installations
        self._web = web
        self._changed = changed
        self._pause = pause

    async def go(self) -> None:
        """One round. What Slack does not answer is asked in the next."""
        for each in await self._concerned():
            try:
                installation = await self._installations.of_workspace(each.workspace)
                if installation is not None and not installation.broken:
                    await self._look(each, installation)
            except DeliveryFailed as failed:
                log.info("what changed in Slack meanwhile could not be asked for %s: %s", each.workspace, failed)

    async def _look(self, each: Concerned, installation: Installation) -> None:
        for channel, known in each.channels.items():
            found = (await self._ask("conversations.info", {"channel": channel}, installation)).get("channel")
            if isinstance(found, Mapping):
                await self._channel(each, channel, known, found)
        for user, here in each.people.items():
            found = (await self._ask("users.info", {"user": user}, installation)).get("user")
            if isinstance(found, Mapping) and isinstance(found.get("deleted"), bool) and found["deleted"] == here:
                name, zone = text_at(found, "real_name"), text_at(found, "tz")
                await self._changed(PersonChanged(each.workspace, user, name, zone, active=not here, guest=False))

    async def _channel(self, each: Concerned, channel: str, known: str, found: Mapping[str, Any]) -> None:
        name = text_at(found, "name")
        if name and f"#{name}" != known:
            await self._changed(ChannelChanged(each.workspace, channel, "renamed", name=f"#{name}"))
        if found.get("is_archived") is True:
            await self._changed(ChannelChanged(each.workspace, channel, "archived"))
        elif channel in each.silent and found.get("is_member") is True:
            await self._changed(ChannelChanged(each.workspace, channel, "unarchived"))

    async def _ask(self, method: str, fields: Mapping[str, str], installation: Installation) -> Mapping[str, Any]:
        """One answer; nothing, where Slack knows no such channel or person. Raises DeliveryFailed."""
        for tried in range(1, _PATIENCE + 1):
            await self._pause(CALL_EVERY)
            try:
                return await call_with_form(self._web, method, fields, token=installation.token)
            except Refused as refused:
                if refused.code in _UNKNOWN:
                    return {}
                if refused.code != "ratelimited" or tried == _PATIENCE:
                    raise
                await self._pause(refused.retry_after or CALL_EVERY)
        return {}
