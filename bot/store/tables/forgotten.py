"""Who was forgotten: who stands in his place, and what the record's rewritten entries now add up to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Table

from bot.store.tables.columns import belongs_to, key, metadata, mine, moment, moment_or_never, phrase

forgettings = Table(
    "forgettings",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("member"),
    moment("begun_at"),
    moment_or_never("ended_at"),
    belongs_to("people", "member", keys=("id",)),
)
redactions = Table(
    "redactions",
    metadata,
    mine(),
    key("forgetting", BigInteger),
    key("seq", BigInteger),
    phrase("digest"),
    belongs_to("forgettings", "forgetting", keys=("number",)),
)
