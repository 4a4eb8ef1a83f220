"""What happened and what is due: handoffs and their ledger, tallies, obligations, breaches, disputes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Index,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from bot.store.tables.columns import (
    belongs_to,
    day,
    flag,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    never_negative,
    one_of,
    phrase,
    piles,
    whole,
    whole_or_none,
    words,
)

OBLIGATION_STATES = ("open", "at risk", "kept", "missed", "paused", "excused", "withdrawn")

_SOMEBODY_MUST_ACT = "state NOT IN ('kept', 'excused', 'withdrawn') AND done_at IS NULL"
# Of no type: a Boolean would be spelled `(…) = 1` on SQLite, which then passes the indexes by.
UNSETTLED: ColumnElement[bool] = literal_column(f"({_SOMEBODY_MUST_ACT})")
"""What a query says to use the indexes of obligations that somebody must still act on, word for word."""

_unsettled = text(_SOMEBODY_MUST_ACT)
_looked_at = text("look_again_at IS NOT NULL")
_step = text("kind = 'step'")

handoffs = Table(
    "handoffs",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    day("period_starts_on"),
    phrase("giver"),
    phrase("receiver"),
    whole("quantity"),
    *piles(),
    day("handed_on"),
    moment("handed_at"),
    flag("late"),
    phrase("logged_by"),
    moment("logged_at"),
    moment("silence_at"),
    words("campaign"),
    words("ref"),
    words("note"),
    flag("undone"),
    whole("revision", 1),
    whole_or_none("proposed_to"),
    words("proposed_reason"),
    words("proposed_by"),
    words("proposed_party"),
    moment_or_never("proposed_at"),
    belongs_to("agreement_versions", "agreement", "version"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    belongs_to("people", "logged_by", keys=("id",)),
    CheckConstraint("quantity >= 1", name="quantity"),
    Index("ix_handoffs_logged_by", "workspace_id", "logged_by", "number"),
    Index("ix_handoffs_period", "workspace_id", "agreement", "commitment", "period_starts_on", "number"),
)
handoff_entries = Table(
    "handoff_entries",
    metadata,
    mine(),
    key("handoff", BigInteger),
    key("seq", BigInteger),
    phrase("happened"),
    whole("accepted", 0),
    whole("awaiting", 0),
    whole("disputed", 0),
    words("reason"),
    moment("happened_at"),
    words("done_by"),
    belongs_to("handoffs", "handoff", keys=("number",)),
)


def _tally() -> tuple[Any, ...]:
    return (key("agreement"), key("commitment"), key("period_starts_on", Date), key("late", Boolean))


tallies = Table(
    "tallies",
    metadata,
    mine(),
    *_tally(),
    *piles(),
    whole("carried", 0),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
)
tally_days = Table(
    "tally_days",
    metadata,
    mine(),
    *_tally(),
    key("on_date", Date),
    *piles(),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
)
campaign_tallies = Table(
    "campaign_tallies",
    metadata,
    mine(),
    *_tally(),
    key("campaign"),
    *piles(),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
)

obligations = Table(
    "obligations",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    phrase("kind"),
    phrase("subject"),
    phrase("party"),
    phrase("owner"),
    day("period_starts_on"),
    moment("opens_at"),
    moment("due_at"),
    Column("state", Text, nullable=False, default="open"),
    moment_or_never("look_again_at"),
    whole("rung", 0),
    moment_or_never("missed_at"),
    moment_or_never("told_at"),
    moment_or_never("acked_until"),
    words("acked_by"),
    moment_or_never("acked_at"),
    moment_or_never("snoozed_until"),
    whole("snoozes", 0),
    words("thing"),
    words("evidence"),
    moment_or_never("done_at"),
    words("done_by"),
    whole("revision", 1),
    UniqueConstraint("workspace_id", "agreement", "commitment", "kind", "subject", name="uq_obligations_subject"),
    belongs_to("agreement_versions", "agreement", "version"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    one_of("state", OBLIGATION_STATES),
    Index(
        "ix_obligations_look_again_at",
        "workspace_id",
        "look_again_at",
        sqlite_where=_looked_at,
        postgresql_where=_looked_at,
    ),
    Index("ix_obligations_period", "workspace_id", "agreement", "commitment", "period_starts_on"),
    Index(
        "ix_obligations_owner", "workspace_id", "owner", "due_at", sqlite_where=_unsettled, postgresql_where=_unsettled
    ),
    Index("ix_obligations_steps", "workspace_id", "agreement", "subject", sqlite_where=_step, postgresql_where=_step),
    Index(
        "ix_obligations_agreement",
        "workspace_id",
        "agreement",
        "due_at",
        sqlite_where=_unsettled,
        postgresql_where=_unsettled,
    ),
)
evidence_files = Table(
    "evidence_files",
    metadata,
    mine(),
    key("obligation", BigInteger),
    key("place", BigInteger),
    phrase("name"),
    phrase("kind"),
    whole("size"),
    phrase("digest"),
    phrase("content"),
    belongs_to("obligations", "obligation", keys=("number",)),
)
raised_files = Table(
    "raised_files",
    metadata,
    mine(),
    key("handoff", BigInteger),
    key("place", BigInteger),
    phrase("name"),
    phrase("kind"),
    whole("size"),
    phrase("digest"),
    phrase("content"),
    belongs_to("handoffs", "handoff", keys=("number",)),
)

breaches = Table(
    "breaches",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("obligation"),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    phrase("party"),
    whole("shortfall"),
    flag("provisional"),
    moment("recorded_at"),
    moment_or_never("made_good_at"),
    whole("revision", 1),
    words("why"),
    moment_or_never("excused_at"),
    words("excused_by"),
    words("excused_why"),
    UniqueConstraint("workspace_id", "obligation"),
    belongs_to("obligations", "obligation", keys=("number",)),
    never_negative("shortfall"),
)
breach_disputes = Table(
    "breach_disputes",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("breach"),
    phrase("side"),
    phrase("reason"),
    phrase("opened_by"),
    moment("opened_at"),
    words("contested_by"),
    words("contested_why"),
    moment_or_never("ended_at"),
    words("ended_how"),
    words("ended_by"),
    words("ended_why"),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("ended_how", ("", "upheld", "taken back")),
)
disputes = Table(
    "disputes",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("handoff"),
    whole("quantity"),
    phrase("reason"),
    phrase("opened_by"),
    moment("opened_at"),
    moment_or_never("ended_at"),
    words("ended_how"),
    words("ended_by"),
    belongs_to("handoffs", "handoff", keys=("number",)),
    CheckConstraint("quantity >= 1", name="quantity"),
    Index("ix_disputes_handoff", "workspace_id", "handoff"),
)
