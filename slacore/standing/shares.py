"""Where a promise about each of many items stands: how many were in time, against the share agreed.

Judged are the items whose due moment lies in the period and that were answered or are overdue; what
is open and not yet due is left out. Below the minimum sample each item is judged alone: one that is
late is a miss. A late item within the allowed share is a late item, and no breach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Response
from slacore.items import Delay
from slacore.obligations import Kind
from slacore.periods import Period
from slacore.standing.judged import State, due_of, in_words

_WORST: tuple[State, ...] = ("missed", "behind", "at risk", "on pace", "met")


@dataclass(frozen=True, slots=True)
class Sample:
    """What became of one kind of duty about items in a period: answered in time, late, or overdue still.

    `contested` counts those that are not in time while a contest lasts that could still make them so.
    """

    kind: Kind
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    contested: int = 0

    @property
    def judged(self) -> int:
        """How many there are to judge: the denominator."""
        return self.in_time + self.late + self.overdue

    @property
    def not_in_time(self) -> int:
        """Late and overdue ones."""
        return self.late + self.overdue

    @property
    def share(self) -> Fraction | None:
        """The part that was in time; None where nothing is to be judged."""
        return Fraction(self.in_time, self.judged) if self.judged else None


@dataclass(frozen=True, slots=True)
class ShareStanding:
    """Where a promise about items stands at an instant.

    `samples` has one entry a kind of duty that the promise makes; the worst of them gives the word. A
    period that is over without anything to judge had nothing due, and is not called met.
    `shortfall` counts the items beyond what the agreed `share` allows to be late.
    """

    state: State
    provisional: bool
    shortfall: int
    due_at: datetime
    next_at: datetime
    period: Period
    samples: tuple[Sample, ...]
    share: Fraction
    minimum_sample: int

    @property
    def words(self) -> str:
        """The state as people read it."""
        return in_words(self.state, provisional=self.provisional)

    @property
    def first(self) -> Sample:
        """The duty that the promise is named after: the response, the follow-up."""
        return self.samples[0]


@dataclass(frozen=True, slots=True)
class Spread:
    """How long things took: the middle one and the slow end.

    By nearest rank (ISO 3534-1's sample quantile in its plainest form): of n values in rising order,
    the p-th percentile is the one at place ceil(p/100 * n), so that it is always a time that really
    occurred.
    """

    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True, slots=True)
class Delays:
    """How long answers took in a period, as a whole and split into finding somebody and his answering."""

    answers: int
    whole: Spread
    routing: Spread
    human: Spread


def samples_of(promise: Response | FollowUps, counts: Mapping[str, int]) -> tuple[Sample, ...]:
    """Read a promise's samples from the counters of a period."""
    return tuple(
        Sample(
            kind,
            counts.get(f"{kind} in time", 0),
            counts.get(f"{kind} late", 0),
            counts.get(f"{kind} overdue", 0),
            counts.get(f"{kind} contested", 0),
        )
        for kind in kinds_of(promise)
    )


def kinds_of(promise: Response | FollowUps) -> tuple[Kind, ...]:
    """The kinds of duty that a promise makes of each item."""
    if isinstance(promise, FollowUps):
        return ("follow-up",)
    kinds: list[Kind] = ["response"]
    kinds += ["update"] if promise.updated_every is not None else []
    kinds += ["resolution"] if promise.resolved_within or promise.resolved_by_priority else []
    return tuple(kinds)


def share_standing(
    commitment: Commitment,
    promise: Response | FollowUps,
    terms: Terms,
    period: Period,
    counts: Mapping[str, int],
    now: datetime,
) -> ShareStanding:
    """Judge a promise about items for one period, from the counters kept with the facts."""
    due_at = due_of(commitment, terms, period)
    samples = samples_of(promise, counts)
    judged = [_judge(each, promise.share, promise.minimum_sample, ended=now >= due_at) for each in samples]
    state = min((each[0] for each in judged), key=_WORST.index)
    if now >= due_at and not any(each.judged for each in samples):
        state = "nothing due"
    missed = state == "missed"
    provisional = not missed and any(each[1] for each in judged)
    shortfall = sum(_beyond(each, promise.share, promise.minimum_sample) for each in samples) if missed else 0
    return ShareStanding(
        state, provisional, shortfall, due_at, due_at, period, samples, promise.share, promise.minimum_sample
    )


def _judge(sample: Sample, share: Fraction, minimum: int, *, ended: bool) -> tuple[State, bool]:
    """The word for one kind of duty, and whether what is contested could still change it.

    Where everything is promised, the first late item cannot be averted; else the period's end decides.
    """
    late = sample.not_in_time
    certain = late - min(sample.contested, late)
    if ended:
        if _keeps(late, sample.judged, share, minimum):
            return "met", False
        if _keeps(certain, sample.judged, share, minimum):
            return "behind", True
        return "missed", False
    if share == 1:
        if certain:
            return "missed", False
        return ("behind", True) if late else ("on pace", False)
    if not _keeps(late, sample.judged, share, minimum):
        return "behind", False
    near = late and not _keeps(late + 1, sample.judged + 1, share, minimum)
    return ("at risk", False) if near else ("on pace", False)


def _keeps(late: int, judged: int, share: Fraction, minimum: int) -> bool:
    """Whether so many late items leave the promise kept."""
    return not late if judged < minimum else late <= _allowed(judged, share)


def _allowed(judged: int, share: Fraction) -> int:
    """How many of so many items may be late: the agreed share of them must not, rounded up."""
    return judged - -(-judged * share.numerator // share.denominator)


def _beyond(sample: Sample, share: Fraction, minimum: int) -> int:
    allowed = 0 if sample.judged < minimum else _allowed(sample.judged, share)
    return max(0, sample.not_in_time - allowed)


def delays_of(found: Sequence[Delay]) -> Delays | None:
    """Sum up how long a period's answers took; None where nothing was answered."""
    if not found:
        return None
    return Delays(
        len(found),
        spread_of(each.whole for each in found),
        spread_of(each.routing for each in found),
        spread_of(each.human for each in found),
    )


def spread_of(values: Iterable[timedelta]) -> Spread:
    """The middle and the slow end of some times; ValueError for none."""
    ordered = sorted(values)
    return Spread(_nearest_rank(ordered, 50), _nearest_rank(ordered, 90))


def _nearest_rank(ordered: Sequence[timedelta], percent: int) -> timedelta:
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[-(-percent * len(ordered) // 100) - 1]
