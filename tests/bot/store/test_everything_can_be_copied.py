"""Everything that is kept can be copied into an empty database of either kind while the bot goes on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, event, select, text

from bot.clock import MovableClock
from bot.store import audit, handoffs, probes
from bot.store.copying import copy
from bot.store.database import Database
from bot.store.engine.engines import address
from bot.store.migrate import MigrationFailed, downgrade
from bot.store.tables import metadata
from bot.store.tx import Tx
from tests.bot.store.promises import NOON, begin_company, handoff_of, log
from tests.databases import BOTH, Databases, Files
from tests.postgres import Server


@pytest.fixture(params=BOTH)
def target(request: pytest.FixtureRequest, databases: Databases) -> str:
    """The address of an empty database, once of each kind for each kind that is copied."""
    if isinstance(databases, Server) == (request.param == "postgres"):
        return databases.empty()
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.empty()
    template = request.getfixturevalue("sqlite_template")
    return Files(request.getfixturevalue("sqlite_folder"), template.parent, template).empty()


def everything(url: str) -> dict[str, list[Any]]:
    """Every row of every table, in the order of its keys."""
    parsed = address(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(parsed.set(drivername="sqlite") if sqlite else parsed)
    if not sqlite:
        event.listen(engine, "begin", lambda it: it.execute(text("SELECT set_config('kept.workspace', '*', true)")))
    with engine.begin() as connection:
        found = {
            table.name: list(map(tuple, connection.execute(select(table).order_by(*table.primary_key.columns))))
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


async def record(tx: Tx) -> None:
    await audit.append(tx, at=NOON, actor="josh", via="web", what="Said", subject="H-1", before=None, after={"ä": 1})


async def filled(url: str, clock: MovableClock) -> Database:
    database = await Database.open(url, clock)
    for workspace in ("company", "slack-t1"):
        await database.write(workspace, begin_company)
        await database.write(workspace, lambda tx: log(tx, 25))
        await database.write(workspace, record)
    return database


async def test_a_copy_holds_every_row_of_every_company_and_its_record_follows(
    url: str, target: str, clock: MovableClock
) -> None:
    original = await filled(url, clock)
    before = everything(url)
    assert copy(url, target) == sum(map(len, before.values()))
    assert everything(target) == before
    await original.write("company", probes.write)
    await original.close()
    copied = await Database.open(target, clock)
    assert (await copied.read("slack-t1", audit.verify)).ok
    assert await copied.read("slack-t1", lambda tx: handoffs.find(tx, 1)) == handoff_of(1)
    await copied.close()


async def test_a_database_that_holds_anything_is_never_copied_into(url: str, clock: MovableClock) -> None:
    await (await filled(url, clock)).close()
    before = everything(url)
    with pytest.raises(MigrationFailed, match=r"holds something already\. Name one"):
        copy(url, url)
    assert everything(url) == before


def test_a_database_of_an_older_version_is_brought_up_to_date_first(url: str, empty_url: str) -> None:
    downgrade(url, "0001_first_house")
    with pytest.raises(MigrationFailed, match="Run `kept migrate` first"):
        copy(url, empty_url)


def test_a_file_that_is_not_there_is_not_made_to_be_copied(tmp_path: Any) -> None:
    with pytest.raises(MigrationFailed, match="There is no database at"):
        copy(f"sqlite:///{tmp_path}/none.db", f"sqlite:///{tmp_path}/copy.db")
    assert not list(tmp_path.iterdir())
