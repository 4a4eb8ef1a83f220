"""What channels came to be called while nobody was here to be told: asked for after a start, and now and then after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.messenger import DeliveryFailed
from bot.teams.activities import text_at
from bot.teams.connector import Connector

log = logging.getLogger(__name__)

ROUND_AFTER, ROUND_EVERY = 30.0, 6 * 3600.0
"""Seconds from a start to the first round, and between two."""
CALL_EVERY = 1.5
"""Seconds; one call tells of all channels of a team."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Concerned:
    """A team with channels that a company's agreements speak of: where it is asked, and what they are called."""

    workspace: str
    team: str
    service_url: str
    channels: Mapping[str, str]


class Rounds:
    """Looks at the channels of teams, and passes on what is called otherwise. One a process.

    A private channel is in nobody's list, and "General" has no name there: both are left as they are.
    """

    def __init__(
        self,
        concerned: Callable[[], Awaitable[Sequence[Concerned]]],
        connector: Connector,
        renamed: Callable[[str, str, str], Awaitable[None]],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Ask with `connector`, pass on to `renamed` (company, channel, name); `pause` waits that many seconds."""
        self._concerned = concerned
        self._connector = connector
        self._renamed = renamed
        self._pause = pause

    async def go(self) -> None:
        """One round. What Teams does not answer is asked in the next."""
        for each in await self._concerned():
            await self._pause(CALL_EVERY)
            try:
                found = await self._connector.channels(each.service_url, each.team)
            except DeliveryFailed as failed:
                log.info("what a team's channels are called now could not be asked: %s", failed)
                continue
            for channel in found:
                known = each.channels.get(text_at(channel, "id"))
                name = " ".join(text_at(channel, "name").split())[:_LONGEST_NAME]
                if known is not None and name and name != known.removeprefix("#"):
                    await self._renamed(each.workspace, text_at(channel, "id"), name)
