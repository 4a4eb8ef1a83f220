"""What was logged of following up, and what is owed next: a line for one lead, a table for several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.cards.offers import act, ask
from bot.cards.words import capital, count, cut, days_from, joined, moment, quoted, run, small, titled
from bot.chat.card import Block, Button, Card, Note, Spans, Table, Text
from slacore.agreements import Terms
from slacore.commitments import FollowUps
from slacore.followups import Course
from slacore.items import Handed, Item
from slacore.money import Money

_SHOWN = 12
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st", 32: "32nd", 33: "33rd"}


class FollowedUp(Protocol):
    """An item with how following it up stands, under the promise of it, if somebody promised to."""

    @property
    def item(self) -> Item:
        """The item."""
        ...

    @property
    def terms(self) -> Terms:
        """The terms it is owed under."""
        ...

    @property
    def course(self) -> Course | None:
        """How it stands."""
        ...

    @property
    def promise(self) -> FollowUps | None:
        """What was promised."""
        ...


def logged(done: Sequence[FollowedUp], now: datetime) -> Card:
    """Answer `followup`: which attempt it was, and when the next is due."""
    if len(done) > 1:
        return _several(done, f"Logged for {len(done):,}")
    (one,) = done
    number = f"{ordinal(one.course.made)} follow-up" if one.course is not None else "Follow-up"
    title = f"{one.item.key} · {cut(one.item.name, 40)} · {number} logged"
    return _single(one, title, now)


def ended(done: Sequence[FollowedUp], outcome: str, now: datetime, price: Money | None = None) -> Card:
    """Answer `outcome`: what it was, for how much, and whether anything is owed still."""
    sold = "" if price is None else f" for {price.in_words()}"
    if len(done) > 1:
        return _several(done, f"{outcome}{sold}{' each' if sold else ''}: {len(done):,}")
    (one,) = done
    return _single(one, f"{one.item.key} · {cut(one.item.name, 40)} · {outcome}{sold}", now)


def retracted(done: FollowedUp, now: datetime) -> Card:
    """Answer `retract`: what was taken back, and what is owed again."""
    back = done.item.entries[-1]
    was = done.item.entry(back.about)
    what = f"outcome {_outcome(was.to, done)}" if was.happened == "outcome" else was.happened
    words = f" {quoted(cut(was.note, 80))}" if was.note else ""
    said = run(f"Taken back: {what}{words}, ", moment(was.occurred_at, done.terms), ". Both stay on the record.")
    card = _single(done, f"{done.item.key} · {cut(done.item.name, 40)} · taken back", now)
    return Card(card.title, card.summary, (Text(said), *card.blocks), card.buttons, ref=card.ref)


def owed_in_words(course: Course, terms: Terms, now: datetime) -> Spans:
    """What is owed next of one item: "3rd of 6 follow-ups due Thu 15 Oct 17:00; 3 days of its time are left."."""
    if course.next_at is None or course.next_number is None:
        return ("Nothing more is owed.",)
    of = f" of {len(course.dues)}" if len(course.dues) > 1 else ""
    verb = "was due" if course.next_at <= now else "due"
    first = run(f"{ordinal(course.next_number)}{of} follow-ups {verb} ", moment(course.next_at, terms))
    days = days_from(now, course.due_at, terms.zone)
    if course.due_at <= now:
        return run(first, ".")
    left = "it ends today" if days == 0 else f"{count(days, 'day')} of its time {'is' if days == 1 else 'are'} left"
    return run(first, f"; {left}.")


def attempt_in_words(course: Course, now: datetime, terms: Terms) -> str:
    """Which attempt is owed, for a list that gives its moment beside it: "3rd of 6, 3 days left"."""
    if course.next_number is None:
        return "nothing more"
    days = days_from(now, course.due_at, terms.zone)
    left = f", {count(days, 'day')} left" if days > 0 else ""
    return f"{ordinal(course.next_number)} of {len(course.dues)}{left}"


def follow_up_buttons(handed: Handed, later: tuple[Button, ...], *, labelled: bool = False) -> tuple[Button, ...]:
    """What can be done about a lead that waits to be followed up; `later` puts the reminder off, where that may be."""
    key = handed.key
    on = f" {key}" if labelled else ""
    return (
        ask(f"Log attempt{on}", f"followup {key}", style="primary"),
        ask(f"Outcome{on}", f"outcome {key}"),
        *later,
        ask(f"Reassign{on}", f"assign {key}"),
        ask(f"Dispute{on}", f"dispute H-{handed.handoff} 1"),
    )


def _outcome(slug: str, done: FollowedUp) -> str:
    outcomes = done.promise.outcomes if done.promise is not None else ()
    return next((each.name for each in outcomes if each.slug == slug), slug)


def ordinal(number: int) -> str:
    """Give "1st", "2nd", "11th"."""
    return _ORDINALS.get(number, f"{number:,}th")


def _single(one: FollowedUp, title: str, now: datetime) -> Card:
    parts: list[Spans] = [(f"{capital(each.reason)}.",) for each in one.item.contests if not each.by]
    if one.course is None:
        parts.append(("Nobody promised to follow these up, so nothing is owed; it is on the record.",))
    elif one.item.standing == "owed":
        parts.append(_what_is_left(one, one.course, now))
    if one.course is not None and one.course.late_at is not None:
        since = "It has been late since " if one.item.standing == "owed" else "It was late, since "
        parts.append(run(since, moment(one.course.late_at, one.terms), "."))
    return Card(
        title=titled(title),
        summary=f"{title}.",
        blocks=(Text(joined(parts)),) if parts else (),
        buttons=_buttons(one),
        ref=one.item.key,
    )


def _what_is_left(one: FollowedUp, course: Course, now: datetime) -> Spans:
    if course.ended_at is None:
        return owed_in_words(course, one.terms, now)
    if course.made > len(course.dues):
        return (f"All {small(len(course.dues))} were made already; one more is welcome, and on the record.",)
    return ("Nothing more is owed of it.",)


def _several(done: Sequence[FollowedUp], title: str) -> Card:
    rows: list[tuple[Spans, ...]] = []
    for each in done[:_SHOWN]:
        course = each.course
        next_ = run(moment(course.next_at, each.terms)) if course is not None and course.next_at is not None else ("–",)
        made = f"{course.made} of {len(course.dues)}" if course is not None else "–"
        rows.append(((f"{each.item.key} {cut(each.item.name, 40)}",), (made,), next_))
    over: list[Block] = [Note((f"+{len(done) - _SHOWN} more.",))] if len(done) > _SHOWN else []
    names = ", ".join(each.item.key for each in done[:3])
    return Card(
        title=titled(title),
        summary=f"{title}: {names}{' …' if len(done) > 3 else ''}.",
        blocks=(Table(("Item", "Made", "Next due"), tuple(rows)), *over),
    )


def _buttons(one: FollowedUp) -> tuple[Button, ...]:
    show = act("Show item", f"item {one.item.key}")
    if one.course is None or one.course.ended_at is not None or one.item.standing != "owed":
        return (show,)
    return ask("Outcome", f"outcome {one.item.key}"), show
