"""What misses are worth in money: each credit as it stands, and the ledger that it is the sum of."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table

from bot.store.tables.columns import belongs_to, day, key, metadata, mine, moment, one_of, phrase, whole, words

CREDIT_STATUSES = ("accrued", "claimed", "approved", "refused", "applied", "expired", "reversed")

credits = Table(
    "credits",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("breach"),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    phrase("consequence"),
    phrase("party"),
    phrase("claimant"),
    day("period_starts_on"),
    day("period_ends_on"),
    phrase("share"),
    whole("worth"),
    whole("amount"),
    phrase("currency"),
    moment("accrued_at"),
    moment("claim_until"),
    phrase("status"),
    whole("revision", 1),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("status", CREDIT_STATUSES),
    Index("ix_credits_breach", "workspace_id", "breach"),
    Index("ix_credits_period", "workspace_id", "agreement", "period_ends_on"),
)
credit_entries = Table(
    "credit_entries",
    metadata,
    mine(),
    key("credit", BigInteger),
    key("seq", BigInteger),
    phrase("happened"),
    whole("amount"),
    words("by"),
    moment("at"),
    words("why"),
    belongs_to("credits", "credit", keys=("number",)),
    one_of("happened", CREDIT_STATUSES),
)
