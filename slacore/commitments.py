"""One promise: who owes whom what, and how it is measured.

Five kinds share one frame (giver, receiver, period, due moment, owner, source) and differ in
what is promised. All of it is data: a kind adds a class here, not a special case elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from slacore.calendars import Duration
from slacore.evidence import Wanted
from slacore.money import Money
from slacore.periods import PeriodRule, SlotRule


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: `lead`, `leads`, and the other words people use for it."""

    singular: str
    plural: str
    aliases: tuple[str, ...] = ()

    def counted(self, quantity: int) -> str:
        """Give "1 lead", "25 leads", with thousands apart."""
        return f"{quantity:,} {self.singular if quantity == 1 else self.plural}"

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means this unit."""
        return (self.singular, self.plural, *self.aliases)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a unit brings: the share that turns into sales, and the price of an average sale.

    `revenue = units x close_rate x average_sale` (the marketing-and-sales formula run forwards).
    `sales_cycle` is the usual time from handover to a sale: what a period's units really came to is
    read only after it. None where nobody agreed on one.
    """

    close_rate: Fraction
    average_sale: Money
    sales_cycle: Duration | None = None

    def of(self, units: int) -> Money:
        """Money that `units` are expected to bring, to the cent."""
        return self.average_sale.times(self.close_rate * units)


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """Quantities expected by certain slots of the period: 25, 50, 75, 100 on its last four Fridays."""

    slots: SlotRule
    quantities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Where handoffs come from, with its own goal under the commitment's."""

    slug: str
    name: str
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """A quantity of a unit each period by its due moment.

    A unit counts from when it was handed over, provisionally until accepted; silence accepts
    after `silence_accepts_after`, working time of the receiver. Without checkpoints the pace is
    even over the giver's open time. Surplus is not carried into the next period unless
    `surplus_banks`.
    """

    target: int
    unit: Unit
    silence_accepts_after: Duration
    checkpoints: Checkpoints | None = None
    dispute_reasons: tuple[str, ...] = ()
    latent_defects: tuple[str, ...] = ()
    surplus_banks: bool = False
    worth: Worth | None = None
    campaigns: tuple[Campaign, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """Each item gets a first human response within a time; judged as a share of items.

    `share` is the part that must be in time; below `minimum_sample` items each is judged alone.
    `outside_hours` holds for an item that arrived while the promise's calendar was closed, counted in
    `outside_calendar` where the agreement names one (its non-prime time); `by_priority` replaces
    `first_within` for items of that priority, `resolved_by_priority` does `resolved_within`.
    """

    first_within: Duration
    unit: Unit
    share: Fraction = Fraction(1)
    minimum_sample: int = 1
    resolved_within: Duration | None = None
    updated_every: Duration | None = None
    outside_hours: Duration | None = None
    outside_calendar: str = ""
    by_priority: tuple[tuple[str, Duration], ...] = ()
    resolved_by_priority: tuple[tuple[str, Duration], ...] = ()

    @property
    def priorities(self) -> tuple[str, ...]:
        """The priorities that have a time of their own, for an answer or until it is settled."""
        return tuple(dict(self.by_priority) | dict(self.resolved_by_priority))

    def resolved_for(self, priority: str) -> Duration | None:
        """How soon an item of that priority must be settled; None where nobody promised that."""
        return dict(self.resolved_by_priority).get(priority, self.resolved_within)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can come of following up; a final outcome ends the duty to.

    `counts_as` says which outcomes are sales and which are lost ones, for what is learnt of them.
    `opens` is the slug of a deliverable that another party owes from then on: won, and service owes
    a welcome.
    """

    slug: str
    name: str
    final: bool
    counts_as: Literal["", "won", "lost"] = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Each item gets a final outcome or `attempts` attempts within a time; judged as a share of items.

    `cadence` lists the working days after handover on which the attempts are due, the first attempt's
    first; those it leaves out are due with the last. `by_class` replaces it for items of a class (a
    stage such as "hot"). Without either all are due by the end of `within`. `share` is the part of
    items that must have got theirs; below `minimum_sample` items each is judged alone.
    """

    attempts: int
    within: Duration
    unit: Unit
    outcomes: tuple[Outcome, ...]
    cadence: tuple[int, ...] = ()
    by_class: tuple[tuple[str, tuple[int, ...]], ...] = ()
    share: Fraction = Fraction(1)
    minimum_sample: int = 1

    def cadence_of(self, class_: str) -> tuple[int, ...]:
        """The working days on which attempts are due for an item of that class; whatever case it is written in."""
        said = class_.casefold()
        return next((days for name, days in self.by_class if name.casefold() == said), self.cadence)


CHECK_WITHIN = Duration(5, "wd")
"""How soon a sample is checked unless the agreement says otherwise."""


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something owed at each slot of the period, such as a report, or once something else has happened.

    Either it has `slots`, or it is owed `within` a time of the final outcome that opens it.
    `by_every_member` makes it one duty a member, which he confirms himself; of those who did, a
    `sample` is checked by the member `checked_by` within `check_within`. `of_both` is a meeting: each
    party confirms it. `report` says that the thing owed is the
    agreement's weekly report, which the reporter keeps by approving or sending it; `friction` that
    it is the friction report, prepared from what people noted and kept by sending that.
    """

    slots: SlotRule | None
    thing: str
    evidence: Wanted = "any"
    by_every_member: bool = False
    report: bool = False
    within: Duration | None = None
    friction: bool = False
    of_both: bool = False
    sample: Fraction = Fraction(0)
    checked_by: str = ""
    check_within: Duration = CHECK_WITHIN


_LENGTHS = {
    word: length
    for length, words in (
        (timedelta(seconds=1), "s sec second seconds"),
        (timedelta(minutes=1), "m min mins minute minutes"),
        (timedelta(hours=1), "h hr hrs hour hours"),
        (timedelta(days=1), "d day days"),
    )
    for word in words.split()
}

Aggregation = Literal["sum", "mean", "last", "min", "max", "percentile", "good/total"]
"""What makes one figure of a period's readings."""

Metric = Literal["availability", "MTBF", "MTBSI", "time to restore", "time to repair"]
"""What is worked out from incidents: the share of service time in which the service was up, or a mean time."""


@dataclass(frozen=True, slots=True)
class Level:
    """An indicator kept at or above, or at or below, a threshold over the period.

    `threshold`, `lowest` and `highest` are in the indicator's `unit`; a reading outside of the two
    is a slip. The figure comes from readings by their `aggregation`, or from the incidents of
    `service` as `metric` says, in the promise's own working time. Readings may still come for
    `reading_due` after the period's due moment (working time of the reporter's party); then it is
    judged. Time excluded from an incident leaves both sides of the sum unless `excluded_counts`.
    """

    indicator: str
    threshold: Fraction
    comparison: Literal["at least", "at most"]
    aggregation: Aggregation = "mean"
    unit: str = ""
    percentile: int | None = None
    metric: Metric | None = None
    service: str = ""
    lowest: Fraction | None = None
    highest: Fraction | None = None
    reading_due: Duration | None = None
    excluded_counts: bool = False

    @property
    def unit_length(self) -> timedelta | None:
        """How long one of the unit is, where it is a unit of time: 90 minutes, 4 hours, 2 days of 24 hours each."""
        return _LENGTHS.get(self.unit.casefold())

    @property
    def is_of_incidents(self) -> bool:
        """Whether the figure is worked out from incidents, so that nobody owes a reading."""
        return self.metric is not None

    def holds(self, figure: Fraction) -> bool:
        """Whether a figure is on the promised side of the threshold; the threshold itself is kept."""
        return figure >= self.threshold if self.comparison == "at least" else figure <= self.threshold


Promise = Volume | Response | FollowUps | Deliverable | Level


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of an agreement.

    `owner` answers for it (a member id; the giver's owner unless named). `due` is the slot of the
    period by which it must be done; None means the period's end. `intent` is the sentence that
    says what it is really for. `source` says where the figures come from and `reporter` who
    reports them.
    """

    slug: str
    name: str
    giver: str
    receiver: str
    promise: Promise
    period: PeriodRule
    owner: str
    calendar: str
    due: SlotRule | None = None
    intent: str = ""
    source: str = ""
    reporter: str = ""
    depends_on: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    escalation: str = "default"
    consequence: str = ""
    urgent: bool = False

    @property
    def kind(self) -> str:
        """The word for this kind of promise, as people say it."""
        match self.promise:
            case Volume():
                return "volume"
            case Response():
                return "response"
            case FollowUps():
                return "follow-up"
            case Deliverable():
                return "deliverable"
            case Level():
                return "level"
