"""Sales with their prices, of leads that were won and beside them."""

from __future__ import annotations

from bot.store.ddl import belongs_to, day, drop, index, moment, table, whole, words

revision = "0018_deals"
down_revision: str | None = "0017_credits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "deals",
        ("number",),
        whole("number"),
        words("agreement"),
        words("commitment"),
        words("found_by"),
        whole("quantity"),
        whole("amount", null=True),
        words("currency"),
        whole("leads"),
        day("closed_on"),
        words("logged_by"),
        moment("logged_at"),
        words("note"),
        whole("item", null=True),
        moment("withdrawn_at", null=True),
        words("withdrawn_by"),
        words("withdrawn_why"),
        belongs_to("commitments", "agreement", "commitment", keys=("agreement", "slug")),
        belongs_to("items", "item", keys=("number",)),
    )
    index("ix_deals_closed", "deals", "agreement", "commitment", "closed_on")
    index("ix_deals_item", "deals", "item", where="item IS NOT NULL")


def downgrade() -> None:
    drop(("deals",))
