"""Looks that failed and are put off, so that their neighbours need not wait for them; a daily round of housekeeping."""

from __future__ import annotations

from alembic import op

from bot.store.ddl import belongs_to, drop, moment, on_postgres, table, whole, words

revision = "0009_setbacks"
down_revision: str | None = "0008_connections"
branch_labels = None
depends_on = None

# Due at once: companies from before this release keep house with the first tick.
_EVERY_COMPANY = """
INSERT INTO schedules (workspace_id, kind, subject, look_again_at)
SELECT workspace_id, 'housekeeping', '', 0 FROM workspaces
"""
_EVERY_COMPANY_ON_POSTGRES = """
INSERT INTO schedules (workspace_id, kind, subject, look_again_at)
SELECT workspace_id, 'housekeeping', '', to_timestamp(0) FROM workspaces
"""


def upgrade() -> None:
    table(
        "setbacks",
        ("kind", "subject"),
        words("kind"),
        words("subject"),
        whole("failures"),
        moment("since"),
        moment("again_at"),
        belongs_to("workspaces"),
    )
    op.execute(_EVERY_COMPANY_ON_POSTGRES if on_postgres() else _EVERY_COMPANY)


def downgrade() -> None:
    op.execute("DELETE FROM schedules WHERE kind = 'housekeeping'")
    drop(("setbacks",))
