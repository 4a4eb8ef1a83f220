"""What connects people and companies: one-time codes, wrong tries, administrators, joined workspaces."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import belongs_to, drop, moment, table, whole, words

revision = "0008_connections"
down_revision: str | None = "0007_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "connect_codes",
        ("name",),
        words("name"),
        words("purpose"),
        words("salt"),
        words("digest"),
        words("person"),
        words("platform"),
        words("user_id"),
        moment("made_at"),
        moment("expires_at"),
        whole("wrong"),
        moment("used_at", null=True),
        words("used_by"),
        belongs_to("workspaces"),
        sa.CheckConstraint("purpose IN ('person', 'company')", name="purpose"),
    )
    table(
        "wrong_codes",
        ("platform", "user_id"),
        words("platform"),
        words("user_id"),
        whole("wrong"),
        moment("since"),
    )
    table(
        "administrators",
        ("platform", "user_id"),
        words("platform"),
        words("user_id"),
        moment("since"),
        belongs_to("workspaces"),
    )
    table(
        "workspace_joins",
        (),
        words("joined_to"),
        moment("joined_at"),
        belongs_to("workspaces"),
    )


def downgrade() -> None:
    drop(("workspace_joins", "administrators", "wrong_codes", "connect_codes"))
