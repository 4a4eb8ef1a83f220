"""How a promise is written down: five kinds that share one frame and differ in what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.documents.kinds import fault
from bot.documents.scalars import (
    CalendarId,
    CampaignId,
    ConsequenceId,
    Count,
    Figure,
    LadderId,
    Measure,
    Name,
    OutcomeId,
    PartyId,
    Period,
    PersonId,
    Price,
    PromiseId,
    PromiseReference,
    Rank,
    Share,
    Slots,
    Small,
    Text,
    Threshold,
    Within,
    YesNo,
)
from bot.documents.sections import Section, UnitWords
from bot.documents.templates import TEMPLATES, Template
from slacore.evidence import Wanted

Days = tuple[Small, ...]
"""Working days after handover, the first attempt's first."""


class CheckpointsSection(Section):
    """How much is expected by which date of the period. Without checkpoints the pace is even over open time."""

    slots: Slots
    """The dates, such as `last four Fridays 17:00`."""
    quantities: tuple[Count, ...] = Field(min_length=1)
    """How many are expected by each of them, in all: `[25, 50, 75, 100]`."""


class WorthSection(Section):
    """What a unit brings, so that a miss can be told in money: units × close rate × average sale."""

    close_rate: Share
    """The share of units that turn into a sale."""
    average_sale: Price
    """What one sale brings."""
    sales_cycle: Within | None = None
    """The usual time from handover to a sale. Before it the close rate of a period's units is marked immature."""


class CampaignSection(Section):
    """Where handoffs come from, so that the giver learns which content works."""

    name: Name
    """What people call it."""
    goal: Count | None = None
    """How many units it should bring each period."""


class OutcomeSection(Section):
    """What can come of following up."""

    name: Name
    """What people call it."""
    final: YesNo
    """Whether it ends the duty to follow up."""
    counts_as: Literal["won", "lost"] | None = None
    """Whether it is a sale or a lost one, for close rates. Left out: neither."""
    opens: PromiseId | None = None
    """The deliverable that is owed from then on, such as a welcome. Only a final outcome opens one."""


class CommitmentSection(Section):
    """What every promise says, whatever its kind: who owes whom, over which period, and why."""

    name: Name | None = None
    """What people call it. Left out: made from its short name."""
    giver: PartyId
    """The party that owes it."""
    receiver: PartyId
    """The party that it is owed to."""
    period: Period
    """The stretch it is judged over: `day`, `week`, `month`, `quarter`, `year`, or so many days from a date."""
    due: Slots | None = None
    """By when in the period it must be done. Left out: by the period's end."""
    owner: PersonId | None = None
    """The person who answers for it. Left out: the giver's owner."""
    calendar: CalendarId | None = None
    """The working time it is measured in. Left out: the giver's."""
    intent: Text | None = None
    """What it is really for: the goal of the receiver that it serves."""
    source: Text | None = None
    """Where the figures come from."""
    reporter: PersonId | None = None
    """The person who reports the figures."""
    depends_on: tuple[PromiseReference, ...] = ()
    """Promises that this one needs first, of this agreement or as `agreement/promise`. Their proven failure excuses \
a miss of this one."""
    supports: tuple[PromiseReference, ...] = ()
    """Promises that rest on this one, of this agreement or as `agreement/promise`. Together, what supports a promise \
must be able to carry it."""
    escalation: LadderId = "default"
    """The ladder that a miss climbs: one of `escalations`."""
    consequence: ConsequenceId | None = None
    """What a miss brings: one of `consequences`."""
    urgent: YesNo = False
    """Whether its messages may reach people in their quiet hours."""


class VolumeSection(CommitmentSection):
    """A quantity of a unit each period: 100 qualified leads a month."""

    kind: Literal["volume"]
    """The kind of promise."""
    target: Count
    """How many units are promised each period."""
    unit: UnitWords
    """What is counted: its singular, or `singular`, `plural` and `aliases`."""
    silence_accepts_after: Within
    """The receiver's time to object; after it, silence accepts."""
    checkpoints: CheckpointsSection | None = None
    """How much is expected by which date. Left out: an even pace."""
    dispute_reasons: tuple[Name, ...] = ()
    """Why a unit may be disputed before it is accepted."""
    latent_defects: tuple[Name, ...] = ()
    """What may reopen a unit after it was accepted; never "did not convert"."""
    surplus_banks: YesNo = False
    """Whether what exceeds the target counts towards the next period."""
    worth: WorthSection | None = None
    """What a unit brings in money."""
    campaigns: dict[CampaignId, CampaignSection] = Field(default_factory=dict)
    """Where units come from, by short name."""


