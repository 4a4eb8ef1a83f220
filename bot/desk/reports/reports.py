"""The weekly report at the desk: drafted for its reporter, approved or not, and posted by its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.cards import reports as report_cards
from bot.desk import obligations as duties
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.misses import bests
from bot.desk.reports import rhythms
from bot.desk.reports.lines import line
from bot.desk.reports.rhythms import MONTH, Due
from bot.desk.sitting import Sitting
from bot.desk.standings import results
from bot.store import disputes, schedules
from bot.store import obligations as kept_obligations
from bot.store import reports as kept_reports
from bot.store.reports import Issue
from slacore.agreements import Agreement, ReportSchedule, Terms, require_signed
from slacore.errors import Refusal
from slacore.periods import Slot, print_date
from slacore.recoveries import Recovery
from slacore.reports import Changed, Line, VolumeLine, WeeklyReport
from slacore.results import Learnt
from slacore.sweep import LATE_AFTER

KIND = "report"


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Set the rhythm of an agreement's reports going."""
    terms = agreement.latest.terms
    for index in range(len(terms.reports)):
        subject = f"{agreement.slug}/{index}"
        if await schedules.find(sitting.tx, KIND, subject) is None:
            upcoming = next(rhythms.events(terms, terms.reports[index], sitting.now), None)
            if upcoming is not None:
                await schedules.put(sitting.tx, KIND, subject, upcoming.at)


async def look(sitting: Sitting, subject: str, looked_for: datetime) -> None:
    """Draft and post what has come due since `looked_for`; of several reports missed, only the newest is posted."""
    slug, number = subject.split("/", 1)
    index = int(number)
    agreement = sitting.agreement(slug)
    version = agreement.in_force(sitting.today(agreement.latest.terms.zone)) or agreement.latest
    if index >= len(version.terms.reports):
        await schedules.end(sitting.tx, KIND, subject)
        return
    terms, schedule = version.terms, version.terms.reports[index]
    passed: list[Due] = []
    upcoming: Due | None = None
    for event in rhythms.events(terms, schedule, looked_for - timedelta(microseconds=1)):
        if event.at > sitting.now:
            upcoming = event
            break
        if agreement.in_force(event.slot.on) is not None:
            passed.append(event)
    posts = [event for event in passed if not event.preview]
    for event in passed:
        if event.preview and (not posts or event.slot.at > posts[-1].slot.at):
            await _preview(sitting, agreement, terms, index, event.slot)
        elif not event.preview and event is not posts[-1]:
            await kept_reports.skip(sitting.tx, agreement.slug, index, event.slot.on, sitting.now)
    if posts and not await _is_out(sitting, agreement, index, posts[-1].slot):
        await _post(sitting, agreement, terms, index, posts[-1].slot)
    if upcoming is None:
        await schedules.end(sitting.tx, KIND, subject)
    else:
        await schedules.put(sitting.tx, KIND, subject, upcoming.at)


async def _is_out(sitting: Sitting, agreement: Agreement, index: int, slot: Slot) -> bool:
    """Whether the reporter sent it before its hour."""
    issue = await kept_reports.find(sitting.tx, agreement.slug, index, slot.on)
    return issue is not None and issue.issued_at is not None


async def draft(sitting: Sitting, agreement: Agreement, index: int = 0) -> tuple[WeeklyReport, datetime]:
    """The report as it would be posted now, and when its next slot posts it."""
    terms = _terms_now(sitting, agreement)
    if index >= len(terms.reports):
        raise Refusal(f"{terms.name} has no report.", "Add one under `reports:` in its file.")
    slot = rhythms.current_slot(sitting.today(terms.zone), terms, terms.reports[index])
    return await assemble(sitting, agreement, terms, index, slot.on), slot.at


async def add_note(sitting: Sitting, agreement: Agreement, note: str, index: int = 0) -> None:
    """The reporter adds his own words to the next report."""
    terms = _terms_now(sitting, agreement)
    schedule = await _require_reporter(sitting, terms, index)
    slot = rhythms.current_slot(sitting.today(terms.zone), terms, schedule)
    await kept_reports.note(sitting.tx, agreement.slug, index, slot.on, note)
    await sitting.record("ReportNoted", f"{agreement.slug}/{slot.on}", None, {"note": note})


