"""Who connects what: one-time codes, tries that were wrong, administrators, and companies that became one."""

from __future__ import annotations

from sqlalchemy import Table

from bot.store.tables.columns import (
    belongs_to,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    one_of,
    phrase,
    whole,
    words,
)

connect_codes = Table(
    "connect_codes",
    metadata,
    mine(),
    key("name"),
    phrase("purpose"),
    phrase("salt"),
    phrase("digest"),
    words("person"),
    words("platform"),
    words("user_id"),
    moment("made_at"),
    moment("expires_at"),
    whole("wrong", 0),
    moment_or_never("used_at"),
    words("used_by"),
    belongs_to("workspaces"),
    one_of("purpose", ("person", "company")),
)
wrong_codes = Table(
    "wrong_codes",
    metadata,
    mine(),
    key("platform"),
    key("user_id"),
    whole("wrong", 0),
    moment("since"),
)
administrators = Table(
    "administrators",
    metadata,
    mine(),
    key("platform"),
    key("user_id"),
    moment("since"),
    belongs_to("workspaces"),
)
workspace_joins = Table(
    "workspace_joins",
    metadata,
    mine(),
    phrase("joined_to"),
    moment("joined_at"),
    belongs_to("workspaces"),
)
