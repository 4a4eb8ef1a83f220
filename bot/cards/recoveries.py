"""A recovery plan in words: the miss and what it cost, the steps with who and when, and whose yes is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.cards.breaches import loss_in_words
from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import called, count, cut, day_text, deadline, listed, marked, moment, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Text
from slacore.breaches import Breach
from slacore.choices import Course, is_closed, is_pending
from slacore.commitments import Volume
from slacore.obligations import Obligation
from slacore.plans import RecoveryPlan


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan with the miss it is for. `owed` are its steps' obligations by number; `dispute` holds it up, if any.

    `course` tells what was chosen, and by when a plan was wanted.
    """

    plan: RecoveryPlan
    breach: Breach
    duty: Duty
    owed: Mapping[int, Obligation]
    dispute: str = ""
    course: Course = field(default_factory=Course)


def plan(shown: Shown, now: datetime, *, reader: str) -> Card:
    """Show a plan to one reader, "" for the channel, with what he can do about it."""
    it, duty, terms = shown.plan, shown.duty, shown.duty.terms
    name = cut(duty.name(now), 50)
    blocks: list[Block] = [Fact("For", (f"{shown.breach.key}, {name}",))]
    promise = duty.commitment.promise
    if isinstance(promise, Volume) and (loss := loss_in_words(promise.worth, shown.breach.shortfall)):
        blocks.append(Fact("Lost revenue", (loss,)))
    if wanted := _wanted(shown):
        blocks.append(Fact("Wanted", wanted))
    for step in it.steps:
        owed = shown.owed.get(step.seq)
        state = f" · {owed.key} {marked(owed.state)}" if owed is not None else ""
        until = day_text(step.due_on, now, terms.zone)
        blocks.append(
            Text(
                run(Strong(f"{step.seq}. "), f"{cut(step.thing, 200)}: {called(terms, step.owner)}, by {until}{state}")
            )
        )
    state = _state(shown)
    blocks.append(Note((state,)))
    return Card(
        title=titled(f"{it.key} · Recovery plan · {name}"),
        summary=f"{it.key}, recovery plan for {shown.breach.key}: {count(len(it.steps), 'step')}. {state}",
        blocks=tuple(blocks),
        buttons=_buttons(shown, reader),
        tone="good" if it.state == "agreed" else "plain",
        ref=it.key,
    )  # fmt: skip


def _state(shown: Shown) -> str:
    it, terms = shown.plan, shown.duty.terms
    if shown.dispute:
        return f"{shown.dispute} is open over {shown.breach.key}: nothing is owed before it has ended."
    if it.state == "agreed":
        return "Agreed by both sides: each step is owed like any promise."
    agreed = terms.consequence_of(shown.duty.commitment)
    if agreed is not None and is_closed(agreed, shown.course, "recovery plan") and shown.course.choice is not None:
        return f"It is closed: {shown.course.choice.option} was chosen."
    if agreed is not None and is_pending(agreed, shown.course) and (decider := terms.decider_of(shown.duty.commitment)):
        return f"It is being prepared; {called(terms, decider)} has not chosen yet what makes {shown.breach.key} good."
    missing = listed([terms.party(side).name for side in it.missing()])
    if not it.steps:
        return "It has no step yet. Either side adds them; both agree, and then they are owed."
    return f"It waits for the yes of {missing}; nothing is owed before."


def _wanted(shown: Shown) -> Spans:
    """By when the plan was wanted, chosen by whom, and that it came late, where it did."""
    time, choice, terms = shown.course.plan_time, shown.course.choice, shown.duty.terms
    if time is None:
        return ()
    by = f", chosen by {called(terms, choice.by)}" if choice is not None else ""
    words = run("by ", deadline(time.until, terms), by)
    agreed_at = shown.plan.agreed_at
    if agreed_at is not None and time.has_passed(agreed_at):
        return run(words, "; it was agreed ", moment(agreed_at, terms), ", late")
    return run(words, "; that has passed, and it still counts once both agree") if time.lapsed_at else words


def _buttons(shown: Shown, reader: str) -> tuple[Button, ...]:
    it, terms = shown.plan, shown.duty.terms
    history = act("History", f"history {shown.breach.key}")
    agreed = terms.consequence_of(shown.duty.commitment)
    if agreed is not None and is_closed(agreed, shown.course, "recovery plan") and shown.course.choice is not None:
        return (act("What was chosen", f"choose {shown.breach.key}"), history)
    if it.state == "agreed" or not reader:
        return (act("Where it stands", f"recovery {it.key}"), history)
    mine = [side for side in it.sides if reader in {terms.party(side).owner, *terms.party(side).deputies}]
    if not mine:
        return (act("Where it stands", f"recovery {it.key}"), history)
    agree = act("Agree", f"recovery agree {it.key}", style="primary", version=it.revision)
    waits = agreed is not None and is_pending(agreed, shown.course) and bool(terms.decider_of(shown.duty.commitment))
    can_agree = bool(it.steps) and not shown.dispute and not waits and any(side in it.missing() for side in mine)
    return (*((agree,) if can_agree else ()), ask("Add a step", f"recovery step {it.key}"), history)
