"""Notices of misses, and which misses made a repetition."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, drop, index, moment, table, whole, words

revision = "0021_notices"
down_revision: str | None = "0020_carries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "notices",
        ("breach",),
        whole("breach"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        words("matter"),
        words("because"),
        words("counted"),
        words("given_by"),
        moment("given_at"),
        words("acknowledged_by"),
        moment("acknowledged_at", null=True),
        belongs_to("breaches", "breach", keys=("number",)),
    )
    table(
        "repetitions",
        ("breach", "misses", "within"),
        whole("breach"),
        whole("misses"),
        words("within"),
        words("leads_to"),
        words("agreement"),
        words("commitment"),
        whole("completed_by"),
        moment("at"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint("leads_to IN ('notice', 'recovery plan', 'review', 'end')", name="leads_to"),
    )
    index("ix_repetitions_completed_by", "repetitions", "completed_by")
    index("ix_repetitions_promise", "repetitions", "agreement", "commitment")
    append_only("repetitions")


def downgrade() -> None:
    drop(("repetitions", "notices"))
