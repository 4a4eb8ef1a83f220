"""Leads that were won before there were sales: each company writes theirs down with its first tick."""

from __future__ import annotations

from alembic import op

from bot.store.ddl import on_postgres

revision = "0025_old_sales"
down_revision: str | None = "0024_choices"
branch_labels = None
depends_on = None

_DECIDED = "SELECT DISTINCT workspace_id, 'old sales', '', {at} FROM items WHERE outcome <> ''"
_INSERT = "INSERT INTO schedules (workspace_id, kind, subject, look_again_at) "


def upgrade() -> None:
    op.execute(_INSERT + _DECIDED.format(at="to_timestamp(0)" if on_postgres() else "0"))


def downgrade() -> None:
    op.execute("DELETE FROM schedules WHERE kind = 'old sales'")
