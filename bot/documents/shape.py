"""The shape of an agreement's file: which keys it has, what each means, and how its value is written."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from bot.documents.consequences import ConsequenceSection, MissesSection
from bot.documents.kinds import Whole, fault, refused
from bot.documents.promises import Promise
from bot.documents.scalars import (
    AgreementId,
    CalendarId,
    ConsequenceId,
    Count,
    Email,
    Hours,
    LadderId,
    Name,
    Notice,
    OnDate,
    OnDateOrAt,
    PartyId,
    PersonId,
    PromiseId,
    Region,
    Rung,
    Share,
    Slots,
    Small,
    Text,
    Threshold,
    Weekdays,
    YesNo,
    Zone,
)
from bot.documents.sections import Section
from slacore.agreements import END_NOTICE
from slacore.calendars import Calendar, HolidayRegion, instant_of, print_day, zone_named
from slacore.errors import Refusal

Platform = Literal["slack", "teams", "web"]
Role = Literal["owner", "contact", "counterparty", "manager", "sponsor", "channel"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


UserIds = Annotated[tuple[Name, ...], BeforeValidator(_as_list, json_schema_input_type=str | tuple[Name, ...])]
"""The user ids that one person has on a platform; mostly one."""


class PersonSection(Section):
    """Somebody who owes, is owed, decides or reads."""

    name: Name
    """How the person is called in messages."""
    title: Name | None = None
    """What the person does: `Marketing manager`."""
    zone: Zone | None = None
    """The IANA time zone the person lives in, for quiet hours and shown times. Left out: the agreement's."""
    identities: dict[Platform, UserIds] = Field(default_factory=dict)
    """The person's user id on each platform: `{slack: U024BE7LH, web: josh}`; a list for more than one."""
    email: Email | None = None
    """The person's e-mail address, which stands for an id where an administrator granted that (`slack.by_email`)."""
    to_be_named: YesNo | None = None
    """Whether this is only a place, for somebody who is still to be named; nothing can be signed before he is."""


class StaffingSection(Section):
    """The people of a party and their month: what its promises of follow-ups are held against."""

    reps: Count
    """How many people follow up."""
    hours: Annotated[int, Whole(1, 744)]
    """How many hours each of them works in a month."""
    minutes: Annotated[int, Whole(1, 10_000)]
    """How many minutes one follow-up takes."""
    prospecting: Share | None = None
    """The share of their hours that goes to their own prospecting. Left out: none."""
    expected: Threshold | None = None
    """How many follow-ups an item takes on average, such as 2.5. Left out: all that are owed."""

    @model_validator(mode="after")
    def _counts_follow_ups(self) -> StaffingSection:
        if self.expected is not None and (self.expected.unit or self.expected.amount < 1):
            raise fault("is no number of follow-ups", "write a number from 1 up, such as 2.5", at="expected")
        return self


Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class RoutingSection(Section):
    """Who gets what the party is handed, where nobody is named: people who are away are passed over."""

    by: Literal["round robin", "load", "rota"]
    """In turn; whoever has least to act on; or whoever is on the rota that day."""
    members: tuple[PersonId, ...] = ()
    """Who gets things, in their turn. Left out: the party's members."""
    capacity: Count | None = None
    """How many things one person acts on at once. Left out: no limit."""
    capacities: dict[PersonId, Count] = Field(default_factory=dict)
    """The same for a person whose number differs."""
    rota: dict[Weekday, tuple[PersonId, ...]] = Field(default_factory=dict)
    """Who gets things on which weekday, in turn where there are several."""

    @model_validator(mode="after")
    def _fits_its_rule(self) -> RoutingSection:
        if (self.by == "rota") != bool(self.rota):
            if self.by == "rota":
                raise fault("is missing", "say who is on it, such as Monday: [tom]", at="rota")
            raise fault(f"goes with by: rota, not {self.by}", "keep one of them", at="rota")
        return self


