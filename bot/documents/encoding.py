"""From terms to the document that the record keeps: complete, in one order, with one spelling."""

from __future__ import annotations

from datetime import time
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.documents.consequences import ConsequenceSection, MissesSection, RepeatedSection, TierSection
from bot.documents.promises import (
    CampaignSection,
    CheckpointsSection,
    DeliverableSection,
    FollowUpSection,
    LevelSection,
    OutcomeSection,
    Promise,
    ResponseSection,
    VolumeSection,
    WorthSection,
)
from bot.documents.scalars import Measure
from bot.documents.sections import UnitSection
from bot.documents.shape import (
    AgreementSection,
    CalendarSection,
    ChannelSection,
    DefinitionSection,
    EscalationSection,
    PartySection,
    PersonSection,
    Platform,
    ReportSection,
    ReviewSection,
    RoutingSection,
    SignatureSection,
    StaffingSection,
    StepSection,
    Weekday,
)
from slacore.agreements import Signature, Terms
from slacore.calendars import WEEKDAYS, Calendar, HolidayRegion, instant_of, parse_day, print_week
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Outcome, Response, Unit, Volume
from slacore.credits import Consequence
from slacore.escalation import Policy
from slacore.misses import Misses
from slacore.parties import Member, Party, Staffing
from slacore.routings import Routing


def encode(terms: Terms) -> dict[str, Any]:
    """Write terms down as the record keeps them: `decode` gives the same terms back.

    Made of dict, list, str, int and bool, ready for JSON. The order of keys is the terms' own and
    means something: the first promise is the first everywhere. What a file may leave out is
    written out, so that the record says the same under a later program with other defaults.
    """
    document = _without_nothing(section_of(terms).model_dump(mode="json"))
    assert isinstance(document, dict)  # noqa: S101 -- an agreement has a name at least
    return document


def section_of(terms: Terms) -> AgreementSection:
    """Terms as the sections of a file."""
    return AgreementSection(
        agreement=terms.slug,
        name=terms.name,
        kind=terms.kind,
        level=terms.level,
        objective=terms.objective or None,
        legally_binding=terms.legally_binding,
        zone=terms.zone,
        effective_on=terms.effective_on,
        ends_on=terms.ends_on,
        end_notice=terms.end_notice,
        sponsor=terms.sponsor or None,
        observers=terms.observers,
        services=terms.services,
        exclusions=terms.exclusions,
        people={person.id: _person(person) for person in terms.people},
        calendars={slug: _calendar(calendar) for slug, calendar in terms.calendars.items()},
        calendar=terms.calendar,
        parties={party.slug: _party(party) for party in terms.parties},
        definitions={
            each.word: DefinitionSection(means=each.means, criteria=each.criteria) for each in terms.definitions
        },
        commitments={each.slug: _commitment(each) for each in terms.commitments},
        escalations={slug: _escalation(policy) for slug, policy in terms.escalations.items()},
        consequences={each.slug: _consequence(each) for each in terms.consequences},
        misses=_misses(terms.misses),
        channels=tuple(
            ChannelSection(platform=each.platform, id=each.id, name=each.name, parties=each.parties)
            for each in (channel.as_agreed for channel in terms.channels)
        ),
        reports=tuple(
            ReportSection(
                slots=each.slots,
                reporter=each.reporter,
                commitment=each.commitment or None,
                preview_working_days=each.preview_working_days,
            )
            for each in terms.reports
        ),
        review=ReviewSection(
            slots=terms.review.slots, participants=terms.review.participants, quorum=terms.review.quorum
        )
        if terms.review
        else None,
        signed=tuple(_signature(each, terms.zone) for each in terms.signatures),
    )


def _without_nothing(value: Any) -> Any:
    """Leave out the keys that say nothing."""
    if isinstance(value, dict):
        kept = {key: _without_nothing(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, [], {})}
    return [_without_nothing(inner) for inner in value] if isinstance(value, list) else value


