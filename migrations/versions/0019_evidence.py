"""Files that show that something was delivered."""

from __future__ import annotations

from bot.store.ddl import append_only, belongs_to, drop, table, whole, words

revision = "0019_evidence"
down_revision: str | None = "0018_deals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "evidence_files",
        ("obligation", "place"),
        whole("obligation"),
        whole("place"),
        words("name"),
        words("kind"),
        whole("size"),
        words("digest"),
        words("content"),
        belongs_to("obligations", "obligation", keys=("number",)),
    )
    append_only("evidence_files")


def downgrade() -> None:
    drop(("evidence_files",))
