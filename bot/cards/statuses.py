"""Where promises stand, for whoever asks: one in detail, or all of an agreement or a party in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.cards import lines
from bot.cards.lines import Overview
from bot.cards.offers import act
from bot.cards.words import capital, cut, party, period_name, person, quoted, run, titled, tone_of
from bot.chat.card import Block, Button, Card, Note, Spans, Text

_BADLY = ("missed", "behind", "at risk")
"""States that somebody should look at, the worst first."""


def status(overviews: Sequence[Overview], now: datetime) -> Card:
    """Answer `status`: the promises that were asked about, at least one, in one period each."""
    return _one(overviews[0], now) if len(overviews) == 1 else _several(overviews, now)


def _one(overview: Overview, now: datetime) -> Card:
    line, terms = overview.line, overview.terms
    period = capital(period_name(overview.period, now, terms.zone))
    provisional = lines.is_provisional(line)
    blocks: list[Block] = []
    if (chart := lines.picture((overview,), f"{line.commitment.name}, {period}", now)) is not None:
        blocks.append(chart)
    blocks += lines.details(overview, now)
    blocks.append(Text(_whose(overview)))
    if line.commitment.intent.strip():
        blocks.append(Note((f"What it is for: {quoted(line.commitment.intent)}",)))
    return Card(
        title=titled(f"{lines.named(overview)} · {period} · {lines.state_of(line)}"),
        summary=f"{lines.in_short(overview, now)}.",
        blocks=tuple(blocks),
        buttons=(act("History", f"history {overview.key or line.commitment.slug}"),),
        tone=tone_of(line.state, provisional),
        ref=overview.key,
    )


def _whose(overview: Overview) -> Spans:
    commitment, terms = overview.line.commitment, overview.terms
    sides = f"{party(terms, commitment.giver)} owes it to {party(terms, commitment.receiver)}; "
    return run(sides, person(terms, commitment.owner), " answers for it.")


def _several(overviews: Sequence[Overview], now: datetime) -> Card:
    blocks: list[Block] = []
    pictured = lines.picture(overviews, "Where the promises stand", now)
    if pictured is not None:
        blocks.append(pictured)
    for caption, group in groupby(overviews, key=lambda each: _caption(each, now)):
        blocks.append(lines.table(tuple(group), now, caption))
    periods = list(dict.fromkeys(period_name(each.period, now, each.terms.zone) for each in overviews))
    when = capital(periods[0]) if len(periods) == 1 else "Where the promises stand"
    return Card(
        title=titled(f"{when}: {verdict(overviews)}"),
        summary=f"{'; '.join(lines.in_short(each, now) for each in overviews)}.",
        blocks=tuple(blocks),
        buttons=tuple(_look_closer(each) for each in overviews[:5]),
    )


def verdict(overviews: Sequence[Overview]) -> str:
    """What somebody reads who reads no further: how many stand badly, the worst first."""
    found = Counter((each.line.state, lines.is_provisional(each.line)) for each in overviews)
    worst = sorted((key for key in found if key[0] in _BADLY), key=lambda key: (_BADLY.index(key[0]), key[1]))
    parts = [f"{found[key]:,} {'short so far' if key == ('missed', True) else key[0]}" for key in worst]
    return f"{', '.join(parts)} of {len(overviews):,}" if parts else "nothing late or at risk"


def _caption(overview: Overview, now: datetime) -> str:
    period = period_name(overview.period, now, overview.terms.zone)
    return f"{cut(overview.terms.name, 60)}, {period}"


def _look_closer(overview: Overview) -> Button:
    return act(overview.line.commitment.name, f"status {overview.key or overview.line.commitment.slug}")
