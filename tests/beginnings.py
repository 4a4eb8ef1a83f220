"""Worlds that begin alike: the first is brought about step by step, and every other is a copy of it.

To apply an agreement and to open its first obligations takes longer than most of what is told
afterwards. Each world is opened on a database of its own, as after a restart.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.databases import Databases
from tests.world import COMPANY_X, Message, World, moment

BEGINS = "Thu 01 Oct 2026 08:30"
"""When Company X's first agreement is applied, unless a test says otherwise."""

Then = Callable[[World], Awaitable[None]]
"""What happens once the agreement is applied, before a test begins. A function of a module: it is known by itself."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A world as it was laid aside: its database, its moment, what had been said, and how often somebody had spoken."""

    kept: str
    at: datetime
    messages: list[Message]
    spoken: int


Beginnings = dict[object, Beginning]
"""What was laid aside in this run, by kind of database, agreement, moment and what happened then."""


@dataclass(slots=True)
class Worlds:
    """Gives a test its worlds, and closes them."""

    databases: Databases
    beginnings: Beginnings
    open: list[World] = field(default_factory=list)

    async def begin(self, file: Path = COMPANY_X, at: str = BEGINS, then: Then | None = None) -> World:
        """A world in which an agreement has been applied, at a moment in New York."""
        key = self._key(file, at, then)
        if key not in self.beginnings:
            self.beginnings[key] = await self._bring_about(file, moment(at), then)
        beginning = self.beginnings[key]
        world = await World.open(self.databases.copy(beginning.kept), beginning.at)
        world.wire.messages += deepcopy(beginning.messages)
        world.deliveries = itertools.count(beginning.spoken)
        self.open.append(world)
        return world

    async def close(self) -> None:
        while self.open:
            await self.open.pop().close()

    def _key(self, file: Path, at: str, then: Then | None) -> object:
        return type(self.databases), file.read_bytes(), at, then

    async def _bring_about(self, file: Path, at: datetime, then: Then | None) -> Beginning:
        url = self.databases.migrated()
        world = await World.open(url, at)
        await world.agrees(file)
        if then is not None:
            await then(world)
        await world.close()
        return Beginning(self.databases.keep(url), world.clock.now(), world.wire.messages, next(world.deliveries))
