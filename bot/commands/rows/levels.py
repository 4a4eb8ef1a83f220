"""Reporting levels: log a reading, correct one, and bring an incident through its stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256

from bot.cards import duplicates
from bot.cards import incidents as incident_cards
from bot.cards import levels as level_cards
from bot.chat.talk import Reply, Utterance
from bot.commands.arguments import (
    CommitmentArg,
    DateArg,
    Figure,
    FigureArg,
    FileArg,
    KeyArg,
    Length,
    LengthArg,
    MomentArg,
    Month,
    MonthArg,
    ServiceArg,
    TextArg,
)
from bot.commands.command import Argument, Arguments, Command, Incomplete, Run
from bot.commands.context import Context
from bot.commands.forms import form_for
from bot.commands.versions import require_current
from bot.commands.vocabulary import CommitmentName, ServiceName
from bot.desk.levels import incidents, levels, readings
from bot.desk.messages import echoes
from bot.desk.sitting import Sitting
from bot.documents.lists import ENDINGS
from bot.documents.measurements import read_lines, read_table
from bot.store import commitments
from bot.store import incidents as kept_incidents
from bot.store import readings as kept_readings
from slacore.agreements import Agreement
from slacore.commitments import Commitment, Level
from slacore.errors import Refusal
from slacore.incidents import Incident, Stage
from slacore.keys import number_of
from slacore.readings import Proposal
from slacore.standing import reporter_of


async def log(context: Context, arguments: Arguments) -> Reply:
    """`log availability 99.93 [on 16 Oct | for October]`, `log availability readings …`, or with a file."""
    name = arguments.one("indicator", CommitmentName)
    agreement, commitment = await _promise(context, name)
    figures = _figures(levels.level_of(commitment), context, arguments)
    if not figures:
        asked = Incomplete(context.asked.command, arguments, ("figure",))
        return Reply(form=form_for(asked, context.vocabulary))
    heard = _words_and_file(context.utterance)
    if (echo := await echoes.heard_before(context.sitting, heard)) is not None:
        if heard.files:
            raise Refusal("You sent the same readings a moment ago.", f"They are logged, up to {echo.subject}.")
        again = echoes.again(echo.subject, context.said)
        return Reply(card=duplicates.duplicate(echo.subject, echo.said_at, context.sitting.now, again, "reading"))
    indicator, key = await readings.log(context.sitting, agreement, commitment.slug, figures)
    await echoes.remember(context.sitting, heard, key)
    standing = await levels.standing_of(context.sitting, indicator.terms, indicator.commitment, indicator.period)
    card = level_cards.logged(
        indicator.commitment, standing, indicator.terms, context.sitting.now, readings=len(figures), key=name.key
    )
    return Reply(card=card)


def _words_and_file(utterance: Utterance) -> Utterance:
    """The request as it is told apart from another: by its words, and by what its file holds."""
    marks = " ".join(sha256(each.content).hexdigest() for each in utterance.files)
    return replace(utterance, text=f"{utterance.text} {marks}") if marks else utterance


def _figures(level: Level, context: Context, arguments: Arguments) -> tuple[readings.Figure, ...]:
    """What is to be logged: a file's rows, pasted lines, or the one figure that was said; nothing opens the form."""
    files, pasted, said = context.utterance.files, arguments.maybe("readings", str), arguments.maybe("figure", Figure)
    if len(files) + (pasted is not None) + (said is not None) > 1:
        raise Refusal("Several readings came in several ways at once.", "Say one, or send one list.", field="readings")
    if files or pasted is not None:
        rows = read_table(files[0].content) if files else read_lines(pasted or "")
        return tuple(readings.Figure(each.amount, each.out_of, each.on, each.note) for each in rows)
    if said is None:
        return ()
    on, month = arguments.maybe("on", date), arguments.maybe("month", Month)
    last = min(month.last_on, context.vocabulary.today) if month is not None else None
    return (_figure(level, said, on or last, arguments.maybe("note", str) or ""),)


async def correct(context: Context, arguments: Arguments) -> Reply:
    """`correct reading R-12 to 99.3 because …`."""
    reading = await kept_readings.find(context.sitting.tx, number_of(arguments.one("key", str)))
    terms = context.sitting.terms(reading.agreement, reading.version)
    commitment = terms.commitment(reading.commitment)
    level, said = _level(commitment), arguments.one("to", Figure)
    figure = None if said.amount is None else _figure(level, said, reading.measured_on, "")
    changed = await readings.correct(context.sitting, reading, figure, arguments.one("reason", str))
    if isinstance(changed, Proposal):
        return Reply(card=level_cards.reading_proposed(reading, changed, commitment, terms))
    closed = levels.indicator_on(context.sitting.agreement(reading.agreement), commitment.slug, reading.measured_on)
    restated = closed is not None and closed.span.judged_at <= context.sitting.now
    return Reply(card=level_cards.corrected(reading, changed, level, restated=restated))


