"""What makes up for a miss: recovery plans, their steps, and each side's yes."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import belongs_to, day, drop, moment, table, whole, words

revision = "0016_recoveries"
down_revision: str | None = "0015_checks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "recovery_plans",
        ("number",),
        whole("number"),
        whole("breach"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        words("missed_by"),
        words("owed_to"),
        words("opened_by"),
        moment("opened_at"),
        words("state"),
        whole("revision"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint("state IN ('open', 'agreed')", name="state"),
    )
    table(
        "plan_steps",
        ("plan", "seq"),
        whole("plan"),
        whole("seq"),
        words("owner"),
        words("party"),
        words("thing"),
        day("due_on"),
        whole("obligation", null=True),
        belongs_to("recovery_plans", "plan", keys=("number",)),
    )
    table(
        "plan_agreements",
        ("plan", "party"),
        whole("plan"),
        words("party"),
        words("member"),
        moment("agreed_at"),
        belongs_to("recovery_plans", "plan", keys=("number",)),
    )


def downgrade() -> None:
    drop(("plan_agreements", "plan_steps", "recovery_plans"))
