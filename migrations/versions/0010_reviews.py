"""The parties' meetings, and steps that somebody takes on in his own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.ddl import belongs_to, day, drop, flag, index, moment, table, whole, words

revision = "0010_reviews"
down_revision: str | None = "0009_setbacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("obligations", sa.Column("thing", sa.Text, nullable=False, server_default=""))
    index("ix_obligations_steps", "obligations", "agreement", "subject", where="kind = 'step'")
    table(
        "reviews",
        ("number",),
        whole("number"),
        words("agreement"),
        day("slot_on"),
        day("first_on"),
        day("last_on"),
        words("label"),
        moment("meets_at"),
        words("state"),
        moment("opened_at", null=True),
        moment("closed_at", null=True),
        words("closed_by"),
        whole("revision"),
        sa.UniqueConstraint("workspace_id", "agreement", "slot_on", name="uq_reviews_slot"),
        belongs_to("agreements", "agreement", keys=("slug",)),
        sa.CheckConstraint("state IN ('invited', 'open', 'closed')", name="state"),
    )
    index("ix_reviews_agreement", "reviews", "agreement", "number")
    table(
        "review_voices",
        ("review", "member"),
        whole("review"),
        words("member"),
        words("party"),
        flag("content"),
        words("words"),
        moment("said_at"),
        belongs_to("reviews", "review", keys=("number",)),
        belongs_to("people", "member", keys=("id",)),
    )
    table(
        "review_attendances",
        ("review", "member"),
        whole("review"),
        words("member"),
        moment("came_at"),
        belongs_to("reviews", "review", keys=("number",)),
        belongs_to("people", "member", keys=("id",)),
    )
    table(
        "review_minutes",
        ("review", "seq"),
        whole("review"),
        whole("seq"),
        words("sort"),
        words("words"),
        words("said_by"),
        moment("said_at"),
        belongs_to("reviews", "review", keys=("number",)),
    )


def downgrade() -> None:
    drop(("review_minutes", "review_attendances", "review_voices", "reviews"))
    op.drop_index("ix_obligations_steps", "obligations")
    with op.batch_alter_table("obligations") as obligations:
        obligations.drop_column("thing")
