"""What each side needs, asked in private before an agreement is proposed."""

from __future__ import annotations

from bot.store.ddl import belongs_to, drop, moment, table, whole, words

revision = "0022_needs"
down_revision: str | None = "0021_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "needs",
        ("amendment", "party"),
        whole("amendment"),
        words("party"),
        words("member"),
        words("asked_by"),
        moment("asked_at"),
        moment("due_at"),
        words("text"),
        words("quantity"),
        words("answered_by"),
        moment("answered_at", null=True),
        belongs_to("amendments", "amendment", keys=("number",)),
        belongs_to("people", "member", keys=("id",)),
    )


def downgrade() -> None:
    drop(("needs",))
