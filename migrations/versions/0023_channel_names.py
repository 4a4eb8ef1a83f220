"""What channels are called, where a platform has told of another name than was agreed."""

from __future__ import annotations

from bot.store.ddl import belongs_to, drop, moment, table, words

revision = "0023_channel_names"
down_revision: str | None = "0022_needs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "channel_names",
        ("platform", "channel_id"),
        words("platform"),
        words("channel_id"),
        words("name"),
        moment("renamed_at"),
        belongs_to("workspaces"),
    )


def downgrade() -> None:
    drop(("channel_names",))
