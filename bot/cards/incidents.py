"""Incidents as people hear of them: an answer with the standings, a list, a question, a correction to agree to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards.levels import attained, promised, takes
from bot.cards.offers import act, ask
from bot.cards.words import (
    called,
    count,
    cut,
    joined,
    marked,
    moment,
    party,
    period_name,
    person,
    quoted,
    run,
    span_in_words,
    titled,
)
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Table, Text
from slacore.agreements import Terms
from slacore.commitments import Commitment
from slacore.incidents import Entry, Incident
from slacore.periods import Period
from slacore.standing import LevelStanding

_SHOWN = 15
_HAPPENED = {
    "started": "it started",
    "acknowledged": "somebody had it",
    "restored": "the service was back",
    "ended": "the fault was mended",
    "excluded": "time is excluded from",
    "exclusions withdrawn": "all its time counts again",
}


def logged(
    incident: Incident, standings: Sequence[tuple[Commitment, Terms, LevelStanding]], terms: Terms, now: datetime
) -> Card:
    """The answer to whoever logged it: how the incident is, and what it makes of the promises it counts for."""
    blocks: list[Block] = [Text(_course(incident, terms, now))]
    for commitment, their, standing in standings:
        period = period_name(standing.span.period, now, their.zone)
        figure = f"{attained(standing)}, {promised(standing.level)} promised. {takes(standing)}".strip()
        state = marked(standing.state, standing.provisional)
        blocks.append(Fact(cut(f"{commitment.name}, {period}", 60), (f"{state} · {figure}",)))
    return Card(
        title=titled(f"{incident.key} · {incident.service} · {_state(incident)}"),
        summary=f"{incident.key}, {incident.service}: {_state(incident)}.",
        blocks=tuple(blocks),
        buttons=_buttons(incident),
        tone="warning" if incident.is_open else "plain",
        ref=incident.key,
    )


def listed(incidents: Sequence[Incident], terms: Terms, now: datetime) -> Card:
    """Answer `incidents`: newest first."""
    if not incidents:
        return Card("No incident is on the record", "No incident is on the record.")
    still = sum(each.is_open for each in incidents)
    title = f"{count(len(incidents), 'incident')}, {still or 'none'} open"
    rows = tuple(
        (
            (f"{each.key} {each.service}",),
            (moment(each.started_at, terms),),
            (moment(each.restored_at, terms) if each.restored_at else "still down",),
            (_lasted(each, now),),
            (cut(each.cause, 60),),
        )
        for each in incidents[:_SHOWN]
    )
    blocks: list[Block] = [Table(("Incident", "Down from", "Until", "For", "Cause"), rows)]
    if len(incidents) > _SHOWN:
        blocks.append(Note((f"+{len(incidents) - _SHOWN} earlier.",)))
    return Card(titled(title), f"{title}.", tuple(blocks))


def still_open(incident: Incident, terms: Terms, now: datetime, *, to: str) -> Card:
    """Ask whoever reports it whether it is over: it counts to now until somebody says so."""
    lasted = span_in_words(now - incident.started_at)
    says = f"{incident.key} of {incident.service} has been open for {lasted}. Is it still?"
    return Card(
        title=titled(f"{incident.key} · {incident.service} · open for {lasted}"),
        summary=says,
        blocks=(
            Text(run(person(terms, to), f", {says}")),
            Text(_course(incident, terms, now)),
            Note(("It counts as downtime to now until you say when it was over. I ask once a working day.",)),
        ),
        buttons=_buttons(incident),
        tone="warning",
        ref=incident.key,
    )


def proposed(incident: Incident, entry: Entry, period: Period, terms: Terms, *, to: str = "") -> Card:
    """A correction of a closed period: the other side (`to`) is asked to say the same; else the asker's answer."""
    what = _wanted(entry, terms)
    note = f"{period.label} is closed, so nothing changes before both sides say the same; then it is shown as restated."
    if not to:
        return Card(
            titled(f"{incident.key}: the other side is asked to agree"), note, (Note((note,)),), ref=incident.key
        )
    asker = run(person(terms, entry.by), f" of {party(terms, entry.proposed_by)} asks to put on the record that ")
    return Card(
        title=titled(f"{incident.key} · Correct it?"),
        summary=f"{called(terms, entry.by)} asks to correct {incident.key}, {incident.service}.",
        blocks=(
            Text(run(asker, what, f" ({incident.key}, {incident.service}): {quoted(entry.reason)}.")),
            Note((note,)),
        ),
        buttons=(
            act("Agree", _says(incident, entry), style="primary", may=(to,)),
            act("History", f"history {incident.key}"),
        ),
        ref=incident.key,
    )


