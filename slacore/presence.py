"""Who can be reached: absences with deputies, people who left, and quiet hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from slacore.calendars import instant_of, zone_named


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from one instant until another (aware UTC, half-open), with an optional deputy."""

    from_at: datetime
    until_at: datetime
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The stretch of a person's day in which only urgent words reach him; may run over midnight."""

    from_: time
    until: time

    def ends_after(self, at: datetime, zone: str) -> datetime:
        """When somebody in `zone` may hear what comes up at `at`: at once, or when his quiet hours end.

        An end that the clock skips is the end of the gap; one that it shows twice comes round twice.
        """
        known = zone_named(zone)
        local = at.astimezone(known)
        clock_time = local.time()
        if self.from_ <= self.until:
            quiet = self.from_ <= clock_time < self.until
        else:
            quiet = clock_time >= self.from_ or clock_time < self.until
        if not quiet:
            return at
        on = local.date() if clock_time < self.until else local.date() + timedelta(days=1)
        ends = instant_of(on, self.until, known)
        if ends <= at:
            ends = datetime.combine(on, self.until, known).replace(fold=1).astimezone(UTC)
        return max(at, ends)


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of everybody's presence, by member id. `gone` have left, or are on no platform."""

    absences: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)
    quiet: Mapping[str, QuietHours] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def is_away(self, member: str, at: datetime) -> bool:
        """Whether somebody cannot be asked at that instant."""
        return member in self.gone or self._absence(member, at) is not None

    def stands_in(self, member: str, deputies: tuple[str, ...], at: datetime) -> str:
        """Who answers for `member`: himself, the deputy he named, else his party's first present one; "" for nobody."""
        if not self.is_away(member, at):
            return member
        absence = self._absence(member, at)
        named = (absence.deputy,) if absence is not None and absence.deputy else ()
        return next((each for each in (*named, *deputies) if each != member and not self.is_away(each, at)), "")

    def hears_at(self, member: str, at: datetime, urgent: bool = False) -> datetime:
        """When words said at `at` reach somebody: at once, or after his quiet hours."""
        if urgent or member not in self.quiet:
            return at
        return self.quiet[member].ends_after(at, self.zones.get(member, "UTC"))

    def _absence(self, member: str, at: datetime) -> Absence | None:
        return next((each for each in self.absences.get(member, ()) if each.from_at <= at < each.until_at), None)


EVERYBODY_HERE = Presence()
"""Nobody away, no quiet hours."""
