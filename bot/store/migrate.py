"""Bring a database to the shape this version of the program needs, or take it back.

One set of migrations serves both databases. Each run is one transaction: it happens whole or not
at all, and two replicas that start at once wait for each other. On SQLite foreign keys are off
while tables are rebuilt, because a rebuild would delete every row that refers to the table; so
what refers to what is checked afterwards, and on the way up no table may have lost rows.

Alembic is loaded where there is something to migrate: a start that finds nothing need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.files import shipped
from bot.store.engine.ailments import why_unusable
from bot.store.engine.engines import address, make_place

APPEND_ONLY = ("audit", "handoff_entries")
_LOCK = "SELECT set_config('kept.workspace', '*', true), pg_advisory_xact_lock(hashtextextended('kept migrations', 0))"


_NOT_ALLOWED = "42501"  # as a role that does not own the database is told since PostgreSQL 15


class MigrationFailed(Exception):
    """The database was left as it was; the message says why and what to do."""


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database up to a revision, unless it is there. Raises MigrationFailed, WrongAddress."""
    with opened(url) as connection:
        if to == "head" and _revision(connection) == _newest():
            return  # as at every start but the first: without reading migrations, and without counting rows
        before = _counts(connection)
        _run(connection, lambda command, config: command.upgrade(config, to))
        require_whole(connection, before)


def downgrade(url: str, to: str = "base") -> None:
    """Take the database back to a revision; what only newer revisions knew is lost. Raises MigrationFailed."""
    with opened(url) as connection:
        _run(connection, lambda command, config: command.downgrade(config, to))
        require_whole(connection, {})


def is_current(url: str) -> bool:
    """Whether the database has exactly the shape this version of the program needs."""
    with opened(url) as connection:
        return _revision(connection) == _newest()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newest() -> str:
    """The revision of the last migration; a file bears the name of its revision, and they sort in order."""
    return max(file.stem for file in (shipped("migrations") / "versions").glob("*.py"))


def _run(connection: Connection, work: Callable[[ModuleType, object], None]) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        work(command, config)
    except CommandError as error:
        msg = (
            f"The database was made by a newer version of Kept: it is at {_revision(connection)}, and this one knows "
            f"nothing after {_newest()}. Run that version, or restore the backup that was made before it."
        )
        raise MigrationFailed(msg) from error


def require_whole(connection: Connection, before: dict[str, int]) -> None:
    """Refuse (MigrationFailed) what lost rows, left one that refers to nothing, or left the record open to changes.

    `before` is how many rows each table had that may not lose any.
    """
    after = _counts(connection)
    lost = {name: (rows, after[name]) for name, rows in before.items() if name in after and after[name] < rows}
    if lost:
        told = ", ".join(f"{name} had {rows} rows and would have {left}" for name, (rows, left) in lost.items())
        msg = f"The migration would lose rows ({told}), so nothing was changed. Please report this."
        raise MigrationFailed(msg)
    if connection.dialect.name == "sqlite":
        dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
        if dangling:
            told = ", ".join(sorted({str(row[0]) for row in dangling}))
            msg = f"After the migration rows of {told} would refer to nothing, so nothing was changed."
            raise MigrationFailed(msg)
    unguarded = {name for name in APPEND_ONLY if name in after} - _guarded(connection)
    if unguarded:
        msg = f"The migration would leave {', '.join(sorted(unguarded))} open to changes, so nothing was changed."
        raise MigrationFailed(msg)


def _counts(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}  # noqa: S608


def _guarded(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name HAVING count(*) >= 2"
    else:
        query = (
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal GROUP BY relname HAVING count(*) >= 2"
        )
    return set(connection.execute(text(query)).scalars())


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A transaction past the walls, in which rows may refer to what is not there yet, on SQLite. Nobody else writes.

    Raises MigrationFailed, WrongAddress.
    """
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        make_place(parsed)
        engine = create_engine(parsed.set(drivername="sqlite"), connect_args={"isolation_level": None, "timeout": 60})
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
    else:
        engine = create_engine(parsed, connect_args={"prepare_threshold": None, "connect_timeout": 10})
    try:
        with _reached(engine) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(_LOCK))
            yield connection
    except DBAPIError as error:
        if reason := _why_not(error):
            msg = f"{reason} ({engine.url.render_as_string(hide_password=True)})"
            raise MigrationFailed(msg) from error
        raise
    finally:
        engine.dispose()


def _why_not(error: DBAPIError) -> str:
    if getattr(error.orig, "sqlstate", None) == _NOT_ALLOWED:
        return "The role may not change the database's shape. Make it the owner: ALTER DATABASE … OWNER TO …."
    return why_unusable(error)


def _reached(engine: Engine) -> Connection:
    """A connection, or the reason why there is none in words."""
    try:
        return engine.connect()
    except OperationalError as error:
        if why_unusable(error):
            raise
        shown = engine.url.render_as_string(hide_password=True)
        msg = f"The database {shown} cannot be reached ({error.orig}). Start it, or set KEPT_DATABASE_URL to another."
        raise MigrationFailed(msg) from error
