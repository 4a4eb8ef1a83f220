"""What is said, heard and remembered: the outbox, schedules and reports, requests, the audit log."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.ddl import append_only, belongs_to, day, drop, flag, hour, index, moment, table, whole, words

revision = "0002_first_words"
down_revision: str | None = "0001_first_house"
branch_labels = None
depends_on = None

TABLES = (
    "audit",
    "audit_heads",
    "conversations",
    "echoes",
    "requests",
    "schedules",
    "web_messages",
    "web_reads",
    "preferences",
    "presence",
    "reports",
    "outbox",
)


def upgrade() -> None:
    table(
        "audit",
        ("seq",),
        whole("seq"),
        moment("happened_at"),
        words("actor"),
        words("via"),
        words("what"),
        words("subject"),
        words("before"),
        words("after"),
        words("hash"),
    )
    index("ix_audit_subject", "audit", "subject", "seq")
    table(
        "audit_heads",
        (),
        whole("entries"),
        words("last_hash"),
    )
    table(
        "conversations",
        ("conversation",),
        words("conversation"),
        moment("paused_at"),
        moment("not_before"),
        words("why"),
    )
    table(
        "echoes",
        ("person", "place", "words_hash"),
        words("person"),
        words("place"),
        words("words_hash"),
        moment("said_at"),
        words("subject"),
    )
    index("ix_echoes_said_at", "echoes", "said_at")
    table(
        "requests",
        ("platform", "delivery_id"),
        words("platform"),
        words("delivery_id"),
        words("reply"),
        moment("answered_at"),
    )
    index("ix_requests_answered_at", "requests", "answered_at")
    table(
        "schedules",
        ("kind", "subject"),
        words("kind"),
        words("subject"),
        moment("look_again_at", null=True),
    )
    index("ix_schedules_look_again_at", "schedules", "look_again_at")
    table(
        "web_messages",
        ("id",),
        whole("id"),
        whole("revision"),
        words("place_kind"),
        words("place_id"),
        words("place_name"),
        words("thread"),
        words("card"),
        words("delivery_id"),
        words("last_edit"),
        words("ref"),
        moment("said_at"),
        moment("edited_at", null=True),
        whole("replies"),
        sa.UniqueConstraint("workspace_id", "delivery_id"),
        sa.UniqueConstraint("workspace_id", "revision"),
    )
    index("ix_web_messages_place", "web_messages", "place_kind", "place_id", "id")
    table(
        "web_reads",
        ("member", "place_kind", "place_id"),
        words("member"),
        words("place_kind"),
        words("place_id"),
        whole("up_to"),
    )
    table(
        "preferences",
        ("person",),
        words("person"),
        hour("quiet_from", null=True),
        hour("quiet_until", null=True),
        hour("digest_at", null=True),
        flag("digest_off"),
        belongs_to("people", "person", keys=("id",)),
    )
    table(
        "presence",
        ("person", "away_from"),
        words("person"),
        moment("away_from"),
        moment("away_until"),
        words("deputy"),
        belongs_to("people", "person", keys=("id",)),
    )
    table(
        "reports",
        ("agreement", "schedule", "on_date"),
        words("agreement"),
        whole("schedule"),
        day("on_date"),
        moment("preview_at", null=True),
        words("note"),
        words("approved_by"),
        moment("approved_at", null=True),
        moment("issued_at", null=True),
        moment("skipped_at", null=True),
        words("totals"),
        belongs_to("agreements", "agreement", keys=("slug",)),
    )
    table(
        "outbox",
        ("number",),
        whole("number"),
        words("dedupe_key"),
        words("delivery_id"),
        words("series", null=True),
        words("action"),
        words("platform"),
        words("place_kind"),
        words("place_id"),
        words("place_name"),
        words("thread"),
        words("conversation"),
        words("card"),
        words("ref"),
        words("kind"),
        whole("level"),
        words("person", null=True),
        whole("about_obligation", null=True),
        flag("drop_if_settled"),
        flag("edit_only"),
        words("newest_of", null=True),
        flag("late"),
        flag("possible_repeat"),
        words("state"),
        moment("created_at"),
        moment("not_before", null=True),
        moment("held_until", null=True),
        words("hold_reason"),
        words("owner"),
        moment("lease_until", null=True),
        whole("attempts"),
        moment("started_at", null=True),
        moment("look_at", null=True),
        words("message_ref", null=True),
        moment("sent_at", null=True),
        moment("ended_at", null=True),
        words("why"),
        sa.CheckConstraint("action IN ('post', 'edit')", name="action"),
        sa.CheckConstraint("(state = 'HELD') = (held_until IS NOT NULL)", name="held"),
        sa.CheckConstraint("(state IN ('SENDING', 'RECONCILING')) = (lease_until IS NOT NULL)", name="leased"),
        sa.CheckConstraint(
            "state IN ('PENDING', 'HELD', 'SENDING', 'SENT', 'DEAD', 'UNKNOWN', 'RECONCILING', 'DROPPED')", name="state"
        ),
        belongs_to("obligations", "about_obligation", keys=("number",)),
        belongs_to("workspaces"),
        sa.UniqueConstraint("workspace_id", "dedupe_key"),
    )
    index("ix_outbox_newest_of", "outbox", "newest_of", "number", where="newest_of IS NOT NULL")
    index(
        "ix_outbox_open",
        "outbox",
        "conversation",
        "number",
        where="state IN ('PENDING', 'HELD', 'SENDING', 'UNKNOWN', 'RECONCILING')",
    )
    index("ix_outbox_person", "outbox", "person", "created_at", where="person IS NOT NULL")
    index("ix_outbox_series", "outbox", "series", "number")
    index("ix_outbox_started", "outbox", "conversation", "started_at", where="started_at IS NOT NULL")
    append_only("audit")


def downgrade() -> None:
    drop(reversed(TABLES))
