"""Where words go that an agreed channel cannot take, and platforms where nothing can be said any more."""

from __future__ import annotations

from bot.store.ddl import belongs_to, drop, moment, table, words

revision = "0011_detours"
down_revision: str | None = "0010_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "detours",
        ("platform", "channel_id"),
        words("platform"),
        words("channel_id"),
        words("goes"),
        words("new_id"),
        words("new_name"),
        words("decided_by"),
        moment("decided_at"),
        belongs_to("workspaces"),
    )
    table("silences", ("platform",), words("platform"), words("why"), moment("since"), belongs_to("workspaces"))


def downgrade() -> None:
    drop(("silences", "detours"))
