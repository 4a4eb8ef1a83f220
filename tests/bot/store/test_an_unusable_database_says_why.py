"""A database that answers and cannot be used says what is wrong and what to do, and goes on once that is mended."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.clock import MovableClock, SystemClock
from bot.house import House
from bot.store import probes, workspaces
from bot.store.database import Database, DatabaseGone
from bot.store.engine.ailments import why_unusable
from bot.store.engine.engines import WrongAddress, open_engine
from bot.store.migrate import MigrationFailed, upgrade
from bot.store.tx import Tx
from tests.postgres import Server


@contextmanager
def no_file_may_grow_past(size: int) -> Iterator[None]:
    """As on a full disk: what would make a file longer than so many bytes fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def a_long_name(tx: Tx) -> None:
    await workspaces.begin(tx, "X" * 100_000)


async def test_a_full_disk_is_told_in_a_sentence_and_nothing_has_to_be_started_again(
    sqlite_folder: Path, clock: MovableClock
) -> None:
    url = f"sqlite:///{sqlite_folder}/kept.db"
    upgrade(url)
    database = await Database.open(url, clock)
    await database.write("company", probes.write)
    with (
        no_file_may_grow_past((sqlite_folder / "kept.db-wal").stat().st_size),
        pytest.raises(DatabaseGone, match="Make room"),
    ):
        await database.write("company", a_long_name)
    await database.write("company", probes.write)
    await database.close()


async def test_a_file_that_may_not_be_written_is_told(sqlite_folder: Path, clock: MovableClock) -> None:
    upgrade(f"sqlite:///{sqlite_folder}/kept.db")
    with pytest.raises(DatabaseGone, match="Let the account that runs Kept write"):
        await Database.open(f"sqlite:///file:{sqlite_folder}/kept.db?mode=ro&uri=true", clock)


async def test_whoever_watches_hears_of_a_database_that_cannot_be_written(sqlite_folder: Path) -> None:
    url = f"sqlite:///{sqlite_folder}/kept.db"
    house = await House.open(url, SystemClock(), lambda _: {})
    await house.tick()
    assert await house.trouble() != "the database cannot be written"
    with no_file_may_grow_past(0):
        assert (await house.trouble()).startswith("the database cannot be written. The disk")
    await house.close()


def test_another_programs_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Amy, " * 200, encoding="utf-8")
    with pytest.raises(MigrationFailed, match=r"none of SQLite's\. Name another.*letter\.db"):
        upgrade(f"sqlite:///{tmp_path}/letter.db")


def test_a_folder_in_the_files_place_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(MigrationFailed, match=r"cannot be opened\. Its folder has to be there"):
        upgrade(f"sqlite:///{tmp_path}")


def test_a_new_file_is_for_the_account_alone_that_runs_it(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/var/kept.db")
    assert (tmp_path / "var" / "kept.db").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_says_whose_it_has_to_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for use in (upgrade, open_engine):
        with pytest.raises(WrongAddress, match="Make it for the account that runs Kept"):
            use(f"sqlite:///{tmp_path}/file/below/kept.db")


def test_a_full_disk_under_postgresql_is_told_in_the_same_sentence() -> None:
    error = DBAPIError("INSERT", {}, psycopg.errors.DiskFull("could not extend file"))
    assert why_unusable(error).startswith("The disk that the database is on is full.")


@pytest.mark.postgres
def test_a_role_that_does_not_own_the_database_is_told_whose_it_has_to_be(postgres: Server) -> None:
    url = postgres.empty()
    postgres.run(f"ALTER DATABASE {make_url(url).database} OWNER TO CURRENT_USER")
    with pytest.raises(MigrationFailed, match="Make it the owner"):
        upgrade(url)
