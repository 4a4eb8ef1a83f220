"""Incidents at the desk: begun, brought through their stages, corrected, and asked about while they are open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cards import incidents as incident_cards
from bot.desk.levels import levels
from bot.desk.levels.levels import Indicator
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import incidents as kept
from bot.store import schedules
from slacore import incidents
from slacore.errors import Refusal
from slacore.incidents import Entry, Incident, Stage
from slacore.periods import print_date
from slacore.standing import reporter_of

KIND = "incident"
ASKED_AFTER = 1
"""Working days after which somebody is asked whether an incident is really still open, and again each day."""

_FACTS = {
    "started": "IncidentStarted",
    "acknowledged": "IncidentAcknowledged",
    "restored": "IncidentRestored",
    "ended": "IncidentEnded",
    "excluded": "IncidentTimeExcluded",
    "exclusions withdrawn": "IncidentTimeCounted",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry that waits for the other side, and the judged period that it would change."""

    entry: Entry
    indicator: Indicator


async def start(sitting: Sitting, service: str, at: datetime, cause: str) -> Incident:
    """A service failed. Refuses a moment in a period that was judged already: that wants both sides."""
    promises = await _promises(sitting, service, f"log incidents of {service}")
    incident, entry = incidents.begun(await sitting.tx.next_number("N"), service, at, cause, sitting.actor, sitting.now)
    if shut := _closed_by(promises, (at, sitting.now), sitting.now):
        ends = min(each.span.ends_at for each in shut)
        raise Refusal(
            f"{shut[0].period.label} is closed for {shut[0].commitment.name}.",
            f"Start it from {print_date(ends.date())} on, then say `incident started {incident.key} at … because …`; "
            "both sides must say it.",
            field="at",
        )
    await kept.add(sitting.tx, incident, entry)
    await _follow(sitting, incident, entry, promises)
    await schedules.put(sitting.tx, KIND, str(incident.number), _ask_at(promises, sitting.now))
    return incident


async def reach(sitting: Sitting, incident: Incident, stage: Stage, at: datetime, reason: str) -> Incident | Proposed:
    """Bring an incident to a stage, or correct when it came to it. Gives what waits where both sides must say it."""
    entry = incidents.reach(incident, stage, at, sitting.actor, sitting.now, reason)
    return await _enter(sitting, incident, entry)


async def exclude(
    sitting: Sitting, incident: Incident, within: timedelta | None, from_at: datetime | None, reason: str
) -> Incident | Proposed:
    """Take agreed time out of an incident, all that there is so far where `within` is None."""
    since, until = incident.down(sitting.now.replace(second=0, microsecond=0))
    begins = from_at or since
    lasting = until - begins if within is None else within
    chosen = begins if within is None else from_at
    entry = incidents.exclude(incident, lasting, chosen, reason, sitting.actor, sitting.now)
    return await _enter(sitting, incident, entry)


async def count_again(sitting: Sitting, incident: Incident, reason: str) -> Incident | Proposed:
    """Take all exclusions of an incident back."""
    return await _enter(sitting, incident, incidents.withdraw_exclusions(incident, reason, sitting.actor, sitting.now))


async def ask_about(sitting: Sitting, subject: str) -> None:
    """An incident is open for a working day and more: ask whoever reports it, once a working day until it is over."""
    incident = await kept.find(sitting.tx, int(subject))
    promises = levels.of_service(sitting, incident.service)
    if not incident.is_open or not promises:
        await schedules.end(sitting.tx, KIND, subject)
        return
    first = promises[0]
    reporter = reporter_of(first.commitment)
    card = incident_cards.still_open(incident, first.terms, sitting.now, to=reporter)
    today = sitting.today(first.terms.zone)
    word = Word("nudge", f"incident:{incident.key}:{today}")
    await saying.to_person(sitting, first.terms, reporter, card, word)
    await sitting.record("IncidentAskedAbout", incident.key, None, {"by": reporter})
    await schedules.put(sitting.tx, KIND, subject, _ask_at(promises, sitting.now))


