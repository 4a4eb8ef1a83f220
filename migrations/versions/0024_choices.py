"""Which of several agreed ways makes a miss good: what was chosen and offered, and by when a plan was asked for."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, drop, moment, table, whole, words

revision = "0024_choices"
down_revision: str | None = "0023_channel_names"
branch_labels = None
depends_on = None

_OPTIONS = "option IN ('recovery plan', 'carry-over', 'service credit', 'notice')"


def upgrade() -> None:
    table(
        "choices",
        ("breach",),
        whole("breach"),
        words("option"),
        words("by"),
        moment("at"),
        words("proposed_by"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint(_OPTIONS, name="option"),
    )
    append_only("choices")
    table(
        "offers",
        ("breach", "seq"),
        whole("breach"),
        whole("seq"),
        words("option"),
        whole("units"),
        words("side"),
        words("by"),
        moment("at"),
        moment("until"),
        moment("ended_at", null=True),
        words("ended_how"),
        belongs_to("breaches", "breach", keys=("number",)),
        sa.CheckConstraint(_OPTIONS, name="option"),
        sa.CheckConstraint("ended_how IN ('', 'taken', 'replaced', 'lapsed')", name="ended_how"),
    )
    table(
        "plan_times",
        ("breach",),
        whole("breach"),
        moment("until"),
        moment("lapsed_at", null=True),
        words("followed"),
        words("obstacle"),
        belongs_to("breaches", "breach", keys=("number",)),
    )


def downgrade() -> None:
    drop(("plan_times", "offers", "choices"))
