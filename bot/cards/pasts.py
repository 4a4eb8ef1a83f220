"""How promises went over their last periods: a row of states a promise, and a picture of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import lines
from bot.cards.alt import describe_past
from bot.cards.levels import attained
from bot.cards.packs import Past
from bot.cards.words import cut, percent, state_in_words
from bot.chat.card import Block, Chart, PastPanel, PastPoint, Spans, Table
from bot.chat.plain import MONTHS
from slacore.periods import Period, PeriodRule
from slacore.reports import DutyLine, LevelLine, Line, ShareLine, VolumeLine
from slacore.standing import attained_share


def history(pasts: Sequence[Past], title: str) -> list[Block]:
    """The last periods of each promise; nothing before a second period has passed."""
    several = [each for each in pasts if len(each.lines) > 1]
    if not several:
        return []
    panels = tuple(PastPanel(each.commitment.name, _points(each)) for each in several)
    return [Chart(title, describe_past(panels), pasts=panels), _table(pasts)]


def _table(pasts: Sequence[Past]) -> Table:
    """States in words, for those who read them so: of the promises that are judged over the same periods."""
    longest = max(pasts, key=lambda each: len(each.lines))
    labels = tuple(period.label for period, _ in longest.lines)
    rows: list[tuple[Spans, ...]] = []
    for each in pasts:
        if each.commitment.period != longest.commitment.period:
            continue
        known = {period.label: line for period, line in each.lines}
        states: list[Spans] = [(lines.state_of(known[label]) if label in known else "–",) for label in labels]
        rows.append(((cut(each.commitment.name, 40),), *states))
    return Table(("Promise", *labels), tuple(rows), "How it went")


def _points(past: Past) -> tuple[PastPoint, ...]:
    return tuple(_point(period, line, past.commitment.period) for period, line in past.lines)


def _point(period: Period, line: Line, rule: PeriodRule) -> PastPoint:
    share, words = _attained(line)
    return PastPoint(_label(period, rule), share, words, state_in_words(line.state, lines.is_provisional(line)))


def _attained(line: Line) -> tuple[int | None, str]:
    """What was attained, in thousandths of what was promised and in words."""
    match line:
        case VolumeLine():
            target = line.standing.goal.target
            return (line.standing.attained * 1000 // target if target else None), f"{line.standing.attained:,}"
        case DutyLine():
            kept, total = line.count.kept, line.count.total
            return (kept * 1000 // total, f"{kept:,}/{total:,}") if total else (None, "–")
        case LevelLine():
            figure = line.standing.figure
            return (None if figure is None else int(attained_share(line.standing) * 1000)), attained(line.standing)
        case ShareLine():
            share = line.standing.first.share
            if share is None:
                return None, "–"
            return int(share / line.promise.share * 1000) if line.promise.share else 1000, percent(share)


def _label(period: Period, rule: PeriodRule) -> str:
    """A period in a word: "Oct", "12 Oct", "Q4", "2026"."""
    month = MONTHS[period.first_on.month - 1]
    if rule.anchor is not None or rule.unit in ("day", "week"):
        return f"{period.first_on.day} {month}"
    return month if rule.unit == "month" else period.label.split()[0]
