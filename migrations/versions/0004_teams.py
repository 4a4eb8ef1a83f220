"""What Teams' door remembers: tenants, conversations, accounts, what was laid aside, what is in hand."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import belongs_to, drop, flag, index, moment, table, words

revision = "0004_teams"
down_revision: str | None = "0003_slack"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "teams_tenants",
        ("tenant",),
        words("tenant"),
        moment("installed_at"),
        sa.UniqueConstraint("tenant"),
        belongs_to("workspaces"),
    )
    table(
        "teams_conversations",
        ("conversation",),
        words("conversation"),
        words("kind"),
        words("name"),
        words("tenant"),
        words("service_url"),
        words("team"),
        words("bot"),
        flag("gone"),
        moment("seen_at"),
    )
    index("ix_teams_conversations_seen_at", "teams_conversations", "gone", "seen_at")
    table(
        "teams_accounts",
        ("user_id",),
        words("user_id"),
        words("account"),
        words("name"),
        words("conversation"),
        moment("seen_at"),
    )
    index("ix_teams_accounts_account", "teams_accounts", "account")
    table("teams_shelf", ("key",), words("key"), words("body"), moment("kept_at"))
    index("ix_teams_shelf_kept_at", "teams_shelf", "kept_at")
    table("teams_inbox", ("delivery",), words("delivery"), words("activity"), moment("asked_at"))


def downgrade() -> None:
    drop(("teams_inbox", "teams_shelf", "teams_accounts", "teams_conversations", "teams_tenants"))
