"""Where Teams can be spoken in: tenants, conversations with their service address, and people's accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.store import identities as identities_of
from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import identities, teams_accounts, teams_conversations, teams_tenants
from bot.store.tx import Tx

_room, _account = teams_conversations.c, teams_accounts.c
_TENANTS = select(teams_tenants.c.tenant, teams_tenants.c.workspace_id)
_NEWEST = (
    select(teams_conversations)
    .where(mine(teams_conversations), _room.gone.is_(False))
    .order_by(_room.seen_at.desc())
    .limit(1)
)
_IN_TEAMS = (
    select(teams_conversations)
    .where(mine(teams_conversations), _room.gone.is_(False), _room.team != "")
    .order_by(_room.seen_at.desc(), _room.conversation)
)
_OF_ACCOUNT = select(teams_accounts).where(mine(teams_accounts), _account.account == bindparam("of"))
_NAMED = (
    select(identities.c.person, _account.account, _account.name)
    .select_from(
        identities.join(teams_accounts, mine(teams_accounts) & (_account.user_id == identities.c.user_id)),
    )
    .where(
        mine(identities),
        identities.c.person.in_(bindparam("named", expanding=True)),
        identities.c.platform == "teams",
        _account.account != "",
    )
)
_OF_TEAM = select(_room.conversation).where(mine(teams_conversations), _room.team == bindparam("of_team"))
_WHOLE_TEAM = (
    update(teams_conversations)
    .where(mine(teams_conversations), _room.team == bindparam("of_team"))
    .values(gone=bindparam("is_gone"))
)


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation: its id without a thread, what kind it is, and the address that it is spoken to through.

    `kind` is "personal", "groupChat" or "channel"; `bot` is our own account there; `gone` where
    Kept was taken out.
    """

    conversation: str
    kind: str
    tenant: str
    service_url: str
    name: str = ""
    team: str = ""
    bot: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as Teams knows them: `user` is stable over all apps, `account` is for this bot alone.

    `conversation` is the personal chat with Kept, "" before there is one.
    """

    user: str
    account: str
    name: str
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """What saying something takes, looked up at once: where, who reads it there, and whom it can call.

    `room` is None where Kept never was, `known` where nobody was asked for or Teams never told of
    them; `reader` is a member id, "" for a stranger or several people; `accounts` are the account
    and the name of members, as far as they were seen in Teams.
    """

    room: Room | None
    known: Known | None
    reader: str
    accounts: Mapping[str, tuple[str, str]]


async def way(tx: Tx, user: str, conversation: str, named: Collection[str]) -> Way:
    """The way to a conversation, where it is "" to the own chat of `user`, who reads what is said; "" for several."""
    known = await account(tx, user) if user else None
    where = conversation or (known.conversation if known is not None else "")
    reader = await identities_of.member(tx, "teams", user) if user else None
    accounts = {
        row["person"]: (row["account"], row["name"])
        for row in (await tx.rows(_NAMED, named=sorted(named)) if named else ())
    }
    return Way(await room(tx, where) if where else None, known, reader or "", accounts)


async def tenants(view: Everywhere) -> dict[str, str]:
    """Which company a tenant is, for all there are."""
    return {row["tenant"]: row["workspace_id"] for row in await view.rows(_TENANTS)}


async def claim(tx: Tx, tenant: str) -> None:
    """Remember that a tenant is this company. A tenant that is another's stays so: the commit fails."""
    if await tx.get(teams_tenants, tenant) is None:
        tx.insert(teams_tenants, {"tenant": tenant, "installed_at": tx.now})


async def keep_room(tx: Tx, room: Room) -> None:
    """Remember a conversation as it was last seen."""
    values = {
        "kind": room.kind,
        "name": room.name,
        "tenant": room.tenant,
        "service_url": room.service_url,
        "team": room.team,
        "bot": room.bot,
        "gone": room.gone,
        "seen_at": tx.now,
    }
    if await tx.get(teams_conversations, room.conversation) is None:
        tx.insert(teams_conversations, {"conversation": room.conversation, **values})
    else:
        tx.update(teams_conversations, (room.conversation,), values)


async def room(tx: Tx, conversation: str) -> Room | None:
    """A conversation by its id; None where Kept never was."""
    row = await tx.get(teams_conversations, conversation)
    return None if row is None else _made(row)


async def any_room(tx: Tx) -> Room | None:
    """A conversation through whose address this company can be reached: the one seen last."""
    rows = await tx.rows(_NEWEST)
    return _made(rows[0]) if rows else None


async def of_teams(tx: Tx) -> tuple[Room, ...]:
    """The conversations that are channels of a team, the one seen last first."""
    return tuple(map(_made, await tx.rows(_IN_TEAMS)))


async def left(tx: Tx, conversation: str, team: str = "") -> list[str]:
    """Kept was taken out of a conversation, or of every channel of a team; which ones."""
    return await _become(tx, conversation, team, gone=True)


async def back(tx: Tx, conversation: str, team: str = "") -> list[str]:
    """Kept is in a conversation again, or in every channel of a team; which ones."""
    return await _become(tx, conversation, team, gone=False)


async def _become(tx: Tx, conversation: str, team: str, *, gone: bool) -> list[str]:
    if await tx.get(teams_conversations, conversation) is not None:
        tx.update(teams_conversations, (conversation,), {"gone": gone})
    if not team:
        return [conversation]
    others = [str(row["conversation"]) for row in await tx.rows(_OF_TEAM, of_team=team)]
    await tx.rows(_WHOLE_TEAM, of_team=team, is_gone=gone)
    return list(dict.fromkeys((conversation, *others)))


async def keep_account(tx: Tx, known: Known) -> None:
    """Remember somebody; what is not known this time stays as it was."""
    row = await tx.get(teams_accounts, known.user)
    if row is None:
        tx.insert(
            teams_accounts,
            {
                "user_id": known.user,
                "account": known.account,
                "name": known.name,
                "conversation": known.conversation,
                "seen_at": tx.now,
            },
        )
        return
    values = {"account": known.account, "name": known.name, "conversation": known.conversation}
    tx.update(
        teams_accounts, (known.user,), {"seen_at": tx.now} | {name: each for name, each in values.items() if each}
    )


async def account(tx: Tx, user: str) -> Known | None:
    """Somebody by their stable id."""
    row = await tx.get(teams_accounts, user)
    return None if row is None else _known(row)


async def user_of(tx: Tx, account_id: str) -> Known | None:
    """Somebody by the account that a mention names."""
    rows = await tx.rows(_OF_ACCOUNT, of=account_id)
    return _known(rows[0]) if rows else None


def _made(row: Mapping[str, Any]) -> Room:
    return Room(
        row["conversation"],
        row["kind"],
        row["tenant"],
        row["service_url"],
        row["name"],
        row["team"],
        row["bot"],
        row["gone"],
    )


def _known(row: Mapping[str, Any]) -> Known:
    return Known(row["user_id"], row["account"], row["name"], row["conversation"])
