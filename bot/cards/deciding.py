"""What whoever decides over a miss is asked: how much it is, what it cost, why, and the agreed ways to make it good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.breaches import loss_in_words, repetition
from bot.cards.duties import Duty
from bot.cards.misses import excusing
from bot.cards.offers import act, ask
from bot.cards.words import called, cut, party, quoted, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Strong, Text
from slacore.breaches import Breach
from slacore.commitments import Volume
from slacore.excusals import may_excuse
from slacore.repeats import Repetition


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be decided over a miss now.

    While it is `pending`, one of several ways is chosen: a `plan`, a `credit`, or one of the others.
    `carriable` units can be carried over; a `notice` can be given; `repeated` is what the miss completed;
    `agreement` and `review` are the keys of what could be ended, or met over sooner. `depends_on` is the
    miss of what it depends on, where that is not certain and excuses nothing by itself.
    """

    pending: bool = False
    plan: bool = True
    credit: bool = False
    carriable: int = 0
    notice: bool = False
    repeated: tuple[Repetition, ...] = ()
    agreement: str = ""
    review: str = ""
    depends_on: str = ""


def ways(duty: Duty, breach: Breach, possible: Ways) -> tuple[Button, ...]:
    """A button for each way that was agreed and is possible."""
    terms, decider = duty.terms, duty.terms.decider_of(duty.commitment)
    agreed = terms.consequence_of(duty.commitment)
    if agreed is None:
        return ()
    led_to = {each.rule.then for each in possible.repeated}
    found: list[Button] = []
    if breach.counts and (("recovery plan" in agreed.options and possible.plan) or "recovery plan" in led_to):
        says = f"choose {breach.key} recovery plan" if possible.pending else f"recovery {breach.key}"
        found.append(act("Recovery plan", says))
    if possible.carriable:
        found.append(act(f"Carry {possible.carriable:,} over", f"carry {breach.key}"))
    if possible.credit:
        found.append(act("Service credit", f"choose {breach.key} service credit"))
    if possible.notice:
        found.append(act("Notice", f"notice {breach.key}"))
    if "review" in led_to:
        sooner = ask("Meet sooner", f"review move {possible.review} to") if possible.review else act("Meet", "review")
        found.append(sooner)
    if "end" in led_to:
        found.append(ask("End the agreement", f"agreement end {possible.agreement}"))
    forgives = decider in may_excuse(terms, breach.party, duty.other_side)
    if forgives and possible.depends_on and not terms.misses.grounds:
        because = f"it depends on what {possible.depends_on} is about, which was missed first"
        found.append(act(f"Excuse, for {possible.depends_on}", f"excuse {breach.key} because {because}"))
    if forgives:
        found.append(excusing(terms, breach.key))
    return tuple(found)


def to_decide(
    duty: Duty, breach: Breach, buttons: Sequence[Button], now: datetime, repeated: Sequence[Repetition] = (), *,
    reminds: bool = False, last: bool = False,
) -> Card:  # fmt: skip
    """Ask whoever decides over a miss, now that it is certain; or remind him that it is still open, a `last` time."""
    terms, promise = duty.terms, duty.commitment.promise
    name = cut(duty.name(now), 50)
    agreed = terms.consequence_of(duty.commitment)
    short = promise.unit.counted(breach.shortfall) if isinstance(promise, Volume) else duty.thing
    what = f"{short} short" if isinstance(promise, Volume) else "missed"
    owed = f" of {party(terms, breach.party)}, owed to {party(terms, duty.other_side)}. It is certain now."
    blocks: list[Block] = [Text(run("A miss", owed))]
    if isinstance(promise, Volume):
        blocks[0] = Text(run(Strong(f"{short} short"), f": a miss{owed}"))
        if loss := loss_in_words(promise.worth, breach.shortfall):
            blocks.append(Fact("Lost revenue", (loss,)))
    if agreed is not None:
        blocks.append(Fact("Agreed consequence", (agreed.in_words(short),)))
    blocks += [repetition(each) for each in repeated]
    blocks.append(Fact("Why", (quoted(breach.why) if breach.why else "nobody has said yet",)))
    decider = called(terms, terms.decider_of(duty.commitment))
    one = agreed is not None and agreed.is_a_choice
    turn = "you choose one of them, which closes the others." if one else "you decide over it."
    again = " You are reminded a last time." if last else " You are reminded once more." if reminds else ""
    blocks.append(Note((f"{decider}, {turn} If you do nothing, nothing follows; it stays on the record.{again}",)))
    return Card(
        title=titled(f"{breach.key} · {'still ' if reminds else ''}to decide · {name}"),
        summary=f"You decide what follows: {name}, {what}, of {party(terms, breach.party)} ({breach.key}).",
        blocks=tuple(blocks),
        buttons=(*buttons, act("History", f"history {breach.key}")),
        ref=breach.key,
    )
