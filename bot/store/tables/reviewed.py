"""The parties' meetings: when, who was there, what each side said before, what was decided and learnt."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text, UniqueConstraint

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

reviews = Table(
    "reviews",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    day("slot_on"),
    day("first_on"),
    day("last_on"),
    phrase("label"),
    moment("meets_at"),
    Column("state", Text, nullable=False),
    moment_or_never("opened_at"),
    moment_or_never("closed_at"),
    words("closed_by"),
    whole("revision", 1),
    UniqueConstraint("workspace_id", "agreement", "slot_on", name="uq_reviews_slot"),
    belongs_to("agreements", "agreement", keys=("slug",)),
    one_of("state", ("invited", "open", "closed")),
    Index("ix_reviews_agreement", "workspace_id", "agreement", "number"),
)
review_voices = Table(
    "review_voices",
    metadata,
    mine(),
    key("review", BigInteger),
    key("member"),
    phrase("party"),
    flag("content"),
    words("words"),
    moment("said_at"),
    belongs_to("reviews", "review", keys=("number",)),
    belongs_to("people", "member", keys=("id",)),
)
review_attendances = Table(
    "review_attendances",
    metadata,
    mine(),
    key("review", BigInteger),
    key("member"),
    moment("came_at"),
    belongs_to("reviews", "review", keys=("number",)),
    belongs_to("people", "member", keys=("id",)),
)
review_minutes = Table(
    "review_minutes",
    metadata,
    mine(),
    key("review", BigInteger),
    key("seq", BigInteger),
    phrase("sort"),
    phrase("words"),
    phrase("said_by"),
    moment("said_at"),
    belongs_to("reviews", "review", keys=("number",)),
)
