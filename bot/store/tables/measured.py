"""What levels are worked out from: readings that people logged, and incidents with their ledger."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, Table, UniqueConstraint

from bot.store.tables.columns import (
    belongs_to,
    day,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    phrase,
    whole,
    whole_or_none,
    words,
)

readings = Table(
    "readings",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    day("period_starts_on"),
    day("measured_on"),
    whole_or_none("value"),
    whole_or_none("out_of"),
    whole_or_none("corrects"),
    words("reason"),
    words("note"),
    phrase("logged_by"),
    moment("logged_at"),
    words("proposed"),
    UniqueConstraint("workspace_id", "corrects", name="uq_readings_corrects"),
    belongs_to("agreement_versions", "agreement", "version"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    belongs_to("people", "logged_by", keys=("id",)),
    belongs_to("readings", "corrects", keys=("number",)),
    CheckConstraint("value IS NOT NULL OR corrects IS NOT NULL", name="says_something"),
    Index("ix_readings_period", "workspace_id", "agreement", "commitment", "period_starts_on", "number"),
)
incidents = Table(
    "incidents",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("service"),
    moment("started_at"),
    moment_or_never("acknowledged_at"),
    moment_or_never("restored_at"),
    moment_or_never("ended_at"),
    words("cause"),
    words("excluded"),
    phrase("logged_by"),
    whole("revision", 1),
    belongs_to("people", "logged_by", keys=("id",)),
    Index("ix_incidents_service", "workspace_id", "service", "started_at"),
)
incident_entries = Table(
    "incident_entries",
    metadata,
    mine(),
    key("incident", BigInteger),
    key("seq", BigInteger),
    phrase("happened"),
    moment("occurred_at"),
    moment_or_never("until_at"),
    words("reason"),
    phrase("done_by"),
    moment("logged_at"),
    words("proposed_by"),
    belongs_to("incidents", "incident", keys=("number",)),
)
