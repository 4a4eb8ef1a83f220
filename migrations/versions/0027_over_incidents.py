"""Incidents are found by when they were over, so that a standing reads no more of a service's history than it needs."""

from __future__ import annotations

from alembic import op

from bot.store.ddl import index

revision = "0027_over_incidents"
down_revision: str | None = "0026_raised_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index("ix_incidents_restored", "incidents", "service", "restored_at")
    index("ix_incidents_ended", "incidents", "service", "ended_at")


def downgrade() -> None:
    op.drop_index("ix_incidents_ended", "incidents")
    op.drop_index("ix_incidents_restored", "incidents")
