"""A database of its own for every test that asks, on SQLite and on PostgreSQL alike.

Months of behaviour cost most where every statement crosses a socket. So by default a test that
tells behaviour runs on SQLite, and few of them, which together make every statement that any of
them makes, on PostgreSQL too; what the store itself promises runs on both, always.
KEPT_TEST_DATABASES=all runs everything on both. See docs/decisions/0008.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import make_url

from bot.store.migrate import upgrade
from tests.memory import MEMORY
from tests.postgres import Server, running
from tests.told_twice import BEHAVIOUR, chosen_of, listed

BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


class Databases(Protocol):
    """Where a test gets databases of one kind from. What is kept outlasts the test."""

    def empty(self) -> str:
        """The address of a database with nothing in it."""
        ...

    def migrated(self) -> str:
        """The address of one as the newest migration leaves it."""
        ...

    def keep(self, url: str) -> str:
        """Lay a database aside, which nobody may have open; the name of what is kept."""
        ...

    def copy(self, kept: str) -> str:
        """The address of a copy of what is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """SQLite: `folder` is the test's own, `templates` the run's."""

    folder: Path
    templates: Path
    template: Path
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'kept-{next(self._count)}.db'}"

    def migrated(self) -> str:
        return self.copy(str(self.template))

    def keep(self, url: str) -> str:
        kept = self.templates / f"{len(list(self.templates.iterdir()))}.db"
        return str(shutil.move(str(make_url(url).database), kept))

    def copy(self, kept: str) -> str:
        url = self.empty()
        shutil.copyfile(kept, str(make_url(url).database))
        return url


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
def databases(request: pytest.FixtureRequest, sqlite_folder: Path) -> Iterator[Databases]:
    """Where databases come from, once of each kind."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        yield server
        server.end_test()
        return
    template: Path = request.getfixturevalue("sqlite_template")
    yield Files(sqlite_folder, template.parent, template)


@pytest.fixture
def url(databases: Databases) -> str:
    """The address of a migrated database, once of each kind."""
    return databases.migrated()


@pytest.fixture
def empty_url(databases: Databases) -> str:
    """The address of a database with nothing in it, once of each kind."""
    return databases.empty()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what PostgreSQL need not say again, unless all is asked for."""
    if os.environ.get("KEPT_TEST_DATABASES") == "all":
        return
    told: dict[str, list[str]] = {}
    for item in items:
        if item.nodeid.startswith(BEHAVIOUR) and item.get_closest_marker("postgres") is not None:
            told.setdefault(item.nodeid.partition("::")[0], []).append(item.nodeid)
    known = listed()
    names = {name for all_names in told.values() for name in all_names}
    names -= {name for file, all_names in told.items() for name in chosen_of(file, all_names, known)}
    kept = [item for item in items if item.nodeid not in names]
    left_out = [item for item in items if item.nodeid in names]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
