"""The store's tests run on both databases: each gets a migrated one of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.postgres import Server, running

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server for the whole run."""
    with running(tmp_path_factory.mktemp("postgres")) as server:
        server.prepare()
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database, once of each kind."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.migrated()
    path = tmp_path / "kept.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, once of each kind."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{tmp_path / 'kept.db'}"


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
