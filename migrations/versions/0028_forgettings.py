"""Somebody can be forgotten: who stands in his place, and which entries of the record were rewritten for it."""

from __future__ import annotations

from alembic import op

from bot.store.ddl import (
    append_only,
    belongs_to,
    drop,
    may_forget,
    may_not_forget,
    moment,
    on_postgres,
    table,
    whole,
    words,
)

revision = "0028_forgettings"
down_revision: str | None = "0027_over_incidents"
branch_labels = None
depends_on = None

GUARDED = (
    "audit",
    "carry_entries",
    "choices",
    "credit_entries",
    "evidence_files",
    "handoff_entries",
    "incident_entries",
    "item_entries",
    "raised_files",
    "repetitions",
)


def upgrade() -> None:
    table(
        "forgettings",
        ("number",),
        whole("number"),
        words("member"),
        moment("begun_at"),
        moment("ended_at", null=True),
        belongs_to("people", "member", keys=("id",)),
    )
    table(
        "redactions",
        ("forgetting", "seq"),
        whole("forgetting"),
        whole("seq"),
        words("digest"),
        belongs_to("forgettings", "forgetting", keys=("number",)),
    )
    append_only("redactions")
    for name in GUARDED:
        may_forget(name)


def downgrade() -> None:
    for name in GUARDED:
        may_not_forget(name)
    drop(("redactions", "forgettings"))
    if on_postgres():
        op.execute("DROP FUNCTION kept_refuses_but_to_forget()")
