"""What other parties owe mine: what, from whom, by when, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty, is_certain, names
from bot.cards.offers import act
from bot.cards.words import (
    count,
    deadline,
    marked,
    party,
    person,
    run,
)
from bot.chat.card import Block, Button, Card, Spans, Table, Text

_SHOWN = 20


def owed(gets: Sequence[Duty], member: str, now: datetime, *, called: str = "") -> Card:
    """Answer `owed` for one member, oldest due first. `called` is his name where others read it too."""
    late = overdue(gets)
    title = f"{_is_owed(called)} {count(len(gets), 'thing') if gets else 'nothing'}, {late_in_words(len(late))}"
    blocks: list[Block] = [owed_table(gets[:_SHOWN], now, called)] if gets else []
    if len(gets) > _SHOWN:
        blocks.append(Text((f"+{len(gets) - _SHOWN} more, due later.",)))
    about = f" Late: {names(late, now, 3)}." if late else ""
    return Card(title=title, summary=f"{title}.{about}", blocks=tuple(blocks), buttons=_buttons(gets, member))


def owed_table(gets: Sequence[Duty], now: datetime, called: str = "") -> Table:
    """What is owed, a line a thing."""
    return Table((_is_owed(called), "Due", "State"), tuple(_row(duty, now) for duty in gets))


def overdue(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """Those whose moment has passed without them, for certain."""
    return tuple(duty for duty in duties if is_certain(duty) and not duty.obligation.settled)


def late_in_words(number: int) -> str:
    """Give "nothing late", "1 late"."""
    return f"{number:,} late" if number else "nothing late"


def _is_owed(called: str) -> str:
    return f"{called} is owed" if called else "You are owed"


def _row(duty: Duty, now: datetime) -> tuple[Spans, ...]:
    by = run(person(duty.terms, duty.obligation.owner), f" of {party(duty.terms, duty.obligation.party)}")
    due = deadline(duty.obligation.due_at, duty.terms)
    return run(f"{duty.listed(now)}, from ", by), (due,), (marked(duty.state, duty.provisional),)


def _buttons(gets: Sequence[Duty], member: str) -> tuple[Button, ...]:
    promises = dict.fromkeys(duty.commitment.slug for duty in gets if duty.obligation.kind != "acceptance")
    named = {duty.commitment.slug: duty.commitment.name for duty in gets}
    return tuple(act(f"Status of {named[slug]}", f"status {slug}", may=(member,)) for slug in list(promises)[:3])
