"""What misses led to beyond themselves: notices to whom both sides answer, and which misses made a repetition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table

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

notices = Table(
    "notices",
    metadata,
    mine(),
    key("breach", BigInteger),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    words("matter"),
    words("because"),
    words("counted"),
    phrase("given_by"),
    moment("given_at"),
    words("acknowledged_by"),
    moment_or_never("acknowledged_at"),
    belongs_to("breaches", "breach", keys=("number",)),
)
repetitions = Table(
    "repetitions",
    metadata,
    mine(),
    key("breach", BigInteger),
    key("misses", BigInteger),
    key("within"),
    phrase("leads_to"),
    phrase("agreement"),
    phrase("commitment"),
    whole("completed_by"),
    moment("at"),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("leads_to", ("notice", "recovery plan", "review", "end")),
    Index("ix_repetitions_completed_by", "workspace_id", "completed_by"),
    Index("ix_repetitions_promise", "workspace_id", "agreement", "commitment"),
)
