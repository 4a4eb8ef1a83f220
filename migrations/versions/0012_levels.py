"""What levels are worked out from: readings, and incidents with their ledger."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, day, drop, index, moment, table, whole, words

revision = "0012_levels"
down_revision: str | None = "0011_detours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "readings",
        ("number",),
        whole("number"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        day("period_starts_on"),
        day("measured_on"),
        whole("value", null=True),
        whole("out_of", null=True),
        whole("corrects", null=True),
        words("reason"),
        words("note"),
        words("logged_by"),
        moment("logged_at"),
        words("proposed"),
        sa.UniqueConstraint("workspace_id", "corrects", name="uq_readings_corrects"),
        belongs_to("agreement_versions", "agreement", "version"),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
        belongs_to("people", "logged_by", keys=("id",)),
        belongs_to("readings", "corrects", keys=("number",)),
        sa.CheckConstraint("value IS NOT NULL OR corrects IS NOT NULL", name="says_something"),
    )
    index("ix_readings_period", "readings", "agreement", "commitment", "period_starts_on", "number")
    table(
        "incidents",
        ("number",),
        whole("number"),
        words("service"),
        moment("started_at"),
        moment("acknowledged_at", null=True),
        moment("restored_at", null=True),
        moment("ended_at", null=True),
        words("cause"),
        words("excluded"),
        words("logged_by"),
        whole("revision"),
        belongs_to("people", "logged_by", keys=("id",)),
    )
    index("ix_incidents_service", "incidents", "service", "started_at")
    table(
        "incident_entries",
        ("incident", "seq"),
        whole("incident"),
        whole("seq"),
        words("happened"),
        moment("occurred_at"),
        moment("until_at", null=True),
        words("reason"),
        words("done_by"),
        moment("logged_at"),
        words("proposed_by"),
        belongs_to("incidents", "incident", keys=("number",)),
    )
    append_only("incident_entries")


def downgrade() -> None:
    drop(("incident_entries", "incidents", "readings"))
