"""What every member owes, told as a number; and, to those alone who may know, who has not done it yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act
from bot.cards.words import (
    called,
    capital,
    count,
    deadline,
    listed,
    party,
    period_name,
    person,
    run,
    titled,
)
from bot.chat.card import Block, Button, Card, Note, Spans, Strong, Text
from slacore.agreements import Terms
from slacore.standing import MembersStanding

NAMES = 60
"""Names on one page."""


def so_far(standing: MembersStanding, terms: Terms, now: datetime) -> Spans:
    """How many have: "493 of 500 have confirmed, 7 have not", with what a check may still change."""
    counted = standing.count
    spans = run(Strong(f"{counted.kept:,} of {counted.total:,}"), f" {_have(counted.kept)} confirmed")
    not_yet = counted.missed + counted.to_come
    if not_yet:
        by = ", due " if now < standing.due_at else ", though it was due "
        spans = run(spans, f"; {not_yet:,} {_have(not_yet)} not", by, deadline(standing.due_at, terms))
    if counted.late:
        spans = run(spans, f"; {counted.late:,} did so late")
    if counted.to_check:
        spans = run(spans, f"; {counted.to_check:,} {'is' if counted.to_check == 1 else 'are'} still to be checked")
    return run(spans, ".")


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def in_short(standing: MembersStanding) -> str:
    """The same in a few words: "493 of 500 confirmed"."""
    return f"{standing.count.kept:,} of {standing.count.total:,} confirmed"


def everybody_has(duty: Duty, standing: MembersStanding, now: datetime, streak: str = "") -> Card:
    """Share that every member has kept his duty of a period; `streak` says for how long they all have."""
    side = party(duty.terms, duty.obligation.party)
    period = capital(period_name(duty.period, now, duty.terms.zone))
    title = titled(f"{duty.commitment.name}, {period}: everybody of {side} has.")
    words = f"All {standing.count.total:,} confirmed it in time.{streak}"
    return Card(title, f"{title} {words}", (Text((words,)),), tone="good", ref=duty.obligation.key)


def who_has_not(names: Sequence[str], page: int, slug: str) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """The names of those who have not, a page of them, and the button for the next."""
    if not names:
        return (Text(("Everybody has.",)),), ()
    first = (page - 1) * NAMES
    shown = names[first : first + NAMES]
    rest = len(names) - first - len(shown)
    heading = f"{len(names):,} {_have(len(names))} not"
    blocks: list[Block] = [Text(run(Strong(heading), f": {', '.join(shown) or 'none on this page'}."))]
    buttons: tuple[Button, ...] = ()
    if rest > 0:
        blocks.append(Text((f"+{rest:,} more.",)))
        buttons = (act(f"Next {min(rest, NAMES)}", f"status {slug} page {page + 1}"),)
    blocks.append(Note(("Only you, the party's owner and manager see names; everybody else sees how many.",)))
    return tuple(blocks), buttons


def let_off(duties: Sequence[Duty], now: datetime) -> Card:
    """Tell somebody that he no longer owes what every member of a party owes."""
    side = party(duties[0].terms, duties[0].obligation.party)
    title = titled(f"You no longer owe {count(len(duties), 'thing')}")
    words = f"You are not of {side} any more, so this is withdrawn: {listed([duty.name(now) for duty in duties])}."
    return Card(title, f"{title}. {words}", (Text((words,)), Note(("Nothing for you to do.",))))


def member_left(duties: Sequence[Duty], now: datetime) -> Card:
    """Tell whoever answers for a party that one of its members owes nothing more."""
    terms, member = duties[0].terms, duties[0].obligation.owner
    side = party(terms, duties[0].obligation.party)
    title = titled(f"{called(terms, member)} left {side}")
    what = f" owed what every member owes, and that is withdrawn: {listed([duty.name(now) for duty in duties])}."
    return Card(title, f"{title}: {len(duties):,} withdrawn.", (Text(run(person(terms, member), what)),))
