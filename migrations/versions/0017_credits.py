"""What misses are worth in money: credits, and their ledger."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, day, drop, index, moment, table, whole, words

revision = "0017_credits"
down_revision: str | None = "0016_recoveries"
branch_labels = None
depends_on = None

STATUSES = "('accrued', 'claimed', 'approved', 'refused', 'applied', 'expired', 'reversed')"


def upgrade() -> None:
    table(
        "credits",
        ("number",),
        whole("number"),
        whole("breach"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        words("consequence"),
        words("party"),
        words("claimant"),
        day("period_starts_on"),
        day("period_ends_on"),
        words("share"),
        whole("worth"),
        whole("amount"),
        words("currency"),
        moment("accrued_at"),
        moment("claim_until"),
        words("status"),
        whole("revision"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint(f"status IN {STATUSES}", name="status"),
    )
    index("ix_credits_breach", "credits", "breach")
    index("ix_credits_period", "credits", "agreement", "period_ends_on")
    table(
        "credit_entries",
        ("credit", "seq"),
        whole("credit"),
        whole("seq"),
        words("happened"),
        whole("amount"),
        words("by"),
        moment("at"),
        words("why"),
        belongs_to("credits", "credit", keys=("number",)),
        sa.CheckConstraint(f"happened IN {STATUSES}", name="happened"),
    )
    append_only("credit_entries")


def downgrade() -> None:
    drop(("credit_entries", "credits"))
