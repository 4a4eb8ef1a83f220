"""The bot without its doors: what answers, what time asks, and what speaks.

Everything that people and platforms come in through is put before it by `bot.app`.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.chat.messenger import Messenger
from bot.chat.talk import Platform
from bot.clock import Clock
from bot.commands.answering import Answering
from bot.commands.limits import Limit
from bot.commands.table import COMMANDS
from bot.desk.agreements.applying import Applied, preview
from bot.desk.agreements.applying import apply as apply_terms
from bot.desk.downtimes import be_here
from bot.desk.handoffs.receipts import drawn
from bot.desk.messages.relevance import still_relevant
from bot.desk.messages.rerouting import go_another_way
from bot.desk.people.connecting import Invitation, invite_company
from bot.desk.sitting import sit
from bot.documents import Change, read
from bot.jobs.deliver import PACES, Deliverer
from bot.jobs.tick import Ticked, tick
from bot.sections import WORKSPACE
from bot.store import probes, workspaces
from bot.store.database import Database, DatabaseGone, DatabaseUnusable
from bot.store.deliveries import Paces
from bot.store.migrate import upgrade
from bot.store.tx import Tx
from bot.ticker import Ticker
from slacore.agreements import Terms

_log = logging.getLogger(__name__)

LEAVES_WORD_EVERY = timedelta(minutes=1)
"""How often a running bot leaves word of being here; as exactly is it known afterwards when it was gone."""
TICKED_WITHIN = 60.0
"""Seconds within which a healthy bot has ticked."""
STOPS_WITHIN = 25.0
"""Seconds that what is in flight is given to finish; less than the 30 that operators allow."""

_YOUNG = 10_000
"""New objects after which the garbage collector looks through them; by default 700, two commands' worth."""


def settle_in() -> None:
    """Let the garbage collector pass over what was made while starting, for the process serves until it ends.

    Looking through those 250,000 objects stops every request for a quarter of a second, again and again.
    It is not done once before either: what a start leaves over is less than a megabyte.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
    gc.enable()


class House:
    """One running bot.

    Life cycle: `open`, then `start` (the ticker and the delivery run by themselves), then `close`.
    A test or a rehearsal opens one and moves its time by hand.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        messengers: Mapping[Platform, Messenger],
        public_url: str = "",
        paces: Paces = PACES,
        limit: Limit | None = None,
        leaves_word: bool = True,
    ) -> None:
        """Use `open`."""
        self._leaves_word = leaves_word
        self.database = database
        self.clock = clock
        self.answering = Answering(database, clock, COMMANDS, public_url, limit)
        self.deliverer = Deliverer(
            database,
            messengers,
            clock,
            relevance=still_relevant,
            reroute=go_another_way,
            draw=drawn,
            paces=paces,
        )
        self.ticker = Ticker(self.tick, clock)
        self._delivering: asyncio.Task[None] | None = None
        self._alive_at: datetime | None = None

    @classmethod
    async def open(
        cls,
        url: str,
        clock: Clock,
        doors: Callable[[Database], Mapping[Platform, Messenger]],
        public_url: str = "",
        paces: Paces = PACES,
        limit: Limit | None = None,
        leaves_word: bool = True,
    ) -> House:
        """Bring the database up to date and open it; `doors` gives the messengers that speak.

        `public_url` is where a browser reaches this deployment's pages, "" for nowhere. `paces`
        are how fast each platform lets itself be spoken to, `limit` how much one person may ask.
        `leaves_word` is False where time is moved by hand: a jump of the clock is no absence.
        """
        await asyncio.to_thread(upgrade, url)
        database = await Database.open(url, clock)
        return cls(database, clock, doors(database), public_url.rstrip("/"), paces, limit, leaves_word)

    async def tick(self) -> Ticked:
        """Look at what is due, once, and leave word of being here now and then."""
        if self._leaves_word:
            await self._leave_word(self.clock.now())
        return await tick(self.database, self.clock.now)

    async def _leave_word(self, now: datetime) -> None:
        # Asked again and again, for a machine that was asleep, or without its database, was away as well.
        if self._alive_at is not None and timedelta() <= now - self._alive_at < LEAVES_WORD_EVERY:
            return
        down = await be_here(self.database, now)
        if down is not None:
            _log.warning("nobody was here from %s to %s", f"{down.since:%F %T}Z", f"{down.until:%F %T}Z")
        self._alive_at = now

    async def apply(
        self, workspace: str, company: str, files: Sequence[Path], by: str = "", unsigned: Collection[str] = ()
    ) -> tuple[Applied, ...]:
        """Apply agreements' files, each as its next version, all or none. Raises FileError, Refusal.

        Of the agreements named `unsigned` the files' signatures are left out: their parties sign in chat.
        """
        read_in = [read(file)[1] for file in files]
        read_in = [replace(each, signatures=()) if each.slug in unsigned else each for each in read_in]

        async def job(tx: Tx) -> tuple[Applied, ...]:
            await workspaces.begin(tx, company)
            sitting = await sit(tx, self.clock.now(), by, "file")
            return tuple([await apply_terms(sitting, terms) for terms in read_in])

        return await self.database.write(workspace, job)

    async def invite_company(self, workspace: str) -> tuple[Invitation, str]:
        """Make a code by which a second platform joins a company; what the company is called. Of whoever runs us."""

        async def job(tx: Tx) -> tuple[Invitation, str]:
            sitting = await sit(tx, self.clock.now(), "", "command line")
            return await invite_company(sitting, None), await workspaces.name_of(tx) or workspace

        return await self.database.write(workspace, job)

    async def difference(self, workspace: str, file: Path) -> tuple[Terms, tuple[Change, ...]]:
        """The terms of an agreement's file, and what applying them would change. Raises FileError, Refusal."""
        _, terms = read(file)

        async def look(tx: Tx) -> tuple[Change, ...]:
            return await preview(await sit(tx, self.clock.now(), "", "file"), terms)

        return terms, await self.database.read(workspace, look)

    def start(self) -> None:
        """Let time pass and words go out by themselves."""
        self.ticker.start()
        self._delivering = asyncio.create_task(self.deliverer.run(), name="delivery")

    async def trouble(self) -> str:
        """Why the bot is not well; "" if it can write its database and has ticked within a minute."""
        try:
            async with asyncio.timeout(5):
                await self.database.write(WORKSPACE, probes.write)
        except DatabaseUnusable as unusable:
            return f"the database cannot be written. {unusable}"
        except (DatabaseGone, TimeoutError):
            return "the database cannot be written"
        since = self.ticker.seconds_since_tick
        if since is None:
            return "it has just started: the clock's first tick is to come"
        if since > TICKED_WITHIN:
            return "the clock has not ticked within a minute"
        return ""

    async def close(self) -> None:
        """Finish or record what is in flight, then let go of the database."""
        await self.ticker.stop()
        if self._delivering is not None:
            self.deliverer.stop()
            with suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._delivering, STOPS_WITHIN)
        await self.database.close()
