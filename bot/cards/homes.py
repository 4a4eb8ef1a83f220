"""Everybody's own page, section by section: in Slack's home, and as one card where a chat has no place for a page.

What needs you, what you are owed, where the promises stand, what comes in the next days, what is held
back, and your settings. A section that has nothing says so in a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cards import lines
from bot.cards.duties import Duty
from bot.cards.healths import Unheard, held_in_words
from bot.cards.lines import Overview
from bot.cards.messages import Heard, settings
from bot.cards.mine import buttons_for, owing_table
from bot.cards.offers import act, one_next
from bot.cards.owed import late_in_words, overdue, owed_table
from bot.cards.statuses import verdict
from bot.cards.words import capital, count, cut, deadline, listed, marked, party, period_name, tone_of
from bot.chat.card import Block, Card, Chart, Fact, Note, Spans, Strong, Table, Text

REF = "home"
AHEAD = timedelta(days=7)
_DUE, _OWED, _PROMISES, _COMING = 10, 6, 12, 10
_FINE = 2
_ALL = 20
"""Promises up to which a page has them all, and their picture."""


@dataclass(frozen=True, slots=True)
class ToSign:
    """A proposal that waits for the reader's name: its key, and what it is about."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """What concerns one member now. `heard` is what reaches him and what he chose; the rest is soonest due first."""

    member: str
    owes: Sequence[Duty]
    gets: Sequence[Duty]
    promises: Sequence[Overview]
    held: Sequence[Unheard]
    heard: Heard
    to_sign: Sequence[ToSign] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its heading, and the card under it."""

    title: str
    card: Card


def sections(page: Page, now: datetime, zone: str) -> tuple[Section, ...]:
    """A page in its order; what waits for quiet hours to end has a section only while something does."""
    return (
        Section("Needs you", _needs(page, now)),
        Section("You are owed", _owed(page, now)),
        Section("Where the promises stand", _standings(page, now)),
        Section("The next seven days", _coming(page, now)),
        *((Section("Held back", _held(page, zone)),) if page.held else ()),
        Section("Settings", settings(page.heard, now, zone)),
    )


def home(page: Page, now: datetime, zone: str) -> Card:
    """The whole page as one card; its pictures are left out, since the lines below them say the same."""
    blocks: list[Block] = []
    found = sections(page, now, zone)
    for each in found:
        blocks.append(Text((Strong(each.title),)))
        told = [block for block in each.card.blocks if not isinstance(block, Chart)]
        said = (Text((each.card.title,)),) if each.title != "Settings" else ()
        blocks += [*said, *told]
    near = [duty for duty in page.owes if duty.obligation.due_at <= now + AHEAD]
    things = len(near) + len(page.to_sign)
    title = f"Home: {count(things, 'thing') if things else 'nothing'} to do this week"
    owed = count(len(page.gets), "thing") if page.gets else "nothing"
    said_short = f"{title}; you are owed {owed}, {len(overdue(page.gets))} late."
    first, rest = found[0].card.buttons, [button for each in found[1:] for button in each.card.buttons]
    buttons = {button.says: button for button in (*first, act("Refresh", REF), *rest)}
    return Card(title=title, summary=said_short, blocks=tuple(blocks), buttons=tuple(buttons.values()), ref=REF)


def _needs(page: Page, now: datetime) -> Card:
    near = [duty for duty in page.owes if duty.obligation.due_at <= now + AHEAD]
    later, late = len(page.owes) - len(near), len(overdue(near))
    things = len(near) + len(page.to_sign)
    if things:
        said = f"{capital(count(things, 'thing'))} this week, {late_in_words(late)}."
    else:
        said = "Nothing needs you this week."
    blocks: list[Block] = [Fact(f"To sign: {each.key}", (cut(each.name, 60),)) for each in page.to_sign[:_DUE]]
    if near:
        blocks.append(replace(owing_table(near[:_DUE], page.member, now), columns=("To do", "Due", "State")))
    if len(near) > _DUE:
        blocks.append(Text((f"+{len(near) - _DUE:,} more this week.",)))
    if later:
        blocks.append(Note((f"{later:,} more, due later.",)))
    signing = tuple(act(f"Read {each.key}", f"agreement show {each.key}", style="primary") for each in page.to_sign[:2])
    everything = (act("All of it", "mine"),) if later or len(near) > _DUE else ()
    return Card(said, said, tuple(blocks), one_next((*signing, *buttons_for(near), *everything)))


def _owed(page: Page, now: datetime) -> Card:
    gets, late = page.gets, len(overdue(page.gets))
    if not gets:
        said = "Nobody owes you anything now."
        return Card(said, said)
    said = f"{capital(count(len(gets), 'thing'))}, {late_in_words(late)}."
    blocks: list[Block] = [replace(owed_table(gets[:_OWED], now), columns=("From others", "Due", "State"))]
    if len(gets) > _OWED:
        blocks.append(Text((f"+{len(gets) - _OWED:,} more, due later.",)))
    more = (act("All you are owed", "owed"),) if len(gets) > _OWED else ()
    return Card(said, said, tuple(blocks), more)


def _standings(page: Page, now: datetime) -> Card:
    """The scoreboard. Of more promises than fit, those that are worst off come first and the rest is counted."""
    promises = page.promises
    if not promises:
        named = [each.name for each in page.heard.agreements]
        said = (
            f"Nothing counts yet under {listed([cut(each, 40) for each in named[:3]])}."
            if named
            else "You have no part in an agreement yet; the owner of a party adds you."
        )
        return Card(said, said)
    worst = sorted(promises, key=_trouble)
    troubled = [each for each in worst if _trouble(each) < _FINE]
    shown = list(promises) if len(promises) <= _PROMISES else worst[:_PROMISES]
    blocks: list[Block] = []
    if len(promises) <= _ALL and (picture := lines.picture(tuple(promises), "Where the promises stand", now)):
        blocks.append(picture)
    captions = dict.fromkeys(_caption(each, now) for each in shown)
    blocks += [
        lines.table(tuple(each for each in shown if _caption(each, now) == about), now, about) for about in captions
    ]
    if len(promises) > len(shown):
        blocks.append(Text((f"+{len(promises) - len(shown):,} more, none of them worse off.",)))
    said = _in_a_sentence(promises, troubled)
    look = tuple(
        act(cut(each.line.commitment.name, 40), f"status {each.key or each.line.commitment.slug}")
        for each in (troubled or promises)[:3]
    )
    return Card(said, said, tuple(blocks), (*look, *((act("All of them", "status"),) if len(promises) > 1 else ())))


def _in_a_sentence(promises: Sequence[Overview], troubled: Sequence[Overview]) -> str:
    names = listed([cut(each.line.commitment.name, 40) for each in troubled[:3]]) if troubled else ""
    others = f" and {len(troubled) - 3:,} more" if len(troubled) > 3 else ""
    return f"{capital(verdict(promises))}{f': {names}{others}' if names else ''}."


def _trouble(each: Overview) -> int:
    """How much a promise wants to be looked at: 0 where it is missed or behind, 1 at risk, 2 where all is well."""
    return {"bad": 0, "warning": 1}.get(tone_of(each.line.state, lines.is_provisional(each.line)), _FINE)


def _caption(each: Overview, now: datetime) -> str:
    return f"{cut(each.terms.name, 60)}, {period_name(each.period, now, each.terms.zone)}"


def _coming(page: Page, now: datetime) -> Card:
    mine = {duty.obligation.number for duty in page.owes}
    there = {duty.obligation.number: duty for duty in (*page.owes, *page.gets)}
    coming = [duty for duty in there.values() if now <= duty.obligation.due_at <= now + AHEAD]
    coming.sort(key=lambda duty: (duty.obligation.due_at, duty.obligation.number))
    if not coming:
        said = "Nothing is due in the next seven days."
        return Card(said, said)
    said = f"{capital(count(len(coming), 'thing'))} {'is' if len(coming) == 1 else 'are'} due."
    rows = tuple(_row(duty, now, duty.obligation.number in mine) for duty in coming[:_COMING])
    blocks: list[Block] = [Table(("Coming up", "By", "Due", "State"), rows)]
    if len(coming) > _COMING:
        blocks.append(Text((f"+{len(coming) - _COMING:,} more until then.",)))
    return Card(said, said, tuple(blocks))


def _row(duty: Duty, now: datetime, mine: bool) -> tuple[Spans, ...]:
    by = "you" if mine else party(duty.terms, duty.obligation.party)
    due = deadline(duty.obligation.due_at, duty.terms)
    return (duty.listed(now),), (by,), (due,), (marked(duty.state, duty.provisional),)


def _held(page: Page, zone: str) -> Card:
    waits = "waits" if len(page.held) == 1 else "wait"
    said = f"{capital(count(len(page.held), 'message'))} {waits} for the end of your quiet hours."
    about = listed(list(dict.fromkeys(each.ref for each in page.held if each.ref))[:6])
    blocks = (Text(held_in_words(page.held, zone)), *((Fact("About", (about,)),) if about else ()))
    return Card(said, said, blocks, (act("Why", "messages"),))
