"""Everything that is kept, copied into another database that holds nothing yet: a backup, or a move to PostgreSQL.

Read from one unchanging view, so that the bot goes on meanwhile; written in one transaction, so that
the other database holds everything or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, create_engine, event, func, insert, select, text

from bot.redactions import redact_url
from bot.store.engine.engines import address
from bot.store.migrate import MigrationFailed, is_current, opened, require_whole, upgrade
from bot.store.tables import metadata

_AT_ONCE = 500
_VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_EVERYBODYS = "SELECT set_config('kept.workspace', '*', true)"


def copy(source: str, target: str) -> int:
    """Copy every row of every company; how many there are. Raises MigrationFailed, WrongAddress.

    `target` is made where it is not there; one that holds anything is refused.
    """
    _require_there(source)
    if not is_current(source):
        msg = f"The database {redact_url(source)} is of another version of Kept. Run `kept migrate` first."
        raise MigrationFailed(msg)
    upgrade(target)
    with opened(target) as theirs:
        if any(_count(theirs, table) for table in metadata.sorted_tables):
            msg = f"The database {redact_url(target)} holds something already. Name one that is new or empty."
            raise MigrationFailed(msg)
        with _view(source) as ours:
            copied = {table.name: _copy(ours, theirs, table) for table in metadata.sorted_tables}
        require_whole(theirs, copied)
    return sum(copied.values())


def _copy(ours: Connection, theirs: Connection, table: Table) -> int:
    # In the order of their keys, because a row may refer to an earlier one of its own table.
    rows = ours.execute(select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE))
    count = 0
    for some in rows.mappings().partitions():
        theirs.execute(insert(table), [dict(each) for each in some])
        count += len(some)
    return count


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _require_there(url: str) -> None:
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).is_file():
        msg = f"There is no database at {redact_url(url)}. Name the one to copy in KEPT_DATABASE_URL."
        raise MigrationFailed(msg)


@contextmanager
def _view(url: str) -> Iterator[Connection]:
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed.set(drivername="sqlite"), connect_args={"isolation_level": None, "timeout": 60})
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    else:
        engine = create_engine(parsed, connect_args={"prepare_threshold": None, "connect_timeout": 10})
    try:
        with engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(_VIEW))
                connection.execute(text(_EVERYBODYS))
            yield connection
    finally:
        engine.dispose()
