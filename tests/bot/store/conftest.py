"""The store's tests run on both databases: each gets a migrated one of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store.database import Database
from tests.bot.store.delivering import speaking
from tests.bot.store.promises import NOON, begin_company
from tests.bot.store.wire import Wire


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands at noon (UTC) on Monday 5 October 2026."""
    return MovableClock(NOON)


@pytest.fixture
async def database(url: str, clock: MovableClock) -> AsyncIterator[Database]:
    """A migrated database, open."""
    opened = await Database.open(url, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def company(database: Database) -> Database:
    """A company with an agreement of two promises, in workspace x."""
    await database.write("x", begin_company)
    return database


@pytest.fixture
def wire() -> Wire:
    """A platform that works until it is told to break."""
    return Wire()


@pytest.fixture
def deliverer(company: Database, clock: MovableClock, wire: Wire) -> Deliverer:
    """The outbox's worker on that wire."""
    return speaking(company, clock, wire)
