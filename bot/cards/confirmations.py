"""Short private answers: that something was done, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.cards.duties import Duty, is_confirmed
from bot.cards.offers import act, ask
from bot.cards.reports import channels_of
from bot.cards.words import (
    cut,
    day_text,
    day_text_of,
    deadline,
    last_moment,
    listed,
    moment,
    party,
    quoted,
    relative_day,
    run,
    said,
    said_plainly,
    small,
    titled,
)
from bot.chat.card import Button, Card, Spans, Text, Tone
from bot.chat.plain import day_of
from slacore.periods import print_dates
from slacore.presence import QuietHours
from slacore.reports import WeeklyReport


def receipt_elsewhere(key: str, channels: Sequence[str]) -> Card:
    """The answer to words about a handoff that were said out of sight of its receipt."""
    where = f"in {listed(channels)}" if channels else "on the record"
    title, shown = f"{key} is noted", f"Its receipt is {where}, and shows what becomes of it."
    return _short(title, shown, (act("History", f"history {key}"),), ref=key)


def correction_proposed(key: str, to: int, other: str) -> Card:
    """A correction that waits for the other side."""
    said = f"Nothing changes until {other} agrees, by saying the same or pressing the button on the receipt."
    return _short(f"{key}: {other} is asked to agree to {to:,}", said, ref=key)


def done(duty: Duty, now: datetime, *, withheld: bool = False) -> Card:
    """Something owed was delivered, on time or late; `withheld` where words beside it were not kept."""
    obligation, name = duty.obligation, cut(duty.name(now), 60)
    to = party(duty.terms, duty.other_side)
    late = obligation.state == "missed"
    spans: Spans = (f"{to} gets it on time.",)
    if late:
        due = deadline(obligation.due_at, duty.terms)
        spans = run("It was due ", due, ". It is made good, late; the miss stays on the record.")
    if obligation.evidence.strip():
        spans = run(spans, f" With it: {quoted(obligation.evidence)}.")
    if withheld:
        spans = run(spans, f" {_NOT_KEPT if is_confirmed(duty) else _A_WORD_IS_ENOUGH}")
    title = titled(f"{'Done late' if late else 'Done'}: {name}")
    summary = f"{title}. {'It is made good, late.' if late else 'On time.'}"
    tone: Tone = "warning" if late else "good"
    return Card(title, summary, (Text(spans),), (act("History", f"history {obligation.key}"),), tone, obligation.key)


_A_WORD_IS_ENOUGH = "The agreement takes your word for it, so what you sent with it was not kept."
_NOT_KEPT = (
    "Your confirmation counts; the words beside it were not kept. I never take a password: if there was one among "
    "them, delete your message and choose another."
)


def acknowledged(duty: Duty, now: datetime) -> Card:
    """Somebody has it: until when nobody further hears."""
    obligation, name = duty.obligation, cut(duty.name(now), 50)
    until = obligation.acked_until or now
    spans = run(
        "Nobody further is told before ",
        moment(until, duty.terms),
        ". Then the next in line hears, if it is still open.",
    )
    summary = f"You have {name}; nobody further is told before {day_text_of(until, now, duty.terms.zone)}."
    return Card(titled(f"You have it: {name}"), summary, (Text(spans),), ref=obligation.key)


def snoozed(duty: Duty, until: datetime, now: datetime) -> Card:
    """A reminder was put off: until when, and how often that is still possible."""
    obligation, terms = duty.obligation, duty.terms
    left = terms.policy_of(duty.commitment).snoozes_allowed - obligation.snoozes
    more = f"You can put it off {small(left)} more {'time' if left == 1 else 'times'}." if left > 0 else "Not again."
    name = cut(duty.name(now), 50)
    near = relative_day(last_moment(obligation.due_at), now, terms.zone)
    due = run(f" It is due {near}, ", deadline(obligation.due_at, terms), ".")
    if now >= obligation.due_at:
        due = run(" It was due ", deadline(obligation.due_at, terms), ".")
    spans = run("I remind you ", moment(until, terms), ". ", more, due)
    summary = f"{name}: reminder put off to {day_text_of(until, now, terms.zone)}."
    return Card(titled(f"Put off: {name}"), summary, (Text(spans),), ref=obligation.key)


def report_approved(report: WeeklyReport, goes_out_at: datetime | None, now: datetime) -> Card:
    """The reporter stands behind the report; it goes out at its hour, or has just gone (None)."""
    terms = report.terms
    where = listed(channels_of(report)) or "the channel"
    number = f" {report.number} of {report.of}" if report.of else ""
    goes: Spans = (f"It goes to {where} now.",)
    if goes_out_at is not None and goes_out_at > now:
        goes = run(f"It goes to {where} ", moment(goes_out_at, terms), ".")
    kept = f" With it report {report.number} of {report.of}, which you owe, is delivered." if report.of else ""
    day = day_text(report.on, now, terms.zone)
    title = titled(f"Approved: report{number}, {day}")
    note = (ask("Change the note" if report.note.strip() else "Add a note", "report note"),)
    buttons = note if goes_out_at is not None and goes_out_at > now else ()
    return Card(title, f"{title}.{kept}", (Text(run(goes, kept)),), buttons, "good", report.agreement)


def away(first_on: date, last_on: date, instead: Sequence[str]) -> Card:
    """Somebody is away for whole days: which weekdays those are, and who hears meanwhile (names; nobody, if none)."""
    gets = f"{listed(instead)} {'gets' if len(instead) == 1 else 'get'} what would reach you"
    hears = (
        gets if instead else "Nobody stands in for you: name somebody with `away … to @deputy`, or what is due goes on"
    )
    if first_on == last_on:
        when = f"That is {day_of(first_on)}."
    else:
        when = f"From {day_of(first_on)} to {day_of(last_on)}, both included."
    then = "." if instead else " to the next step at once."
    return _short(f"Away {print_dates(first_on, last_on)}", f"{when} {hears}{then}", (act("I am back", "away off"),))


def back() -> Card:
    """Somebody is here again."""
    return _short("You are back", "What concerns you comes to you again.")


def quiet(hours: QuietHours | None) -> Card:
    """Quiet hours in one's own time, or none."""
    if hours is None:
        return _short("No quiet hours", "Messages reach you at any hour.", (ask("Set quiet hours", "quiet"),))
    span = f"{hours.from_:%H:%M}–{hours.until:%H:%M}"
    waits = "What comes up then waits until they end; only what the agreement marks urgent does not. `health` shows it."
    return _short(f"Quiet {span}, your time", waits, (act("No quiet hours", "quiet off"),))


def digest(at: time | None) -> Card:
    """The daily digest at a time of one's own day, or none."""
    if at is None:
        said = "Nothing is summed up for you any more; single messages still come."
        return _short("No digest", said, (act("Digest at 09:00", "digest 09:00"),))
    said = "It comes on days that have something for you."
    return _short(f"Digest at {at:%H:%M}, your time", said, (act("No digest", "digest off"),))


def note_added(report: WeeklyReport, now: datetime) -> Card:
    """The reporter's own words are in the next report."""
    day = day_text(report.on, now, report.terms.zone)
    return _short(f"Your note is in the report of {day}", f"It will say: {quoted(report.note)}", ref=report.agreement)


def _short(title: str, what: str, buttons: tuple[Button, ...] = (), *, ref: str = "") -> Card:
    return Card(titled(title), f"{title}. {said_plainly(what)}", (Text(said(what)),), buttons, ref=ref)
