"""What makes up for a miss: what was chosen, plans with their steps and each side's yes, what later periods owe."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table

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
    whole,
    whole_or_none,
    words,
)

OPTIONS = ("recovery plan", "carry-over", "service credit", "notice")

recovery_plans = Table(
    "recovery_plans",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("breach"),
    phrase("agreement"),
    whole("version"),
    phrase("commitment"),
    phrase("missed_by"),
    phrase("owed_to"),
    phrase("opened_by"),
    moment("opened_at"),
    phrase("state"),
    whole("revision", 1),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("state", ("open", "agreed")),
)
plan_steps = Table(
    "plan_steps",
    metadata,
    mine(),
    key("plan", BigInteger),
    key("seq", BigInteger),
    phrase("owner"),
    phrase("party"),
    phrase("thing"),
    day("due_on"),
    whole_or_none("obligation"),
    belongs_to("recovery_plans", "plan", keys=("number",)),
)
plan_agreements = Table(
    "plan_agreements",
    metadata,
    mine(),
    key("plan", BigInteger),
    key("party"),
    phrase("member"),
    moment("agreed_at"),
    belongs_to("recovery_plans", "plan", keys=("number",)),
)
plan_times = Table(
    "plan_times",
    metadata,
    mine(),
    key("breach", BigInteger),
    moment("until"),
    moment_or_never("lapsed_at"),
    words("followed"),
    words("obstacle"),
    belongs_to("breaches", "breach", keys=("number",)),
)
choices = Table(
    "choices",
    metadata,
    mine(),
    key("breach", BigInteger),
    phrase("option"),
    phrase("by"),
    moment("at"),
    words("proposed_by"),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("option", OPTIONS),
)
offers = Table(
    "offers",
    metadata,
    mine(),
    key("breach", BigInteger),
    key("seq", BigInteger),
    phrase("option"),
    whole("units"),
    phrase("side"),
    phrase("by"),
    moment("at"),
    moment("until"),
    moment_or_never("ended_at"),
    words("ended_how"),
    belongs_to("breaches", "breach", keys=("number",)),
    one_of("option", OPTIONS),
    one_of("ended_how", ("", "taken", "replaced", "lapsed")),
)
carry_entries = Table(
    "carry_entries",
    metadata,
    mine(),
    key("breach", BigInteger),
    key("seq", BigInteger),
    phrase("agreement"),
    phrase("commitment"),
    day("from_starts_on"),
    day("to_starts_on"),
    whole("units"),
    phrase("by"),
    moment("at"),
    words("why"),
    belongs_to("breaches", "breach", keys=("number",)),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    Index("ix_carry_entries_to", "workspace_id", "agreement", "commitment", "to_starts_on"),
)
