"""The daily digest: one private message with all that wants a hand today, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty, is_certain, names
from bot.cards.mine import SHOWN, buttons_for
from bot.cards.offers import act
from bot.cards.owed import late_in_words, overdue
from bot.cards.standings import in_short
from bot.cards.words import (
    TITLE,
    count,
    cut,
    days_from,
    deadline,
    joined,
    last_moment,
    marked,
    party,
    run,
    said,
    sentence,
    titled,
)
from bot.chat.card import Block, Card, Moment, Note, Spans, Strong, Text

_SORTS = ("overdue", "to accept", "due today", "undecided", "at risk")
"""What a digest is made of, in the order in which it matters."""

_PRESSING = frozenset({"overdue", "to accept", "due today"})
"""What is worth a message a day; the rest is, when there is news of it."""

_FOLDED = 5


def digest(
    owes: Sequence[Duty],
    gets: Sequence[Duty],
    member: str,
    now: datetime,
    *,
    zone: str,
    folded: Sequence[Card] = (),
    meant_at: datetime | None = None,
) -> Card | None:
    """Sum up somebody's day in his own `zone` (IANA); None where there is nothing to say.

    `folded` are messages over the day's budget, which come here instead; `meant_at` is given where
    the digest comes well after its hour.
    """
    sorted_out = [(sort, [duty for duty in owes if _sort(duty, now, zone) == sort]) for sort in _SORTS]
    things = [duty for _, duties in sorted_out for duty in duties]
    late = overdue(gets)
    if not things and not late and not folded:
        return None
    counts = [f"{len(duties):,} {sort}" for sort, duties in sorted_out if duties]
    owed = f"You are owed: {late_in_words(len(late))}."
    in_all = f"{count(len(things), 'thing')}: " if len(counts) > 1 else ""
    opening = f"{in_all}{', '.join(counts)}." if things else "Nothing for you to do today."
    whole = f"{opening} {owed}"
    lines: list[Block] = []
    for sort, duties in sorted_out:
        lines += [Text(_line(duty, sort, now)) for duty in duties]
    if len(lines) > SHOWN:
        lines[SHOWN:] = [Text(said(f"+{len(lines) - SHOWN} more: `mine`."))]
    fits = len(whole) <= TITLE
    blocks = lines if fits else [*lines, Text((owed,))]
    if late:
        blocks.append(Text((f"Late to you: {names(late, now, 3)}.",)))
    blocks += _folded(folded)
    blocks.append(Note(_closing(meant_at, zone)))
    more = (act("Show all", "mine", may=(member,)),) if len(things) > SHOWN else ()
    return Card(
        title=whole if fits else titled(opening),
        summary=_summary(opening, owed, things, now),
        blocks=tuple(blocks),
        buttons=(*buttons_for(things), *more),
        tone="warning" if any(is_certain(duty) for duty in things) else "plain",
    )


def is_pressing(owes: Sequence[Duty], now: datetime, zone: str) -> bool:
    """Whether somebody is to do something today, so that he is told even if he was told the same yesterday."""
    return any(_sort(duty, now, zone) in _PRESSING for duty in owes)


def says_the_same(one: Card, other: Card) -> bool:
    """Whether two digests tell the same, whatever day they are of and when they were meant to come."""
    return (one.title, one.blocks[:-1], one.buttons) == (other.title, other.blocks[:-1], other.buttons)


def _sort(duty: Duty, now: datetime, zone: str) -> str:
    """Which of the sorts a duty is of today; "" for what can wait."""
    obligation = duty.obligation
    if obligation.settled:
        return ""
    if obligation.kind == "acceptance":
        return "to accept"
    if now >= obligation.due_at:
        return "overdue" if is_certain(duty) else "undecided"
    if days_from(now, last_moment(obligation.due_at), zone) == 0:
        return "due today"
    return "at risk" if duty.state in ("at risk", "behind") else ""


def _line(duty: Duty, sort: str, now: datetime) -> Spans:
    obligation, terms = duty.obligation, duty.terms
    name = duty.listed(now)
    when = deadline(obligation.due_at, terms)
    to = party(terms, duty.other_side)
    stands = run(in_short(duty.standing, terms, now), ".") if duty.standing is not None else ()
    match sort:
        case "to accept":
            return run(Strong(name), f", from {to}: silence accepts it ", when, ".")
        case "overdue":
            return joined((run(Strong(name), f", to {to}: overdue since ", when, "."), stands))
        case "undecided" if duty.level is not None:
            return run(Strong(name), f", to {to}: was due ", when, ", ", in_short(duty.level, terms, now), ".")
        case "undecided":
            why = "units are still open" if duty.standing is not None else "it is not decided yet"
            return joined((run(Strong(name), f", to {to}: was due ", when, f"; {why}."), stands))
        case "due today":
            return joined((run(Strong(name), f", to {to}: due today, ", when, "."), stands))
        case _:
            due = stands or run("due ", when, ".")
            return run(Strong(name), f", to {to}: {marked(duty.state)}, ", due)


def _folded(folded: Sequence[Card]) -> list[Block]:
    if not folded:
        return []
    titles = [cut(card.title, 60) for card in folded[:_FOLDED]]
    more = f"; and {len(folded) - _FOLDED:,} more" if len(folded) > _FOLDED else ""
    what = count(len(folded), "message")
    verb = "was" if len(folded) == 1 else "were"
    return [Text((sentence(f"{what} beyond three a day {verb} folded in here: {'; '.join(titles)}{more}"),))]


def _closing(meant_at: datetime | None, zone: str) -> Spans:
    late = run("Late: this was meant for ", Moment(meant_at, zone=zone), ". ") if meant_at is not None else ()
    return run(late, said("Your digest of the day. `digest off` ends it, `digest 08:00` moves it."))


def _summary(opening: str, owed: str, things: Sequence[Duty], now: datetime) -> str:
    which = f" {names(things, now, 3)}." if things else ""
    return f"{opening}{which} {owed}"
