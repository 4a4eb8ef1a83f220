"""A private word to whoever owes something, before and after its moment.

One message a promise, edited in place: it says what is owed, how far it is, what can be done with
one press, why it came, what happens next if nobody acts, and how it stops.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.cards import rolls
from bot.cards.duties import Duty, act_on, i_have_it, is_certain, is_confirmed, snooze
from bot.cards.levels import promised
from bot.cards.misses import explaining
from bot.cards.offers import ask
from bot.cards.standings import progress, projection, stands, takes_in_words, target
from bot.cards.whys import NextStep, held_by, held_since, how_it_stops, told_late, what_next, why
from bot.cards.words import (
    called,
    cut,
    days_from,
    deadline,
    joined,
    last_moment,
    marked,
    party,
    period_name,
    quoted,
    relative_day,
    run,
    sentence,
    state_in_words,
    titled,
    tone_of,
)
from bot.chat.card import Block, Button, Card, Note, Spans, Strong, Text
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.commitments import FollowUps, Unit, Volume
from slacore.reports import Takes, open_days_left
from slacore.standing import MembersStanding, ShareStanding, Standing
from slacore.sweep import Recipient

Occasion = Literal["", "checkpoint missed", "reminded", "reopened", "opened"]
"""What made the owner hear, where the state alone does not say it."""


def nudge(
    duty: Duty,
    now: datetime,
    *,
    to: Recipient | None = None,
    occasion: Occasion = "",
    next_step: NextStep | None = None,
    breach: Breach | None = None,
    meant_at: datetime | None = None,
    since: datetime | None = None,
    commitment_key: str = "",
) -> Card:
    """Tell an owner, or who stands in for him, where a duty is and what he can do.

    `next_step` is who hears next if nothing changes. `meant_at` is given where the words come well
    after their moment, `since` where quiet hours held them.
    """
    reader = to or Recipient(duty.obligation.owner, "owner")
    name = cut(duty.name(now), 50)
    facts = [_lead(duty, reader, occasion, now), *_how_far(duty, now), _shortfall(duty, breach, now)]
    blocks: list[Block] = [Text(each) for each in facts if each]
    closing = joined(
        (
            told_late(meant_at, duty),
            held_since(since, duty),
            (why(duty, reader, commitment_key),),
            run(held, ".") if (held := held_by(duty, now)) else (),
            what_next(next_step, duty, reader.member) if duty.obligation.kind != "acceptance" else (),
            how_it_stops(duty, reader.member),
        )
    )
    return Card(
        title=titled(f"{duty.obligation.key} · {name} · {marked(duty.state, duty.provisional)}"),
        summary=_summary(duty, now),
        blocks=(*blocks, Note(closing)),
        buttons=(*_buttons(duty, now, reader, next_step), *_about_the_miss(duty.terms, breach)),
        tone=tone_of(duty.state, duty.provisional),
        ref=duty.obligation.key,
    )


def _lead(duty: Duty, reader: Recipient, occasion: Occasion, now: datetime) -> Spans:
    opening = f"{called(duty.terms, reader.member)}, "
    if occasion == "reminded":
        opening += "you asked to be reminded: "
    elif occasion == "reopened":
        opening += "a correction took back what had been met: "
    elif occasion == "opened":
        opening += f"{quoted(_opening(duty))} was logged: "
    elif occasion == "checkpoint missed" and (passed := _checkpoint(duty, now)):
        return run(opening, passed)
    return run(opening, _owed(duty, now))


def _opening(duty: Duty) -> str:
    """The outcomes after which a thing is owed: "Won"."""
    names = [
        outcome.name
        for each in duty.terms.commitments
        if isinstance(each.promise, FollowUps)
        for outcome in each.promise.outcomes
        if outcome.opens == duty.commitment.slug
    ]
    return " or ".join(names)


def _checkpoint(duty: Duty, now: datetime) -> Spans:
    """The checkpoint that passed last, and what was in by now."""
    if duty.volume is None:
        return ()
    passed = [mark for mark in duty.volume.goal.checkpoints if mark[0] <= now]
    if not passed:
        return ()
    at, quantity = passed[-1]
    counted = Strong(f"{duty.volume.attained:,} of {quantity:,}")
    return run("a checkpoint was missed: ", counted, " due ", deadline(at, duty.terms), ".")


def _owed(duty: Duty, now: datetime) -> Spans:
    """What is owed to whom by when: before, at and after the moment."""
    obligation, terms = duty.obligation, duty.terms
    if isinstance(duty.standing, ShareStanding):
        return stands(duty.standing, terms, now)
    owed = party(terms, duty.other_side)
    due = deadline(obligation.due_at, terms)
    if obligation.kind == "acceptance":
        return run(Strong(duty.given), f" from {owed} waits for your answer; silence accepts it ", due, ".")
    if duty.level is not None:
        judged = "it is judged" if now < obligation.due_at else "it was judged"
        kept = f"{duty.commitment.name}, {promised(duty.level.level)}, is promised to {owed}; {judged} "
        return run(kept, due, ".")
    if isinstance(duty.standing, MembersStanding):
        side = party(terms, obligation.party)
        owes = run(f"everybody of {side} owes {owed} the ", Strong(duty.thing), ". ")
        return run(owes, rolls.so_far(duty.standing, terms, now))
    plural = obligation.kind == "period"
    thing = Strong(_what(duty))
    article = "" if plural else "the "
    if now < obligation.due_at:
        verb = "are" if plural else "is"
        near = relative_day(last_moment(obligation.due_at), now, terms.zone)
        before = " The one before was missed." if obligation.state == "at risk" and not plural else ""
        return run(article, thing, f" {verb} due to {owed} {near}, ", due, f".{before}")
    verb = "were" if plural else "was"
    return run(article, thing, f" {verb} due to {owed} ", due, _after(duty))


def _after(duty: Duty) -> str:
    if duty.obligation.kind == "period":
        return "."
    if duty.obligation.done_at is not None:
        return ", and came late."
    return ", and is not confirmed." if is_confirmed(duty) else ", and is not there."


def _what(duty: Duty) -> str:
    promise = duty.commitment.promise
    if duty.volume is not None and isinstance(promise, Volume):
        return target(duty.volume, promise.unit)
    return duty.thing


def _how_far(duty: Duty, now: datetime) -> list[Spans]:
    standing, promise = duty.volume, duty.commitment.promise
    if duty.level is not None:
        return [stands(duty.level, duty.terms, now)]
    if standing is None or not isinstance(promise, Volume):
        return []
    lines = [progress(standing, duty.terms, now)]
    missing = max(0, standing.goal.target - standing.tally.on_time.counted)
    if now < standing.goal.due_at and missing:
        calendar = duty.terms.calendar_of(duty.commitment)
        takes = Takes(missing, open_days_left(calendar, now, standing.goal.due_at))
        due_today = days_from(now, last_moment(standing.goal.due_at), duty.terms.zone) == 0
        needed = takes_in_words(takes, promise.unit, due_today=due_today)
        lines.append(joined((projection(standing, duty.terms, now), (f"It takes {needed}",))))
    return lines


def _shortfall(duty: Duty, breach: Breach | None, now: datetime) -> Spans:
    """After the due moment: what is missing and what that was agreed to bring; a miss only where it is certain."""
    standing, promise = duty.volume, duty.commitment.promise
    if duty.level is not None and duty.level.provisional:
        return ("It is settled when the period is over, and no consequence follows before.",)
    if duty.level is not None and is_certain(duty):
        agreed = duty.terms.consequence_of(duty.commitment)
        words = sentence(agreed.in_words(duty.commitment.name)) if agreed is not None else ""
        return (f"{breach.key}, agreed consequence: {words}",) if breach is not None and words else ()
    if standing is None or now < standing.goal.due_at or not isinstance(promise, Volume):
        return ()
    if standing.provisional:
        return _still_open(standing, promise.unit)
    if not is_certain(duty) or not standing.shortfall:
        return ()
    short = promise.unit.counted(standing.shortfall)
    lines: list[Spans] = [(f"{short} short.",)]
    consequence = duty.terms.consequence_of(duty.commitment)
    if breach is not None and consequence is not None:
        lines.append((f"{breach.key}, agreed consequence: {sentence(consequence.in_words(short))}",))
    period = period_name(standing.goal.period, now, duty.terms.zone)
    lines.append((f"What comes now is credited to {period} once; the miss stays on the record.",))
    return joined(lines)


def _still_open(standing: Standing, unit: Unit) -> Spans:
    open_units = standing.piles.awaiting + standing.piles.disputed
    still = f"{unit.counted(open_units)} {'is' if open_units == 1 else 'are'} still open"
    if standing.state != "missed":
        return (f"Undecided: {still}.",)
    return (f"Short by {standing.shortfall:,} so far: {still}, and no consequence follows before.",)


def _buttons(duty: Duty, now: datetime, reader: Recipient, next_step: NextStep | None) -> tuple[Button, ...]:
    if duty.obligation.settled:
        return ()
    if duty.obligation.kind == "acceptance":
        return act_on(duty)
    later = snooze(duty, now, reader.member, next_step.at if next_step else None)
    return (*act_on(duty), i_have_it(duty), *later)


def _about_the_miss(terms: Terms, breach: Breach | None) -> tuple[Button, ...]:
    """The owner is asked why, and may say that the record is wrong."""
    if breach is None or not breach.counts:
        return ()
    why = () if breach.why else (explaining(terms, breach.key),)
    return (*why, ask("Dispute the miss", f"dispute {breach.key}"))


def _summary(duty: Duty, now: datetime) -> str:
    name, owed = duty.name(now), party(duty.terms, duty.other_side)
    state = state_in_words(duty.state, duty.provisional)
    when = relative_day(last_moment(duty.obligation.due_at), now, duty.terms.zone)
    tense = "due" if now < duty.obligation.due_at else "was due"
    return f"{name}: {state}; {tense} to {owed} {when}."
