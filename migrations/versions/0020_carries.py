"""What later periods owe of earlier misses: the ledger, and the sum beside each period's tally."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.ddl import append_only, belongs_to, day, drop, index, moment, table, whole, words

revision = "0020_carries"
down_revision: str | None = "0019_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tallies", sa.Column("carried", sa.BigInteger, nullable=False, server_default="0"))
    table(
        "carry_entries",
        ("breach", "seq"),
        whole("breach"),
        whole("seq"),
        words("agreement"),
        words("commitment"),
        day("from_starts_on"),
        day("to_starts_on"),
        whole("units"),
        words("by"),
        moment("at"),
        words("why"),
        belongs_to("breaches", "breach", keys=("number",)),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    )
    index("ix_carry_entries_to", "carry_entries", "agreement", "commitment", "to_starts_on")
    append_only("carry_entries")


def downgrade() -> None:
    drop(("carry_entries",))
    with op.batch_alter_table("tallies") as tallies:
        tallies.drop_column("carried")
