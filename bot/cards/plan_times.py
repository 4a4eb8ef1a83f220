"""The time in which a recovery plan is wanted, in words: nearly over, over without one, or begun anew."""

from __future__ import annotations

from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import called, capital, cut, deadline, listed, moment, moment_text, party, run, sentence, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Text
from slacore.breaches import Breach
from slacore.commitments import Volume
from slacore.credits import Consequence
from slacore.plans import PlanTime, RecoveryPlan


def reminder(
    duty: Duty, breach: Breach, made: RecoveryPlan | None, agreed: Consequence | None, until: datetime, now: datetime,
    *, reader: str,
) -> Card:  # fmt: skip
    """Remind one side, once, that the time for a plan is nearly over, what is missing of it, and what follows else."""
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
    option = _option(duty, breach, agreed)
    then = f", and what was agreed for that follows: {option}" if option else ""
    note = f"You hear this once. If nothing changes, the record says that no plan was given in time{then}."
    return Card(
        title=titled(f"{breach.key} · Recovery plan wanted · {name}"),
        summary=f"{name}: the recovery plan is due {moment_text(until, now, terms.zone)}, and {lacks} ({breach.key}).",
        blocks=(Text(run(text, f"; {lacks}.")), Note((note,))),
        buttons=(button, *show, act("History", f"history {breach.key}")),
        ref=breach.key,
    )


def lapsed(duty: Duty, breach: Breach, made: RecoveryPlan | None, time: PlanTime, now: datetime) -> Card:
    """Say once that no plan was agreed in time: what there is of one, what followed, and that it still may come."""
    terms, name = duty.terms, cut(duty.name(now), 50)
    blocks: list[Block] = [
        Text(
            run(
                f"{party(terms, breach.party)} and {party(terms, duty.other_side)} had until ",
                deadline(time.until, terms),
                f" to agree on a recovery plan; {_lacks(duty, made)}.",
            )
        )
    ]
    if time.followed:
        agreed = terms.consequence_of(duty.commitment)
        blocks.append(Fact("So this follows", (f"{_option(duty, breach, agreed)}, as agreed for that case",)))
    elif time.obstacle:
        blocks.append(Fact("Could not follow", (sentence(capital(time.obstacle)),)))
    stays = "It is on the record, and the review reads it. A plan still counts once both agree; it is said to be late."
    blocks.append(Note((stays,)))
    return Card(
        title=titled(f"{breach.key} · No plan was given in time · {name}"),
        summary=f"{name}: no recovery plan was agreed by {moment_text(time.until, now, terms.zone)} ({breach.key}).",
        blocks=tuple(blocks),
        buttons=_buttons(breach, made),
        tone="warning",
        ref=breach.key,
    )


def renewed(duty: Duty, breach: Breach, until: datetime, now: datetime) -> Card:
    """Say by when a plan is wanted, now that a dispute over the miss has ended."""
    name, wanted_by = cut(duty.name(now), 50), moment_text(until, now, duty.terms.zone)
    return Card(
        title=titled(f"{breach.key} · Time for a recovery plan · {name}"),
        summary=f"{name}: the dispute is over; a plan is wanted by {wanted_by} ({breach.key}).",
        blocks=(
            Text(run("The dispute over it has ended. A plan is wanted by ", deadline(until, duty.terms), " now.")),
        ),
        buttons=(act("Recovery plan", f"recovery {breach.key}"), act("History", f"history {breach.key}")),
        ref=breach.key,
    )


def in_short(duty: Duty, time: PlanTime, made: RecoveryPlan | None) -> Spans:
    """One line for the miss itself: "no plan was given in time, by Wed 4 Nov 17:00"."""
    terms = duty.terms
    agreed_at = made.agreed_at if made is not None else None
    if made is not None and agreed_at is not None:
        late = run("; late, it was wanted by ", deadline(time.until, terms)) if time.has_passed(agreed_at) else ()
        return run(f"{made.key}, agreed by both ", moment(agreed_at, terms), late)
    if time.lapsed_at is not None:
        obstacle = f"; {time.obstacle.rstrip('.')}" if time.obstacle else ""
        then = f"; {time.followed} follows, as agreed for that" if time.followed else obstacle
        return run("no plan was given in time, by ", deadline(time.until, terms), then)
    return run("wanted by ", deadline(time.until, terms))


def _lacks(duty: Duty, made: RecoveryPlan | None) -> str:
    if made is None:
        return "nobody opened one"
    if not made.steps:
        return f"{made.key} has no step"
    missing = listed([duty.terms.party(side).name for side in made.missing()])
    return f"{made.key} still waits for the yes of {missing}"


def _buttons(breach: Breach, made: RecoveryPlan | None) -> tuple[Button, ...]:
    plan = act("Recovery plan", f"recovery {made.key if made is not None else breach.key}")
    return plan, act("History", f"history {breach.key}")


def _option(duty: Duty, breach: Breach, agreed: Consequence | None) -> str:
    """What was agreed to follow without a plan, with how much it is of: "9 leads carried over"."""
    if agreed is None or not agreed.otherwise:
        return ""
    promise = duty.commitment.promise
    short = promise.unit.counted(breach.shortfall) if isinstance(promise, Volume) else duty.thing
    return agreed.option_in_words(agreed.otherwise, short)
