"""Who a platform's user is: (platform, user id) leads to a member, and back."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from bot.store.fences import mine
from bot.store.tables import identities
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.parties import Member

_OF_PERSON = (
    select(identities.c.platform, identities.c.user_id)
    .where(mine(identities), identities.c.person == bindparam("person"))
    .order_by(identities.c.platform, identities.c.user_id)
)
_ON_PLATFORM = select(identities.c.person, identities.c.user_id).where(
    mine(identities), identities.c.platform == bindparam("on")
)

_ALL = select(identities).where(mine(identities)).order_by(identities.c.platform, identities.c.user_id)
_TAKE_AWAY = delete(identities).where(
    mine(identities), identities.c.person == bindparam("whose"), identities.c.platform == bindparam("on")
)


def need(platform: str, user: str) -> Need:
    """What `member` will ask for."""
    return identities, (platform, user)


async def member(tx: Tx, platform: str, user: str) -> str | None:
    """The member id behind a platform's user; None for a stranger."""
    row = await tx.get(identities, platform, user)
    return None if row is None else str(row["person"])


async def keep(tx: Tx, person: Member) -> None:
    """Remember where somebody writes from. An id that was somebody else's is his from now on."""
    for platform, user in person.identities:
        await give(tx, platform, user, person.id)


async def give(tx: Tx, platform: str, user: str, person: str) -> None:
    """A platform's user is this member from now on, whoever he was before."""
    if await tx.get(identities, platform, user) is None:
        tx.insert(identities, {"platform": platform, "user_id": user, "person": person})
    else:
        tx.update(identities, (platform, user), {"person": person})


async def take_away(tx: Tx, platform: str, person: str) -> None:
    """A member is known on a platform no more."""
    await tx.rows(_TAKE_AWAY, on=platform, whose=person)


async def of_person(tx: Tx, person: str) -> tuple[tuple[str, str], ...]:
    """Where somebody can be reached: (platform, user id) pairs."""
    return tuple((row["platform"], row["user_id"]) for row in await tx.rows(_OF_PERSON, person=person))


async def on_platform(tx: Tx, platform: str) -> dict[str, str]:
    """The user ids of everybody who is on a platform, by member id."""
    return {row["person"]: row["user_id"] for row in await tx.rows(_ON_PLATFORM, on=platform)}


async def everybody(tx: Tx) -> dict[str, tuple[tuple[str, str], ...]]:
    """Where everybody can be reached: (platform, user id) pairs by member id."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in await tx.rows(_ALL):
        found[row["person"]] = (*found.get(row["person"], ()), (row["platform"], row["user_id"]))
    return found
