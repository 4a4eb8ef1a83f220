"""The words that migrations are written in.

A released migration must go on meaning what it meant, so nothing here may ever change what it
makes; a new need is a new word. Every table gets its workspace in front of its key, and on
PostgreSQL the wall between workspaces as row-level security.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op


def words(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Text."""
    return sa.Column(name, sa.Text, nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A whole number of 64 bits."""
    return sa.Column(name, sa.BigInteger, nullable=null)


def flag(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean, nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A local date."""
    return sa.Column(name, sa.Date, nullable=null)


def hour(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A local time of day."""
    return sa.Column(name, sa.Time, nullable=null)


def moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    """An instant: microseconds since 1970 on SQLite, a timestamp with time zone on PostgreSQL."""
    return sa.Column(name, sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql"), nullable=null)


def belongs_to(target: str, *columns: str, keys: tuple[str, ...] = ()) -> sa.ForeignKeyConstraint:
    """A reference within the same workspace; `keys` are the target's names where they differ."""
    theirs = [f"{target}.{name}" for name in ("workspace_id", *(keys or columns))]
    return sa.ForeignKeyConstraint(["workspace_id", *columns], theirs)


def table(name: str, key: tuple[str, ...], *parts: Any) -> None:
    """Make a table whose primary key is the workspace and `key`, behind the wall."""
    op.create_table(
        name,
        sa.Column("workspace_id", sa.Text, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("workspace_id", *key),
    )
    if on_postgres():
        ours = (
            "(workspace_id = current_setting('kept.workspace', true) OR current_setting('kept.workspace', true) = '*')"
        )
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY wall ON {name} USING {ours} WITH CHECK {ours}")


def index(name: str, on: str, *columns: str, where: str = "") -> None:
    """Index columns of a table within each workspace; with `where`, only the rows that fit."""
    only = sa.text(where) if where else None
    op.create_index(name, on, ["workspace_id", *columns], sqlite_where=only, postgresql_where=only)


def append_only(name: str) -> None:
    """Let rows of this table be added, and never be changed or removed, whoever asks."""
    if not on_postgres():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_only_grows_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION kept_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name}_only_grows BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION kept_refuses()"
    )
    op.execute(
        f"CREATE TRIGGER {name}_is_not_emptied BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kept_refuses()"
    )


def may_forget(name: str) -> None:
    """Let rows of a table that only grows be rewritten while somebody is being forgotten, and at no other time.

    Nothing is removed even then. `forgettings` says whether it is so: an entry of the workspace without an end.
    """
    if not on_postgres():
        op.execute(f"DROP TRIGGER {name}_only_grows_update")
        op.execute(
            f"CREATE TRIGGER {name}_only_grows_update BEFORE UPDATE ON {name} WHEN NOT EXISTS "  # noqa: S608
            "(SELECT 1 FROM forgettings WHERE workspace_id = OLD.workspace_id AND ended_at IS NULL) "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION kept_refuses_but_to_forget() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF TG_OP = 'UPDATE' AND EXISTS "
        "(SELECT 1 FROM forgettings WHERE workspace_id = OLD.workspace_id AND ended_at IS NULL) "
        "THEN RETURN NEW; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(f"DROP TRIGGER {name}_only_grows ON {name}")
    op.execute(
        f"CREATE TRIGGER {name}_only_grows BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION kept_refuses_but_to_forget()"
    )


def may_not_forget(name: str) -> None:
    """Guard a table again as `append_only` did."""
    if not on_postgres():
        op.execute(f"DROP TRIGGER {name}_only_grows_update")
        op.execute(
            f"CREATE TRIGGER {name}_only_grows_update BEFORE UPDATE ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        )
        return
    op.execute(f"DROP TRIGGER {name}_only_grows ON {name}")
    op.execute(
        f"CREATE TRIGGER {name}_only_grows BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION kept_refuses()"
    )


def no_longer_append_only() -> None:
    """Take away what guards tables; the guards themselves went with the tables."""
    if on_postgres():
        op.execute("DROP FUNCTION kept_refuses()")


def drop(names: Iterable[str]) -> None:
    """Take tables away, in the order given."""
    for name in names:
        op.drop_table(name)


def on_postgres() -> bool:
    """Whether this migration runs on PostgreSQL (else on SQLite)."""
    return op.get_bind().dialect.name == "postgresql"
