"""What is on its way to being agreed: drafts, who signed them, what was said, what each side needs, links."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table

from bot.store.tables.columns import (
    belongs_to,
    key,
    metadata,
    mine,
    moment,
    moment_or_never,
    one_of,
    phrase,
    whole,
    whole_or_none,
    words,
)

AMENDMENT_STATES = ("draft", "proposed", "signed", "declined", "replaced", "lapsed", "withdrawn")

amendments = Table(
    "amendments",
    metadata,
    mine(),
    key("number", BigInteger),
    phrase("agreement"),
    whole("based_on"),
    whole_or_none("version"),
    whole_or_none("answers"),
    phrase("document"),
    words("because"),
    phrase("drafted_by"),
    words("side"),
    moment("drafted_at"),
    phrase("state"),
    moment_or_never("proposed_at"),
    moment_or_never("ended_at"),
    words("ended_by"),
    words("ended_why"),
    whole("revision", 1),
    belongs_to("agreements", "agreement", keys=("slug",)),
    one_of("state", AMENDMENT_STATES),
    Index("ix_amendments_agreement", "workspace_id", "agreement", "number"),
)
amendment_signatures = Table(
    "amendment_signatures",
    metadata,
    mine(),
    key("amendment", BigInteger),
    key("party"),
    phrase("member"),
    moment("signed_at"),
    phrase("via"),
    belongs_to("amendments", "amendment", keys=("number",)),
    belongs_to("people", "member", keys=("id",)),
)
amendment_remarks = Table(
    "amendment_remarks",
    metadata,
    mine(),
    key("amendment", BigInteger),
    key("seq", BigInteger),
    phrase("kind"),
    phrase("member"),
    phrase("text"),
    moment("said_at"),
    belongs_to("amendments", "amendment", keys=("number",)),
    one_of("kind", ("comment", "declined", "override")),
)
signing_links = Table(
    "signing_links",
    metadata,
    mine(),
    key("sha256"),
    whole("amendment"),
    phrase("member"),
    phrase("made_by"),
    moment("made_at"),
    moment("expires_at"),
    moment_or_never("ended_at"),
    words("ended_how"),
    belongs_to("amendments", "amendment", keys=("number",)),
    Index("ix_signing_links_amendment", "workspace_id", "amendment", "member"),
)
needs = Table(
    "needs",
    metadata,
    mine(),
    key("amendment", BigInteger),
    key("party"),
    phrase("member"),
    phrase("asked_by"),
    moment("asked_at"),
    moment("due_at"),
    words("text"),
    words("quantity"),
    words("answered_by"),
    moment_or_never("answered_at"),
    belongs_to("amendments", "amendment", keys=("number",)),
    belongs_to("people", "member", keys=("id",)),
)
