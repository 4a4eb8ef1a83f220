"""The database as the rest of the house knows it: jobs that write or read one workspace.

Writers share commits: whatever is queued for a workspace runs in one transaction, and one commit
(one fsync) makes all of it durable. A job that raises loses only its own changes. If the shared
transaction itself fails, its jobs run again one by one.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.engine import doubts
from bot.store.engine.ailments import why_unusable
from bot.store.engine.commits import Commits
from bot.store.engine.engines import BUSY_WITHIN, is_gone, may_pass, open_engine
from bot.store.engine.memories import Memory
from bot.store.engine.questions import Questions
from bot.store.engine.statements import Shapes
from bot.store.engine.views import Views
from bot.store.everywhere import Everywhere
from bot.store.transaction import Conflict, Need, RowGone, Transaction, settle
from bot.store.tx import Tx

T = TypeVar("T")
_log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=90)
"""How long a transaction is tried again while the database is locked or gone."""
MOST_AT_ONCE = 64
"""How many jobs share a commit at most."""
_TURNS_TO_COME = 4
"""Turns of the loop in which a request that has arrived becomes a job: read, understood, asked, queued."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 1.0
_SAID_AFTER = 2.0

_FENCE = (
    "SELECT set_config('kept.workspace', %s, true), set_config('lock_timeout', %s, true), "
    "set_config('idle_in_transaction_session_timeout', '60s', true)"
)
_LOCK = f"{_FENCE}, pg_advisory_xact_lock(hashtextextended('kept ' || %s, 0))"


class DatabaseGone(Exception):
    """The database is locked, out of reach or of no use for now, and why; nothing of the job was written."""


class DatabaseUnusable(DatabaseGone):
    """It answers, and trying again would not help: what is wrong, and what somebody has to do."""


@dataclass(slots=True, eq=False)
class _Job:
    workspace: str
    run: Callable[[Tx], Awaitable[Any]]
    needs: Sequence[Need]
    done: asyncio.Future[Any]
    result: Any = field(default=None)
    error: BaseException | None = None

    def resolve(self) -> None:
        if self.done.done():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
            self.done.exception()  # a waiter that was cancelled never asks
        else:
            self.done.set_result(self.result)


