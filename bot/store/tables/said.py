"""What is said, heard and remembered about it: outbox, schedules, reports, presence, requests, audit."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Index,
    Table,
    Text,
    Time,
    UniqueConstraint,
    literal_column,
    text,
)

from bot.store.moments import UtcDateTime
from bot.store.tables.columns import (
    belongs_to,
    flag,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    one_of,
    phrase,
    whole,
    whole_or_none,
    words,
    words_or_none,
)

OUTBOX_STATES = ("PENDING", "HELD", "SENDING", "SENT", "DEAD", "UNKNOWN", "RECONCILING", "DROPPED")

_NOT_OVER = "state IN ('PENDING', 'HELD', 'SENDING', 'UNKNOWN', 'RECONCILING')"
# Of no type: a Boolean would be spelled `(…) = 1` on SQLite, which then passes the index by.
NOT_OVER: ColumnElement[bool] = literal_column(f"({_NOT_OVER})")
"""What a query says to use the index of messages that are not over yet, word for word."""

_open = text(_NOT_OVER)
_started = text("started_at IS NOT NULL")
_of_a_series = text("newest_of IS NOT NULL")
_for_a_person = text("person IS NOT NULL")

outbox = Table(
    "outbox",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("dedupe_key"),
    phrase("delivery_id"),
    words_or_none("series"),
    phrase("action"),
    phrase("platform"),
    phrase("place_kind"),
    phrase("place_id"),
    words("place_name"),
    words("thread"),
    phrase("conversation"),
    phrase("card"),
    words("ref"),
    phrase("kind"),
    whole("level", 0),
    words_or_none("person"),
    whole_or_none("about_obligation"),
    flag("drop_if_settled"),
    flag("edit_only"),
    words_or_none("newest_of"),
    flag("late"),
    flag("possible_repeat"),
    phrase("state"),
    moment("created_at"),
    moment_or_never("not_before"),
    moment_or_never("held_until"),
    words("hold_reason"),
    words("owner"),
    moment_or_never("lease_until"),
    whole("attempts", 0),
    moment_or_never("started_at"),
    moment_or_never("look_at"),
    words_or_none("message_ref"),
    moment_or_never("sent_at"),
    moment_or_never("ended_at"),
    words("why"),
    UniqueConstraint("workspace_id", "dedupe_key"),
    belongs_to("workspaces"),
    belongs_to("obligations", "about_obligation", keys=("number",)),
    one_of("action", ("post", "edit")),
    one_of("state", OUTBOX_STATES),
    CheckConstraint("(state = 'HELD') = (held_until IS NOT NULL)", name="held"),
    CheckConstraint("(state IN ('SENDING', 'RECONCILING')) = (lease_until IS NOT NULL)", name="leased"),
    Index("ix_outbox_open", "workspace_id", "conversation", "number", sqlite_where=_open, postgresql_where=_open),
    Index("ix_outbox_series", "workspace_id", "series", "number"),
    Index(
        "ix_outbox_started",
        "workspace_id",
        "conversation",
        "started_at",
        sqlite_where=_started,
        postgresql_where=_started,
    ),
    Index(
        "ix_outbox_newest_of",
        "workspace_id",
        "newest_of",
        "number",
        sqlite_where=_of_a_series,
        postgresql_where=_of_a_series,
    ),
    Index(
        "ix_outbox_person",
        "workspace_id",
        "person",
        "created_at",
        sqlite_where=_for_a_person,
        postgresql_where=_for_a_person,
    ),
)
conversations = Table(
    "conversations",
    metadata,
    mine(),
    key("conversation"),
    moment("paused_at"),
    moment("not_before"),
    words("why"),
)
web_messages = Table(
    "web_messages",
    metadata,
    mine(),
    key("id", BigInteger),
    whole("revision"),
    phrase("place_kind"),
    phrase("place_id"),
    words("place_name"),
    words("thread"),
    phrase("card"),
    phrase("delivery_id"),
    words("last_edit"),
    words("ref"),
    moment("said_at"),
    moment_or_never("edited_at"),
    whole("replies", 0),
    UniqueConstraint("workspace_id", "delivery_id"),
    UniqueConstraint("workspace_id", "revision"),
    Index("ix_web_messages_place", "workspace_id", "place_kind", "place_id", "id"),
)
web_reads = Table("web_reads", metadata, mine(), key("member"), key("place_kind"), key("place_id"), whole("up_to"))

schedules = Table(
    "schedules",
    metadata,
    mine(),
    key("kind"),
    key("subject"),
    moment_or_never("look_again_at"),
    Index("ix_schedules_look_again_at", "workspace_id", "look_again_at"),
)
setbacks = Table(
    "setbacks",
    metadata,
    mine(),
    key("kind"),
    key("subject"),
    whole("failures"),
    moment("since"),
    moment("again_at"),
    belongs_to("workspaces"),
)
reports = Table(
    "reports",
    metadata,
    mine(),
    key("agreement"),
    key("schedule", BigInteger),
    key("on_date", Date),
    moment_or_never("preview_at"),
    words("note"),
    words("approved_by"),
    moment_or_never("approved_at"),
    moment_or_never("issued_at"),
    moment_or_never("skipped_at"),
    phrase("totals"),
    belongs_to("agreements", "agreement", keys=("slug",)),
)
presence = Table(
    "presence",
    metadata,
    mine(),
    key("person"),
    key("away_from", UtcDateTime),
    moment("away_until"),
    words("deputy"),
    belongs_to("people", "person", keys=("id",)),
)
preferences = Table(
    "preferences",
    metadata,
    mine(),
    key("person"),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("digest_at", Time),
    flag("digest_off"),
    belongs_to("people", "person", keys=("id",)),
)

requests = Table(
    "requests",
    metadata,
    mine(),
    key("platform"),
    key("delivery_id"),
    phrase("reply"),
    moment("answered_at"),
    Index("ix_requests_answered_at", "workspace_id", "answered_at"),
)
echoes = Table(
    "echoes",
    metadata,
    mine(),
    key("person"),
    key("place"),
    key("words_hash"),
    moment("said_at"),
    words("subject"),
    Index("ix_echoes_said_at", "workspace_id", "said_at"),
)

audit = Table(
    "audit",
    metadata,
    mine(),
    key("seq", BigInteger),
    moment("happened_at"),
    phrase("actor"),
    phrase("via"),
    phrase("what"),
    phrase("subject"),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    phrase("hash"),
    Index("ix_audit_subject", "workspace_id", "subject", "seq"),
)
audit_heads = Table("audit_heads", metadata, mine(), whole("entries"), phrase("last_hash"))
