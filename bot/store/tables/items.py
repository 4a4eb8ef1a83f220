"""Items and what they add up to: their ledgers, the counts of each promise's periods, and how long answers took."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnElement, Date, Index, Table, literal_column, text

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
    whole,
    whole_or_none,
    words,
)

ITEM_STANDINGS = ("owed", "disputed", "withdrawn")
# Of no type: a Boolean would be spelled `… = 1` on SQLite, which then passes the index by.
BEING_ACTED_ON: ColumnElement[bool] = literal_column("being_acted_on")
"""What a query says to use the index of items that somebody acts on, word for word."""
_somebody_acts = text("being_acted_on")

items = Table(
    "items",
    metadata,
    mine(),
    key("number", BigInteger),
    whole("handoff"),
    phrase("agreement"),
    whole("version"),
    phrase("giver"),
    phrase("receiver"),
    phrase("unit"),
    moment("handed_at"),
    words("name"),
    words("ref"),
    words("link"),
    words("campaign"),
    words("content"),
    words("priority"),
    words("owner"),
    words("stage"),
    whole_or_none("score"),
    words("outcome"),
    phrase("standing"),
    flag("being_acted_on"),
    whole("revision", 1),
    belongs_to("handoffs", "handoff", keys=("number",)),
    one_of("standing", ITEM_STANDINGS),
    Index("ix_items_handoff", "workspace_id", "handoff", "number"),
    Index(
        "ix_items_owner",
        "workspace_id",
        "owner",
        sqlite_where=_somebody_acts,
        postgresql_where=_somebody_acts,
    ),
)
item_entries = Table(
    "item_entries",
    metadata,
    mine(),
    key("item", BigInteger),
    key("seq", BigInteger),
    phrase("happened"),
    words("done_by"),
    moment("occurred_at"),
    moment("logged_at"),
    words("goes_to"),
    words("note"),
    whole("about", 0),
    whole_or_none("amount"),
    moment_or_never("until_at"),
    belongs_to("items", "item", keys=("number",)),
)
counts = Table(
    "counts",
    metadata,
    mine(),
    key("agreement"),
    key("commitment"),
    key("period_starts_on", Date),
    key("name"),
    whole("amount", 0),
    never_negative("amount"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
)
delays = Table(
    "delays",
    metadata,
    mine(),
    key("agreement"),
    key("commitment"),
    key("item", BigInteger),
    day("period_starts_on"),
    whole_or_none("whole"),
    whole_or_none("routing"),
    whole_or_none("human"),
    belongs_to("items", "item", keys=("number",)),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    Index("ix_delays_period", "workspace_id", "agreement", "commitment", "period_starts_on", "whole"),
)
lists = Table(
    "lists",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("laid_by"),
    moment("laid_at"),
    whole("rows"),
    whole_or_none("handoff"),
    belongs_to("handoffs", "handoff", keys=("number",)),
    Index("ix_lists_laid_at", "workspace_id", "laid_at"),
)
list_parts = Table(
    "list_parts",
    metadata,
    mine(),
    key("list", BigInteger),
    key("part", BigInteger),
    phrase("content"),
    belongs_to("lists", "list", keys=("number",)),
)
