"""How a promise about many items is said: how many were in time, against the share agreed, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards.words import capital, count, cut, joined, listed, moment, percent, period_name, run
from bot.chat.card import Block, Fact, Spans, Strong, Text
from slacore.agreements import Terms
from slacore.commitments import Unit
from slacore.obligations import Kind
from slacore.reports import OpenItem, ShareLine
from slacore.standing import Delays, Sample, ShareStanding, Spread

COUNTED = 1_000
"""Open items are counted up to so many: more is more, and counting them all would take its time."""
DONE: dict[Kind, str] = {
    "response": "answered",
    "update": "updated",
    "resolution": "resolved",
    "follow-up": "followed up",
}
"""What was done to an item in time, by the kind of duty."""


def progress(standing: ShareStanding, terms: Terms, now: datetime) -> Spans:
    """Where a share stands: "October: 37 of 40 answered in time, 92.5 % (agreed: 95 %); 2 late, 1 overdue."."""
    label = f"{capital(period_name(standing.period, now, terms.zone))}: "
    sentences = [_sentence(each, standing) for each in standing.samples]
    return run(label, joined(sentences))


def details(line: ShareLine, terms: Terms, now: datetime) -> tuple[Block, ...]:
    """A promise's line: its share, what is open, how long it took, and what is due first."""
    more = " or more" if line.waiting >= COUNTED else ""
    open_ = f" {line.waiting:,}{more} open and not yet due." if line.waiting else ""
    text = run(Strong(line.commitment.name), ". ", progress(line.standing, terms, now), open_)
    blocks: list[Block] = [Text(text)]
    name = cut(line.commitment.name, 40)
    if line.delays is not None:
        blocks.append(Fact(f"{name}: how long it took", took(line.delays)))
    if line.soonest:
        waits = [
            run(f"{each.key} {cut(each.name, 30)}".rstrip(), ", due ", moment(each.due_at, terms), _overdue(each))
            for each in line.soonest
        ]
        blocks.append(Fact(f"{name}: due first", joined(waits, "; ")))
    return tuple(blocks)


def in_short(standing: ShareStanding) -> Spans:
    """The same for lists: "37 of 40 answered in time"."""
    first = standing.first
    if not first.judged:
        return ("nothing due yet",)
    return (f"{first.in_time:,} of {first.judged:,} {DONE[first.kind]} in time",)


def beyond(standing: ShareStanding, shortfall: int) -> str:
    """What a miss is in words: "3 items late beyond what was agreed", or, where each is judged alone, "1 item late"."""
    late = count(shortfall, "item")
    strict = standing.share == 1 or all(each.judged < standing.minimum_sample for each in standing.samples)
    return f"{late} late" if strict else f"{late} late beyond what was agreed"


def matter(standing: ShareStanding, shortfall: int, terms: Terms, now: datetime) -> Spans:
    """A period's miss in the channel: the share, and by how many items it fell short of what was agreed."""
    if not shortfall:
        return run(progress(standing, terms, now), " It is closed without a miss.")
    return run(progress(standing, terms, now), " ", Strong(beyond(standing, shortfall)), ".")


def met(standing: ShareStanding, unit: Unit, terms: Terms, now: datetime) -> str:
    """Good news about a period: "October's leads: 97 % answered in time.". "" where nothing was due in it."""
    first = standing.first
    if first.share is None:
        return ""
    period = period_name(standing.period, now, terms.zone)
    whose = f"{capital(period)}'s {unit.plural}" if " " not in period else f"The {unit.plural} of {period}"
    return f"{whose}: {percent(first.share)} {DONE[first.kind]} in time."


def agreed(standing: ShareStanding) -> str:
    """What was promised: "all", "95 % from 20 items on"."""
    if standing.share == 1:
        return "all"
    sample = f" from {standing.minimum_sample:,} items on" if standing.minimum_sample > 1 else ""
    return f"{percent(standing.share)}{sample}"


def took(delays: Delays) -> Spans:
    """How long answers took: the middle and the slow end, and where the time went."""
    return run(
        Strong(f"Half within {span(delays.whole.median)}, nine in ten within {span(delays.whole.ninetieth)}"),
        f". Until somebody had it: {_both(delays.routing)}. From then until the answer: {_both(delays.human)}.",
    )


def span(took_: timedelta) -> str:
    """A time to two units: "3 h 20 min", "45 min"; "a minute" for all that is shorter."""
    hours, minutes = divmod(max(0, int(took_.total_seconds())) // 60, 60)
    if hours:
        return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"
    return f"{minutes} min" if minutes > 1 else "a minute"


def _overdue(item: OpenItem) -> str:
    return ", late" if item.late else ""


def _both(spread: Spread) -> str:
    return f"half within {span(spread.median)}, nine in ten within {span(spread.ninetieth)}"


def _sentence(sample: Sample, standing: ShareStanding) -> Spans:
    done = DONE[sample.kind]
    if not sample.judged:
        return (f"nothing was due to be {done} yet.",)
    share = f", {percent(sample.share)}" if sample.share is not None else ""
    first = run(Strong(f"{sample.in_time:,} of {sample.judged:,}"), f" {done} in time{share}")
    return run(first, f" (agreed: {agreed(standing)}){_late(sample)}.")


def _late(sample: Sample) -> str:
    parts: Sequence[str] = [
        f"{number:,} {word}"
        for number, word in ((sample.late, "late"), (sample.overdue, "overdue"), (sample.contested, "contested"))
        if number
    ]
    return f"; {listed(list(parts))}" if parts else ""
