"""Items and their ledgers, the counts of a promise's periods, and how long answers took."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, day, drop, flag, index, moment, table, whole, words

revision = "0006_items"
down_revision: str | None = "0005_frictions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "items",
        ("number",),
        whole("number"),
        whole("handoff"),
        words("agreement"),
        whole("version"),
        words("giver"),
        words("receiver"),
        words("unit"),
        moment("handed_at"),
        words("name"),
        words("ref"),
        words("link"),
        words("campaign"),
        words("content"),
        words("priority"),
        words("owner"),
        words("stage"),
        whole("score", null=True),
        words("outcome"),
        words("standing"),
        flag("being_acted_on"),
        whole("revision"),
        belongs_to("handoffs", "handoff", keys=("number",)),
        sa.CheckConstraint("standing IN ('owed', 'disputed', 'withdrawn')", name="standing"),
    )
    index("ix_items_handoff", "items", "handoff", "number")
    index("ix_items_owner", "items", "owner", where="being_acted_on")
    table(
        "item_entries",
        ("item", "seq"),
        whole("item"),
        whole("seq"),
        words("happened"),
        words("done_by"),
        moment("occurred_at"),
        moment("logged_at"),
        words("goes_to"),
        words("note"),
        whole("about"),
        whole("amount", null=True),
        moment("until_at", null=True),
        belongs_to("items", "item", keys=("number",)),
    )
    append_only("item_entries")
    table(
        "counts",
        ("agreement", "commitment", "period_starts_on", "name"),
        words("agreement"),
        words("commitment"),
        day("period_starts_on"),
        words("name"),
        whole("amount"),
        sa.CheckConstraint("amount >= 0", name="never_negative"),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    )
    table(
        "delays",
        ("agreement", "commitment", "item"),
        words("agreement"),
        words("commitment"),
        whole("item"),
        day("period_starts_on"),
        whole("whole", null=True),
        whole("routing", null=True),
        whole("human", null=True),
        belongs_to("items", "item", keys=("number",)),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
    )
    index("ix_delays_period", "delays", "agreement", "commitment", "period_starts_on", "whole")


def downgrade() -> None:
    drop(("delays", "counts", "item_entries", "items"))
