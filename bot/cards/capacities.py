"""The calculator of capacity: the hours there are, those that are owed, and what would make both meet."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.offers import ask
from bot.cards.sums import FINDS, number, says
from bot.cards.words import capital, count, run, said, small, titled
from bot.chat.card import Block, Card, Fact, Note, Strong, Text
from slacore.commitments import Commitment, FollowUps
from slacore.planner import Capacity


def capacity(found: Capacity, owed: Sequence[tuple[Commitment, FollowUps]], again: str) -> Card:
    """Answer `plan capacity`. `owed` are the agreed promises of follow-ups."""
    inputs = found.inputs
    verdict = _verdict(found)
    blocks: list[Block] = [Fact(FINDS[each.result.what], (says(each),)) for each in found.steps]
    blocks.append(Text(run(Strong(verdict), _means(found))))
    if not found.kept:
        blocks.append(Text((_ways_out(found),)))
        blocks += [
            Note(said(f"Or in the file, under `{commitment.slug}`: `attempts: {max(1, found.each)}`."))
            for commitment, promise in owed
            if found.each and promise.attempts == inputs.attempts
        ]
    return Card(
        title=titled(f"Capacity · {_heading(found)}"),
        summary=verdict,
        blocks=tuple(blocks),
        buttons=(ask("What if", again),),
        tone="good" if found.kept else "warning",
    )


def beyond(found: Capacity) -> tuple[str, ...]:
    """A promise that cannot be kept, as a warning: the verdict, the sum, and what would make it one that can."""
    inputs = found.inputs
    hours = f"{count(inputs.reps, 'rep')} of {number(inputs.hours)} h have {number(found.hours_left)} h for them"
    takes = f"{inputs.leads:,} × {number(inputs.taken)} × {number(inputs.minutes)} min = {number(found.hours_needed)} h"
    return (_verdict(found), f"{hours}; {takes}.", _ways_out(found))


def _each(attempts: int) -> str:
    return f"{small(attempts)} {'follow-up' if attempts == 1 else 'follow-ups'} a lead"


def _heading(found: Capacity) -> str:
    owed = found.inputs.attempts
    if found.kept:
        return f"{_each(owed)} can be kept"
    return f"{_each(found.each)}, not {small(owed)}" if found.each else "no time to follow up every lead"


def _verdict(found: Capacity) -> str:
    what, takes = capital(_each(found.inputs.attempts)), f"{number(found.hours_needed)} h"
    if found.kept:
        return f"{what} can be kept: that takes {takes} of the {number(found.hours_left)} h there are."
    return f"{what} cannot be kept: that takes {takes}, and there are {number(found.hours_left)} h."


def _means(found: Capacity) -> str:
    inputs = found.inputs
    if not found.kept:
        return f" Each lead can really get {small(found.each)}." if found.each else " Not every lead would get one."
    if inputs.expected is not None:
        return f" It holds while a lead takes {number(inputs.expected)} on average."
    return f" There is time for {found.each:,} each." if found.each > inputs.attempts else ""


def _ways_out(found: Capacity) -> str:
    """What would make the promise one that can be kept, to be weighed before anybody signs it."""
    inputs, ways = found.inputs, []
    if found.reps_needed is not None:
        ways.append(f"{count(found.reps_needed, 'rep')} ({found.reps_needed - inputs.reps:,} more)")
    most = max(0, found.most_leads - inputs.backlog)
    if most:
        ways.append(f"at most {count(most, 'lead')} a month")
    if found.each:
        ways.append(_each(found.each))
    if not ways:
        return "No number of reps keeps it, since no hour of theirs is left for follow-ups."
    return f"Before anybody signs it, agree on one of these: {'; or '.join(ways)}."
