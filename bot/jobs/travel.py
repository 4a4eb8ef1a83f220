"""Moving a movable clock, and doing on the way all that falls due, at the moment at which it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from bot.clock import MovableClock
from bot.desk.housekeeping import HOUSEKEEPING
from bot.desk.people.presences import DIGEST
from bot.jobs.deliver import Deliverer
from bot.jobs.tick import next_thing, tick
from bot.store import workspaces
from bot.store.database import Database

MOST_STOPS = 10_000
"""More stops than this on one way means that something looks again at the same moment for ever."""


class Travel:
    """The time of a rehearsal or a test: it stands still until somebody moves it.

    `moved` is called at every stop, so that those who watch can look.
    """

    def __init__(
        self,
        database: Database,
        workspace: Callable[[], str],
        clock: MovableClock,
        deliverer: Deliverer,
        moved: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Take the clock that everything else reads too; `workspace` is asked anew each time."""
        self._database = database
        self._workspace = workspace
        self._clock = clock
        self._deliverer = deliverer
        self._moved = moved

    def now(self) -> datetime:
        """The moment the clock stands at, aware UTC."""
        return self._clock.now()

    async def next_thing(self) -> datetime | None:
        """The next moment at which something happens by itself that people may want to see.

        The daily digest comes every day and is often empty, so it is no such thing.
        """
        return await self._next(besides=(DIGEST, HOUSEKEEPING))

    async def _next(self, *, besides: Collection[str] = (HOUSEKEEPING,)) -> datetime | None:
        """The next look that falls due, or the next words that were held. House is kept on the way."""
        looks = await next_thing(self._database, self._workspace(), besides=besides)
        words = await self._deliverer.next_at()
        return min((at for at in (looks, words) if at is not None), default=None)

    async def advance_to(self, moment: datetime) -> None:
        """Go on to `moment`, stopping at everything that falls due on the way; to the past leads no way."""
        await self.settle()
        for _ in range(MOST_STOPS):
            upcoming = await self._next()
            if upcoming is None or upcoming > moment:
                break
            await self._stand_at(max(upcoming, self._clock.now()))
        else:
            raise RuntimeError("time does not get on: something asks to be looked at again and again")
        if moment > self._clock.now():
            await self._stand_at(moment)

    async def settle(self) -> None:
        """Do what is due now and say what can be said, without moving the clock."""
        await tick(self._database, self._clock.now)
        await self._deliverer.run_once()
        if self._moved is not None:
            await self._moved()

    async def _stand_at(self, moment: datetime) -> None:
        self._clock.set(moment)
        await self._database.write(self._workspace(), lambda tx: workspaces.rehearse_until(tx, moment))
        await self.settle()
