"""What one person is known by anywhere: in what was signed, in what was only drafted, on the platforms."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import bindparam, or_, select

from bot.store.fences import mine
from bot.store.tables import agreement_versions, amendments, identities, teams_accounts
from bot.store.tx import Tx

_VERSIONS = select(agreement_versions.c.document).where(mine(agreement_versions))
_DRAFTS = select(amendments.c.document).where(mine(amendments))
_IDENTITIES = select(identities).where(mine(identities), identities.c.person == bindparam("person"))
_ACCOUNTS = select(teams_accounts).where(
    mine(teams_accounts),
    or_(teams_accounts.c.user_id == bindparam("known"), teams_accounts.c.account == bindparam("known")),
)


@dataclass(slots=True)
class Known:
    """Names and e-mail addresses that somebody goes or went by, and his ids on platforms."""

    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    ids: set[tuple[str, str]] = field(default_factory=set)
    conversations: set[str] = field(default_factory=set)


async def of(tx: Tx, member: str) -> Known:
    """All that a member is or was known by."""
    known = Known()
    for statement in (_VERSIONS, _DRAFTS):
        for row in await tx.rows(statement):
            person = json.loads(row["document"]).get("people", {}).get(member, {})
            known.names |= {person["name"]} if "name" in person else set()
            known.emails |= {person["email"]} if "email" in person else set()
            for platform, users in person.get("identities", {}).items():
                known.ids |= {(platform, user) for user in ([users] if isinstance(users, str) else users)}
    known.ids |= {(row["platform"], row["user_id"]) for row in await tx.rows(_IDENTITIES, person=member)}
    for platform, user in sorted(known.ids):
        for row in await tx.rows(_ACCOUNTS, known=user) if platform == "teams" else ():
            known.ids |= {("teams", each) for each in (row["user_id"], row["account"]) if each}
            known.conversations |= {row["conversation"]} - {""}
    return known
