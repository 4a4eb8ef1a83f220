"""Sales with their prices: of the leads that were won, and those that were reported beside them."""

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
    phrase,
    whole,
    whole_or_none,
    words,
)

_of_an_item = text("item IS NOT NULL")

deals = Table(
    "deals",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    phrase("commitment"),
    phrase("found_by"),
    whole("quantity"),
    whole_or_none("amount"),
    words("currency"),
    whole("leads", 0),
    day("closed_on"),
    phrase("logged_by"),
    moment("logged_at"),
    words("note"),
    whole_or_none("item"),
    moment_or_never("withdrawn_at"),
    words("withdrawn_by"),
    words("withdrawn_why"),
    belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    belongs_to("items", "item", keys=("number",)),
    Index("ix_deals_closed", "workspace_id", "agreement", "commitment", "closed_on"),
    Index("ix_deals_item", "workspace_id", "item", sqlite_where=_of_an_item, postgresql_where=_of_an_item),
)
