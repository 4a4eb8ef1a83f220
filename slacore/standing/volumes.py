"""Where a volume promise is in its period: attained, target, expected by now, projected.

It is *provisional* while units await acceptance or are disputed and could still change it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, Volume, Worth
from slacore.handoffs import Piles
from slacore.money import Money
from slacore.periods import Period
from slacore.standing.judged import State, due_of, in_words

NOTHING = Piles()
TENTH = 10
"""No projection before a tenth of the open time has passed: it would be a guess."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was handed over in a period, before and after its due moment, by what became of it.

    `by_day` lists (local date handed over, counted units) for those who want a recent pace.
    `carried` is how many units the period owes beside its own, for earlier ones lacked them.
    """

    on_time: Piles = NOTHING
    late: Piles = NOTHING
    by_day: tuple[tuple[date, int], ...] = ()
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """Units that an earlier period lacked and this one owes with its own."""

    period: Period
    units: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What a volume promise asks of one period, cut to the days it is in force.

    `checkpoints` are (instant, quantity), rising. `whole_target` is what an uncut period asks by
    itself; `target` counts what was `carried` in too.
    """

    period: Period
    starts_at: datetime
    due_at: datetime
    target: int
    whole_target: int
    checkpoints: tuple[tuple[datetime, int], ...]
    even: bool
    open_total: timedelta
    carried: tuple[Carried, ...] = ()

    @property
    def own(self) -> int:
        """What the period asks by itself."""
        return self.target - sum(each.units for each in self.carried)

    @property
    def cut(self) -> bool:
        """Whether the agreement's start or end shortened the period."""
        return self.own != self.whole_target

    def carrying(self, carried: tuple[Carried, ...]) -> Goal:
        """The same with what earlier periods lacked, due with its own at the due moment.

        Checkpoints before it were agreed as they are and stay; an even pace spreads the whole.
        """
        target = self.own + sum(each.units for each in carried)
        marks = tuple((at, target if at >= self.due_at else quantity) for at, quantity in self.checkpoints)
        return replace(self, target=target, checkpoints=marks, carried=carried)

    def expected_by(self, at: datetime, calendar: Calendar) -> int:
        """Units that should have been handed over by an instant: the last checkpoint passed, or even pace."""
        if at >= self.due_at:
            return self.target
        if not self.even:
            return max((quantity for moment, quantity in self.checkpoints if moment <= at), default=0)
        if at <= self.starts_at or not self.open_total:
            return 0
        passed = calendar.elapsed(self.starts_at, at)
        return _share(self.target, passed, self.open_total)

    def next_checkpoint(self, at: datetime) -> tuple[datetime, int]:
        """The next (instant, quantity) to reach; the due moment and the target after the last."""
        upcoming = (each for each in self.checkpoints if each[0] > at)
        return next(upcoming, (self.due_at, self.target))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one volume promise stands at an instant. Quantities are in the promise's unit.

    `expected` is what is due by now, `projected` a (low, high) range for the due moment, or None
    while it would be a guess. `shortfall` is what is missing at the due moment, after it.
    """

    state: State
    provisional: bool
    goal: Goal
    tally: Tally
    expected: int
    next_at: datetime
    next_quantity: int
    projected: tuple[int, int] | None
    shortfall: int

    @property
    def attained(self) -> int:
        """Units that count now: accepted and awaiting, on time and late."""
        return self.tally.on_time.counted + self.tally.late.counted

    @property
    def piles(self) -> Piles:
        """All units of the period by what became of them."""
        return self.tally.on_time + self.tally.late

    @property
    def due_at(self) -> datetime:
        """When the quantity is due."""
        return self.goal.due_at

    @property
    def words(self) -> str:
        """The state as people read it: "met, provisional"."""
        return in_words(self.state, provisional=self.provisional)


def goal_of(commitment: Commitment, promise: Volume, terms: Terms, period: Period) -> Goal:
    """The goal of a period under these terms.

    A period that the agreement's start or end cuts is pro-rated by open time, rounded up. Checkpoints
    that had passed by its start are dropped, and the rest keep the shape of what was left of the whole;
    those before its end stay as they were agreed, none above what is asked in all. One in which the giver is
    never at work, such as a holiday of a daily promise, asks for nothing.
    """
    calendar = terms.calendar_of(commitment)
    starts_at, due_at = period.starts_at(terms.zone), due_of(commitment, terms, period)
    marks: tuple[tuple[datetime, int], ...] = ()
    if promise.checkpoints is not None:
        slots = promise.checkpoints.slots.slots(period, calendar, terms.zone)
        marks = tuple(zip((slot.at for slot in slots), promise.checkpoints.quantities, strict=False))
    whole = calendar.elapsed(starts_at, due_at)
    begins = max(starts_at, _day_starts(terms, period, terms.begins_on, starts_at))
    ends = due_at
    last_on = terms.last_on_of(commitment.slug)
    if last_on is not None and last_on < period.last_on:
        ends = min(due_at, _day_starts(terms, period, last_on + timedelta(days=1), due_at))
    if begins >= ends or (not whole and not calendar.elapsed(starts_at, period.ends_at(terms.zone))):
        return Goal(period, begins, max(begins, ends), 0, 0, (), even=True, open_total=max(whole, timedelta()))
    if begins == starts_at and ends == due_at:
        return Goal(period, starts_at, due_at, promise.target, promise.target, marks, not marks, whole)
    left = calendar.elapsed(begins, ends)
    target = _share(promise.target, left, whole) if whole else promise.target
    before = max((quantity for moment, quantity in marks if moment <= begins), default=0)
    kept = tuple((moment, quantity) for moment, quantity in marks if begins < moment <= ends)
    begun = _share(promise.target, calendar.elapsed(begins, due_at), whole) if whole else promise.target
    span = max(1, promise.target - before)
    scaled = tuple((moment, min(target, -(-(quantity - before) * begun // span))) for moment, quantity in kept)
    return Goal(period, begins, ends, target, promise.target, scaled, not marks, left)


def _day_starts(terms: Terms, period: Period, on: date, otherwise: datetime) -> datetime:
    """Local midnight of a date inside the period; `otherwise` for a date outside it."""
    if not period.first_on < on <= period.last_on:
        return otherwise
    return Period(on, period.last_on, period.label).starts_at(terms.zone)


def volume_standing(goal: Goal, tally: Tally, calendar: Calendar, now: datetime) -> Standing:
    """Judge a volume promise at `now` (aware UTC). What asks for nothing has *nothing due*.

    Before the due moment: *met* once enough is counted; *behind* if fewer than expected by now;
    *at risk* if even the better projection misses the target; else *on pace*. After it, only what
    was handed over on time decides, and a miss is called only when no open unit could avert it.
    """
    if not goal.target:
        return Standing("nothing due", False, goal, tally, 0, goal.due_at, 0, None, 0)
    expected = goal.expected_by(now, calendar)
    next_at, next_quantity = goal.next_checkpoint(now)
    counted = tally.on_time.counted
    projected = None if now >= goal.due_at else _projected(goal, tally, calendar, now)
    state: State
    if now < goal.due_at:
        if counted >= goal.target:
            state, provisional = "met", tally.on_time.accepted < goal.target
        elif counted < expected:
            state, provisional = "behind", False
        elif projected is not None and projected[1] < goal.target:
            state, provisional = "at risk", False
        else:
            state, provisional = "on pace", False
        return Standing(state, provisional, goal, tally, expected, next_at, next_quantity, projected, 0)
    state, provisional = _verdict(goal.target, tally)
    shortfall = max(0, goal.target - counted)
    return Standing(state, provisional, goal, tally, expected, next_at, next_quantity, None, shortfall)


def _verdict(target: int, tally: Tally) -> tuple[State, bool]:
    """The word after the due moment, and whether open units could still change it."""
    on_time, every = tally.on_time, tally.on_time + tally.late
    if on_time.accepted >= target:
        return "met", False
    if on_time.counted >= target:
        return "met", True
    if on_time.total >= target:
        return "behind", True
    if every.accepted >= target:
        return "met late", False
    if every.counted >= target:
        return "met late", True
    return "missed", bool(every.awaiting or every.disputed)


def _projected(goal: Goal, tally: Tally, calendar: Calendar, now: datetime) -> tuple[int, int] | None:
    """Units expected by the due moment, from two readings of the pace so far; the range shows how far they agree.

    The run rate: attained / open time passed x open time in all. Beside it, where there are
    checkpoints, the share of the goal line that was attained, carried on (who does what the
    checkpoints ask is not behind because they ask little at first); else the pace of the later
    half of the time passed. None before a tenth of the open time.
    """
    if now <= goal.starts_at or not goal.open_total:
        return None
    passed = calendar.elapsed(goal.starts_at, now)
    if passed * TENTH < goal.open_total or not passed:
        return None
    left = goal.open_total - passed
    counted = tally.on_time.counted
    ends = [_carried(counted, counted, passed, left)]
    if not goal.even:
        asked, of = _asked_by(goal, calendar, now)
        ends.append(counted * goal.target * of // asked)
    elif tally.by_day:
        half = calendar.due(goal.starts_at, Duration(passed // timedelta(minutes=2), "wm"))
        middle = half.astimezone(ZoneInfo(calendar.zone)).date()
        recent = sum(units for on, units in tally.by_day if on > middle)
        if since := calendar.elapsed(half, now):
            ends.append(_carried(counted, recent, since, left))
    return min(ends), max(ends)


def _asked_by(goal: Goal, calendar: Calendar, now: datetime) -> tuple[int, int]:
    """What the goal line, drawn straight between checkpoints over open time, asks for by `now`; above 0.

    A ratio of whole numbers, numerator first: every handoff asks, and fractions would be shortened each time.
    """
    before_at, before = goal.starts_at, 0
    for at, quantity in (*goal.checkpoints, (goal.due_at, goal.target)):
        if now <= at and at > before_at:
            micro = timedelta(microseconds=1)
            whole = calendar.elapsed(before_at, at) // micro
            part = calendar.elapsed(before_at, now) // micro
            asked = before * whole + part * (quantity - before) if whole else quantity
            return (asked, whole or 1) if asked * 1000 >= (whole or 1) else (1, 1000)
        before_at, before = at, quantity
    return goal.target, 1


def _carried(counted: int, units: int, over: timedelta, left: timedelta) -> int:
    return counted + int(units * left / over)


def _share(whole: int, part: timedelta, total: timedelta) -> int:
    """`whole x part / total`, rounded up once."""
    micro = timedelta(microseconds=1)
    return -(-whole * (part // micro) // (total // micro))


def revenue_of(worth: Worth | None, units: int) -> Money | None:
    """What units are worth by the agreed close rate and average sale, if the promise says."""
    return None if worth is None or units < 0 else worth.of(units)
