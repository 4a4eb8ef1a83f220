"""Files that came with what was raised."""

from __future__ import annotations

from bot.store.ddl import append_only, belongs_to, drop, table, whole, words

revision = "0026_raised_files"
down_revision: str | None = "0025_old_sales"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "raised_files",
        ("handoff", "place"),
        whole("handoff"),
        whole("place"),
        words("name"),
        words("kind"),
        whole("size"),
        words("digest"),
        words("content"),
        belongs_to("handoffs", "handoff", keys=("number",)),
    )
    append_only("raised_files")


def downgrade() -> None:
    drop(("raised_files",))
