"""Links to sign by. Only a hash of each is kept, so that whoever reads the database can sign for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import signing_links
from bot.store.tx import Tx

_OF = (
    select(signing_links)
    .where(mine(signing_links), signing_links.c.amendment == bindparam("amendment"))
    .order_by(signing_links.c.made_at)
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lets one person answer one proposal, once. `sha256` is the hash of what it carries."""

    sha256: str
    amendment: int
    member: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_how: str = ""


async def find(tx: Tx, sha256: str) -> Link | None:
    """The link with that hash."""
    row = await tx.get(signing_links, sha256)
    return None if row is None else _link(row)


async def of_amendment(tx: Tx, amendment: int) -> tuple[Link, ...]:
    """The links that were made for a draft, oldest first."""
    return tuple(_link(row) for row in await tx.rows(_OF, amendment=amendment))


async def add(tx: Tx, link: Link) -> None:
    """Keep a new link."""
    tx.insert(
        signing_links,
        {
            "sha256": link.sha256,
            "amendment": link.amendment,
            "member": link.member,
            "made_by": link.made_by,
            "made_at": link.made_at,
            "expires_at": link.expires_at,
        },
    )


async def end(tx: Tx, link: Link, how: str, at: datetime) -> None:
    """A link leads nowhere any more: it was used, or a newer one took its place."""
    tx.update(signing_links, (link.sha256,), {"ended_at": at, "ended_how": how})


def _link(row: Mapping[str, Any]) -> Link:
    return Link(
        row["sha256"],
        row["amendment"],
        row["member"],
        row["made_by"],
        row["made_at"],
        row["expires_at"],
        row["ended_at"],
        row["ended_how"],
    )
