"""Migrations make the tables that the program speaks of, on both databases, and lose nothing on the way."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.clock import MovableClock
from bot.files import shipped
from bot.store import audit, handoffs, migrate
from bot.store.database import Database
from bot.store.engine.engines import address
from bot.store.migrate import MigrationFailed, downgrade, is_current, upgrade
from bot.store.tables import metadata
from tests.bot.store.promises import NOON, begin_company, handoff_of, log
from tests.world import World, moment, private

LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999_later", "{head}", None, None

def upgrade():
    {upgrade}
"""


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = plain_engine(url)
    yield opened
    opened.dispose()


def plain_engine(url: str) -> Engine:
    parsed = address(url)
    return create_engine(parsed.set(drivername="sqlite") if parsed.get_backend_name() == "sqlite" else parsed)


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Add a migration of a later release to the ones that are shipped."""
    folder = tmp_path / "migrations"
    shutil.copytree(shipped("migrations"), folder)
    monkeypatch.setattr(migrate, "shipped", lambda name: folder)
    head = max(path.stem for path in (folder / "versions").glob("0*.py"))

    return Later(folder / "versions" / "9999_later.py", head)


@dataclass
class Later:
    """A migration of a later release: call it with what it does."""

    path: Path
    after: str

    def __call__(self, up: str) -> None:
        self.path.write_text(LATER.format(head=self.after, upgrade=up))


def schema_of(connection: Connection) -> dict[str, Any]:
    """Everything that two databases of the same shape have in common, by table."""
    look = inspect(connection)
    return {
        table: {
            "columns": {(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(table)},
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "references": {
                (f["name"], tuple(f["constrained_columns"]), f["referred_table"], tuple(f["referred_columns"]))
                for f in look.get_foreign_keys(table)
            },
            "unique": {(u["name"], tuple(u["column_names"])) for u in look.get_unique_constraints(table)},
            "checks": {(c["name"], c["sqltext"]) for c in look.get_check_constraints(table)},
            "indexes": {
                (
                    i["name"],
                    tuple(i["column_names"]),
                    tuple(sorted((k, str(v)) for k, v in i.get("dialect_options", {}).items())),
                )
                for i in look.get_indexes(table)
            },
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_a_migration_is_named_as_its_revision_and_the_last_one_sorts_last() -> None:
    scripts = ScriptDirectory(str(shipped("migrations")))
    named = [(Path(each.path).stem, each.revision) for each in scripts.walk_revisions()]
    assert named == sorted(((file, file) for file, _ in named), reverse=True)


def test_the_migrations_make_the_tables_that_the_program_speaks_of(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrations_make_every_check_index_and_reference_that_the_tables_declare(empty_url: str) -> None:
    engine = plain_engine(empty_url)
    upgrade(empty_url)
    with engine.connect() as connection:
        migrated = schema_of(connection)
    downgrade(empty_url)
    with engine.begin() as connection:
        metadata.create_all(connection)
        declared = schema_of(connection)
    engine.dispose()
    assert migrated == declared


async def test_up_down_and_up_again_with_data_in_it(url: str, clock: MovableClock) -> None:
    await filled(url, clock)
    downgrade(url, "0001_first_house")
    assert not is_current(url)
    upgrade(url)
    assert is_current(url)
    database = await Database.open(url, clock)
    kept = await database.read("x", lambda tx: handoffs.find(tx, 1))
    await database.close()
    assert kept == handoff_of(1)
    downgrade(url)
    engine = plain_engine(url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    upgrade(url)
    await filled(url, clock)


async def test_a_company_goes_on_after_its_database_was_taken_back_step_by_step_and_up_again(url: str) -> None:
    world = await World.open(url, moment("Thu 01 Oct 2026 08:30"))
    await world.agrees()
    await world.direct("josh").says("josh", "handoff 25 leads to sales")
    before = private(await world.direct("amy").says("amy", "mine"))
    await world.close()
    revisions = sorted(path.stem for path in (shipped("migrations") / "versions").glob("0*.py"))
    for revision in reversed(revisions[revisions.index("0008_connections") : -1]):  # further back rhythms are lost
        downgrade(url, revision)
    upgrade(url)
    world = await World.open(url, moment("Thu 01 Oct 2026 08:30"))
    assert private(await world.direct("amy").says("amy", "mine")) == before
    await world.travel_to("Fri 09 Oct 2026 17:00")
    assert any("Fri 9 Oct" in each.card.title for each in world.in_place(world.channel().place))
    assert "Everything works." in private(await world.direct("morgan").says("morgan", "health"))
    await world.close()


async def filled(url: str, clock: MovableClock) -> None:
    database = await Database.open(url, clock)
    await database.write("x", begin_company)
    await database.write("x", lambda tx: log(tx, 25))
    await database.write("x", record)
    await database.close()


async def record(tx: Any) -> None:
    await audit.append(tx, at=NOON, actor="josh", via="web", what="Said", subject="H-1", before=None, after=None)


async def test_a_table_that_is_rebuilt_keeps_the_rows_that_refer_to_it(
    url: str, clock: MovableClock, later: Later
) -> None:
    await filled(url, clock)
    later(
        "how = 'always' if op.get_bind().dialect.name == 'sqlite' else 'never'\n    "
        "with op.batch_alter_table('handoffs', recreate=how) as it: it.add_column(sa.Column('colour', sa.Text))"
    )
    upgrade(url)
    engine = plain_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('kept.workspace', '*', false)"))
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("handoffs", "handoff_entries", "tallies")
        ]
        checks = {each["name"] for each in inspect(connection).get_check_constraints("handoffs")}
    engine.dispose()
    assert counts == [1, 1, 1]
    assert {"ck_handoffs_quantity", "ck_handoffs_never_negative"} <= checks


async def test_a_migration_that_would_leave_the_record_open_to_changes_is_taken_back(
    url: str, clock: MovableClock, later: Later
) -> None:
    await filled(url, clock)
    later(
        "op.execute('DROP TRIGGER audit_only_grows_update') if op.get_bind().dialect.name == 'sqlite' "
        "else op.execute('DROP TRIGGER audit_only_grows ON audit')"
    )
    with pytest.raises(MigrationFailed, match="audit open to changes"):
        upgrade(url)
    still_whole(url)


async def test_a_migration_that_would_lose_rows_is_taken_back(url: str, clock: MovableClock, later: Later) -> None:
    await filled(url, clock)
    later("op.execute('DELETE FROM tallies')")
    with pytest.raises(MigrationFailed, match="tallies had 1 rows and would have 0"):
        upgrade(url)
    still_whole(url)


async def test_a_migration_that_breaks_halfway_leaves_the_database_as_it_was(
    url: str, clock: MovableClock, later: Later
) -> None:
    await filled(url, clock)
    later("op.create_table('colours', sa.Column('name', sa.Text)); op.execute('SELECT nonsense FROM nowhere')")
    with pytest.raises(DBAPIError):
        upgrade(url)
    still_whole(url)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_migration_after_which_a_row_refers_to_nothing_is_taken_back(
    url: str, clock: MovableClock, later: Later
) -> None:
    await filled(url, clock)
    later("op.execute(\"UPDATE handoffs SET logged_by = 'nobody'\")")
    with pytest.raises(MigrationFailed, match="rows of handoffs would refer to nothing"):
        upgrade(url)
    still_whole(url)


def still_whole(url: str) -> None:
    """The database is at the shipped revision, with what was in it."""
    engine = plain_engine(url)
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('kept.workspace', '*', false)"))
        tables = set(inspect(connection).get_table_names())
        rows = connection.execute(text("SELECT count(*) FROM tallies")).scalar_one()
    engine.dispose()
    assert revision == max(path.stem for path in (shipped("migrations") / "versions").glob("0*.py"))
    assert tables == {*metadata.tables, "alembic_version"}
    assert rows == 1


def test_a_database_of_a_newer_version_is_refused_and_the_message_says_what_to_do(url: str, later: Later) -> None:
    later("pass")
    upgrade(url)
    later.path.unlink()
    with pytest.raises(MigrationFailed, match=r"newer version of Kept: it is at 9999_later.*restore the backup"):
        upgrade(url)


def test_replicas_that_start_at_once_wait_for_each_other(empty_url: str) -> None:
    broken: list[BaseException] = []

    def start() -> None:
        try:
            upgrade(empty_url)
        except BaseException as error:  # noqa: BLE001 -- told to the test
            broken.append(error)

    replicas = [threading.Thread(target=start) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()
    assert broken == []
    assert is_current(empty_url)


@pytest.mark.parametrize("table", ["audit", "handoff_entries"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET workspace_id = 'y'", "DELETE FROM {}"])
async def test_the_record_only_grows_whoever_asks(url: str, clock: MovableClock, table: str, statement: str) -> None:
    await filled(url, clock)
    engine = plain_engine(url)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('kept.workspace', '*', false)"))
        with pytest.raises(DBAPIError, match=f"{table} is append-only"):
            connection.execute(text(statement.format(table)))
    engine.dispose()