async def approve(
    sitting: Sitting, agreement: Agreement, *, post_now: bool, index: int = 0
) -> tuple[WeeklyReport, datetime]:
    """The reporter stands behind the report: that is what keeps the promise of it. It goes out at its hour, or now."""
    terms = _terms_now(sitting, agreement)
    schedule = await _require_reporter(sitting, terms, index)
    slot = rhythms.current_slot(sitting.today(terms.zone), terms, schedule)
    issue = await kept_reports.find(sitting.tx, agreement.slug, index, slot.on)
    if issue is not None and issue.approved_by:
        who = terms.name_of(issue.approved_by)
        raise Refusal(f"The report for {print_date(slot.on)} was already approved by {who}.", "Nothing left to do.")
    await kept_reports.approve(sitting.tx, agreement.slug, index, slot.on, sitting.actor, sitting.now)
    await _keep_promise(sitting, agreement, schedule, slot)
    await sitting.record("ReportApproved", f"{agreement.slug}/{slot.on}", None, {"by": sitting.actor})
    if post_now or await _is_out(sitting, agreement, index, slot):
        await _post(sitting, agreement, terms, index, slot)
    return await assemble(sitting, agreement, terms, index, slot.on), slot.at


async def assemble(
    sitting: Sitting, agreement: Agreement, terms: Terms, index: int, on: date, *, late: bool = False
) -> WeeklyReport:
    """Write a report from standings: a line a promise, what changed since the last one, what is disputed."""
    schedule = terms.reports[index]
    issue = await kept_reports.find(sitting.tx, agreement.slug, index, on) or Issue(agreement.slug, index, on)
    number, of = rhythms.place_in_period(terms, schedule, on)
    here = set(rhythms.channels_of(terms, schedule))
    lines = [
        found
        for each in terms.commitments
        if here & set(terms.channels_of(each))
        and (found := await line(sitting, agreement, terms, each, each.period.containing(on), in_public=True))
    ]
    period = MONTH.containing(on)
    return WeeklyReport(
        agreement=agreement.key,
        terms=terms,
        period=period,
        on=on,
        at=sitting.now,
        number=number,
        of=of,
        reporter=schedule.reporter,
        lines=tuple(lines),
        changed=await _changed(sitting, agreement, index, on, lines),
        disputes=await disputes.open_in(sitting.tx, agreement.slug, terms),
        note=issue.note,
        approved_by=issue.approved_by,
        late=late,
        learnt=await _learnt(sitting, agreement, lines, on),
        best=await _best(sitting, agreement, terms, schedule, lines, on),
    )


async def _best(
    sitting: Sitting, agreement: Agreement, terms: Terms, schedule: ReportSchedule, lines: Sequence[Line], on: date
) -> Recovery | None:
    """The best recovery of the month before, of the promises that the report tells of; in a month's first report."""
    month = MONTH.containing(on)
    slots = schedule.slots.slots(month, terms.calendars[terms.calendar], terms.zone)
    if not slots or slots[0].on != on:
        return None
    among = {each.commitment.slug for each in lines}
    return await bests.of_month(sitting, agreement, MONTH.previous(month), among)


async def _learnt(sitting: Sitting, agreement: Agreement, lines: Sequence[Line], on: date) -> tuple[Learnt, ...]:
    """What became of the units that were handed over with a name, under the promises that the report tells of."""
    found = [
        await results.learnt(sitting, agreement, each.commitment, each.commitment.period.containing(on))
        for each in lines
        if isinstance(each, VolumeLine)
    ]
    return tuple(each for each in found if each.whole.items)


async def _preview(sitting: Sitting, agreement: Agreement, terms: Terms, index: int, slot: Slot) -> None:
    await kept_reports.previewed(sitting.tx, agreement.slug, index, slot.on, sitting.now)
    report = await assemble(sitting, agreement, terms, index, slot.on)
    reporter = terms.reports[index].reporter
    reader = await _answers(sitting, terms, reporter) or reporter
    card = report_cards.preview(
        report, goes_out_at=slot.at, now=sitting.now, reader=reader, stands_in=reader != reporter
    )
    word = Word("preview", f"preview:{agreement.slug}:{index}:{slot.on}")
    await saying.to_person(sitting, terms, reader, card, word)


