"""My part: what I owe, to whom, by when, and what I am owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty, act_on
from bot.cards.healths import Unheard, held_in_words
from bot.cards.offers import one_next
from bot.cards.owed import owed_table
from bot.cards.words import (
    count,
    deadline,
    marked,
    party,
    person,
    run,
    said,
)
from bot.chat.card import Block, Button, Card, Note, Spans, Table, Text

SHOWN = 12
"""Things that a list shows; what is over is counted."""

_ACTED_ON = 4
"""Things that get buttons: the first that are due."""


def mine(
    owes: Sequence[Duty],
    gets: Sequence[Duty],
    member: str,
    now: datetime,
    *,
    held: Sequence[Unheard] = (),
    zone: str = "UTC",
    called: str = "",
) -> Card:
    """Answer `mine` for one member: what he owes, oldest due first, then what his parties are owed.

    `held` are his messages that wait for his quiet hours to end, in his own `zone` (IANA).
    `called` is his name where others read it too.
    """
    blocks: list[Block] = []
    if owes:
        blocks.append(owing_table(owes[:SHOWN], member, now, called))
    if len(owes) > SHOWN:
        blocks.append(Text((f"+{len(owes) - SHOWN} more, due later.",)))
    if gets:
        blocks.append(owed_table(gets[:SHOWN], now, called))
    if len(gets) > SHOWN:
        blocks.append(Text(said(f"+{len(gets) - SHOWN} more owed to {called or 'you'}: `owed`.")))
    if waiting := held_in_words(held, zone):
        blocks.append(Note(waiting))
    whose = f"{called}’s part" if called else "Your part"
    title = f"{whose}: {_things(len(owes))} to do, {_things(len(gets))} owed to {called or 'you'}"
    first = f" First: {owes[0].name(now)}." if owes else ""
    return Card(title=title, summary=f"{title}.{first}", blocks=tuple(blocks), buttons=buttons_for(owes))


def owing_table(owes: Sequence[Duty], member: str, now: datetime, called: str = "") -> Table:
    """What somebody owes, a line a thing."""
    rows = tuple(_row(duty, member, now) for duty in owes)
    return Table((f"{called} owes" if called else "You owe", "Due", "State"), rows)


def buttons_for(duties: Sequence[Duty]) -> tuple[Button, ...]:
    """What can be pressed for the first few things of a list, each button naming its thing; nothing twice."""
    offered = [button for duty in duties[:_ACTED_ON] for button in act_on(duty, labelled=True)]
    return one_next(tuple({button.says: button for button in reversed(offered)}.values())[::-1])


def _things(number: int) -> str:
    return count(number, "thing") if number else "nothing"


def _row(duty: Duty, member: str, now: datetime) -> tuple[Spans, ...]:
    what: Spans = (f"{duty.listed(now)}, to {party(duty.terms, duty.other_side)}",)
    if duty.obligation.owner != member:
        what = run(what, " (for ", person(duty.terms, duty.obligation.owner), ")")
    due = deadline(duty.obligation.due_at, duty.terms)
    return what, (due,), (marked(duty.state, duty.provisional),)
