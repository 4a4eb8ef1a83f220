"""How much one person may ask in a minute, so that a script that is stuck keeps nobody else waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat.talk import Person

MINUTE = timedelta(minutes=1)
RESTS = timedelta(seconds=10)
"""How long whoever asked for too much waits; for a sixth of a minute's requests, so that it is worth going on."""
MOST_REMEMBERED = 10_000
"""People who asked lately; beyond that, those who have asked for nothing for a minute are let go of."""

_Who = tuple[str, str, str]


@dataclass(slots=True)
class Wait:
    """Until when somebody has to wait (aware UTC), and whether that was said already."""

    until: datetime
    said: bool = False


@dataclass(slots=True)
class Limit:
    """`a_minute` requests may come at once, and as many in each minute after; in memory, for this process.

    A request is counted at the moment it came in. So what was acknowledged before a restart, and is answered
    after it, is let through then as it would have been.
    """

    a_minute: int
    _full_until: dict[_Who, datetime] = field(default_factory=dict)
    _waits: dict[_Who, Wait] = field(default_factory=dict)

    def wait(self, person: Person, at: datetime) -> Wait | None:
        """Count a request at that moment; how long its maker has to wait, if he asks for too much."""
        who = (person.workspace, person.platform, person.user)
        if self._waits:
            resting = self._waits.get(who)
            if resting is not None:
                if at < resting.until:
                    return resting
                del self._waits[who]
        full = self._full_until.get(who)
        if full is None or full < at:
            if len(self._full_until) >= MOST_REMEMBERED:
                self._let_go(at)
            full = at
        if full - at > MINUTE - MINUTE / self.a_minute:
            return self._waits.setdefault(who, Wait(at + RESTS))
        self._full_until[who] = full + MINUTE / self.a_minute
        return None

    def _let_go(self, at: datetime) -> None:
        self._full_until = {who: full for who, full in self._full_until.items() if full > at}
        self._waits = {who: wait for who, wait in self._waits.items() if wait.until > at}
