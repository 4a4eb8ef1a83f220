"""A migrated database of its own for every test that asks, on SQLite and on PostgreSQL alike.

Months of behaviour cost most where every statement crosses a socket. So by default a test that
tells behaviour runs on SQLite, and one in three of them, the first of each file among them, on
PostgreSQL too; what the store itself promises runs on both, always. KEPT_TEST_DATABASES=all runs
everything on both. See docs/decisions/0008.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.migrate import upgrade
from tests.memory import MEMORY
from tests.postgres import Server, running

ONE_IN = 3
"""How many tests of behaviour share one that runs on PostgreSQL too."""
BEHAVIOUR = ("tests/spec/", "tests/slack/", "tests/teams/")
BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="kept-pg-", dir=MEMORY)) if MEMORY.is_dir() else tmp_path_factory.mktemp("pg")
    with running(folder) as server:
        server.prepare()
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for one test's SQLite files: in memory, where the machine has such a place."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="kept-", dir=MEMORY))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, sqlite_folder: Path) -> str:
    """The address of a migrated database, once of each kind."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.migrated()
    path = sqlite_folder / "kept.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, sqlite_folder: Path) -> str:
    """The address of a database with nothing in it, once of each kind."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{sqlite_folder / 'kept.db'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what PostgreSQL need not say again, unless all is asked for."""
    if os.environ.get("KEPT_TEST_DATABASES") == "all":
        return
    seen: set[str] = set()
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        file = item.nodeid.partition("::")[0]
        if item.get_closest_marker("postgres") is None or not file.startswith(BEHAVIOUR):
            kept.append(item)
            continue
        chosen = file not in seen or zlib.crc32(item.nodeid.encode()) % ONE_IN == 0
        seen.add(file)
        (kept if chosen else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
