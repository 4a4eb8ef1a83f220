"""What a miss would bring: who hears of it and when, and what was agreed to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act
from bot.cards.words import capital, cut, deadline, listed, moment, person, run, said, titled
from bot.chat.card import Block, Card, Fact, Note, Span, Spans, Strong, Table, Text
from slacore.commitments import Volume


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: when it would be reached, who would hear, and whether the channel would."""

    at: datetime
    whom: tuple[str, ...]
    channel: bool
    only_if_at_risk: bool


@dataclass(frozen=True, slots=True)
class Stake:
    """A promise that is still to be kept, with the rungs that a miss of it would reach."""

    duty: Duty
    rungs: tuple[Rung, ...]


def stakes(found: Sequence[Stake], now: datetime, reader: str) -> Card:
    """Say of each promise who would hear, when, and what follows; nothing of it has happened."""
    blocks: list[Block] = []
    for each in found:
        blocks += _one(each, now, reader)
    blocks.append(
        Note(said("Nobody hears while it is kept. Who takes it on with `ack` holds this up for a working day."))
    )
    names = listed([cut(each.duty.name(now), 50) for each in found])
    title = f"If it is missed: {cut(found[0].duty.name(now), 60)}" if len(found) == 1 else "If a promise is missed"
    return Card(
        titled(title), f"Who hears, when, and what follows: {names}.", tuple(blocks), (act("Status", "status"),)
    )


def _one(stake: Stake, now: datetime, reader: str) -> list[Block]:
    duty = stake.duty
    head = run(Strong(cut(duty.name(now), 60)), ", due ", deadline(duty.obligation.due_at, duty.terms), ".")
    rows = tuple((_when(rung, duty), _whom(rung, duty, reader)) for rung in stake.rungs)
    blocks: list[Block] = [Text(head), Table(("When", "Who hears"), rows)]
    agreed = duty.terms.consequence_of(duty.commitment)
    if agreed is not None:
        decides = f"; {duty.terms.name_of(agreed.decider)} decides" if agreed.decider else ""
        blocks.append(Fact("What follows", (f"{capital(agreed.in_words('what is short'))}{decides}.",)))
    promise = duty.commitment.promise
    if isinstance(promise, Volume) and promise.worth is not None:
        worth = promise.worth
        each = worth.of(1).in_words()
        blocks.append(Fact("Worth", (f"About {each} for each {promise.unit.singular} short.",)))
    return blocks


def _when(rung: Rung, duty: Duty) -> Spans:
    at: Span = moment(rung.at, duty.terms)
    return run(at, ", if it is at risk" if rung.only_if_at_risk else "")


def _whom(rung: Rung, duty: Duty, reader: str) -> Spans:
    parts: list[Span] = []
    names: list[Span] = ["you" if each == reader else person(duty.terms, each) for each in rung.whom]
    if rung.channel:
        names.append(listed([each.name for each in duty.terms.channels_of(duty.commitment)]) or "the channel")
    for at, name in enumerate(names):
        parts += [" and " if at == len(names) - 1 else ", "] if at else []
        parts.append(name)
    return run(*parts)