async def _enter(sitting: Sitting, incident: Incident, entry: Entry) -> Incident | Proposed:
    """Write an entry down: by the reporter where all is open, by both sides where a judged period changes."""
    stretch = incidents.touched(incident, entry, sitting.now)
    promises = levels.of_service(sitting, incident.service)
    shut = _closed_by(promises, stretch, sitting.now) if stretch is not None else ()
    if not shut:
        promises = await _promises(sitting, incident.service, f"change {incident.key}")
    elif (proposed := await _agreed(sitting, incident, entry, shut[0])) is not None:
        return proposed
    for asked in await kept.entries(sitting.tx, incident.number):
        if asked.proposed_by and asked.says_the_same(entry):
            entry = replace(entry, reason=asked.reason)  # what was agreed to, and why
    changed = incidents.apply(incident, entry)
    await kept.change(sitting.tx, incident, changed, entry)
    await _follow(sitting, changed, entry, promises, before=incident, restates=bool(shut))
    if not changed.is_open:
        await schedules.end(sitting.tx, KIND, str(incident.number))
    return changed


async def _agreed(sitting: Sitting, incident: Incident, entry: Entry, indicator: Indicator) -> Proposed | None:
    """None where both sides of the promise want it; else the entry that now waits for the other side."""
    terms, commitment = indicator.terms, indicator.commitment
    sides = levels.correcting_sides(sitting, indicator)
    giver, receiver = terms.party(commitment.giver), terms.party(commitment.receiver)
    ledger = await kept.entries(sitting.tx, incident.number)
    wanted = any(each.proposed_by and each.proposed_by not in sides and each.says_the_same(entry) for each in ledger)
    if wanted or len(sides) == 2:
        return None
    proposal = replace(entry, proposed_by=sides[0])
    await kept.propose(sitting.tx, incident, proposal)
    after = {"reason": entry.reason, "what": entry.happened, "at": entry.at.isoformat()}
    await sitting.record("IncidentCorrectionProposed", incident.key, None, after)
    other = receiver if sides[0] == giver.slug else giver
    card = incident_cards.proposed(incident, proposal, indicator.period, terms, to=other.owner)
    word = Word("nudge", f"correction:{incident.key}", sitting.now.isoformat())
    await saying.to_person(sitting, terms, other.owner, card, word)
    return Proposed(proposal, indicator)


async def _follow(
    sitting: Sitting,
    incident: Incident,
    entry: Entry,
    promises: tuple[Indicator, ...],
    *,
    before: Incident | None = None,
    restates: bool = False,
) -> None:
    """Record what happened, and let every period be looked at whose figure it may change."""
    after = {"service": incident.service, "at": entry.at.isoformat(), "reason": entry.reason}
    what = "IncidentRestated" if restates else _FACTS[entry.happened]
    await sitting.record(what, incident.key, None, after | ({"what": entry.happened} if restates else {}))
    stretch = incidents.touched(before or incident, entry, sitting.now)
    if stretch is None:
        return
    for promise in promises:
        for indicator in levels.periods_since(promise, stretch[0], sitting.now):
            await levels.look_again(sitting, indicator)


async def _promises(sitting: Sitting, service: str, doing: str) -> tuple[Indicator, ...]:
    """The promises that a service's incidents count for; refuses whoever reports none of them."""
    promises = levels.of_service(sitting, service)
    if not promises:
        raise Refusal(f"No promise counts incidents of {service}.", "Say `status` to see what is promised.")
    for each in promises:
        if await levels.may_report(sitting, each.terms, each.commitment):
            return promises
    await levels.require_reporter(sitting, promises[0].terms, promises[0].commitment, doing)
    return promises


def _closed_by(
    promises: tuple[Indicator, ...], stretch: tuple[datetime, datetime], now: datetime
) -> tuple[Indicator, ...]:
    """The promises with a period, judged already, that a stretch of time reaches into; that period of each."""
    found = []
    for promise in promises:
        for indicator in levels.periods_since(promise, stretch[0], now):
            span = indicator.span
            if span.judged_at <= now and stretch[0] < span.ends_at and stretch[1] > span.starts_at:
                found.append(indicator)
                break
    return tuple(found)


def _ask_at(promises: tuple[Indicator, ...], now: datetime) -> datetime:
    calendar = promises[0].terms.calendars[promises[0].terms.calendar]
    return calendar.after_whole_working_days(now, ASKED_AFTER)
