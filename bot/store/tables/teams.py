"""What only Teams' door has to remember: tenants, conversations, accounts, and what cards cannot carry."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from bot.store.tables.columns import belongs_to, flag, key, metadata, mine, moment, phrase, words

teams_tenants = Table(
    "teams_tenants",
    metadata,
    mine(),
    key("tenant"),
    moment("installed_at"),
    # One tenant is one company's, whoever else would like to claim it.
    UniqueConstraint("tenant"),
    belongs_to("workspaces"),
)
teams_conversations = Table(
    "teams_conversations",
    metadata,
    mine(),
    key("conversation"),
    phrase("kind"),
    words("name"),
    phrase("tenant"),
    phrase("service_url"),
    words("team"),
    words("bot"),
    flag("gone"),
    moment("seen_at"),
    Index("ix_teams_conversations_seen_at", "workspace_id", "gone", "seen_at"),
)
teams_accounts = Table(
    "teams_accounts",
    metadata,
    mine(),
    key("user_id"),
    words("account"),
    words("name"),
    words("conversation"),
    moment("seen_at"),
    Index("ix_teams_accounts_account", "workspace_id", "account"),
)
teams_shelf = Table(
    "teams_shelf",
    metadata,
    mine(),
    key("key"),
    phrase("body"),
    moment("kept_at"),
    Index("ix_teams_shelf_kept_at", "workspace_id", "kept_at"),
)
teams_inbox = Table(
    "teams_inbox",
    metadata,
    mine(),
    key("delivery"),
    phrase("activity"),
    moment("asked_at"),
)
