"""The store's tests run on both databases: each gets a migrated one of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import MovableClock
from bot.store.database import Database

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


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