class ResponseSection(CommitmentSection):
    """A first human response to each item within a time, judged as a share of items."""

    kind: Literal["response"]
    """The kind of promise."""
    first_within: Within
    """How soon a person must answer."""
    unit: UnitWords
    """What is answered: its singular, or `singular`, `plural` and `aliases`."""
    share: Share = Field(default=Fraction(1), json_schema_extra={"default": "100 %"})
    """The share of items that must be in time."""
    minimum_sample: Count = 1
    """Below so many items in a period each is judged alone."""
    resolved_within: Within | None = None
    """How soon an item must be settled."""
    updated_every: Within | None = None
    """How often the other side hears of an item that is open."""
    outside_hours: Within | None = None
    """How soon a person must answer what arrived while the calendar was closed."""
    outside_calendar: CalendarId | None = None
    """The calendar that `outside_hours` is counted in: the promise's non-prime time. Left out: its own."""
    by_priority: dict[Name, Within] = Field(default_factory=dict)
    """How soon a person must answer items of a priority, instead of `first_within`."""
    resolved_by_priority: dict[Name, Within] = Field(default_factory=dict)
    """How soon items of a priority must be settled, instead of `resolved_within`."""


class FollowUpSection(CommitmentSection):
    """An outcome for each item, or a number of attempts within a time."""

    kind: Literal["follow-up"]
    """The kind of promise."""
    attempts: Rank
    """How many attempts each item gets unless an outcome comes first."""
    within: Within
    """The time in which they are made."""
    unit: UnitWords
    """What is followed up: its singular, or `singular`, `plural` and `aliases`."""
    outcomes: dict[OutcomeId, OutcomeSection] = Field(min_length=1)
    """The ways in which it can end, by short name; one of them at least is final."""
    cadence: Days = ()
    """The working days after handover on which attempts are due: `[1, 2, 4, 7, 10]`. Left out: at will."""
    by_class: dict[Name, Days] = Field(default_factory=dict)
    """The working days for items of a class, instead of `cadence`: `hot: [0, 1, 2]`."""
    share: Share = Field(default=Fraction(1), json_schema_extra={"default": "100 %"})
    """The share of items that must get theirs."""
    minimum_sample: Count = 1
    """Below so many items in a period each is judged alone."""

    @model_validator(mode="after")
    def _can_end(self) -> FollowUpSection:
        if not any(outcome.final for outcome in self.outcomes.values()):
            raise fault("knows no final outcome", "say final: true of one that ends the duty", at="outcomes")
        for at, days in (("cadence", self.cadence), *(("by_class", days) for days in self.by_class.values())):
            if list(days) != sorted(set(days)):
                raise fault("does not rise", "write the days in order, such as [1, 2, 4, 7, 10]", at=at)
            if len(days) > self.attempts:
                problem = f"names {len(days)} days for {self.attempts} attempts"
                raise fault(problem, "name at most one day an attempt", at=at)
            if self.within.unit == "wd" and days[-1:] > (self.within.amount,):
                problem = f"goes to day {days[-1]}, beyond the {self.within.in_words()} of within"
                raise fault(problem, "end it within them", at=at)
        return self


class DeliverableSection(CommitmentSection):
    """Something owed at certain dates of each period, such as a report, or after an outcome, such as a welcome."""

    kind: Literal["deliverable"]
    """The kind of promise."""
    slots: Slots | None = None
    """When it is owed, such as `last four Fridays 16:00`. Either this or `within`."""
    within: Within | None = None
    """How soon it is owed once an outcome with `opens` has come."""
    thing: Name
    """What is owed, as a noun that fits behind "the": `lead status report`."""
    evidence: Wanted = "any"
    """What shows that it was delivered, asked of whoever says `done`; with `any`, nothing has to."""
    by_every_member: YesNo = False
    """Whether each member of the giver owes it himself."""
    report: YesNo = False
    """Whether it is the agreement's own report, kept by approving or sending that."""
    friction: YesNo = False
    """Whether it is the friction report, prepared from what people noted with `friction` and kept by sending it."""
    of_both: YesNo = False
    """Whether both parties owe it, as a meeting that both must attend: each confirms it."""
    sample: Share | None = None
    """The share of members who confirmed that is checked after each slot, drawn by lot: `10 %`. Left out: none."""
    checked_by: PersonId | None = None
    """The person who checks the sample."""
    check_within: Within | None = None
    """How soon the sample is checked. Left out: `5wd`."""

    @model_validator(mode="after")
    def _has_a_moment(self) -> DeliverableSection:
        if self.slots is None and self.within is None:
            raise fault("is missing", "say when it is owed, such as last four Fridays 16:00", at="slots")
        if self.slots is not None and self.within is not None:
            raise fault("goes without slots", "keep one of the two", at="within")
        return self


