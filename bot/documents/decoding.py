"""From a document to the terms it states: what was left out is filled in, and names are checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from pydantic import ValidationError

from bot.documents.consequences import ConsequenceSection, MissesSection
from bot.documents.faults import empty_values, fault_of, faults_in, faults_of
from bot.documents.promises import (
    DeliverableSection,
    FollowUpSection,
    LevelSection,
    Promise,
    ResponseSection,
    VolumeSection,
)
from bot.documents.sections import UnitSection
from bot.documents.shape import (
    AgreementSection,
    EscalationSection,
    PartySection,
    PersonSection,
    ReviewSection,
    RoutingSection,
    StaffingSection,
    StepSection,
)
from bot.files import Document, KeyPath, Value
from slacore.agreements import (
    Channel,
    Definition,
    ReportSchedule,
    ReviewSchedule,
    Signature,
    Terms,
)
from slacore.calendars import WEEKDAYS, Duration
from slacore.commitments import (
    CHECK_WITHIN,
    Campaign,
    Checkpoints,
    Commitment,
    Deliverable,
    FollowUps,
    Level,
    Outcome,
    Response,
    Unit,
    Volume,
    Worth,
)
from slacore.commitments import Promise as Promised
from slacore.credits import Consequence, Repeated, Tier
from slacore.escalation import DEFAULT, Policy, Step
from slacore.misses import Misses
from slacore.parties import Member, Party, Staffing
from slacore.problems import problems_of
from slacore.routings import Routing

_READING_DUE = Duration(2, "wd")
"""How soon after a period its readings are complete, where the file does not say."""


def decode(document: Document | Mapping[str, Value]) -> Terms:
    """Read the terms that a document states, be it a file as people write it or the record's own.

    What may be left out is filled in (a promise's owner is the giver's, its calendar too), so terms
    are complete in themselves. Raises Faults with everything that is wrong at once.
    """
    if not isinstance(document, Document):
        document = Document("agreement", dict(document), {})
    faults = list(empty_values(document.value))
    try:
        section = AgreementSection.model_validate(document.value)
    except ValidationError as error:
        empty = {fault.path for fault in faults}
        others = (fault for fault in faults_of(error, AgreementSection) if fault.path not in empty)
        raise faults_in(document, chain(faults, others)) from None
    if faults:
        raise faults_in(document, faults)
    terms = _terms(section)
    problems = list(problems_of(terms))
    if problems:
        written = [each for each in problems if _is_written(document.value, each.path)]
        raise faults_in(document, map(fault_of, written or problems))
    return terms


@lru_cache(maxsize=256)
def recorded(document: str) -> Terms:
    """Read the terms of a document as the record keeps it: its text never changes, and is read once while it is used.

    A draft is read with every command on it, and every version anew when one is added.
    """
    return decode(json.loads(document))


def _is_written(value: Value | None, path: KeyPath) -> bool:
    """Whether somebody wrote that key; what was filled in repeats a fault that is told where it was made."""
    for part in path:
        match value, part:
            case dict(), str():
                value = value.get(part)
            case list(), int():
                value = value[part]
    return value is not None


def _terms(section: AgreementSection) -> Terms:
    own = section.calendar or next(iter(section.calendars))
    parties = {slug: _party(slug, party, own) for slug, party in section.parties.items()}
    return Terms(
        slug=section.agreement,
        name=section.name,
        kind=section.kind,
        level=section.level,
        zone=section.zone,
        effective_on=section.effective_on,
        parties=tuple(parties.values()),
        people=tuple(_member(id_, person, section.zone) for id_, person in section.people.items()),
        calendars={slug: each.calendar(slug, section.zone) for slug, each in section.calendars.items()},
        calendar=own,
        commitments=tuple(_commitment(slug, each, parties, own) for slug, each in section.commitments.items()),
        ends_on=section.ends_on,
        end_notice=tuple(sorted(set(section.end_notice), reverse=True)),
        objective=section.objective or "",
        services=section.services,
        exclusions=section.exclusions,
        definitions=tuple(Definition(word, each.means, each.criteria) for word, each in section.definitions.items()),
        channels=tuple(
            Channel(each.platform, each.id, each.name or f"#{each.id}", each.parties) for each in section.channels
        ),
        escalations={DEFAULT.slug: DEFAULT} | {slug: _policy(slug, each) for slug, each in section.escalations.items()},
        consequences=tuple(_consequence(slug, each) for slug, each in section.consequences.items()),
        misses=_misses(section.misses),
        reports=tuple(
            ReportSchedule(each.slots, each.reporter, each.commitment or "", each.preview_working_days)
            for each in section.reports
        ),
        review=_review(section.review) if section.review else None,
        sponsor=section.sponsor or "",
        observers=section.observers,
        legally_binding=section.legally_binding,
        signatures=tuple(Signature(each.party, each.by, each.signed_at(section.zone)) for each in section.signed),
    )


def _member(id_: str, person: PersonSection, zone: str) -> Member:
    identities = tuple((platform, user) for platform, users in person.identities.items() for user in users)
    to_be_named = bool(person.to_be_named)
    return Member(
        id_, person.name, person.zone or zone, person.title or "", identities, person.email or "", to_be_named
    )


def _party(slug: str, party: PartySection, calendar: str) -> Party:
    return Party(
        slug=slug,
        name=party.name or _spoken(slug),
        owner=party.owner,
        calendar=party.calendar or calendar,
        kind=party.kind,
        aliases=party.aliases,
        deputies=party.deputies,
        members=party.members,
        contact=party.contact or "",
        manager=party.manager or "",
        signatory=party.signatory or "",
        reviewers=party.reviewers,
        staffing=_staffing(party.staffing),
        routing=_routing(party.routing, party.members or (party.owner,)),
    )


def _routing(section: RoutingSection | None, members: tuple[str, ...]) -> Routing | None:
    if section is None:
        return None
    return Routing(
        section.by,
        section.members or members,
        section.capacity,
        tuple(section.capacities.items()),
        tuple(sorted((WEEKDAYS.index(day), on_duty) for day, on_duty in section.rota.items())),
    )


def _staffing(section: StaffingSection | None) -> Staffing | None:
    if section is None:
        return None
    return Staffing(
        section.reps,
        section.hours,
        section.minutes,
        section.prospecting or Fraction(0),
        section.expected.amount if section.expected is not None else None,
    )


def _commitment(slug: str, section: Promise, parties: Mapping[str, Party], calendar: str) -> Commitment:
    giver = parties.get(section.giver)  # problems_of tells of one that is missing
    return Commitment(
        slug=slug,
        name=section.name or _spoken(slug),
        giver=section.giver,
        receiver=section.receiver,
        promise=_promised(slug, section),
        period=section.period,
        owner=section.owner or (giver.owner if giver else ""),
        calendar=section.calendar or (giver.calendar if giver else calendar),
        due=section.due,
        intent=section.intent or "",
        source=section.source or "",
        reporter=section.reporter or "",
        depends_on=section.depends_on,
        supports=section.supports,
        escalation=section.escalation,
        consequence=section.consequence or "",
        urgent=section.urgent,
    )


def _promised(slug: str, section: Promise) -> Promised:
    match section:
        case VolumeSection():
            return _volume(section)
        case ResponseSection():
            return Response(
                first_within=section.first_within,
                unit=_unit(section.unit),
                share=section.share,
                minimum_sample=section.minimum_sample,
                resolved_within=section.resolved_within,
                updated_every=section.updated_every,
                outside_hours=section.outside_hours,
                outside_calendar=section.outside_calendar or "",
                by_priority=tuple(section.by_priority.items()),
                resolved_by_priority=tuple(section.resolved_by_priority.items()),
            )
        case FollowUpSection():
            return FollowUps(
                attempts=section.attempts,
                within=section.within,
                unit=_unit(section.unit),
                outcomes=tuple(
                    Outcome(slug, each.name, each.final, each.counts_as or "", each.opens or "")
                    for slug, each in section.outcomes.items()
                ),
                cadence=section.cadence,
                by_class=tuple(section.by_class.items()),
                share=section.share,
                minimum_sample=section.minimum_sample,
            )
        case DeliverableSection():
            return Deliverable(
                slots=section.slots,
                thing=section.thing,
                evidence=section.evidence,
                by_every_member=section.by_every_member,
                report=section.report,
                within=section.within,
                friction=section.friction,
                of_both=section.of_both,
                sample=section.sample or Fraction(0),
                checked_by=section.checked_by or "",
                check_within=section.check_within or CHECK_WITHIN,
            )
        case LevelSection():
            return _level(slug, section)


def _level(slug: str, section: LevelSection) -> Level:
    threshold, comparison = section.limit
    of_incidents = section.computed_from == "incidents"
    return Level(
        indicator=section.indicator or slug,
        threshold=threshold.amount,
        comparison=comparison,
        aggregation=section.aggregation if section.aggregation and not of_incidents else "mean",
        unit=threshold.unit,
        percentile=None if of_incidents else section.percentile,
        metric=(section.metric or "availability") if of_incidents else None,
        service=(section.service or slug) if of_incidents else "",
        lowest=section.lowest,
        highest=section.highest,
        reading_due=section.reading_due or (None if of_incidents else _READING_DUE),
        excluded_counts=section.excluded_counts,
    )


def _volume(section: VolumeSection) -> Volume:
    points, worth = section.checkpoints, section.worth
    return Volume(
        target=section.target,
        unit=_unit(section.unit),
        silence_accepts_after=section.silence_accepts_after,
        checkpoints=Checkpoints(points.slots, points.quantities) if points else None,
        dispute_reasons=section.dispute_reasons,
        latent_defects=section.latent_defects,
        surplus_banks=section.surplus_banks,
        worth=Worth(worth.close_rate, worth.average_sale, worth.sales_cycle) if worth else None,
        campaigns=tuple(Campaign(slug, each.name, each.goal) for slug, each in section.campaigns.items()),
    )


def _unit(section: UnitSection) -> Unit:
    return Unit(section.singular, section.plural or f"{section.singular}s", section.aliases)


def _policy(slug: str, section: EscalationSection) -> Policy:
    return Policy(slug, tuple(_step(each) for each in section.steps), section.snoozes_allowed)


def _step(section: StepSection) -> Step:
    level = section.level
    if level is None:
        level = max((LEVELS[role] for role in section.whom), default=0)
    return Step(section.when, section.whom, level, section.only_if_at_risk)


LEVELS = {"owner": 0, "contact": 1, "counterparty": 1, "channel": 1, "manager": 2, "sponsor": 3}
"""How high a step of a ladder is that tells somebody, where nothing else is said: the highest of those it tells."""


def _consequence(slug: str, section: ConsequenceSection) -> Consequence:
    tiers = tuple(Tier(each.attained_below, each.share) for each in section.tiers)
    return Consequence(
        slug, section.options, section.decider or "", section.plan_within, tiers, section.charge, section.cap,
        section.claim_within, section.minimum, section.carry_at_most,
        tuple(Repeated(each.misses, each.within, each.then) for each in section.repeated),
        section.applies or "", section.otherwise or "",
    )  # fmt: skip


def _misses(section: MissesSection) -> Misses:
    return Misses(
        section.reasons,
        section.dispute_within,
        section.disputes_decided_by or "",
        section.excused_by,
        section.grounds,
    )


def _review(section: ReviewSection) -> ReviewSchedule:
    return ReviewSchedule(section.slots, section.participants, section.quorum)


def _spoken(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