class Database:
    """Opens transactions. One a process; made by `open`, ended by `close`."""

    def __init__(self, engine: AsyncEngine, clock: Clock, patience: timedelta, busy_within: timedelta) -> None:
        """Use `open`."""
        self._engine = engine
        self._clock = clock
        self._patience = patience.total_seconds()
        self._busy_within = f"{busy_within // timedelta(milliseconds=1)}ms"
        self._postgres = engine.dialect.name == "postgresql"
        self._shapes = Shapes.of(engine.dialect)
        self._questions = Questions.of(engine.dialect)
        self._views, self._commits = Views(engine), Commits(engine)
        self._memory = Memory()
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._queue: deque[_Job] = deque()
        self._queued = asyncio.Event()
        self._closing = False
        self._out_of_reach = False
        self._writer = asyncio.create_task(self._work(), name="the store's writer")

    @classmethod
    async def open(
        cls, url: str, clock: Clock, *, patience: timedelta = PATIENCE, busy_within: timedelta = BUSY_WITHIN
    ) -> Self:
        """Open a migrated database by its SQLAlchemy address. Raises WrongAddress, DatabaseGone.

        `patience` bounds how long a locked or unreachable database is tried again, `busy_within`
        how long the database itself waits for a lock.
        """
        database = cls(open_engine(url, busy_within), clock, patience, busy_within)
        try:
            await database.everywhere(_nothing)
        except BaseException:
            await database.close()
            raise
        return database

    async def write(self, workspace: str, job: Callable[[Tx], Awaitable[T]], needs: Sequence[Need] = ()) -> T:
        """Run `job` in a writing transaction on `workspace`; its result, once it is durable.

        `needs` are (table, key) pairs that the job will `get`: they are read for the whole batch
        at once. What the job raises is raised here and undoes only what it did. A waiter that is
        cancelled does not stop the job. Raises DatabaseGone when the database stays locked, and
        Conflict where a unique key is taken or a row that is referred to is missing.
        """
        if self._closing:
            msg = "The store is closing; nothing more can be written."
            raise DatabaseGone(msg)
        if asyncio.current_task() is self._writer:
            msg = "A job cannot wait for another job: write through the Tx you were given."
            raise RuntimeError(msg)
        queued = _Job(workspace, job, needs, asyncio.get_running_loop().create_future())
        self._queue.append(queued)
        self._queued.set()
        return await queued.done  # type: ignore[no-any-return]  # a waiter that is cancelled leaves the job in the queue

    async def read(self, workspace: str, job: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `job` on one unchanging view of `workspace`; it cannot write."""

        async def run(connection: AsyncConnection) -> T:
            shared = Transaction(connection, self._shapes, self._questions, workspace, self._clock.now(), self._memory)
            return await job(Tx(shared, writes=False))

        return await self._reading(workspace, run)

    async def everywhere(self, job: Callable[[Everywhere], Awaitable[T]]) -> T:
        """Run `job` on one unchanging view of all workspaces, to learn which have something due."""

        async def run(connection: AsyncConnection) -> T:
            return await job(Everywhere(connection, self._questions, self._clock.now()))

        return await self._reading("*", run)

    def subscribe(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after each commit that announced `topic`; what comes back ends that."""
        listeners = self._listeners.setdefault(topic, [])
        listeners.append(callback)
        return lambda: listeners.remove(callback)

    async def close(self) -> None:
        """Finish what is queued, then let go of the database."""
        self._closing = True
        self._queued.set()
        await self._writer
        await self._views.close()
        await self._commits.close()
        await self._engine.dispose()

    async def _reading(self, workspace: str, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async def attempt() -> T:
            async with self._engine.connect() as plain:
                connection = await plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                async with connection.begin():
                    await connection.exec_driver_sql(_FENCE, (workspace, self._busy_within))
                    return await run(connection)

        return await self._patiently(attempt if self._postgres else lambda: self._views.read(run))

    async def _work(self) -> None:
        while True:
            while not self._queue:
                if self._closing:
                    return
                self._queued.clear()
                await self._queued.wait()
            await self._let_others_come()
            batch = self._next_batch()
            try:
                await self._run(batch)
            except Exception as error:  # noqa: BLE001 -- the waiters must hear of it, and the writer go on
                for job in batch:
                    job.error = error
            for job in batch:
                job.resolve()

    async def _let_others_come(self) -> None:
        """Wait for those who are on their way while more and more come: one commit is theirs together."""
        known = 0
        while known < len(self._queue) < MOST_AT_ONCE:
            known = len(self._queue)
            for _ in range(_TURNS_TO_COME):
                await asyncio.sleep(0)

    def _next_batch(self) -> list[_Job]:
        """Take the oldest job and the others that wait for the same workspace."""
        workspace = self._queue[0].workspace
        batch: list[_Job] = []
        others: deque[_Job] = deque()
        while self._queue and len(batch) < MOST_AT_ONCE:
            job = self._queue.popleft()
            (batch if job.workspace == workspace else others).append(job)
        self._queue.extendleft(reversed(others))
        return batch

    async def _run(self, batch: list[_Job]) -> None:
        try:
            await self._patiently(lambda: self._commit(batch))
        except (DBAPIError, RowGone) as error:
            if len(batch) == 1:
                batch[0].error = _as_conflict(error)
                return
            _log.info("a shared transaction of %d jobs failed, trying them one by one: %s", len(batch), error)
            for job in batch:
                await self._run([job])

    async def _commit(self, batch: list[_Job]) -> None:
        if self._postgres:
            shared = await self._commit_on_a_server(batch)
        else:
            shared = await self._commits.write(lambda connection: self._carried_out(connection, batch))
        heard = [callback for topic in shared.topics for callback in self._listeners.get(topic, ())]
        await settle(heard, lambda error: _log.error("after a commit: %s", error, exc_info=error))

    async def _commit_on_a_server(self, batch: list[_Job]) -> Transaction:
        """Commit; where the connection broke just then, find out whether it was."""
        async with self._engine.connect() as connection, connection.begin() as transaction:
            workspace = batch[0].workspace
            await connection.exec_driver_sql(_LOCK, (workspace, self._busy_within, workspace))
            shared = await self._carried_out(connection, batch)
            marked = await doubts.mark(connection) if shared.wrote else None
            try:
                await transaction.commit()
            except DBAPIError as error:
                if marked is None or not is_gone(error) or not await self._was_committed(marked):
                    raise
        return shared

    async def _carried_out(self, connection: AsyncConnection, batch: list[_Job]) -> Transaction:
        """Run the jobs of a batch, all but the commit."""
        shared = Transaction(
            connection, self._shapes, self._questions, batch[0].workspace, self._clock.now(), self._memory
        )
        await shared.prefetch([need for job in batch for need in job.needs])
        for job in batch:
            await _turn(job, shared)
        await shared.flush()
        return shared

    async def _was_committed(self, marked: str) -> bool:
        return await self._patiently(lambda: doubts.was_committed(self._engine, marked))

    async def _patiently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try again what a lock or a broken connection stopped, with growing pauses."""
        began = self._clock.monotonic()
        pause = _FIRST_PAUSE
        while True:
            try:
                done = await attempt()
            except DBAPIError as error:
                if not may_pass(error):
                    if reason := why_unusable(error):
                        raise DatabaseUnusable(reason) from error
                    raise
                waited = self._clock.monotonic() - began
                if waited > min(_SAID_AFTER, self._patience / 3) and not self._out_of_reach:
                    self._out_of_reach = True
                    _log.warning("the database is locked or out of reach; it is tried again: %s", error.orig)
                if waited + pause > self._patience:
                    msg = f"The database was locked or out of reach for {self._patience:.0f} seconds: {error.orig}"
                    raise DatabaseGone(msg) from error
                # Up to half less: what one outage stopped, in all replicas, does not come back at one instant.
                await asyncio.sleep(pause * (1 - random.random() / 2))  # noqa: S311 -- chance, not a secret
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                if self._out_of_reach:
                    self._out_of_reach = False
                    _log.info("the database answers again")
                return done


async def _turn(job: _Job, shared: Transaction) -> None:
    """Run one job on a page of its own: kept if it returns, dropped if it raises."""
    job.result, job.error = None, None
    tx = Tx(shared, writes=True)
    try:
        job.result = await job.run(tx)
    except (DBAPIError, RowGone):
        raise  # the shared transaction itself is broken
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise  # the writer is being stopped, not the job
        job.error = error
        await tx.drop()
    except Exception as error:  # noqa: BLE001 -- whatever it is, it belongs to whoever waits for this job
        job.error = error
        await tx.drop()
    else:
        await tx.keep()


def _as_conflict(error: Exception) -> Exception:
    """Give a clash of keys the store's own name, so that no other floor need know the database's."""
    if not isinstance(error, IntegrityError):
        return error
    conflict = Conflict(str(error.orig))
    conflict.__cause__ = error
    return conflict


async def _nothing(_: Everywhere) -> None:
    return None
