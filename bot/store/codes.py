"""One-time codes that connect people and companies. Only their salted digests are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, or_, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import connect_codes, wrong_codes
from bot.store.tx import Tx

Purpose = Literal["person", "company"]

_it = connect_codes.c
_NAMED = select(connect_codes).where(_it.name == bindparam("called"))
_REPLACED = delete(connect_codes).where(
    mine(connect_codes),
    _it.purpose == bindparam("for_purpose"),
    _it.person == bindparam("whose"),
    _it.used_at.is_(None),
)
_TAKEN = (
    select(_it.name).where(mine(connect_codes), _it.purpose == "company", _it.used_at.is_not(None)).limit(1)
)  # fmt: skip
# What let another company in stays: it says who did, and that somebody was let in at all.
_FORGET = delete(connect_codes).where(
    mine(connect_codes), _it.expires_at < bindparam("before"), or_(_it.purpose == "person", _it.used_at.is_(None))
)
_FORGET_WRONG = delete(wrong_codes).where(mine(wrong_codes), wrong_codes.c.since < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is kept: its first part by name, the rest as a salted digest (both hexadecimal).

    `person`, `platform` and `user` say who made it ("" for an administrator at the machine).
    `wrong` counts tries that had its name and not the rest. `used_by` is whom it served: a
    platform's user, or a workspace.
    """

    workspace: str
    name: str
    purpose: Purpose
    salt: str
    digest: str
    person: str
    platform: str
    user: str
    made_at: datetime
    expires_at: datetime
    wrong: int = 0
    used_at: datetime | None = None
    used_by: str = ""


async def find(tx: Tx, name: str) -> Code | None:
    """This company's code of that name."""
    row = await tx.get(connect_codes, name)
    return None if row is None else _made(tx.workspace, row)


async def named(view: Everywhere, name: str) -> tuple[Code, ...]:
    """Every company's codes of that name."""
    return tuple(_made(row["workspace_id"], row) for row in await view.rows(_NAMED, called=name))


async def put(tx: Tx, code: Code) -> None:
    """Keep a new code in place of an unused one that the same person made for the same purpose."""
    await tx.rows(_REPLACED, for_purpose=code.purpose, whose=code.person)
    tx.insert(
        connect_codes,
        {
            "name": code.name,
            "purpose": code.purpose,
            "salt": code.salt,
            "digest": code.digest,
            "person": code.person,
            "platform": code.platform,
            "user_id": code.user,
            "made_at": code.made_at,
            "expires_at": code.expires_at,
            "wrong": 0,
            "used_at": None,
            "used_by": "",
        },
    )


def missed(tx: Tx, code: Code) -> None:
    """Somebody knew the name and not the rest."""
    tx.update(connect_codes, (code.name,), {"wrong": code.wrong + 1})


def use(tx: Tx, code: Code, by: str) -> None:
    """Spend a code."""
    tx.update(connect_codes, (code.name,), {"used_at": tx.now, "used_by": by})


async def somebody_joined(tx: Tx) -> bool:
    """Whether another company has been let in by a code of this one."""
    return bool(await tx.rows(_TAKEN))


async def wrong_tries(tx: Tx, platform: str, user: str) -> tuple[int, datetime | None]:
    """How many wrong codes somebody has said, and since when."""
    row = await tx.get(wrong_codes, platform, user)
    return (0, None) if row is None else (int(row["wrong"]), row["since"])


def count_wrong(tx: Tx, platform: str, user: str, tries: int, since: datetime, *, new: bool) -> None:
    """Remember how many wrong codes somebody has said."""
    if new:
        tx.insert(wrong_codes, {"platform": platform, "user_id": user, "wrong": tries, "since": since})
    else:
        tx.update(wrong_codes, (platform, user), {"wrong": tries, "since": since})


async def forget(tx: Tx, before: datetime) -> None:
    """Let go of people's codes that have run out, and of wrong tries that are long past."""
    await tx.rows(_FORGET, before=before)
    await tx.rows(_FORGET_WRONG, before=before)


def _made(workspace: str, row: Mapping[str, Any]) -> Code:
    return Code(
        workspace=workspace,
        name=row["name"],
        purpose=row["purpose"],
        salt=row["salt"],
        digest=row["digest"],
        person=row["person"],
        platform=row["platform"],
        user=row["user_id"],
        made_at=row["made_at"],
        expires_at=row["expires_at"],
        wrong=row["wrong"],
        used_at=row["used_at"],
        used_by=row["used_by"],
    )
