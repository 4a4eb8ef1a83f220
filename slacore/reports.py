"""The weekly report: every promise of an agreement in one look, as values ready to be told.

A report is written from standings, never from the handoffs. It says what is due by now, what is
there, the word for it, what it means in money, what it takes from here, and what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from slacore.agreements import Terms
from slacore.calendars import Calendar
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume, Worth
from slacore.handoffs import Piles
from slacore.money import Money
from slacore.periods import Period, PeriodRule
from slacore.recoveries import Recovery
from slacore.results import CampaignCount, Learnt, campaigns_of
from slacore.standing import (
    Delays,
    LevelStanding,
    ShareStanding,
    SlotCount,
    Standing,
    State,
    deliverable_state,
    revenue_of,
)


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One volume promise in a report, with the money it stands for where the promise says.

    `campaigns` lists where its units came from, the declared ones first; empty where nobody says.
    """

    commitment: Commitment
    promise: Volume
    standing: Standing
    takes: Takes | None
    revenue: Money | None
    planned: Money | None
    accepted_by_day: tuple[tuple[date, int], ...] = ()
    counted_by_day: tuple[tuple[date, int], ...] = ()
    campaigns: tuple[CampaignCount, ...] = ()

    @property
    def state(self) -> State:
        """The word for it."""
        return self.standing.state


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One deliverable in a report: its slots by what became of them, and when the next is due."""

    commitment: Commitment
    promise: Deliverable
    count: SlotCount
    next_at: datetime | None

    @property
    def state(self) -> State:
        """The word for it."""
        return deliverable_state(self.count)


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level promise in a report: the figure of its period against the threshold."""

    commitment: Commitment
    promise: Level
    standing: LevelStanding

    @property
    def state(self) -> State:
        """The word for it."""
        return self.standing.state


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One item that waits: its key and name, by when something is owed, and whether that has passed."""

    key: str
    name: str
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One promise about items in a report: its share, how long things took, and what waits, soonest due first.

    `waiting` counts what is open and not yet due. `announced` is False where a miss is certain and the
    channel has not been told of it yet, so that its report does not say it first.
    """

    commitment: Commitment
    promise: Response | FollowUps
    standing: ShareStanding
    waiting: int
    delays: Delays | None = None
    soonest: tuple[OpenItem, ...] = ()
    announced: bool = True

    @property
    def state(self) -> State:
        """The word for it."""
        return "behind" if self.standing.state == "missed" and not self.announced else self.standing.state


Line = VolumeLine | DutyLine | LevelLine | ShareLine


@dataclass(frozen=True, slots=True)
class Takes:
    """What it takes from here: units still missing, open working days left, and units a day."""

    units: int
    open_days: int

    @property
    def each_day(self) -> int:
        """Units a working day, rounded up."""
        return -(-self.units // max(1, self.open_days))


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """Units held apart: which handoff, how many, since when and why."""

    handoff: str
    quantity: int
    unit_word: str
    reason: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class UnitDispute:
    """Units of a handoff that were held apart, and how that ended: `ended_how` is "" while it is open.

    *Withdrawn* means that whoever disputed accepts them after all, *conceded* that the giver took them back.
    """

    number: int
    handoff: int
    quantity: int
    unit_word: str
    reason: str
    opened_by: str
    ended_how: str
    ended_by: str

    @property
    def key(self) -> str:
        """What people call it."""
        return f"D-{self.number}"


@dataclass(frozen=True, slots=True)
class Changed:
    """What moved since the last report: units handed over, accepted, and disputed in between."""

    since: datetime
    handed: int
    accepted: int
    disputed: int


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """An agreement's report of one date.

    `number` of `of` counts the slots that are owed; both are 0 in a week whose report nobody owes.
    `approved_by` is the reporter who approved or sent it, "" if it went out unapproved. `learnt` is what
    became of the units that were handed over with a name. `best` is the best recovery of the month before,
    in the first report of a month.
    """

    agreement: str
    terms: Terms
    period: Period
    on: date
    at: datetime
    number: int
    of: int
    reporter: str
    lines: tuple[Line, ...]
    changed: Changed | None
    disputes: tuple[OpenDispute, ...]
    note: str = ""
    approved_by: str = ""
    late: bool = False
    learnt: tuple[Learnt, ...] = ()
    best: Recovery | None = None

    @property
    def last_period(self) -> Period:
        """The month before its own."""
        return PeriodRule("month").previous(self.period)


def volume_line(
    commitment: Commitment,
    promise: Volume,
    standing: Standing,
    calendar: Calendar,
    now: datetime,
    accepted_by_day: tuple[tuple[date, int], ...] = (),
    counted_by_day: tuple[tuple[date, int], ...] = (),
    by_campaign: Mapping[str, Piles] = MappingProxyType({}),
) -> VolumeLine:
    """Judge one volume promise for a report.

    Money follows the agreed formula: units x close rate x average sale, for what is attained and
    for the plan (the period's target).
    """
    missing = max(0, standing.goal.target - standing.tally.on_time.counted)
    takes = None
    if missing and now < standing.goal.due_at:
        takes = Takes(missing, open_days_left(calendar, now, standing.goal.due_at))
    return VolumeLine(
        commitment,
        promise,
        standing,
        takes,
        revenue_of(promise.worth, standing.attained),
        revenue_of(promise.worth, standing.goal.target),
        accepted_by_day,
        counted_by_day,
        campaigns_of(promise, by_campaign, standing.piles),
    )


def open_days_left(calendar: Calendar, now: datetime, due_at: datetime) -> int:
    """Working dates on which something can still be handed over, today included while it is open.

    What is due at midnight is due at the end of the date before.
    """
    zone = ZoneInfo(calendar.zone)
    today, last = now.astimezone(zone).date(), (due_at - timedelta(microseconds=1)).astimezone(zone).date()
    closes = calendar.closes_on(today)
    today_counts = closes is not None and now < closes
    return int(today_counts) + calendar.working_days_between(today, last)


def loss_of(worth: Worth | None, shortfall: int) -> Money | None:
    """What missing units cost: shortfall x close rate x average sale (9 x 50 % x $100 = $450)."""
    return revenue_of(worth, shortfall)
