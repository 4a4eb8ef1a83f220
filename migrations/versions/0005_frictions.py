"""What customers trip over, as people note it."""

from __future__ import annotations

from bot.store.ddl import belongs_to, drop, index, moment, table, whole, words

revision = "0005_frictions"
down_revision: str | None = "0004_teams"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "frictions",
        ("number",),
        whole("number"),
        words("agreement"),
        words("commitment"),
        words("text"),
        words("tags"),
        words("folded"),
        words("noted_by"),
        moment("noted_at"),
        moment("reported_at", null=True),
        moment("withdrawn_at", null=True),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
        belongs_to("people", "noted_by", keys=("id",)),
    )
    index(
        "ix_frictions_waiting",
        "frictions",
        "agreement",
        "commitment",
        "number",
        where="reported_at IS NULL AND withdrawn_at IS NULL",
    )
    index("ix_frictions_noted_by", "frictions", "noted_by", "number")


def downgrade() -> None:
    drop(("frictions",))
