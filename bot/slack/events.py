"""What happens in a Slack workspace without anybody asking: people and channels change, installs come and go.

Slack tells each of these at least once, so telling the house twice must change nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.chat.talk import Person, Place
from bot.slack.hearing import text_at
from bot.slack.homes import Homes
from bot.slack.installations import Installation
from bot.slack.ports import Becoming, ChannelChanged, PersonChanged, Ports, Uninstalled

log = logging.getLogger(__name__)

Event = Mapping[str, Any]
_Told = Callable[[Event, Installation], Awaitable[None]]


class Events:
    """Tells the house what happened. One a process.

    `told` is what it passes on, by the event's name; that an install ended is heard beside it.
    """

    def __init__(self, ports: Ports, homes: Homes) -> None:
        """Tell it through `ports`, draw homes with `homes`."""
        self._ports = ports
        self._homes = homes
        self.told: Mapping[str, _Told] = {
            "app_home_opened": self._home_opened,
            "user_change": self._person_changed,
            "member_joined_channel": self._joined,
            "member_left_channel": self._left,
            "channel_left": self._left,
            "group_left": self._left,
            "channel_archive": self._archived,
            "group_archive": self._archived,
            "channel_unarchive": self._unarchived,
            "group_unarchive": self._unarchived,
            "channel_deleted": self._deleted,
            "group_deleted": self._deleted,
            "channel_rename": self._renamed,
            "group_rename": self._renamed,
            "channel_id_changed": self._moved,
        }

    async def happened(self, kind: str, body: Mapping[str, Any], installation: Installation | None) -> None:
        """Pass on what happened; what nobody here has to know is let go."""
        event = body.get("event") or {}
        if kind == "app_uninstalled":
            await self._uninstalled(body, "uninstalled")
        elif kind == "tokens_revoked":
            revoked = event.get("tokens")
            if isinstance(revoked, Mapping) and revoked.get("bot"):
                await self._uninstalled(body, "its token was revoked")
        elif installation is not None and (tell := self.told.get(kind)) is not None:
            await tell(event, installation)

    def touched(self, person: Person) -> None:
        """Somebody may have changed something: a home that he looks at follows."""
        self._homes.refresh(person)

    async def _uninstalled(self, body: Mapping[str, Any], why: str) -> None:
        team, enterprise = text_at(body, "team_id"), text_at(body, "enterprise_id")
        installation = await self._ports.installations.of_team(team, enterprise)
        if installation is None or installation.broken:
            return
        await self._ports.installations.break_off(team, enterprise, why)
        await self._ports.changed(Uninstalled(installation.workspace, why))

    async def _home_opened(self, event: Event, installation: Installation) -> None:
        user = text_at(event, "user")
        if not user:
            return
        person = Person(installation.workspace, "slack", user)
        direct = Place(installation.workspace, "slack", "direct", user)
        await self._ports.welcome(direct)
        if event.get("tab") == "home":
            await self._homes.opened(person, installation)

    async def _person_changed(self, event: Event, installation: Installation) -> None:
        user = event.get("user")
        if not isinstance(user, Mapping) or user.get("is_bot"):
            return
        name = text_at(user, "profile", "display_name") or text_at(user, "real_name") or text_at(user, "name")
        await self._ports.changed(
            PersonChanged(
                installation.workspace,
                text_at(user, "id"),
                name,
                text_at(user, "tz"),
                active=not user.get("deleted"),
                guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            )
        )

    async def _joined(self, event: Event, installation: Installation) -> None:
        if text_at(event, "user") != installation.bot_user:
            return
        channel = text_at(event, "channel")
        await self._channel(event, installation, "bot added")
        await self._ports.welcome(Place(installation.workspace, "slack", "channel", channel))

    async def _left(self, event: Event, installation: Installation) -> None:
        if event.get("type") != "member_left_channel" or text_at(event, "user") == installation.bot_user:
            await self._channel(event, installation, "bot removed")

    async def _archived(self, event: Event, installation: Installation) -> None:
        await self._channel(event, installation, "archived")

    async def _unarchived(self, event: Event, installation: Installation) -> None:
        await self._channel(event, installation, "unarchived")

    async def _deleted(self, event: Event, installation: Installation) -> None:
        await self._channel(event, installation, "deleted")

    async def _renamed(self, event: Event, installation: Installation) -> None:
        name = text_at(event, "channel", "name")
        await self._channel(event, installation, "renamed", name=f"#{name}" if name else "")

    async def _moved(self, event: Event, installation: Installation) -> None:
        if new := text_at(event, "new_channel_id"):
            await self._channel(event, installation, "moved", new_id=new)

    async def _channel(
        self, event: Event, installation: Installation, what: Becoming, *, name: str = "", new_id: str = ""
    ) -> None:
        channel = text_at(event, "channel") or text_at(event, "channel", "id") or text_at(event, "old_channel_id")
        if not channel:
            return
        by = text_at(event, "actor_id") or text_at(event, "inviter") or text_at(event, "user")
        by = "" if by == installation.bot_user else by
        await self._ports.changed(ChannelChanged(installation.workspace, channel, what, by, name, new_id))
