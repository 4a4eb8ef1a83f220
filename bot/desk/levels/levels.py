"""Level promises at the desk: which ones a word means, who reports them, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.desk.sitting import Sitting
from bot.store import incidents, obligations, readings
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Level
from slacore.errors import Refusal
from slacore.outages import Service
from slacore.periods import Period
from slacore.standing import (
    LevelStanding,
    Span,
    reporter_of,
    reporting_party,
    service_of,
    span_of,
    standing_of_incidents,
    standing_of_readings,
)

_PERIODS_BACK = 400
"""Periods that one change of an incident can reach back into, and more than any lasts."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A level promise under the terms that govern a period of it."""

    agreement: Agreement
    terms: Terms
    commitment: Commitment
    level: Level
    period: Period

    @property
    def span(self) -> Span:
        """What is measured in the period, and until when figures may come."""
        return span_of(self.commitment, self.level, self.terms, self.period)

    @property
    def version(self) -> int:
        """The number of the version that governs the period."""
        return next(each.number for each in self.agreement.versions if each.terms is self.terms)


async def standing_of(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> LevelStanding:
    """Judge a level promise for one period, from its readings or its service's incidents."""
    level = level_of(commitment)
    span = span_of(commitment, level, terms, period)
    if not level.is_of_incidents:
        logged = await readings.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on)
        return standing_of_readings(level, span, logged, terms.calendar_of(commitment), sitting.now)
    return standing_of_incidents(level, span, await _service(sitting, terms, commitment, level, span), sitting.now)


async def _service(sitting: Sitting, terms: Terms, commitment: Commitment, level: Level, span: Span) -> Service:
    """A service's record, as far back as it counts in a span: for a time between failures, to the failure before it."""
    tx, mended = sitting.tx, level.metric == "time to repair"
    since = sitting.agreement(terms.slug).promised_since(terms, commitment.slug)
    reach, back = span.starts_at, 1
    while True:
        found = await incidents.lasting(tx, level.service, reach, span.judged_at, until_mended=mended)
        service = service_of(level, commitment, terms, since, found, sitting.now)
        if level.metric not in ("MTBF", "MTBSI") or any(each.from_at < span.starts_at for each in service.failures()):
            return service
        reach = min((each.started_at for each in found), default=reach)
        older = await incidents.before(tx, level.service, min(reach, span.starts_at), back)
        if not older:
            return service
        reach, back = min(each.started_at for each in older), back * 2


async def keys_in(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> list[str]:
    """The keys of what a level promise's figure is made of in a period: its readings, or its service's incidents."""
    if not isinstance(commitment.promise, Level):
        return []
    if not commitment.promise.is_of_incidents:
        logged = await readings.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on)
        return [each.key for each in logged]
    since, until = period.starts_at(terms.zone), period.ends_at(terms.zone)
    found = await incidents.lasting(sitting.tx, commitment.promise.service, since, until)
    return [each.key for each in found if each.down(sitting.now)[1] > since]


def level_of(commitment: Commitment) -> Level:
    """What a level promise promises. TypeError for another kind."""
    if not isinstance(commitment.promise, Level):
        raise TypeError(f"{commitment.slug} is no level promise")
    return commitment.promise


def indicator_on(agreement: Agreement, slug: str, on: date) -> Indicator | None:
    """A level promise in the period that holds a date, under the terms that govern it; None where there is none."""
    latest = next((each for each in agreement.latest.terms.commitments if each.slug == slug), None)
    if latest is None:
        return None
    period = latest.period.containing(on)
    version = agreement.governing(period.first_on, period.last_on, slug)
    commitment = next((each for each in version.terms.commitments if each.slug == slug), None) if version else None
    if version is None or commitment is None or not isinstance(commitment.promise, Level):
        return None
    return Indicator(agreement, version.terms, commitment, commitment.promise, period)


def of_service(sitting: Sitting, service: str) -> tuple[Indicator, ...]:
    """The level promises that a service's incidents count for, each in its period of today, in whichever agreement."""
    found = []
    for agreement in sitting.agreements:
        today = sitting.today(agreement.latest.terms.zone)
        for commitment in agreement.latest.terms.commitments:
            promise = commitment.promise
            if isinstance(promise, Level) and promise.service == service:
                indicator = indicator_on(agreement, commitment.slug, today)
                if indicator is not None:
                    found.append(indicator)
    return tuple(found)


async def require_reporter(sitting: Sitting, terms: Terms, commitment: Commitment, doing: str) -> None:
    """Refuse unless the sitting's actor reports this indicator, or stands in for whoever does."""
    if not await may_report(sitting, terms, commitment):
        who = terms.name_of(reporter_of(commitment))
        party = reporting_party(commitment, terms)
        raise Refusal(f"Only {who}, or a deputy of {party.name}, can {doing}.", f"Ask {who} to do it.")


async def may_report(sitting: Sitting, terms: Terms, commitment: Commitment) -> bool:
    """Whether the actor is the reporter of an indicator, a deputy of his party, or stands in for him now."""
    reporter, party = reporter_of(commitment), reporting_party(commitment, terms)
    presence = await sitting.presence()
    stands_in = presence.stands_in(reporter, party.deputies, sitting.now)
    return sitting.actor in {reporter, *party.deputies, stands_in}


def correcting_sides(sitting: Sitting, indicator: Indicator) -> tuple[str, ...]:
    """The sides that the actor speaks for, where a closed period is corrected: his party's slug, or both.

    Refuses whoever speaks for neither: what is closed, both sides restate together.
    """
    terms, commitment = indicator.terms, indicator.commitment
    sides = [slug for slug in (commitment.giver, commitment.receiver) if sitting.actor in terms.party(slug).people]
    if not sides:
        giver, receiver = terms.party(commitment.giver), terms.party(commitment.receiver)
        raise Refusal(
            f"{indicator.period.label} is closed, so {giver.name} and {receiver.name} correct it together.",
            f"Ask {terms.name_of(giver.owner)} and {terms.name_of(receiver.owner)} to say the same.",
        )
    return tuple(sides)


def periods_since(indicator: Indicator, at: datetime, now: datetime) -> Iterator[Indicator]:
    """The indicator in each period from the one that holds `at` to the running one, oldest first."""
    zone, agreement = ZoneInfo(indicator.terms.zone), indicator.agreement
    rule = indicator.commitment.period
    period, running = (rule.containing(each.astimezone(zone).date()) for each in (min(at, now), now))
    for _ in range(_PERIODS_BACK):
        found = indicator_on(agreement, indicator.commitment.slug, period.first_on)
        if found is not None:
            yield found
        if period.first_on >= running.first_on:
            return
        period = rule.following(period)


async def look_again(sitting: Sitting, indicator: Indicator) -> None:
    """Let a period be decided anew, because its figure may have changed."""
    await obligations.touch(
        sitting.tx, indicator.agreement.slug, indicator.commitment.slug, "period",
        indicator.period.first_on.isoformat(), sitting.now,
    )  # fmt: skip
