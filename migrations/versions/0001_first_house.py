"""What was agreed and by whom, what happened, what is due."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import (
    append_only,
    belongs_to,
    day,
    drop,
    flag,
    index,
    moment,
    no_longer_append_only,
    table,
    whole,
    words,
)

revision = "0001_first_house"
down_revision: str | None = None
branch_labels = None
depends_on = None

TABLES = (
    "counters",
    "workspaces",
    "agreements",
    "people",
    "agreement_channels",
    "agreement_versions",
    "commitments",
    "identities",
    "campaign_tallies",
    "handoffs",
    "obligations",
    "signatures",
    "tallies",
    "tally_days",
    "breaches",
    "disputes",
    "handoff_entries",
)


def upgrade() -> None:
    table(
        "counters",
        ("letter",),
        words("letter"),
        whole("last"),
    )
    table(
        "workspaces",
        (),
        words("name"),
        moment("created_at"),
        words("agreements_stamp"),
        moment("rehearsed_at", null=True),
    )
    table(
        "agreements",
        ("slug",),
        words("slug"),
        whole("number"),
        words("name"),
        belongs_to("workspaces"),
        sa.UniqueConstraint("workspace_id", "number"),
    )
    table(
        "people",
        ("id",),
        words("id"),
        words("name"),
        words("zone"),
        words("title"),
        flag("active"),
        belongs_to("workspaces"),
    )
    table(
        "agreement_channels",
        ("agreement", "platform", "channel_id"),
        words("agreement"),
        words("platform"),
        words("channel_id"),
        words("name"),
        moment("broken_at", null=True),
        words("broken_why"),
        belongs_to("agreements", "agreement", keys=("slug",)),
    )
    index("ix_agreement_channels_channel", "agreement_channels", "platform", "channel_id")
    table(
        "agreement_versions",
        ("agreement", "version"),
        words("agreement"),
        whole("version"),
        words("document"),
        words("sha256"),
        day("effective_on"),
        day("ends_on", null=True),
        moment("applied_at"),
        words("applied_by"),
        words("state"),
        sa.CheckConstraint("state IN ('draft', 'proposed', 'signed', 'declined', 'ended')", name="state"),
        sa.CheckConstraint("version >= 1", name="version"),
        belongs_to("agreements", "agreement", keys=("slug",)),
    )
    table(
        "commitments",
        ("agreement", "slug"),
        words("agreement"),
        words("slug"),
        whole("number"),
        belongs_to("agreements", "agreement", keys=("slug",)),
        sa.UniqueConstraint("workspace_id", "number"),
    )
    table(
        "identities",
        ("platform", "user_id"),
        words("platform"),
        words("user_id"),
        words("person"),
        belongs_to("people", "person", keys=("id",)),
    )
    index("ix_identities_person", "identities", "person")
    table(
        "campaign_tallies",
        ("agreement", "commitment", "period_starts_on", "late", "campaign"),
        words("agreement"),
        words("commitment"),
        day("period_starts_on"),
        flag("late"),
        words("campaign"),
        whole("accepted"),
        whole("awaiting"),
        whole("disputed"),
        sa.CheckConstraint("accepted >= 0 AND awaiting >= 0 AND disputed >= 0", name="never_negative"),
        belongs_to(
            "commitments",
            "agreement",
            "commitment",
            keys=(
                "agreement",
                "slug",
            ),
        ),
    )
    table(
        "handoffs",
        ("number",),
        whole("number"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        day("period_starts_on"),
        words("giver"),
        words("receiver"),
        whole("quantity"),
        whole("accepted"),
        whole("awaiting"),
        whole("disputed"),
        day("handed_on"),
        moment("handed_at"),
        flag("late"),
        words("logged_by"),
        moment("logged_at"),
        moment("silence_at"),
        words("campaign"),
        words("ref"),
        words("note"),
        flag("undone"),
        whole("revision"),
        whole("proposed_to", null=True),
        words("proposed_reason"),
        words("proposed_by"),
        words("proposed_party"),
        moment("proposed_at", null=True),
        sa.CheckConstraint("accepted >= 0 AND awaiting >= 0 AND disputed >= 0", name="never_negative"),
        sa.CheckConstraint("quantity >= 1", name="quantity"),
        belongs_to("agreement_versions", "agreement", "version"),
        belongs_to(
            "commitments",
            "agreement",
            "commitment",
            keys=(
                "agreement",
                "slug",
            ),
        ),
        belongs_to("people", "logged_by", keys=("id",)),
    )
    index("ix_handoffs_logged_by", "handoffs", "logged_by", "number")
    index("ix_handoffs_period", "handoffs", "agreement", "commitment", "period_starts_on", "number")
    table(
        "obligations",
        ("number",),
        whole("number"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        words("kind"),
        words("subject"),
        words("party"),
        words("owner"),
        day("period_starts_on"),
        moment("opens_at"),
        moment("due_at"),
        words("state"),
        moment("look_again_at", null=True),
        whole("rung"),
        moment("missed_at", null=True),
        moment("told_at", null=True),
        moment("acked_until", null=True),
        words("acked_by"),
        moment("acked_at", null=True),
        moment("snoozed_until", null=True),
        whole("snoozes"),
        words("evidence"),
        moment("done_at", null=True),
        words("done_by"),
        whole("revision"),
        sa.CheckConstraint(
            "state IN ('open', 'at risk', 'kept', 'missed', 'paused', 'excused', 'withdrawn')", name="state"
        ),
        belongs_to("agreement_versions", "agreement", "version"),
        belongs_to(
            "commitments",
            "agreement",
            "commitment",
            keys=(
                "agreement",
                "slug",
            ),
        ),
        sa.UniqueConstraint(
            "workspace_id", "agreement", "commitment", "kind", "subject", name="uq_obligations_subject"
        ),
    )
    index(
        "ix_obligations_agreement",
        "obligations",
        "agreement",
        "due_at",
        where="state NOT IN ('kept', 'excused', 'withdrawn') AND done_at IS NULL",
    )
    index("ix_obligations_look_again_at", "obligations", "look_again_at", where="look_again_at IS NOT NULL")
    index(
        "ix_obligations_owner",
        "obligations",
        "owner",
        "due_at",
        where="state NOT IN ('kept', 'excused', 'withdrawn') AND done_at IS NULL",
    )
    table(
        "signatures",
        ("agreement", "version", "party"),
        words("agreement"),
        whole("version"),
        words("party"),
        words("member"),
        moment("signed_at"),
        belongs_to("agreement_versions", "agreement", "version"),
        belongs_to("people", "member", keys=("id",)),
    )
    table(
        "tallies",
        ("agreement", "commitment", "period_starts_on", "late"),
        words("agreement"),
        words("commitment"),
        day("period_starts_on"),
        flag("late"),
        whole("accepted"),
        whole("awaiting"),
        whole("disputed"),
        sa.CheckConstraint("accepted >= 0 AND awaiting >= 0 AND disputed >= 0", name="never_negative"),
        belongs_to(
            "commitments",
            "agreement",
            "commitment",
            keys=(
                "agreement",
                "slug",
            ),
        ),
    )
    table(
        "tally_days",
        ("agreement", "commitment", "period_starts_on", "late", "on_date"),
        words("agreement"),
        words("commitment"),
        day("period_starts_on"),
        flag("late"),
        day("on_date"),
        whole("accepted"),
        whole("awaiting"),
        whole("disputed"),
        sa.CheckConstraint("accepted >= 0 AND awaiting >= 0 AND disputed >= 0", name="never_negative"),
        belongs_to(
            "commitments",
            "agreement",
            "commitment",
            keys=(
                "agreement",
                "slug",
            ),
        ),
    )
    table(
        "breaches",
        ("number",),
        whole("number"),
        whole("obligation"),
        words("agreement"),
        whole("version"),
        words("commitment"),
        words("party"),
        whole("shortfall"),
        flag("provisional"),
        moment("recorded_at"),
        moment("made_good_at", null=True),
        whole("revision"),
        sa.CheckConstraint("shortfall >= 0", name="never_negative"),
        belongs_to("obligations", "obligation", keys=("number",)),
        sa.UniqueConstraint("workspace_id", "obligation"),
    )
    table(
        "disputes",
        ("number",),
        whole("number"),
        whole("handoff"),
        whole("quantity"),
        words("reason"),
        words("opened_by"),
        moment("opened_at"),
        moment("ended_at", null=True),
        words("ended_how"),
        words("ended_by"),
        sa.CheckConstraint("quantity >= 1", name="quantity"),
        belongs_to("handoffs", "handoff", keys=("number",)),
    )
    index("ix_disputes_handoff", "disputes", "handoff")
    table(
        "handoff_entries",
        ("handoff", "seq"),
        whole("handoff"),
        whole("seq"),
        words("happened"),
        whole("accepted"),
        whole("awaiting"),
        whole("disputed"),
        words("reason"),
        moment("happened_at"),
        words("done_by"),
        belongs_to("handoffs", "handoff", keys=("number",)),
    )
    append_only("handoff_entries")


def downgrade() -> None:
    drop(reversed(TABLES))
    no_longer_append_only()
