"""What Slack's door remembers: installs with their sealed tokens, what was laid aside, what is in hand."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import belongs_to, drop, index, moment, table, words

revision = "0003_slack"
down_revision: str | None = "0002_first_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "slack_installs",
        ("team",),
        words("team"),
        words("enterprise"),
        words("team_name"),
        words("app"),
        words("bot_user"),
        words("bot_id"),
        words("scopes"),
        words("token"),
        words("refresh_token"),
        moment("expires_at", null=True),
        moment("renewing_until", null=True),
        words("installed_by"),
        moment("installed_at"),
        words("broken"),
        moment("broken_at", null=True),
        sa.UniqueConstraint("team"),
        belongs_to("workspaces"),
    )
    table("slack_shelf", ("key",), words("key"), words("body"), moment("kept_at"))
    index("ix_slack_shelf_kept_at", "slack_shelf", "kept_at")
    table(
        "slack_inbox",
        ("delivery",),
        words("delivery"),
        words("utterance"),
        words("response_url"),
        moment("asked_at"),
    )


def downgrade() -> None:
    drop(("slack_inbox", "slack_shelf", "slack_installs"))
