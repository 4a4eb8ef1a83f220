"""Slack's installs: which Slack workspace is which company, and its sealed tokens.

The tokens arrive sealed and leave sealed; the key is never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.everywhere import Everywhere
from bot.store.fences import mine
from bot.store.tables import slack_installs
from bot.store.tx import Tx

_it = slack_installs.c
_OF_TEAM = select(slack_installs).where(_it.team == bindparam("of_team"))
_OF_ENTERPRISE = (
    select(slack_installs).where(_it.enterprise == bindparam("of"), _it.enterprise != "").order_by(_it.team)
)
_ALL = select(slack_installs).order_by(_it.workspace_id, _it.team)
_MINE = select(slack_installs).where(mine(slack_installs)).order_by(_it.broken, _it.team)


@dataclass(frozen=True, slots=True)
class Install:
    """One row. `token` and `refresh_token` are sealed; `broken` says why it is of no use, "" while it is."""

    workspace: str
    team: str
    enterprise: str
    team_name: str
    app: str
    bot_user: str
    bot_id: str
    scopes: str
    token: str
    refresh_token: str
    expires_at: datetime | None
    installed_by: str
    broken: str
    broken_at: datetime | None


async def of_team(view: Everywhere, team: str, enterprise: str) -> Install | None:
    """The install that a request belongs to: its workspace's, or its organisation's where it names no workspace."""
    rows = await view.rows(_OF_TEAM, of_team=team) if team else await view.rows(_OF_ENTERPRISE, of=enterprise)
    return _install(rows[0]) if rows else None


async def everywhere(view: Everywhere) -> tuple[Install, ...]:
    """Every install there is."""
    return tuple(_install(row) for row in await view.rows(_ALL))


async def of_workspace(tx: Tx) -> Install | None:
    """The install through which this company is spoken to; a working one before a broken one."""
    rows = await tx.rows(_MINE)
    return _install(rows[0]) if rows else None


async def keep(tx: Tx, install: Install) -> None:
    """Remember an install; installing anew replaces the tokens and mends what was broken."""
    values = {
        "enterprise": install.enterprise,
        "team_name": install.team_name,
        "app": install.app,
        "bot_user": install.bot_user,
        "bot_id": install.bot_id,
        "scopes": install.scopes,
        "token": install.token,
        "refresh_token": install.refresh_token,
        "expires_at": install.expires_at,
        "renewing_until": None,
        "installed_by": install.installed_by,
        "installed_at": tx.now,
        "broken": "",
        "broken_at": None,
    }
    if await tx.get(slack_installs, install.team) is None:
        tx.insert(slack_installs, {"team": install.team, **values})
    else:
        tx.update(slack_installs, (install.team,), values)


async def begin_renewing(tx: Tx, team: str, seen: str, within: timedelta) -> Install | None:
    """Take it upon oneself to renew a token, for a while; None if it was renewed since, or somebody else is at it.

    `seen` is the sealed token as it was when it was found to be stale.
    """
    row = await tx.get(slack_installs, team)
    if row is None or row["token"] != seen or row["broken"]:
        return None
    if row["renewing_until"] is not None and row["renewing_until"] > tx.now:
        return None
    tx.update(slack_installs, (team,), {"renewing_until": tx.now + within})
    return _install({**row, "workspace_id": tx.workspace})


def renewed(tx: Tx, team: str, token: str, refresh_token: str, expires_at: datetime | None) -> None:
    """Keep the sealed tokens that came of a renewal."""
    values = {"token": token, "refresh_token": refresh_token, "expires_at": expires_at, "renewing_until": None}
    tx.update(slack_installs, (team,), values)


def sealed_anew(tx: Tx, team: str, token: str, refresh_token: str) -> None:
    """Keep the same tokens under another key."""
    tx.update(slack_installs, (team,), {"token": token, "refresh_token": refresh_token})


async def broke(tx: Tx, team: str, why: str) -> bool:
    """Remember that an install is of no use any more; its tokens are forgotten. True if that is news."""
    row = await tx.get(slack_installs, team)
    if row is None or row["broken"]:
        return False
    tx.update(
        slack_installs,
        (team,),
        {"broken": why, "broken_at": tx.now, "token": "", "refresh_token": "", "renewing_until": None},
    )
    return True


def _install(row: Mapping[str, Any]) -> Install:
    return Install(
        workspace=row["workspace_id"],
        team=row["team"],
        enterprise=row["enterprise"],
        team_name=row["team_name"],
        app=row["app"],
        bot_user=row["bot_user"],
        bot_id=row["bot_id"],
        scopes=row["scopes"],
        token=row["token"],
        refresh_token=row["refresh_token"],
        expires_at=row["expires_at"],
        installed_by=row["installed_by"],
        broken=row["broken"],
        broken_at=row["broken_at"],
    )
