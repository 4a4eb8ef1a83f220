"""What only Slack's door has to remember: its installs, what its buttons cannot carry, and what it has in hand."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from bot.store.tables.columns import belongs_to, key, metadata, mine, moment, moment_or_never, phrase, words

slack_installs = Table(
    "slack_installs",
    metadata,
    mine(),
    key("team"),
    words("enterprise"),
    words("team_name"),
    words("app"),
    phrase("bot_user"),
    words("bot_id"),
    words("scopes"),
    phrase("token"),
    words("refresh_token"),
    moment_or_never("expires_at"),
    moment_or_never("renewing_until"),
    words("installed_by"),
    moment("installed_at"),
    words("broken"),
    moment_or_never("broken_at"),
    # One Slack workspace is one company's, whoever else would like to claim it.
    UniqueConstraint("team"),
    belongs_to("workspaces"),
)
slack_shelf = Table(
    "slack_shelf",
    metadata,
    mine(),
    key("key"),
    phrase("body"),
    moment("kept_at"),
    Index("ix_slack_shelf_kept_at", "workspace_id", "kept_at"),
)
slack_inbox = Table(
    "slack_inbox",
    metadata,
    mine(),
    key("delivery"),
    phrase("utterance"),
    words("response_url"),
    moment("asked_at"),
)