async def _post(sitting: Sitting, agreement: Agreement, terms: Terms, index: int, slot: Slot) -> None:
    """Say the report where its parties talk. Posting again after a late approval edits it in place."""
    late = sitting.now - slot.at > LATE_AFTER
    posted_before = await _is_out(sitting, agreement, index, slot)
    report = await assemble(sitting, agreement, terms, index, slot.on, late=late)
    card = report_cards.weekly(report, now=sitting.now)
    totals = {
        line.commitment.slug: [line.standing.piles.accepted, line.standing.piles.awaiting, line.standing.piles.disputed]
        for line in report.lines
        if isinstance(line, VolumeLine)
    }
    await kept_reports.issued(sitting.tx, agreement.slug, index, slot.on, sitting.now, totals)
    rhythm = f"report:{agreement.slug}:{index}"
    word = Word("report", f"{rhythm}:{slot.on}", "approved" if posted_before else "1", late=late, newest_of=rhythm)
    for channel in rhythms.channels_of(terms, terms.reports[index]):
        await saying.in_channel(sitting, channel, card, word)
    await sitting.record("ReportPosted", f"{agreement.slug}/{slot.on}", None, {"approved_by": report.approved_by})


async def _keep_promise(sitting: Sitting, agreement: Agreement, schedule: ReportSchedule, slot: Slot) -> None:
    if not schedule.commitment:
        return
    owed = await kept_obligations.of_subject(
        sitting.tx, agreement.slug, schedule.commitment, "slot", slot.on.isoformat()
    )
    if owed is not None and not owed.settled:
        await duties.deliver(sitting, owed, f"report of {slot.on.isoformat()}")


async def _changed(sitting: Sitting, agreement: Agreement, index: int, on: date, lines: list[Line]) -> Changed | None:
    """What moved since the report before, of the same period."""
    before = await kept_reports.last_before(sitting.tx, agreement.slug, index, on)
    if before is None or before.issued_at is None or MONTH.containing(before.on) != MONTH.containing(on):
        return None
    now = [line.standing.piles for line in lines if isinstance(line, VolumeLine)]
    then = [before.totals.get(line.commitment.slug, [0, 0, 0]) for line in lines if isinstance(line, VolumeLine)]
    return Changed(
        since=before.issued_at,
        handed=sum(piles.total for piles in now) - sum(map(sum, then)),
        accepted=sum(piles.accepted for piles in now) - sum(each[0] for each in then),
        disputed=sum(piles.disputed for piles in now) - sum(each[2] for each in then),
    )


def _terms_now(sitting: Sitting, agreement: Agreement) -> Terms:
    version = agreement.in_force(sitting.today(agreement.latest.terms.zone))
    if version is None:
        terms = agreement.latest.terms
        require_signed(terms)
        raise Refusal(
            f"{terms.name} is not in force today.",
            f"It begins on {print_date(terms.effective_on)}."
            if sitting.today(terms.zone) < terms.effective_on
            else "It has ended.",
        )
    return version.terms


async def stands_in(sitting: Sitting, agreement: Agreement, index: int = 0) -> bool:
    """Whether the speaker answers for a reporter who is away."""
    terms = _terms_now(sitting, agreement)
    reporter = terms.reports[index].reporter if index < len(terms.reports) else sitting.actor
    return sitting.actor != reporter and sitting.actor == await _answers(sitting, terms, reporter)


async def _answers(sitting: Sitting, terms: Terms, reporter: str) -> str:
    """The reporter, or whoever stands in while he is away; "" for nobody."""
    presence = await sitting.presence()
    deputies = tuple(each for party in terms.parties_of(reporter) for each in (*party.deputies, party.owner))
    return presence.stands_in(reporter, deputies, sitting.now)


async def _require_reporter(sitting: Sitting, terms: Terms, index: int) -> ReportSchedule:
    if index >= len(terms.reports):
        raise Refusal(f"{terms.name} has no report.", "Add one under `reports:` in its file.")
    schedule = terms.reports[index]
    if sitting.actor not in {schedule.reporter, await _answers(sitting, terms, schedule.reporter)}:
        raise Refusal(
            f"Only {terms.name_of(schedule.reporter)} can do this: the report is theirs to stand behind.",
            "Say `report preview` to read it.",
        )
    return schedule