class PartySection(Section):
    """A team of the company, or an outside customer or supplier, that promises or is promised to."""

    name: Name | None = None
    """What people call it. Left out: made from its short name."""
    kind: Literal["team", "customer", "supplier"] = "team"
    """Whether it is of the company or from outside."""
    aliases: tuple[Name, ...] = ()
    """Other names that people type for it; a user group of Slack by its id, too."""
    owner: PersonId
    """The one person who is accountable for it."""
    deputies: tuple[PersonId, ...] = ()
    """Who acts for the owner when he is away, in this order."""
    members: tuple[PersonId, ...] = ()
    """Who else speaks for it: logs handoffs, accepts, disputes."""
    contact: PersonId | None = None
    """Who hears of an issue before the ladder climbs past the owner. Left out: the owner."""
    manager: PersonId | None = None
    """Whom the owner answers to. Left out: that step of the ladder is skipped."""
    signatory: PersonId | None = None
    """Who signs for it. Left out: the owner."""
    reviewers: tuple[PersonId, ...] = ()
    """Who sits in the review for it."""
    calendar: CalendarId | None = None
    """When it is at work: one of `calendars`. Left out: the agreement's."""
    staffing: StaffingSection | None = None
    """Its people and their month. With it, a promise of follow-ups beyond their hours draws a warning."""
    routing: RoutingSection | None = None
    """Who gets what the party is handed. Left out: it waits until somebody is named."""


class CalendarSection(Section):
    """When a party is at work: the working time its deadlines are counted in."""

    name: Name | None = None
    """What people call it. Left out: its short name."""
    zone: Zone | None = None
    """The IANA time zone its hours are local to. Left out: the agreement's."""
    hours: dict[Weekdays, Hours] = Field(default_factory=dict)
    """The hours of each day of the week: `{Mon-Fri: "09:00-12:00, 13:00-17:00", Sat: "22:00-06:00"}`."""
    holidays: Region | None = None
    """The country or region whose public holidays close it: `US`, `US-NY`, `GB-SCT`."""
    worked_holidays: tuple[Name, ...] = ()
    """Holidays on which it is open all the same, by name: `[Columbus Day]`."""
    closed: dict[OnDate, Name] = Field(default_factory=dict)
    """Extra closed days, each with the reason: `{2026-12-24: Company holiday}`."""
    replaced: dict[OnDate, Hours] = Field(default_factory=dict)
    """Days with hours of their own, such as half days: `{2026-12-31: "09:00-12:00"}`. They win over holidays."""

    @model_validator(mode="after")
    def _makes_sense(self) -> CalendarSection:
        if self.worked_holidays and self.holidays is None:
            raise fault("is no use without holidays", "name the country under holidays", at="worked_holidays")
        try:
            self.calendar("", "UTC")
        except Refusal as refusal:
            at = "worked_holidays" if refusal.field == "holidays" else refusal.field
            raise refused(refusal, at=at) from None
        return self

    def calendar(self, slug: str, zone: str) -> Calendar:
        """Make the calendar that is meant, in `zone` unless it names its own."""
        region = self.holidays and HolidayRegion(self.holidays.country, self.holidays.region, self.worked_holidays)
        return Calendar(
            self.zone or zone,
            {days: print_day(hours) for days, hours in self.hours.items()},
            region,
            closed=self.closed,
            replaced={on: print_day(hours) for on, hours in self.replaced.items()},
            name=self.name or slug,
        )


class DefinitionSection(Section):
    """A word that both sides measure by."""

    means: Text
    """What it means, in a sentence."""
    criteria: tuple[Text, ...] = ()
    """What must be true for the word to apply."""


class ChannelSection(Section):
    """A channel in which the parties talk, and in which the bot posts."""

    platform: Platform
    """Where it is."""
    id: Name
    """The platform's own id of it: `C024BE91L`; in the browser its name without #."""
    name: Name | None = None
    """How people call it. Left out: # and its id."""
    parties: tuple[PartyId, ...] = ()
    """The parties that talk there. Left out: all of them."""


class StepSection(Section):
    """A step of a ladder: when, and who hears."""

    when: Rung
    """Working days before or after the due moment: `2wd before`, `due`, `1wd after`."""
    whom: tuple[Role, ...] = Field(min_length=1)
    """Who hears of it then: people of the party who owes, the other party's owner, the sponsor, or the channel."""
    level: Small | None = None
    """How high it is: 0 the owner's own affair, 1 the counterparty, 2 manager, 3 sponsor. Left out: by `whom`."""
    only_if_at_risk: YesNo = False
    """Whether nobody hears while all goes well."""


class EscalationSection(Section):
    """A ladder: who hears of a miss, in which order."""

    steps: tuple[StepSection, ...] = Field(min_length=1)
    """The steps in the order in which they are reached."""
    snoozes_allowed: Small = 2
    """How often an owner may put a reminder off."""


