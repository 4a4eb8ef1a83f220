"""Incidents: when a service was not what was promised, from the first failure to the last repair.

An incident is the sum of its entries: a stage reached, time excluded. A correction is a later
entry of the same stage, with a reason; nothing is edited, and the last word on each stage holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from slacore.errors import Refusal

Stage = Literal["started", "acknowledged", "restored", "ended"]
Happened = Literal["started", "acknowledged", "restored", "ended", "excluded", "exclusions withdrawn"]

STAGES: tuple[Stage, ...] = ("started", "acknowledged", "restored", "ended")
"""The stages in the order in which they come: the service fails, somebody has it, it is back, the fault is mended."""

_SAID: dict[Stage, str] = {
    "started": "start",
    "acknowledged": "acknowledgement",
    "restored": "restoration",
    "ended": "end",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an incident's ledger.

    `at` is when it happened, `logged_at` when it was said. Excluded time runs from `at` to
    `until`. An entry that one side proposed for a closed period (`proposed_by`, a party's slug)
    counts for nothing; once the other side says the same, an entry that counts is written.
    """

    happened: Happened
    at: datetime
    by: str
    logged_at: datetime
    until: datetime | None = None
    reason: str = ""
    proposed_by: str = ""

    def says_the_same(self, other: Entry) -> bool:
        """Whether two entries would change the same thing in the same way."""
        return (self.happened, self.at, self.until) == (other.happened, other.at, other.until)


@dataclass(frozen=True, slots=True)
class Excluded:
    """Agreed time of an incident that is nobody's downtime, such as planned maintenance; half-open."""

    from_at: datetime
    until_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident of a service as it stands. `number` is what people say as `N-<number>`.

    The service is down from `started_at` until `restored_at`; the fault is mended at `ended_at`,
    which may be later, where a way around it came first.
    """

    number: int
    service: str
    started_at: datetime
    logged_by: str
    cause: str = ""
    acknowledged_at: datetime | None = None
    restored_at: datetime | None = None
    ended_at: datetime | None = None
    exclusions: tuple[Excluded, ...] = ()
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"N-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether the service is still down."""
        return self.restored_at is None

    def reached(self, stage: Stage) -> datetime | None:
        """When it came to a stage, if it has."""
        moments = {
            "started": self.started_at,
            "acknowledged": self.acknowledged_at,
            "restored": self.restored_at,
            "ended": self.ended_at,
        }
        return moments[stage]

    def down(self, now: datetime) -> tuple[datetime, datetime]:
        """The stretch in which the service was down; one that is still open runs to now."""
        return self.started_at, self.restored_at or max(now, self.started_at)

    def broken(self, now: datetime) -> tuple[datetime, datetime]:
        """The stretch until the fault was mended."""
        return self.started_at, self.ended_at or max(now, self.started_at)


def begun(number: int, service: str, at: datetime, cause: str, by: str, now: datetime) -> tuple[Incident, Entry]:
    """A service failed at `at`, which may have been a while ago."""
    _require_past(at, now)
    return Incident(number, service, at, by, cause), Entry("started", at, by, now, reason=cause)


def reach(incident: Incident, stage: Stage, at: datetime, by: str, now: datetime, reason: str = "") -> Entry:
    """Bring an incident to a stage, or correct when it came to it, which wants a reason.

    An end without a restoration is both at once. Refuses an order of stages that cannot be.
    """
    _require_past(at, now)
    known = incident.reached(stage)
    if known is not None and not reason.strip():
        raise Refusal(
            f"The {_SAID[stage]} of {incident.key} is on the record already.",
            "To correct it, say the same with the right moment and `because …`.",
            field="reason",
        )
    if known == at:
        raise Refusal(f"The {_SAID[stage]} of {incident.key} stands there already.", "Nothing to correct.")
    entry = Entry(stage, at, by, now, reason=reason)
    changed = apply(incident, entry)
    moments = [(each, moment) for each in STAGES if (moment := changed.reached(each)) is not None]
    for (earlier, before), (later, after) in pairwise(moments):
        if after < before and {earlier, later} != {"acknowledged", "restored"}:
            raise Refusal(
                f"The {_SAID[later]} of {incident.key} cannot lie before its {_SAID[earlier]}.",
                "Check the moment, and its day.",
                field="at",
            )
    return entry