class LevelSection(CommitmentSection):
    """An indicator kept at or above, or at or below, a threshold over the period."""

    kind: Literal["level"]
    """The kind of promise."""
    template: Template | None = None
    """A common indicator that fills in what this promise leaves out, all but the threshold."""
    indicator: Name | None = None
    """What is measured, as people log it: `availability`, `close rate`. Needed without a template."""
    at_least: Threshold | None = None
    """The threshold to stay at or above, with its unit: `99.9 %`."""
    at_most: Threshold | None = None
    """The threshold to stay at or below, with its unit: `4 hours`. Either this or `at_least`."""
    aggregation: Literal["sum", "mean", "last", "min", "max", "percentile", "good/total"] | None = None
    """What makes one figure of a period's readings. Needed without a template."""
    percentile: Rank | None = None
    """Which percentile (nearest rank), where that is the aggregation."""
    computed_from: Literal["readings", "incidents"] = "readings"
    """Whether figures are logged as readings or worked out from incidents."""
    metric: Literal["availability", "MTBF", "MTBSI", "time to restore", "time to repair"] | None = None
    """What is worked out from incidents, in the promise's working time. Left out: availability."""
    service: PromiseId | None = None
    """The service whose incidents count, as `incident start` names it. Left out: the promise's own short name."""
    lowest: Figure | None = None
    """A reading below it is refused as a slip."""
    highest: Figure | None = None
    """A reading above it is refused as a slip."""
    reading_due: Within | None = None
    """How soon after the period's due moment its figures are complete: then it is judged, and a reading that is not \
there is missed by the reporter, in his party's working time. Left out: `2wd` for readings, at once for incidents."""
    excluded_counts: YesNo = False
    """Whether time excluded from an incident counts as downtime all the same."""

    @model_validator(mode="before")
    @classmethod
    def _filled_in(cls, value: object) -> object:
        if isinstance(value, Mapping) and (preset := TEMPLATES.get(str(value.get("template")))):
            return {**preset, **{key: each for key, each in value.items() if key != "template"}}
        return value

    @property
    def limit(self) -> tuple[Measure, Literal["at least", "at most"]]:
        """The threshold, and on which side of it to stay."""
        if self.at_least is not None:
            return self.at_least, "at least"
        return self.at_most or Measure(Fraction()), "at most"

    @model_validator(mode="after")
    def _measures_one_thing(self) -> LevelSection:
        if self.indicator is None:
            raise fault("is missing", "say what is measured, such as availability, or name a template", at="indicator")
        if (self.at_least is None) == (self.at_most is None):
            problem = "has no threshold" if self.at_least is None else "has two thresholds"
            raise fault(problem, "write either at_least or at_most")
        if self.computed_from == "readings":
            self._makes_one_figure()
        for key in ("metric", "service", "excluded_counts"):
            if self.computed_from == "readings" and getattr(self, key):
                raise fault("goes with computed_from: incidents", "add that, or take it out", at=key)
        return self

    def _makes_one_figure(self) -> None:
        if self.aggregation is None:
            raise fault("is missing", "say what makes one figure of the readings, such as mean", at="aggregation")
        if (self.aggregation == "percentile") != (self.percentile is not None):
            if self.percentile is None:
                raise fault("is missing", "say which percentile, such as 95", at="percentile")
            raise fault(
                f"goes with aggregation: percentile, not {self.aggregation}", "keep one of them", at="percentile"
            )


Promise = Annotated[
    VolumeSection | ResponseSection | FollowUpSection | DeliverableSection | LevelSection,
    Field(discriminator="kind"),
]
