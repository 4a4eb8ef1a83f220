"""Drafts on their way to being agreed: who signed them, what was said of them, links to sign by."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import belongs_to, drop, index, moment, table, whole, words

revision = "0007_drafts"
down_revision: str | None = "0006_items"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "amendments",
        ("number",),
        whole("number"),
        words("agreement"),
        whole("based_on"),
        whole("version", null=True),
        whole("answers", null=True),
        words("document"),
        words("because"),
        words("drafted_by"),
        words("side"),
        moment("drafted_at"),
        words("state"),
        moment("proposed_at", null=True),
        moment("ended_at", null=True),
        words("ended_by"),
        words("ended_why"),
        whole("revision"),
        belongs_to("agreements", "agreement", keys=("slug",)),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'signed', 'declined', 'replaced', 'lapsed', 'withdrawn')",
            name="state",
        ),
    )
    index("ix_amendments_agreement", "amendments", "agreement", "number")
    table(
        "amendment_signatures",
        ("amendment", "party"),
        whole("amendment"),
        words("party"),
        words("member"),
        moment("signed_at"),
        words("via"),
        belongs_to("amendments", "amendment", keys=("number",)),
        belongs_to("people", "member", keys=("id",)),
    )
    table(
        "amendment_remarks",
        ("amendment", "seq"),
        whole("amendment"),
        whole("seq"),
        words("kind"),
        words("member"),
        words("text"),
        moment("said_at"),
        belongs_to("amendments", "amendment", keys=("number",)),
        sa.CheckConstraint("kind IN ('comment', 'declined', 'override')", name="kind"),
    )
    table(
        "signing_links",
        ("sha256",),
        words("sha256"),
        whole("amendment"),
        words("member"),
        words("made_by"),
        moment("made_at"),
        moment("expires_at"),
        moment("ended_at", null=True),
        words("ended_how"),
        belongs_to("amendments", "amendment", keys=("number",)),
    )
    index("ix_signing_links_amendment", "signing_links", "amendment", "member")


def downgrade() -> None:
    drop(("signing_links", "amendment_remarks", "amendment_signatures", "amendments"))
