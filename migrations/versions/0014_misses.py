"""What people say to a miss: why it came about, that it is excused, and disputes over it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.ddl import belongs_to, drop, moment, table, whole, words

revision = "0014_misses"
down_revision: str | None = "0013_lists"
branch_labels = None
depends_on = None

TEXTS = ("why", "excused_by", "excused_why")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("breaches", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("breaches", moment("excused_at", null=True))
    table(
        "breach_disputes",
        ("number",),
        whole("number"),
        whole("breach"),
        words("side"),
        words("reason"),
        words("opened_by"),
        moment("opened_at"),
        words("contested_by"),
        words("contested_why"),
        moment("ended_at", null=True),
        words("ended_how"),
        words("ended_by"),
        words("ended_why"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint("ended_how IN ('', 'upheld', 'taken back')", name="ended_how"),
    )


def downgrade() -> None:
    drop(("breach_disputes",))
    with op.batch_alter_table("breaches") as breaches:
        for name in (*TEXTS, "excused_at"):
            breaches.drop_column(name)