def _person(person: Member) -> PersonSection:
    identities: dict[Platform, tuple[str, ...]] = {}
    for platform, user in person.identities:
        known = cast("Platform", platform)
        identities[known] = (*identities.get(known, ()), user)
    return PersonSection(
        name=person.name,
        title=person.title or None,
        zone=person.zone,
        identities=identities,
        email=person.email or None,
        to_be_named=person.to_be_named or None,
    )


def _party(party: Party) -> PartySection:
    return PartySection(
        name=party.name,
        kind=party.kind,
        aliases=party.aliases,
        owner=party.owner,
        deputies=party.deputies,
        members=party.members,
        contact=party.contact or None,
        manager=party.manager or None,
        signatory=party.signatory or None,
        reviewers=party.reviewers,
        calendar=party.calendar,
        staffing=_staffing(party.staffing),
        routing=_routing(party.routing),
    )


def _staffing(staffing: Staffing | None) -> StaffingSection | None:
    if staffing is None:
        return None
    return StaffingSection(
        reps=staffing.reps,
        hours=staffing.hours,
        minutes=staffing.minutes,
        prospecting=staffing.prospecting_share or None,
        expected=None if staffing.expected is None else Measure(staffing.expected),
    )


def _routing(routing: Routing | None) -> RoutingSection | None:
    if routing is None:
        return None
    rota = {cast("Weekday", WEEKDAYS[day]): on_duty for day, on_duty in routing.rota}
    return RoutingSection(
        by=routing.by,
        members=routing.members,
        capacity=routing.capacity,
        capacities=dict(routing.capacities),
        rota=rota,
    )


def _calendar(calendar: Calendar) -> CalendarSection:
    region = calendar.holidays
    return CalendarSection(
        name=calendar.name or None,
        zone=calendar.zone,
        hours={days: parse_day(hours) for days, hours in print_week(calendar.hours).items()},
        holidays=region and HolidayRegion(region.country, region.region),
        worked_holidays=region.worked if region else (),
        closed=dict(calendar.closed),
        replaced=dict(calendar.replaced),
    )


def _commitment(commitment: Commitment) -> Promise:
    frame: dict[str, Any] = {
        "name": commitment.name,
        "giver": commitment.giver,
        "receiver": commitment.receiver,
        "period": commitment.period,
        "due": commitment.due,
        "owner": commitment.owner,
        "calendar": commitment.calendar,
        "intent": commitment.intent or None,
        "source": commitment.source or None,
        "reporter": commitment.reporter or None,
        "depends_on": commitment.depends_on,
        "supports": commitment.supports,
        "escalation": commitment.escalation,
        "consequence": commitment.consequence or None,
        "urgent": commitment.urgent,
    }
    match commitment.promise:
        case Volume() as promise:
            return _volume(promise, frame)
        case Response() as promise:
            return ResponseSection(
                **frame,
                kind="response",
                first_within=promise.first_within,
                unit=_unit(promise.unit),
                share=promise.share,
                minimum_sample=promise.minimum_sample,
                resolved_within=promise.resolved_within,
                updated_every=promise.updated_every,
                outside_hours=promise.outside_hours,
                outside_calendar=promise.outside_calendar or None,
                by_priority=dict(promise.by_priority),
                resolved_by_priority=dict(promise.resolved_by_priority),
            )
        case FollowUps() as promise:
            return FollowUpSection(
                **frame,
                kind="follow-up",
                attempts=promise.attempts,
                within=promise.within,
                unit=_unit(promise.unit),
                outcomes={each.slug: _outcome(each) for each in promise.outcomes},
                cadence=promise.cadence,
                by_class=dict(promise.by_class),
                share=promise.share,
                minimum_sample=promise.minimum_sample,
            )
        case Deliverable() as promise:
            return DeliverableSection(
                **frame,
                kind="deliverable",
                slots=promise.slots,
                within=promise.within,
                thing=promise.thing,
                evidence=promise.evidence,
                by_every_member=promise.by_every_member,
                report=promise.report,
                friction=promise.friction,
                of_both=promise.of_both,
                sample=promise.sample or None,
                checked_by=promise.checked_by or None,
                check_within=promise.check_within,
            )
        case Level() as promise:
            threshold = Measure(promise.threshold, promise.unit)
            return LevelSection(
                **frame,
                kind="level",
                indicator=promise.indicator,
                at_least=threshold if promise.comparison == "at least" else None,
                at_most=threshold if promise.comparison == "at most" else None,
                aggregation=None if promise.is_of_incidents else promise.aggregation,
                percentile=promise.percentile,
                computed_from="incidents" if promise.is_of_incidents else "readings",
                metric=promise.metric,
                service=promise.service or None,
                lowest=promise.lowest,
                highest=promise.highest,
                reading_due=promise.reading_due,
                excluded_counts=promise.excluded_counts,
            )


