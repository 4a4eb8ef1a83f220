"""No statement reaches another company's rows: checked before it runs, and again by PostgreSQL."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import and_, delete, exists, func, insert, literal_column, or_, select, text, true, union_all, update
from sqlalchemy.sql.base import Executable

from bot.store.database import Database
from bot.store.fences import Unfenced, mine, require_fence
from bot.store.tables import handoffs, metadata, obligations, people, workspaces
from bot.store.tx import Tx
from tests.postgres import Server

other = people.alias("other")
tied = select(people.c.id).where(mine(people))

OPEN_GATES: dict[str, Executable] = {
    "a plain select": select(people),
    "one of two tables": select(people.c.id, workspaces.c.name).where(mine(people)),
    "an alias": select(other.c.id),
    "the table but not its alias": select(people.c.id, other.c.id).where(mine(people)),
    "one way out of two": select(people).where(or_(mine(people), true())),
    "somebody else's choice": select(people).where(people.c.workspace_id == "y"),
    "a column tied to a column": select(people).where(people.c.workspace_id == people.c.id),
    "a join that ties one side only": select(people.c.id).select_from(people.join(workspaces, mine(workspaces))),
    "an outer join that ties its left side": select(people.c.id).select_from(
        people.outerjoin(workspaces, and_(mine(workspaces), mine(people)))
    ),
    "a subquery": select(tied.subquery()).where(select(func.count()).select_from(people).scalar_subquery() > 0),
    "a select that exists": select(people.c.id).where(mine(people), exists(select(obligations.c.number))),
    "a common table": select(select(people.c.id).cte("everybody")),
    "one half of a union": union_all(tied, select(people.c.id)),
    "an update": update(people).values(name="x"),
    "a delete": delete(people).where(people.c.id == "amy"),
    "an update by another table": update(people)
    .where(people.c.id == obligations.c.owner, mine(people))
    .values(name="x"),
    "an insert past the transaction": insert(people).values(workspace_id="y", id="amy", name="Amy", zone="UTC"),
    "text": text("SELECT * FROM people"),
    "text in a select": select(literal_column("*")).select_from(text("people")),
    "nothing at all": select(literal_column("1")),
}
CLOSED_GATES: dict[str, Executable] = {
    "a plain select": tied,
    "two tables": select(people.c.id, workspaces.c.name).where(
        mine(people), mine(workspaces), workspaces.c.workspace_id == people.c.workspace_id
    ),
    "an alias": select(other.c.id).where(mine(other)),
    "an inner join": select(people.c.id).select_from(people.join(workspaces, and_(mine(workspaces), mine(people)))),
    "an outer join": select(people.c.id)
    .select_from(people.outerjoin(handoffs, and_(mine(handoffs), handoffs.c.logged_by == people.c.id)))
    .where(mine(people)),
    "a subquery": select(tied.subquery()),
    "a union": union_all(tied, tied),
    "an update": update(people).where(mine(people)).values(name="x").returning(people.c.id),
    "a delete": delete(people).where(mine(people), people.c.id == "amy"),
}


async def begin(tx: Tx) -> None:
    tx.insert(workspaces, {"name": tx.workspace, "created_at": tx.now})
    tx.insert(people, {"id": "amy", "name": f"Amy of {tx.workspace}", "zone": "UTC"})


@pytest.fixture
async def two_companies(database: Database) -> Database:
    for workspace in ("x", "y"):
        await database.write(workspace, begin)
    return database


@pytest.mark.parametrize("gate", OPEN_GATES)
def test_a_statement_that_is_not_tied_to_the_workspace_is_refused(gate: str) -> None:
    with pytest.raises(Unfenced):
        require_fence(OPEN_GATES[gate])


async def test_a_refused_statement_does_not_run(two_companies: Database) -> None:
    for gate in ("an update", "a delete", "a plain select"):
        with pytest.raises(Unfenced):
            await two_companies.write("x", lambda tx, gate=gate: tx.rows(OPEN_GATES[gate]))  # type: ignore[misc]
    assert await two_companies.read("y", names) == ["Amy of y"]


async def names(tx: Tx) -> list[str]:
    return [row["name"] for row in await tx.rows(select(people.c.name).where(mine(people)))]


async def test_a_statement_that_is_tied_sees_its_own_company_only(two_companies: Database) -> None:
    for gate, statement in CLOSED_GATES.items():
        found = await two_companies.write("x", lambda tx, it=statement: tx.rows(it))  # type: ignore[misc]
        assert len(found) <= 2, gate
    assert await two_companies.read("y", names) == ["Amy of y"]


async def test_get_finds_its_own_companys_row_under_the_same_key(two_companies: Database) -> None:
    for workspace in ("x", "y"):
        row = await two_companies.read(workspace, lambda tx: tx.get(people, "amy"))
        assert row is not None
        assert row["name"] == f"Amy of {workspace}"


async def test_changes_reach_their_own_company_only(two_companies: Database) -> None:
    async def rename(tx: Tx) -> None:
        tx.update(people, ("amy",), {"name": "Somebody"})

    await two_companies.write("x", rename)
    row = await two_companies.read("y", lambda tx: tx.get(people, "amy"))
    assert row is not None
    assert row["name"] == "Amy of y"


async def test_the_clock_sees_all_companies_and_can_write_none(two_companies: Database) -> None:
    found = await two_companies.everywhere(lambda view: view.rows(select(workspaces.c.workspace_id)))
    assert {row["workspace_id"] for row in found} == {"x", "y"}


def test_every_table_begins_its_key_with_the_workspace_and_carries_it_in_every_reference() -> None:
    for table in metadata.sorted_tables:
        assert table.primary_key.columns.keys()[0] == "workspace_id", table.name
        for reference in table.foreign_key_constraints:
            assert reference.column_keys[0] == "workspace_id", table.name
            assert reference.elements[0].column.name == "workspace_id", table.name


@pytest.mark.postgres
async def test_postgresql_itself_shows_a_plain_role_no_other_companys_rows(postgres: Server) -> None:
    url = postgres.migrated()
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        connection.execute("SELECT set_config('kept.workspace', 'x', false)")
        connection.execute("INSERT INTO workspaces VALUES ('x', 'X', now(), '', NULL)")
        assert connection.execute("SELECT count(*) FROM workspaces").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("INSERT INTO workspaces VALUES ('y', 'Y', now(), '', NULL)")
        for workspace, seen in (("y", 0), ("", 0), ("*", 1), ("x", 1)):
            connection.execute("SELECT set_config('kept.workspace', %s, false)", (workspace,))
            assert connection.execute("SELECT count(*) FROM workspaces").fetchone() == (seen,)
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as fresh:
        assert fresh.execute("SELECT count(*) FROM workspaces").fetchone() == (0,)


@pytest.mark.postgres
def test_postgresql_has_the_wall_around_every_table(postgres: Server) -> None:
    with psycopg.connect(postgres.migrated().replace("postgresql+psycopg", "postgresql")) as connection:
        walled = connection.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
            "WHERE relrowsecurity AND relforcerowsecurity"
        ).fetchall()
    assert {name for (name,) in walled} == set(metadata.tables)
