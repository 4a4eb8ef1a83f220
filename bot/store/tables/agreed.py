"""What was agreed, and by whom: workspaces, people, agreements with their versions and channels."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Table, UniqueConstraint

from bot.store.tables.columns import (
    belongs_to,
    day,
    flag,
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

workspaces = Table(
    "workspaces",
    metadata,
    mine(),
    phrase("name"),
    moment("created_at"),
    words("agreements_stamp"),
    moment_or_never("rehearsed_at"),
)
people = Table(
    "people",
    metadata,
    mine(),
    key("id"),
    phrase("name"),
    phrase("zone"),
    words("title"),
    flag("active", default=True),
    belongs_to("workspaces"),
)
identities = Table(
    "identities",
    metadata,
    mine(),
    key("platform"),
    key("user_id"),
    phrase("person"),
    belongs_to("people", "person", keys=("id",)),
    Index("ix_identities_person", "workspace_id", "person"),
)
counters = Table("counters", metadata, mine(), key("letter"), whole("last"))

agreements = Table(
    "agreements",
    metadata,
    mine(),
    key("slug"),
    whole("number"),
    phrase("name"),
    UniqueConstraint("workspace_id", "number"),
    belongs_to("workspaces"),
)
agreement_versions = Table(
    "agreement_versions",
    metadata,
    mine(),
    key("agreement"),
    key("version", BigInteger),
    phrase("document"),
    phrase("sha256"),
    day("effective_on"),
    Column("ends_on", Date),
    moment("applied_at"),
    words("applied_by"),
    phrase("state"),
    belongs_to("agreements", "agreement", keys=("slug",)),
    one_of("state", ("draft", "proposed", "signed", "declined", "ended")),
    CheckConstraint("version >= 1", name="version"),
)
signatures = Table(
    "signatures",
    metadata,
    mine(),
    key("agreement"),
    key("version", BigInteger),
    key("party"),
    phrase("member"),
    moment("signed_at"),
    belongs_to("agreement_versions", "agreement", "version"),
    belongs_to("people", "member", keys=("id",)),
)
commitments = Table(
    "commitments",
    metadata,
    mine(),
    key("agreement"),
    key("slug"),
    whole("number"),
    UniqueConstraint("workspace_id", "number"),
    belongs_to("agreements", "agreement", keys=("slug",)),
)
agreement_channels = Table(
    "agreement_channels",
    metadata,
    mine(),
    key("agreement"),
    key("platform"),
    key("channel_id"),
    words("name"),
    moment_or_never("broken_at"),
    words("broken_why"),
    belongs_to("agreements", "agreement", keys=("slug",)),
    Index("ix_agreement_channels_channel", "workspace_id", "platform", "channel_id"),
)
detours = Table(
    "detours",
    metadata,
    mine(),
    key("platform"),
    key("channel_id"),
    phrase("goes"),
    words("new_id"),
    words("new_name"),
    words("decided_by"),
    moment("decided_at"),
    belongs_to("workspaces"),
)
channel_names = Table(
    "channel_names",
    metadata,
    mine(),
    key("platform"),
    key("channel_id"),
    phrase("name"),
    moment("renamed_at"),
    belongs_to("workspaces"),
)
silences = Table(
    "silences",
    metadata,
    mine(),
    key("platform"),
    phrase("why"),
    moment("since"),
    belongs_to("workspaces"),
)