def _volume(promise: Volume, frame: dict[str, Any]) -> VolumeSection:
    points, worth = promise.checkpoints, promise.worth
    return VolumeSection(
        **frame,
        kind="volume",
        target=promise.target,
        unit=_unit(promise.unit),
        silence_accepts_after=promise.silence_accepts_after,
        checkpoints=CheckpointsSection(slots=points.slots, quantities=points.quantities) if points else None,
        dispute_reasons=promise.dispute_reasons,
        latent_defects=promise.latent_defects,
        surplus_banks=promise.surplus_banks,
        worth=WorthSection(close_rate=worth.close_rate, average_sale=worth.average_sale, sales_cycle=worth.sales_cycle)
        if worth
        else None,
        campaigns={each.slug: CampaignSection(name=each.name, goal=each.goal) for each in promise.campaigns},
    )


def _outcome(outcome: Outcome) -> OutcomeSection:
    return OutcomeSection(
        name=outcome.name,
        final=outcome.final,
        counts_as=outcome.counts_as or None,
        opens=outcome.opens or None,
    )


def _unit(unit: Unit) -> UnitSection:
    return UnitSection(singular=unit.singular, plural=unit.plural, aliases=unit.aliases)


def _escalation(policy: Policy) -> EscalationSection:
    steps = tuple(
        StepSection(when=step.working_days, whom=step.whom, level=step.level, only_if_at_risk=step.only_if_at_risk)
        for step in policy.steps
    )
    return EscalationSection(steps=steps, snoozes_allowed=policy.snoozes_allowed)


def _consequence(consequence: Consequence) -> ConsequenceSection:
    return ConsequenceSection(
        options=consequence.options,
        applies=consequence.applies or None,
        decider=consequence.decider or None,
        plan_within=consequence.plan_within,
        otherwise=consequence.otherwise or None,
        tiers=tuple(TierSection(attained_below=each.attained_below, share=each.share) for each in consequence.tiers),
        charge=consequence.charge,
        cap=consequence.cap,
        claim_within=consequence.claim_within,
        minimum=consequence.minimum,
        repeated=tuple(
            RepeatedSection(misses=each.misses, within=each.within, then=each.then) for each in consequence.repeated
        ),
        carry_at_most=consequence.carry_at_most,
    )


def _misses(misses: Misses) -> MissesSection:
    return MissesSection(
        reasons=misses.reasons,
        dispute_within=misses.dispute_within,
        disputes_decided_by=misses.disputes_decided_by or None,
        excused_by=misses.excused_by,
        grounds=misses.grounds,
    )


def _signature(signature: Signature, zone: str) -> SignatureSection:
    """A signature of which the file gave the date is kept as that date, any other as its moment."""
    on = signature.signed_at.astimezone(ZoneInfo(zone)).date()
    from_date = signature.signed_at == instant_of(on, time(), ZoneInfo(zone))
    return SignatureSection(party=signature.party, by=signature.member, on=on if from_date else signature.signed_at)