class ReportSection(Section):
    """When the bot posts the agreement's report, and who looks it over first."""

    slots: Slots
    """When it is posted, such as `every Friday 16:00`."""
    reporter: PersonId
    """Who sees it first and may add a note."""
    commitment: PromiseId | None = None
    """The deliverable that is kept by approving or sending it."""
    preview_working_days: Small = 1
    """How many working days earlier the reporter sees it."""


class ReviewSection(Section):
    """When the parties meet over the numbers."""

    slots: Slots
    """When they meet, such as `first Tuesday 10:00`."""
    participants: tuple[PersonId, ...] = ()
    """Who comes."""
    quorum: Small = 0
    """How many must be there for a decision."""


class SignatureSection(Section):
    """Who has signed for which party. Nothing counts before every party has signed."""

    party: PartyId
    """The party that is bound."""
    by: PersonId
    """The person who signed: the party's owner, or its `signatory`."""
    on: OnDateOrAt
    """The date of signing, in the agreement's time zone; or the moment, where it is known."""

    def signed_at(self, zone: str) -> datetime:
        """The moment of signing (UTC); a date in `zone` stands for its beginning."""
        if isinstance(self.on, datetime):
            return self.on
        return instant_of(self.on, time(), zone_named(zone))


class AgreementSection(Section):
    """An agreement between parties: who promises whom what, measured how, and what follows a miss."""

    agreement: AgreementId
    """Its short name. A file with the same short name is a new version of the same agreement."""
    name: Name
    """What people call it."""
    kind: Literal["SLA", "OLA", "underpinning contract"] = "SLA"
    """An SLA; an OLA that supports one inside the company; an underpinning contract with a supplier."""
    level: Literal["corporate", "customer", "service"] = "service"
    """Whether it holds for the whole company, for one customer, or for a service."""
    objective: Text | None = None
    """Why it exists."""
    legally_binding: YesNo = False
    """Whether the parties mean it to bind them in law."""
    zone: Zone
    """The IANA time zone that its dates, periods and slots are local to."""
    effective_on: OnDate
    """The first date it governs."""
    ends_on: OnDate | None = None
    """The last date it governs. Left out: until it is ended."""
    end_notice: tuple[Notice, ...] = Field(default=END_NOTICE, min_length=1, max_length=6)
    """How many days before that date both sides hear of it and may renew it: `[30, 7]`."""
    sponsor: PersonId | None = None
    """The person whom the parties answer to: the ladder's last step."""
    observers: tuple[PersonId, ...] = ()
    """Who may look without being a party."""
    services: tuple[Text, ...] = ()
    """What is provided."""
    exclusions: tuple[Text, ...] = ()
    """What is not, in so many words; what does not count as a miss."""
    people: dict[PersonId, PersonSection]
    """Everybody who is named here, by a short name that the rest of the file uses."""
    calendars: dict[CalendarId, CalendarSection]
    """When people are at work, by short name."""
    calendar: CalendarId | None = None
    """The agreement's own calendar: one of `calendars`. Left out: the only one there is."""
    parties: dict[PartyId, PartySection] = Field(min_length=2)
    """Who promises and is promised to, by short name; two at least."""
    definitions: dict[Name, DefinitionSection] = Field(default_factory=dict)
    """The words both sides measure by."""
    commitments: dict[PromiseId, Promise] = Field(min_length=1)
    """The promises, by short name; one at least."""
    escalations: dict[LadderId, EscalationSection] = Field(default_factory=dict)
    """Ladders by short name. One called `default` holds where a promise names none."""
    consequences: dict[ConsequenceId, ConsequenceSection] = Field(default_factory=dict)
    """What a miss brings, by short name."""
    misses: MissesSection = Field(default_factory=MissesSection)
    """How both sides deal with a miss of any promise."""
    channels: tuple[ChannelSection, ...] = ()
    """Where the parties talk."""
    reports: tuple[ReportSection, ...] = ()
    """When the bot posts its report."""
    review: ReviewSection | None = None
    """When the parties meet over the numbers."""
    signed: tuple[SignatureSection, ...] = ()
    """Who has signed, and when."""

    @model_validator(mode="after")
    def _knows_its_calendar(self) -> AgreementSection:
        if self.calendar is None and len(self.calendars) != 1:
            named = " or ".join(sorted(self.calendars)) or "one under calendars"
            raise fault("is missing", f"say which is the agreement's own: {named}", at="calendar")
        return self
