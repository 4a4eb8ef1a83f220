"""What people noted beside their promises: what customers trip over, and what a check found."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table, text

from bot.store.tables.columns import (
    belongs_to,
    day,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    one_of,
    phrase,
    words,
)

_waits = text("reported_at IS NULL AND withdrawn_at IS NULL")

frictions = Table(
    "frictions",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    phrase("commitment"),
    phrase("text"),
    phrase("tags"),
    phrase("folded"),
    phrase("noted_by"),
    moment("noted_at"),
    moment_or_never("reported_at"),
    moment_or_never("withdrawn_at"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    belongs_to("people", "noted_by", keys=("id",)),
    Index(
        "ix_frictions_waiting",
        "workspace_id",
        "agreement",
        "commitment",
        "number",
        sqlite_where=_waits,
        postgresql_where=_waits,
    ),
    Index("ix_frictions_noted_by", "workspace_id", "noted_by", "number"),
)
checks = Table(
    "checks",
    metadata,
    mine(),
    key("duty", BigInteger),
    key("member"),
    phrase("agreement"),
    phrase("commitment"),
    day("period_starts_on"),
    words("result"),
    words("reason"),
    words("checked_by"),
    moment_or_never("checked_at"),
    belongs_to("obligations", "duty", keys=("number",)),
    belongs_to("people", "member", keys=("id",)),
    one_of("result", ("", "passed", "failed")),
    Index("ix_checks_period", "workspace_id", "agreement", "commitment", "period_starts_on"),
)