async def start(context: Context, arguments: Arguments) -> Reply:
    """`incident start web-shop [at 14:00] [because …]`."""
    service = arguments.one("service", ServiceName)
    if (echo := await echoes.heard_before(context.sitting, context.utterance)) is not None:
        again = echoes.again(echo.subject, context.said)
        return Reply(card=duplicates.duplicate(echo.subject, echo.said_at, context.sitting.now, again, "incident"))
    at = arguments.maybe("at", datetime) or _this_minute(context)
    incident = await incidents.start(context.sitting, service.key, at, arguments.maybe("cause", str) or "")
    await echoes.remember(context.sitting, context.utterance, incident.key)
    return await _answer(context, incident)


async def who_may_start(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """Opens the form of `incident start` for whoever reports it; a customer hears that he can raise it."""
    service = known.maybe("service", ServiceName)
    for indicator in levels.of_service(sitting, service.key) if service is not None else ():
        if await levels.may_report(sitting, indicator.terms, indicator.commitment):
            return {}
        who = indicator.terms.name_of(reporter_of(indicator.commitment))
        raise Refusal(
            f"{who} logs when {service.name if service else 'it'} is down.",
            f"Raise it, so that an answer is owed to you, and tell {who.split()[0]}.",
            offers=(("Raise it…", f"raise {service.name if service else 'It'} is down …"),),
        )
    return {}


def reaching(stage: Stage) -> Run:
    """What brings an incident to a stage: `incident restored N-3 [at 14:20] [because …]`."""

    async def run(context: Context, arguments: Arguments) -> Reply:
        incident = await _find(context, arguments)
        at = arguments.maybe("at", datetime) or _this_minute(context)
        changed = await incidents.reach(context.sitting, incident, stage, at, arguments.maybe("reason", str) or "")
        return await _answer(context, incident, changed)

    return run


async def exclude(context: Context, arguments: Arguments) -> Reply:
    """`incident exclude N-3 30m [from 14:00] because maintenance`; `none` counts all of it again."""
    incident = await _find(context, arguments)
    length, reason = arguments.one("length", Length), arguments.one("reason", str)
    if length.minutes == 0:
        changed = await incidents.count_again(context.sitting, incident, reason)
    else:
        from_at = arguments.maybe("from", datetime)
        changed = await incidents.exclude(context.sitting, incident, length.span, from_at, reason)
    return await _answer(context, incident, changed)


async def listed(context: Context, arguments: Arguments) -> Reply:
    """`incidents [web-shop]`."""
    service = arguments.maybe("service", ServiceName)
    if not context.agreements:
        context.agreement()
    services = (service.key,) if service else tuple(entry.key for entry in context.vocabulary.services.entries)
    found = await kept_incidents.of_services(context.sitting.tx, services)
    terms = context.agreements[0].latest.terms
    return Reply(card=incident_cards.listed(tuple(reversed(found)), terms, context.sitting.now))


async def _answer(context: Context, incident: Incident, changed: Incident | incidents.Proposed | None = None) -> Reply:
    """How the incident is now, with every promise of this place that it counts for; or that the other side is asked.

    Of each promise, the period in which the incident was over is told, or the running one.
    """
    if isinstance(changed, incidents.Proposed):
        indicator = changed.indicator
        return Reply(card=incident_cards.proposed(incident, changed.entry, indicator.period, indicator.terms))
    now = context.sitting.now
    current = changed or incident
    promises = levels.of_service(context.sitting, incident.service)
    here = {each.slug for each in context.agreements}
    standings = []
    for each in promises:
        if each.agreement.slug in here:
            told = next(levels.periods_since(each, current.restored_at or now, now), each)
            standing = await levels.standing_of(context.sitting, told.terms, told.commitment, told.period)
            standings.append((told.commitment, told.terms, standing))
    return Reply(card=incident_cards.logged(current, standings, promises[0].terms, now))


async def _promise(context: Context, name: CommitmentName) -> tuple[Agreement, Commitment]:
    """The level promise that a name stands for."""
    keys = await commitments.keys(context.sitting.tx)
    slug, commitment = next(pair for pair, key in keys.items() if key == name.key)
    agreement = context.sitting.agreement(slug)
    found = agreement.latest.terms.commitment(commitment)
    if not isinstance(found.promise, Level):
        raise Refusal(
            f"{found.name} is no indicator, so it has no readings.", "Say `status` to see what is promised.",
            field="indicator",
        )  # fmt: skip
    return agreement, found


def _level(commitment: Commitment) -> Level:
    return levels.level_of(commitment)


def _figure(level: Level, said: Figure, on: date | None, note: str) -> readings.Figure:
    """A figure in the indicator's own unit; refuses another unit rather than guess a conversion."""
    if said.unit and said.unit.casefold() != level.unit.casefold():
        own = f"in {level.unit}" if level.unit else "without a unit"
        raise Refusal(f"{level.indicator.capitalize()} is measured {own}, not in {said.unit}.", "Convert it.",
                      field="figure")  # fmt: skip
    assert said.amount is not None  # noqa: S101 -- only a correction may say "none", and handles it
    return readings.Figure(said.amount, said.out_of, on, note)


def _this_minute(context: Context) -> datetime:
    return context.sitting.now.replace(second=0, microsecond=0)


async def _find(context: Context, arguments: Arguments) -> Incident:
    incident = await kept_incidents.find(context.sitting.tx, number_of(arguments.one("key", str)))
    require_current(context.utterance, incident.revision, incident.key, f"history {incident.key}")
    return incident


REPORTER = "whoever reports the indicator"
INCIDENT = Argument("key", KeyArg("N"), "Incident")
PAST = MomentArg(toward="past", opens=time(0))
WHEN = Argument("at", PAST, "When", after=("at", "since"), required=False)
REASON = Argument("reason", TextArg(long=True), "Reason", after=("because",))
IF_CORRECTED = Argument("reason", TextArg(long=True), "Reason, for a correction", after=("because",), required=False)


def _stage(verb: str, aliases: tuple[str, ...], stage: Stage, summary: str) -> Command:
    return Command(
        verb=f"incident {verb}",
        aliases=tuple(f"incident {each}" for each in aliases),
        summary=summary,
        who=REPORTER,
        run=reaching(stage),
        writes=True,
        arguments=(INCIDENT, WHEN, IF_CORRECTED),
        examples=(f"incident {verb} N-3", f"incident {verb} N-3 at 14:20 because the clock was wrong"),
    )


COMMANDS = (
    Command(
        verb="log",
        summary="Log a reading of an indicator you report",
        who=REPORTER,
        run=log,
        writes=True,
        submit="Log it",
        arguments=(
            Argument("indicator", CommitmentArg(), "Indicator"),
            Argument("figure", FigureArg(), "Reading", required=False),
            Argument("on", DateArg(), "Measured on", after=("on",), required=False),
            Argument("month", MonthArg(), "Or for the month", after=("for",), required=False),
            Argument("note", TextArg(long=True), "Note", after=("note",), required=False),
            Argument(
                "readings",
                TextArg(long=True, most=8_000),
                "Or several, a date and a figure on each line",
                after=("readings",),
                required=False,
            ),
            Argument(
                "file",
                FileArg(ENDINGS),
                "Or as a file",
                "Attached: a CSV with a date and a figure a row.",
                required=False,
            ),
        ),
        examples=("log availability 99.93", "log satisfaction 45 of 50 for October", "log jitter 12.5 ms on 16 Oct"),
    ),
    Command(
        verb="correct reading",
        summary="Set the right figure of a reading; once its period is closed, both sides must agree",
        who=REPORTER,
        run=correct,
        writes=True,
        arguments=(
            Argument("key", KeyArg("R"), "Reading"),
            Argument("to", FigureArg(may_be_none=True), "Right figure", after=("to",)),
            REASON,
        ),
        examples=(
            "correct reading R-12 to 99.3 because the night was left out",
            "correct reading R-12 to none because it was another service",
        ),
    ),
    Command(
        verb="incident start",
        fills=who_may_start,
        summary="Say that a service failed: it counts as down from then on",
        who=REPORTER,
        run=start,
        writes=True,
        submit="It is down",
        arguments=(
            Argument("service", ServiceArg(), "Service"),
            WHEN,
            Argument("cause", TextArg(long=True), "Cause", after=("because",), required=False),
        ),
        examples=("incident start web-shop because payments time out", "incident start web-shop at 14:00"),
    ),
    _stage("ack", ("acknowledge", "acknowledged"), "acknowledged", "Say since when somebody has an incident in hand"),
    _stage("restored", ("restore",), "restored", "Say that the service is back, now or since when"),
    _stage("end", ("ended", "mended"), "ended", "Say that the fault is mended, now or since when"),
    _stage("started", (), "started", "Correct when an incident started"),
    Command(
        verb="incident exclude",
        summary="Take agreed time out of an incident, such as maintenance, with a reason",
        who=REPORTER,
        run=exclude,
        writes=True,
        arguments=(
            INCIDENT,
            Argument("length", LengthArg(), "How long"),
            Argument("from", PAST, "From", after=("from",), required=False),
            REASON,
        ),
        examples=(
            "incident exclude N-3 30m because planned maintenance",
            "incident exclude N-3 1h30m from 02:00 because planned maintenance",
            "incident exclude N-3 none because it was not agreed",
        ),
    ),
    Command(
        verb="incidents",
        summary="See the incidents of a service, newest first",
        who="everybody",
        run=listed,
        arguments=(Argument("service", ServiceArg(), "Service", required=False),),
        examples=("incidents", "incidents web-shop"),
    ),
)
