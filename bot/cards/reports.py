"""The weekly report: every promise in one look, in the parties' channel, and a day earlier to its reporter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import lines
from bot.cards.bests import best
from bot.cards.lines import Overview
from bot.cards.offers import act, ask
from bot.cards.results import state_of_units
from bot.cards.words import (
    called,
    capital,
    count,
    cut,
    day_text,
    day_text_of,
    deadline,
    listed,
    listed_spans,
    moment,
    period_name,
    person,
    quoted,
    run,
    titled,
)
from bot.chat.card import Block, Button, Card, Chart, Fact, Note, Spans, Text, Tone
from slacore.agreements import Terms
from slacore.reports import Changed, OpenDispute, WeeklyReport

_SHOWN = 5
"""Open disputes that are listed one by one."""

_WORST: tuple[tuple[str, Tone], ...] = (("missed", "bad"), ("behind", "warning"), ("at risk", "warning"))


def weekly(report: WeeklyReport, now: datetime) -> Card:
    """The report as the channel gets it, approved or not; it says which."""
    blocks = [*_body(report, now), Note(_approval(report))]
    if report.late:
        blocks.insert(0, Note((f"Late: this is the report of {day_text(report.on, now, report.terms.zone)}.",)))
    return Card(
        title=titled(_title(report, now)),
        summary=_summary(report, now),
        blocks=tuple(blocks),
        tone=_tone(report),
        ref=_ref(report),
    )


def preview(
    report: WeeklyReport, *, goes_out_at: datetime, now: datetime, reader: str = "", stands_in: bool = False
) -> Card:
    """The draft as one person sees it: what will go out, when, and what approving it changes.

    `reader` is the member who looks; without one, the draft is for its reporter. Who `stands_in` for
    the reporter may do what he can.
    """
    is_own = reader in ("", report.reporter)
    terms = report.terms
    where = listed(channels_of(report)) or "the channel"
    return Card(
        title=titled(f"Draft · {_title(report, now)}"),
        summary=f"Draft for {called(terms, report.reporter)}: {_summary(report, now)}",
        blocks=(
            *_body(report, now),
            Note(_before_it_goes(report, where, goes_out_at, now, is_own=is_own, stands_in=stands_in)),
        ),
        buttons=_buttons(report, reader or report.reporter) if is_own or stands_in else (),
        tone=_tone(report),
        ref=_ref(report),
    )


def chart_of(report: WeeklyReport) -> Chart | None:
    """The report as a picture: a panel a volume promise, bars for the others; None where nothing is promised."""
    return lines.picture(_overviews(report), f"{report.terms.name}, {report.period.label}", report.at)


def channels_of(report: WeeklyReport) -> tuple[str, ...]:
    """The channels that a report goes to: those of the promise that it serves."""
    terms = report.terms
    serves = next((each.commitment for each in terms.reports if each.reporter == report.reporter), "")
    found = terms.channels_of(terms.commitment(serves)) if serves else terms.channels
    return tuple(channel.name for channel in found)


def _overviews(report: WeeklyReport) -> tuple[Overview, ...]:
    return tuple(Overview("", report.terms, report.period, line) for line in report.lines)


def _title(report: WeeklyReport, now: datetime) -> str:
    day = day_text(report.on, now, report.terms.zone)
    number = f" {report.number} of {report.of}" if report.of else ""
    return f"Report{number} · {cut(report.terms.name, 40)} · {day}"


def _ref(report: WeeklyReport) -> str:
    return f"{report.agreement} {report.on.isoformat()}"


def _summary(report: WeeklyReport, now: datetime) -> str:
    told = "; ".join(lines.in_short(each, now) for each in _overviews(report)) or "nothing is promised yet"
    return f"{_title(report, now).replace(' · ', ', ')}: {told}."


def _tone(report: WeeklyReport) -> Tone:
    firm = {line.state for line in report.lines if not lines.is_provisional(line)}
    for state, tone in _WORST:
        if state in firm:
            return tone
    return "plain"


def _body(report: WeeklyReport, now: datetime) -> list[Block]:
    overviews = _overviews(report)
    blocks: list[Block] = []
    if (chart := chart_of(report)) is not None:
        blocks.append(chart)
    if overviews:
        blocks.append(lines.table(overviews, now, capital(period_name(report.period, now, report.terms.zone))))
    for each in overviews:
        blocks += lines.details(each, now)
    if report.best is not None:
        blocks.append(best(report.best, report.last_period, report.terms, now))
    for learnt in report.learnt:
        blocks += state_of_units(learnt)
    if report.changed is not None:
        since = day_text_of(report.changed.since, now, report.terms.zone)
        blocks.append(Fact(f"Since {since}", (_changed(report.changed),)))
    blocks += _disputes(report.disputes, report.terms)
    if report.note.strip():
        blocks.append(Text(run(person(report.terms, report.reporter), f": {quoted(report.note)}")))
    return blocks


def _changed(changed: Changed) -> str:
    parts = []
    if changed.handed:
        parts.append(f"{abs(changed.handed):,} {'handed over' if changed.handed > 0 else 'taken back'}")
    if changed.accepted:
        parts.append(f"{abs(changed.accepted):,} {'accepted' if changed.accepted > 0 else 'no longer accepted'}")
    if changed.disputed:
        parts.append(f"{abs(changed.disputed):,} {'disputed' if changed.disputed > 0 else 'no longer disputed'}")
    return ", ".join(parts) or "nothing moved"


def _disputes(disputes: Sequence[OpenDispute], terms: Terms) -> list[Block]:
    if not disputes:
        return []
    shown: list[Spans] = [
        run(
            f"{each.handoff}, {each.quantity:,} {each.unit_word} since ",
            moment(each.opened_at, terms, "day"),
            f", {quoted(cut(each.reason, 120))}" if each.reason.strip() else "",
        )
        for each in disputes[:_SHOWN]
    ]
    if len(disputes) > _SHOWN:
        shown.append((f"{len(disputes) - _SHOWN:,} more",))
    return [Fact(count(len(disputes), "open dispute"), listed_spans(shown))]


def _approval(report: WeeklyReport) -> Spans:
    """Whose report it is: what approving it means for the promise of it."""
    terms = report.terms
    if report.approved_by:
        return run("Approved by ", person(terms, report.approved_by), ".")
    if not report.of:
        return run("Not approved by ", person(terms, report.reporter), "; nobody owes this week's report.")
    who = person(terms, report.reporter)
    which = f"report {report.number} of {report.of}"
    went = "it goes out without that" if report.late else "it went out at its hour"
    return run("Not approved by ", who, f": {went}, and {which}, which ", who, " owes, stays open.")


def _before_it_goes(
    report: WeeklyReport, where: str, goes_out_at: datetime, now: datetime, *, is_own: bool, stands_in: bool
) -> Spans:
    terms = report.terms
    reporter = person(terms, report.reporter)
    why = ("You report on this agreement. ",) if is_own else run(reporter, " reports on this agreement. ")
    if stands_in:
        why = run("You stand in for ", reporter, ", who reports on this agreement. ")
    if now >= goes_out_at:
        goes = run(f"It went to {where} ", deadline(goes_out_at, terms), ".")
    else:
        goes = run(f"It goes to {where} ", deadline(goes_out_at, terms), ", approved or not.")
    if report.approved_by:
        return run(why, "Approved by ", person(terms, report.approved_by), ". ", goes)
    if not report.of:
        return run(why, goes, " Nobody owes this week's report.")
    number = f" Report {report.number} of {report.of}, which "
    return run(why, goes, number, *(("you owe",) if is_own else (reporter, " owes")), ", is kept only by approving it.")


def _buttons(report: WeeklyReport, reader: str) -> tuple[Button, ...]:
    """Approve, or add a note; `version` is the report's date, so that an old draft approves no newer report."""
    version, may = report.on.toordinal(), (reader,)
    note = ask("Add a note" if not report.note.strip() else "Change the note", "report note", version=version, may=may)
    if report.approved_by:
        return (note,)
    return act("Approve", "report approve", style="primary", version=version, may=may), note