def _wanted(entry: Entry, terms: Terms) -> Spans:
    if entry.happened == "exclusions withdrawn":
        return ("all its time counts again",)
    if entry.happened == "excluded":
        return run(
            "time is excluded, from ", moment(entry.at, terms), " until ", moment(entry.until or entry.at, terms)
        )
    return run(f"{_HAPPENED[entry.happened]} ", moment(entry.at, terms))


def _says(incident: Incident, entry: Entry) -> str:
    """The command that says the same."""
    at = f"{entry.at:%Y-%m-%dT%H:%MZ}"
    match entry.happened:
        case "excluded":
            minutes = int(((entry.until or entry.at) - entry.at) / timedelta(minutes=1))
            return f"incident exclude {incident.key} {minutes}m from {at} because I agree"
        case "exclusions withdrawn":
            return f"incident exclude {incident.key} none because I agree"
        case "acknowledged":
            return f"incident ack {incident.key} at {at} because I agree"
        case stage:
            return f"incident {'end' if stage == 'ended' else stage} {incident.key} at {at} because I agree"


def _state(incident: Incident) -> str:
    if incident.is_open:
        return "down, taken on" if incident.acknowledged_at else "down"
    return "ended" if incident.ended_at else "restored"


def _lasted(incident: Incident, now: datetime) -> str:
    since, until = incident.down(now)
    return span_in_words(until - since)


def _course(incident: Incident, terms: Terms, now: datetime) -> Spans:
    """What has happened so far, in order."""
    parts: list[Spans] = [run("Down since ", moment(incident.started_at, terms), f", for {_lasted(incident, now)}.")]
    if incident.restored_at is not None:
        parts = [
            run("Down from ", moment(incident.started_at, terms), " until ", moment(incident.restored_at, terms),
                f", for {_lasted(incident, now)}.")
        ]  # fmt: skip
    if incident.acknowledged_at is not None:
        parts.append(run("Taken on ", moment(incident.acknowledged_at, terms), "."))
    if incident.ended_at is not None and incident.ended_at != incident.restored_at:
        parts.append(run("Mended ", moment(incident.ended_at, terms), "."))
    excluded = sum((each.until_at - each.from_at for each in incident.exclusions), timedelta())
    if excluded:
        parts.append((f"{span_in_words(excluded)} of it excluded.",))
    if incident.cause.strip():
        parts.append((f"Cause: {quoted(incident.cause)}.",))
    return joined(parts)


def _buttons(incident: Incident) -> tuple[Button, ...]:
    version, key = incident.revision, incident.key
    if incident.is_open:
        taken = () if incident.acknowledged_at else (act("I have it", f"incident ack {key}", version=version),)
        return (
            act("Restored now", f"incident restored {key}", style="primary", version=version),
            *taken,
            ask("Restored earlier", f"incident restored {key}", version=version),
            act("History", f"history {key}"),
        )
    if incident.ended_at is None:
        return (act("Mended now", f"incident end {key}", version=version), act("History", f"history {key}"))
    return (ask("Exclude time", f"incident exclude {key}", version=version), act("History", f"history {key}"))