def exclude(
    incident: Incident, within: timedelta, from_at: datetime | None, reason: str, by: str, now: datetime
) -> Entry:
    """Take agreed time out of an incident: `within` from a moment on, or from where the last exclusion ended.

    Refuses time in which the incident was not on, and time that is excluded already.
    """
    if not reason.strip():
        raise Refusal("Excluding time needs a reason.", f"Say `exclude {incident.key} … because …`.", field="reason")
    since, until = incident.down(now)
    begins = from_at if from_at is not None else max((each.until_at for each in incident.exclusions), default=since)
    ends = begins + within
    if within <= timedelta() or begins < since or ends > until:
        minutes = int((until - begins) / timedelta(minutes=1)) if since <= begins < until else 0
        raise Refusal(
            f"{incident.key} was not on for all of that time.",
            f"At most {minutes} minutes from there are left to exclude." if minutes else "Name an earlier moment.",
            field="within",
        )
    if any(begins < each.until_at and each.from_at < ends for each in incident.exclusions):
        raise Refusal(
            "A part of that is excluded already.", f"Say `history {incident.key}` to see which.", field="from_at"
        )
    return Entry("excluded", begins, by, now, until=ends, reason=reason)


def withdraw_exclusions(incident: Incident, reason: str, by: str, now: datetime) -> Entry:
    """Count all of an incident's time again."""
    if not incident.exclusions:
        raise Refusal(f"Nothing of {incident.key} is excluded.", "Nothing to take back.")
    if not reason.strip():
        raise Refusal("Taking an exclusion back needs a reason.", "Add `because …`.", field="reason")
    return Entry("exclusions withdrawn", incident.started_at, by, now, until=incident.down(now)[1], reason=reason)


def apply(incident: Incident, entry: Entry) -> Incident:
    """The incident after one more entry that counts."""
    after = replace(incident, revision=incident.revision + 1)
    match entry.happened:
        case "started":
            return replace(after, started_at=entry.at)
        case "acknowledged":
            return replace(after, acknowledged_at=entry.at)
        case "restored":
            return replace(after, restored_at=entry.at)
        case "ended":
            restored = incident.restored_at
            # What was restored by ending it moves with the end.
            by_ending = restored is None or restored == incident.ended_at
            return replace(after, ended_at=entry.at, restored_at=entry.at if by_ending else restored)
        case "excluded":
            excluded = Excluded(entry.at, entry.until or entry.at, entry.reason)
            return replace(after, exclusions=(*incident.exclusions, excluded))
        case "exclusions withdrawn":
            return replace(after, exclusions=())


def folded(first: Incident, entries: Iterable[Entry]) -> Incident:
    """An incident from its ledger: `first` as it began, then every later entry that counts, in order."""
    incident = first
    for entry in entries:
        if not entry.proposed_by:
            incident = apply(incident, entry)
    return incident


def touched(before: Incident, entry: Entry, now: datetime) -> tuple[datetime, datetime] | None:
    """The stretch of time that an entry says something new about; None where it changes no figure.

    What lies in a closed period is changed only with both sides.
    """
    match entry.happened:
        case "acknowledged":
            return None
        case "excluded" | "exclusions withdrawn":
            return entry.at, entry.until or entry.at
        case "started":
            return min(before.started_at, entry.at), max(before.started_at, entry.at)
        case "restored":
            known = before.restored_at or now
            return min(known, entry.at), max(known, entry.at)
        case "ended":
            known = before.ended_at or now
            return min(known, entry.at), max(known, entry.at)


def _require_past(at: datetime, now: datetime) -> None:
    if at > now:
        raise Refusal(
            "That moment has not come yet.", "Log what has happened; planned work can be excluded.", field="at"
        )
