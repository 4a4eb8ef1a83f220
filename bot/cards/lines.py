"""A promise in one look: its row in a table, its sentences, and its panel in a picture.

Reports and answers to `status` say the same of the same line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import levels, samples
from bot.cards.alt import describe
from bot.cards.standings import progress, projection, stands, takes_in_words
from bot.cards.words import (
    capital,
    cut,
    days_from,
    deadline,
    joined,
    last_moment,
    marked,
    percent,
    period_name,
    run,
    state_in_words,
)
from bot.chat.card import BarPanel, Block, Chart, Fact, GoalPoint, LevelPanel, Spans, Strong, Table, Text, VolumePanel
from slacore.agreements import Terms
from slacore.periods import Period
from slacore.readings import SCALE, in_unit
from slacore.reports import DutyLine, LevelLine, Line, ShareLine, VolumeLine
from slacore.results import CampaignCount

COLUMNS = ("Promise", "Due by now", "Actual", "State")
NUMERIC = (1, 2)

_CAMPAIGNS = 8
"""Campaigns that are named one by one."""


@dataclass(frozen=True, slots=True)
class Overview:
    """One promise with its key (`C-1`; "" where it is not said), its terms, its period, and where it stands."""

    key: str
    terms: Terms
    period: Period
    line: Line


def table(overviews: Sequence[Overview], now: datetime, caption: str = "") -> Table:
    """A line a promise: due by now, actual, state."""
    return Table(COLUMNS, tuple(_row(each, now) for each in overviews), caption, NUMERIC)


def named(overview: Overview) -> str:
    """What a promise is called, with its key where one is known."""
    name = cut(overview.line.commitment.name, 50)
    return f"{name} ({overview.key})" if overview.key else name


def state_of(line: Line) -> str:
    """The word for a line, its sign before it."""
    return marked(line.state, is_provisional(line))


def is_provisional(line: Line) -> bool:
    """Whether units that are still open could change the word."""
    return isinstance(line, VolumeLine | LevelLine | ShareLine) and line.standing.provisional


def _row(overview: Overview, now: datetime) -> tuple[Spans, ...]:
    line = overview.line
    due, actual = _figures(line, _due_today(overview, now))
    return ((named(overview),), (due,), (actual,), (state_of(line),))


def _due_today(overview: Overview, now: datetime) -> int | None:
    """Units that a checkpoint asks for later today: what is due by now would say less than the word beside it."""
    line = overview.line
    if not isinstance(line, VolumeLine) or now >= line.standing.goal.due_at:
        return None
    at, quantity = line.standing.goal.next_checkpoint(now)
    return quantity if days_from(now, last_moment(at), overview.terms.zone) == 0 else None


def _figures(line: Line, due_today: int | None) -> tuple[str, str]:
    match line:
        case VolumeLine():
            due = f"{line.standing.expected:,}" if due_today is None else f"{due_today:,} today"
            return due, f"{line.standing.attained:,}"
        case DutyLine():
            return f"{line.count.kept + line.count.missed:,}", f"{line.count.kept:,}"
        case LevelLine():
            return levels.promised(line.promise), levels.attained(line.standing)
        case ShareLine():
            return f"{line.standing.first.judged:,}", f"{line.standing.first.in_time:,}"


def details(overview: Overview, now: datetime) -> tuple[Block, ...]:
    """What a line means: the count or the slots, what the pace leads to, what it takes, what it is worth."""
    match overview.line:
        case VolumeLine() as line:
            return _volume_details(line, overview.terms, now)
        case DutyLine() as line:
            return (Text(_duty_details(line, overview, now)),)
        case LevelLine() as line:
            name = run(Strong(line.commitment.name), ". ")
            return (Text(run(name, stands(line.standing, overview.terms, now))),)
        case ShareLine() as line:
            return samples.details(line, overview.terms, now)


def _volume_details(line: VolumeLine, terms: Terms, now: datetime) -> tuple[Block, ...]:
    standing, unit = line.standing, line.promise.unit
    takes: Spans = ()
    if line.takes is not None:
        due_today = days_from(now, last_moment(standing.goal.due_at), terms.zone) == 0
        takes = (f"It takes {takes_in_words(line.takes, unit, due_today=due_today)}",)
    name = run(Strong(line.commitment.name), ". ")
    text = Text(run(name, joined((progress(standing, terms, now), projection(standing, terms, now), takes))))
    blocks: list[Block] = [text]
    if money := _money(line):
        blocks.append(Fact(f"{cut(line.commitment.name, 40)} in money", (money,)))
    if line.campaigns:
        blocks.append(Fact(f"{cut(line.commitment.name, 40)} by campaign", (_campaigns(line.campaigns),)))
    return tuple(blocks)


def _campaigns(found: Sequence[CampaignCount]) -> str:
    """Where units come from, each campaign beside its own goal: "Autumn webinar 25 of 45, no campaign 3"."""
    shown = found[:_CAMPAIGNS]
    parts = [
        f"{cut(each.name, 40) or 'no campaign'} {each.piles.counted:,}" + (f" of {each.goal:,}" if each.goal else "")
        for each in shown
    ]
    if len(found) > len(shown):
        parts.append(f"{len(found) - len(shown)} more")
    return ", ".join(parts)


def _money(line: VolumeLine) -> str:
    """What is in, in money, beside the plan: "43 × 50 % × $100 = $2,150 of $5,000 planned"."""
    worth = line.promise.worth
    if worth is None or line.revenue is None or line.planned is None:
        return ""
    factors = f"{line.standing.attained:,} × {percent(worth.close_rate)} × {worth.average_sale.in_words()}"
    return f"{factors} = {line.revenue.in_words()} of {line.planned.in_words()} planned"


def _duty_details(line: DutyLine, overview: Overview, now: datetime) -> Spans:
    tally = line.count
    period = capital(period_name(overview.period, now, overview.terms.zone))
    every = line.promise.by_every_member
    parts = [f"{tally.kept:,} of {tally.total:,} {'members confirmed' if every else 'kept'}"]
    parts += [f"{tally.missed - tally.late:,} missed"] if tally.missed > tally.late else []
    parts += [f"{tally.late:,} late"] if tally.late else []
    parts += [f"{tally.excused:,} excused"] if tally.excused else []
    spans = run(Strong(line.commitment.name), f". {period}: {', '.join(parts)}")
    if line.next_at is not None:
        spans = run(spans, "; next ", deadline(line.next_at, overview.terms))
    return run(spans, ".")


def in_short(overview: Overview, now: datetime) -> str:
    """A line for a summary: "Leads 43 of 50 due by now, behind"."""
    due_today = _due_today(overview, now)
    due, actual = _figures(overview.line, due_today)
    if isinstance(overview.line, LevelLine):
        actual, due = f"{actual},", f"{due} promised"
    else:
        actual = f"{actual} of"
        due = f"{due} due by now" if due_today is None else f"{due_today:,} due today"
    state = state_in_words(overview.line.state, is_provisional(overview.line))
    return f"{overview.line.commitment.name} {actual} {due}, {state}"


def picture(overviews: Sequence[Overview], title: str, now: datetime) -> Chart | None:
    """The lines as panels with the sentence that stands for them; None where there is nothing to draw."""
    volumes = tuple(
        _volume_panel(each.line, each.terms, now) for each in overviews if isinstance(each.line, VolumeLine)
    )
    bars = tuple(_bar_panel(each.line) for each in overviews if isinstance(each.line, DutyLine | ShareLine))
    measured = tuple(_level_panel(each.line) for each in overviews if isinstance(each.line, LevelLine))
    if not volumes and not bars and not measured:
        return None
    return Chart(title, describe(volumes, bars, measured), volumes, bars, measured)


def _volume_panel(line: VolumeLine, terms: Terms, now: datetime) -> VolumePanel:
    goal = line.standing.goal
    marks = [GoalPoint(at, quantity) for at, quantity in goal.checkpoints]
    if not marks or marks[-1].at < goal.due_at:
        marks.append(GoalPoint(goal.due_at, goal.target))
    return VolumePanel(
        title=line.commitment.name,
        unit=line.promise.unit.plural,
        zone=terms.zone,
        starts_at=goal.starts_at,
        ends_at=goal.period.ends_at(terms.zone),
        due_at=goal.due_at,
        now=now,
        target=goal.target,
        accepted=line.accepted_by_day,
        counted=line.counted_by_day,
        goal=tuple(marks),
        projected=line.standing.projected,
        state=state_in_words(line.state, is_provisional(line)),
        carried=goal.target - goal.own,
    )


def _bar_panel(line: DutyLine | ShareLine) -> BarPanel:
    if isinstance(line, ShareLine):
        first = line.standing.first
        word = state_in_words(line.state, is_provisional(line))
        return BarPanel(line.commitment.name, first.in_time, first.not_in_time, line.waiting, word)
    tally = line.count
    return BarPanel(line.commitment.name, tally.kept, tally.missed, tally.to_come, line.state)


def _level_panel(line: LevelLine) -> LevelPanel:
    level, figure = line.promise, line.standing.figure
    # A share's scale ends at the whole; any other reaches half its threshold to either side.
    whole = 100 if level.unit == "%" else 1
    reach = whole - level.threshold if level.metric == "availability" else abs(level.threshold) / 2
    return LevelPanel(
        title=line.commitment.name,
        comparison=level.comparison,
        attained=None if figure is None else round(figure * SCALE),
        threshold=round(level.threshold * SCALE),
        reach=max(1, round(reach * SCALE)),
        attained_words=levels.attained(line.standing),
        threshold_words=in_unit(level, level.threshold),
        state=state_in_words(line.state, is_provisional(line)),
    )
