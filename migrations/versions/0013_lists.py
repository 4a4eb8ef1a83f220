"""Lists of things that were read and wait to be handed over, or are being written down part by part."""

from __future__ import annotations

from bot.store.ddl import belongs_to, drop, index, moment, table, whole, words

revision = "0013_lists"
down_revision: str | None = "0012_levels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "lists",
        ("number",),
        whole("number"),
        words("laid_by"),
        moment("laid_at"),
        whole("rows"),
        whole("handoff", null=True),
        belongs_to("handoffs", "handoff", keys=("number",)),
    )
    index("ix_lists_laid_at", "lists", "laid_at")
    table(
        "list_parts",
        ("list", "part"),
        whole("list"),
        whole("part"),
        words("content"),
        belongs_to("lists", "list", keys=("number",)),
    )


def downgrade() -> None:
    drop(("list_parts", "lists"))
