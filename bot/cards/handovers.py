"""What somebody owed passes to somebody else: each of the two sides is told once, with the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.cards.duties import Duty
from bot.cards.mine import SHOWN, buttons_for
from bot.cards.offers import act
from bot.cards.words import (
    called,
    count,
    deadline,
    marked,
    party,
    person,
    run,
    said,
    titled,
)
from bot.chat.card import Block, Card, Note, Spans, Table, Text
from slacore.agreements import Terms
from slacore.periods import print_dates


def left(terms: Terms, member: str, passed: Sequence[Duty], now: datetime) -> Card:
    """Tell whoever takes over that somebody left, and what is his or hers now; `passed` may be empty."""
    name = terms.name_of(member)
    title = f"{name} left the chat, and cannot be reached any more."
    heard = f"You hear what {called(terms, member)} would have heard."
    blocks: list[Block] = [Text((heard,))]
    if passed:
        what = f"{count(len(passed), 'thing')} that {called(terms, member)} owed {_is(passed)} yours now:"
        blocks = [Text((f"{what} you owe {_it(passed)} as agreed, by the same dates.",)), *_listed(passed, now)]
    return Card(
        title=titled(title),
        summary=f"{title} {heard}",
        blocks=(*blocks, Note(("Apply the agreement with somebody else in that place.",))),
        buttons=buttons_for(passed),
        tone="warning",
        ref="health",
    )


def passed_on(terms: Terms, member: str, passed: Sequence[Duty], now: datetime) -> Card:
    """Tell the side to which things are owed that their owner left, and whose they are now."""
    side = party(terms, passed[0].obligation.party)
    name = terms.name_of(member)
    title = f"{name} of {side} left: {count(len(passed), 'thing')} owed to you {_has(passed)} a new owner"
    rows: list[tuple[Spans, ...]] = [
        (
            (duty.listed(now),),
            (person(duty.terms, duty.obligation.owner),),
            (deadline(duty.obligation.due_at, duty.terms),),
        )
        for duty in passed[:SHOWN]
    ]
    return Card(
        title=titled(title),
        summary=f"{title}. The dates stay as agreed.",
        blocks=(
            Table(("You are owed", "Now by", "Due"), tuple(rows)),
            *_more(passed),
            Note(("The dates stay as agreed.",)),
        ),
        buttons=(act("What I am owed", "owed"),),
        ref="health",
    )


def stands_in(terms: Terms, member: str, first_on: date, last_on: date, due: Sequence[Duty], now: datetime) -> Card:
    """Tell a deputy that he stands in, for whom, on which days, and what falls due meanwhile."""
    name, days = called(terms, member), print_dates(first_on, last_on)
    title = f"You stand in for {terms.name_of(member)}: {days}"
    if due:
        opening = f"{count(len(due), 'thing')} of {name}'s {'falls' if len(due) == 1 else 'fall'} due by then:"
    else:
        opening = f"Nothing of {name}'s is due by then so far; what comes up reaches you."
    closing = said(
        f"{name} still owns it. From the first of these days on you get {name}'s messages, and `mine` lists it."
    )
    return Card(
        title=titled(title),
        summary=f"{title}. {opening.removesuffix(':')}.",
        blocks=(Text((opening,)), *_listed(due, now), Note(run(closing))),
    )


def _listed(duties: Sequence[Duty], now: datetime) -> list[Block]:
    if not duties:
        return []
    rows = tuple(
        (
            (f"{duty.listed(now)}, to {party(duty.terms, duty.other_side)}",),
            (deadline(duty.obligation.due_at, duty.terms),),
            (marked(duty.state, duty.provisional),),
        )
        for duty in duties[:SHOWN]
    )
    return [Table(("What", "Due", "State"), rows), *_more(duties)]


def _more(duties: Sequence[Duty]) -> list[Block]:
    over = len(duties) - SHOWN
    return [Text(said(f"+{over} more, due later: `mine`."))] if over > 0 else []


def _is(duties: Sequence[Duty]) -> str:
    return "is" if len(duties) == 1 else "are"


def _has(duties: Sequence[Duty]) -> str:
    return "has" if len(duties) == 1 else "have"


def _it(duties: Sequence[Duty]) -> str:
    return "it" if len(duties) == 1 else "them"
