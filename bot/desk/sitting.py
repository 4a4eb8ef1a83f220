"""One request or one due moment, with all that deciding it needs: who, when, which agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.store import agreements, audit, presences
from bot.store.tx import Tx
from slacore.agreements import Agreement, Terms
from slacore.errors import Refusal
from slacore.presence import Presence

CLOCK = ""
"""The actor of what time does by itself."""


@dataclass(slots=True)
class Sitting:
    """A transaction of one workspace, on behalf of `actor` (a member id, or CLOCK), at `now`.

    `via` says from where, for the record: "web", "slack", "file", "clock".
    """

    tx: Tx
    now: datetime
    actor: str
    via: str
    agreements: tuple[Agreement, ...]
    _presence: Presence | None = field(default=None)
    _dates: dict[str, date] = field(default_factory=dict)

    @property
    def workspace(self) -> str:
        """The wall that no data crosses."""
        return self.tx.workspace

    def agreement(self, key: str) -> Agreement:
        """The agreement that people call by that key."""
        for agreement in self.agreements:
            if key in {agreement.key, agreement.slug}:
                return agreement
        raise Refusal(f"There is no agreement {key}.", "Say `status` to see the ones there are.")

    def terms(self, agreement: str, version: int) -> Terms:
        """The terms something began under."""
        return self.agreement(agreement).version(version).terms

    def today(self, zone: str) -> date:
        """The local date in a zone."""
        if zone not in self._dates:
            self._dates[zone] = self.now.astimezone(ZoneInfo(zone)).date()
        return self._dates[zone]

    async def presence(self) -> Presence:
        """Who can be reached now; read once a sitting."""
        if self._presence is None:
            self._presence = await presences.everybody(self.tx)
        return self._presence

    def forget_presence(self) -> None:
        """Read presence anew after it was changed."""
        self._presence = None

    async def record(
        self, what: str, subject: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """Write down who did what, from where, before and after."""
        await audit.append(
            self.tx, at=self.now, actor=self.actor, via=self.via, what=what, subject=subject, before=before, after=after
        )


async def sit(tx: Tx, now: datetime, actor: str, via: str) -> Sitting:
    """Open a sitting: the workspace's agreements are at hand, everything else is read when asked for."""
    return Sitting(tx, now, actor, via, await agreements.everything(tx))
