"""Who of a sample is looked at, and what was found; and a period's obligations by their index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.ddl import belongs_to, day, drop, index, moment, table, whole, words

revision = "0015_checks"
down_revision: str | None = "0014_misses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "checks",
        ("duty", "member"),
        whole("duty"),
        words("member"),
        words("agreement"),
        words("commitment"),
        day("period_starts_on"),
        words("result"),
        words("reason"),
        words("checked_by"),
        moment("checked_at", null=True),
        belongs_to("obligations", "duty", keys=("number",)),
        belongs_to("people", "member", keys=("id",)),
        sa.CheckConstraint("result IN ('', 'passed', 'failed')", name="result"),
    )
    index("ix_checks_period", "checks", "agreement", "commitment", "period_starts_on")
    index("ix_obligations_period", "obligations", "agreement", "commitment", "period_starts_on")


def downgrade() -> None:
    op.drop_index("ix_obligations_period", "obligations")
    drop(("checks",))
