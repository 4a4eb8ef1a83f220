"""A recovery plan in words: the miss and what it cost, the steps with who and when, and whose yes is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cards.breaches import loss_in_words
from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import called, count, cut, day_text, deadline, listed, marked, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Strong, Text
from slacore.breaches import Breach
from slacore.commitments import Volume
from slacore.obligations import Obligation
from slacore.plans import RecoveryPlan


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan with the miss it is for. `owed` are its steps' obligations by number; `dispute` holds it up, if any."""

    plan: RecoveryPlan
    breach: Breach
    duty: Duty
    owed: Mapping[int, Obligation]
    dispute: str = ""


def plan(shown: Shown, now: datetime, *, reader: str) -> Card:
    """Show a plan to one reader, "" for the channel, with what he can do about it."""
    it, duty, terms = shown.plan, shown.duty, shown.duty.terms
    name = cut(duty.name(now), 50)
    blocks: list[Block] = [Fact("For", (f"{shown.breach.key}, {name}",))]
    promise = duty.commitment.promise
    if isinstance(promise, Volume) and (loss := loss_in_words(promise.worth, shown.breach.shortfall)):
        blocks.append(Fact("Lost revenue", (loss,)))
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


def reminder(
    duty: Duty, breach: Breach, made: RecoveryPlan | None, until: datetime, now: datetime, *, reader: str
) -> Card:
    """Remind one side, once, that the time for a plan is nearly over, and what is missing of it."""
    terms, name = duty.terms, cut(duty.name(now), 50)
    if made is None:
        lacks, button = "nobody has opened it yet", act("Recovery plan", f"recovery {breach.key}", style="primary")
    elif not made.steps:
        lacks, button = "it has no step yet", ask("Add a step", f"recovery step {made.key}", style="primary")
    else:
        lacks = "it waits for your yes"
        button = act("Agree", f"recovery agree {made.key}", style="primary", version=made.revision)
    show = (act("Where it stands", f"recovery {made.key}"),) if made is not None else ()
    text = run(f"{called(terms, reader)}, a recovery plan for it was agreed to be made by ", deadline(until, terms))
    return Card(
        title=titled(f"{breach.key} · Recovery plan wanted · {name}"),
        summary=f"{breach.key}, {name}: the recovery plan is due soon, and {lacks}.",
        blocks=(
            Text(run(text, f"; {lacks}.")),
            Note(("You hear this once. If nothing changes, it stays open, and a review reads that no plan was made.",)),
        ),
        buttons=(button, *show, act("History", f"history {breach.key}")),
        ref=breach.key,
    )


def _state(shown: Shown) -> str:
    it, terms = shown.plan, shown.duty.terms
    if shown.dispute:
        return f"{shown.dispute} is open over {shown.breach.key}: nothing is owed before it has ended."
    if it.state == "agreed":
        return "Agreed by both sides: each step is owed like any promise."
    missing = listed([terms.party(side).name for side in it.missing()])
    if not it.steps:
        return "It has no step yet. Either side adds them; both agree, and then they are owed."
    return f"It waits for the yes of {missing}; nothing is owed before."


def _buttons(shown: Shown, reader: str) -> tuple[Button, ...]:
    it, terms = shown.plan, shown.duty.terms
    history = act("History", f"history {shown.breach.key}")
    if it.state == "agreed" or not reader:
        return (act("Where it stands", f"recovery {it.key}"), history)
    mine = [side for side in it.sides if reader in {terms.party(side).owner, *terms.party(side).deputies}]
    if not mine:
        return (act("Where it stands", f"recovery {it.key}"), history)
    agree = act("Agree", f"recovery agree {it.key}", style="primary", version=it.revision)
    can_agree = bool(it.steps) and not shown.dispute and any(side in it.missing() for side in mine)
    return (*((agree,) if can_agree else ()), ask("Add a step", f"recovery step {it.key}"), history)
