"""A step of the ladder: what is the matter, what was tried, who has seen it, and what comes next.

Level 1 reaches both owners, level 2 the manager, level 3 the sponsor. Everybody gets a card of his
own, since the reason why he hears differs; nobody is blamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import Duty, act_on, history, i_have_it, is_certain
from bot.cards.standings import stands
from bot.cards.whys import NextStep, held_by, held_since, how_it_stops, told_late, what_next, why
from bot.cards.words import (
    called,
    capital,
    cut,
    deadline,
    joined,
    listed,
    listed_spans,
    marked,
    moment,
    party,
    people,
    person,
    run,
    state_in_words,
    titled,
    tone_of,
)
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Text
from slacore.breaches import Breach
from slacore.commitments import Volume
from slacore.escalation import Role
from slacore.sweep import Recipient

_SHOWN = 6
"""Earlier tellings that are listed; `history` has them all."""

_ROLES: dict[Role, str] = {
    "owner": "the owner",
    "contact": "the point of contact",
    "counterparty": "the other side's owner",
    "manager": "the manager",
    "sponsor": "the sponsor",
    "channel": "the channel",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One earlier telling: when, and which members heard. `undelivered` names those it did not reach."""

    at: datetime
    whom: tuple[str, ...]
    undelivered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody said that he has it, and when."""

    by: str
    at: datetime


def escalation(
    duty: Duty,
    now: datetime,
    *,
    to: Recipient,
    tried: Sequence[Told] = (),
    seen: Sequence[Seen] = (),
    skipped: Sequence[Role] = (),
    next_step: NextStep | None = None,
    breach: Breach | None = None,
    meant_at: datetime | None = None,
    since: datetime | None = None,
    commitment_key: str = "",
    ways: Sequence[Button] = (),
) -> Card:
    """Tell one person of a step of the ladder.

    `tried` is what was said before and who heard, oldest first; `seen` who said that he has it.
    `skipped` names roles that nobody fills or reaches, which is why this step came at once; `ways`
    are those by which the reader decides over the miss.
    """
    name = cut(duty.name(now), 44)
    state = marked(duty.state, duty.provisional)
    blocks: list[Block] = [Text(_matter(duty, now))]
    if consequence := _consequence(duty, breach):
        blocks.append(Fact("Agreed consequence", consequence))
    blocks.append(Fact("Tried so far", _tried(duty, tried)))
    blocks.append(Fact("Seen by", _seen(duty, seen, now)))
    if skipped:
        blocks.append(Fact("Skipped", _skipped(skipped)))
    blocks.append(Fact("Next", what_next(next_step, duty, to.member)))
    closing = (told_late(meant_at, duty), held_since(since, duty), (why(duty, to, commitment_key),))
    blocks.append(Note(joined((*closing, how_it_stops(duty, to.member)))))
    return Card(
        title=titled(f"{duty.obligation.key} · {name} · {state}"),
        summary=_summary(duty, now),
        blocks=tuple(blocks),
        buttons=(*ways, *_buttons(duty, to, commitment_key)),
        tone=tone_of(duty.state, duty.provisional),
        ref=duty.obligation.key,
    )


def _matter(duty: Duty, now: datetime) -> Spans:
    """The state in one line: the count or the missing thing, and who owes it to whom."""
    obligation, terms = duty.obligation, duty.terms
    giver, receiver = party(terms, obligation.party), party(terms, duty.other_side)
    them = "them" if duty.volume else "it"
    owner = run(person(terms, obligation.owner), f" of {giver} owes {them} to {receiver}.")
    if duty.standing is not None:
        return joined((stands(duty.standing, terms, now), _short(duty), owner))
    verb = "is due" if now < obligation.due_at else "was due"
    late = " and came late" if obligation.done_at is not None else ""
    thing = Strong(capital(duty.thing))
    return joined((run(thing, f" {verb} ", deadline(obligation.due_at, terms), f"{late}."), owner))


def _short(duty: Duty) -> Spans:
    promise = duty.commitment.promise
    if duty.standing is None or not duty.standing.shortfall or not isinstance(promise, Volume):
        return ()
    so_far = "" if is_certain(duty) else " so far, provisional"
    return run(Strong(f"{promise.unit.counted(duty.standing.shortfall)} short"), f"{so_far}.")


def _consequence(duty: Duty, breach: Breach | None) -> Spans:
    consequence, promise = duty.terms.consequence_of(duty.commitment), duty.commitment.promise
    if (
        breach is None
        or consequence is None
        or duty.obligation.kind == "step"
        or not breach.shortfall
        or not is_certain(duty)
    ):
        return ()
    short = promise.unit.counted(breach.shortfall) if isinstance(promise, Volume) else duty.thing
    return (consequence.in_words(short),)


def _tried(duty: Duty, tried: Sequence[Told]) -> Spans:
    if not tried:
        return ("nothing before this",)
    lines: list[Spans] = []
    for each in tried[-_SHOWN:]:
        line = run(moment(each.at, duty.terms), " ", people(duty.terms, each.whom))
        if each.undelivered:
            names = listed([called(duty.terms, member) for member in each.undelivered])
            line = run(line, f"{' but' if each.whom else ''} not {names}, who could not be reached")
        lines.append(line)
    if len(tried) > _SHOWN:
        lines.insert(0, (f"{len(tried) - _SHOWN} earlier",))
    return joined(lines, "; ")


def _seen(duty: Duty, seen: Sequence[Seen], now: datetime) -> Spans:
    if not seen:
        return ("nobody yet",)
    each = [run(person(duty.terms, one.by), ", ", moment(one.at, duty.terms)) for one in seen[-_SHOWN:]]
    return joined((listed_spans(each), held_by(duty, now)), "; ")


def _skipped(skipped: Sequence[Role]) -> Spans:
    roles = listed([_ROLES[role] for role in dict.fromkeys(skipped)])
    return (f"nobody could be told as {roles}, so this step came at once",)


def _buttons(duty: Duty, to: Recipient, commitment_key: str) -> tuple[Button, ...]:
    """Whoever owes can act; everybody else can take it on or look."""
    if duty.obligation.settled:
        return (history(duty, commitment_key),)
    side = duty.terms.party(duty.obligation.party)
    owes = to.role in ("owner", "contact") or to.member in side.people
    return (i_have_it(duty, to.member), *(act_on(duty) if owes else ()), history(duty, commitment_key))


def _summary(duty: Duty, now: datetime) -> str:
    giver, receiver = party(duty.terms, duty.obligation.party), party(duty.terms, duty.other_side)
    state = state_in_words(duty.state, duty.provisional)
    return f"{duty.name(now)}, owed by {giver} to {receiver}: {state}."
