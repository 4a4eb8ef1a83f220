"""What people say to a miss, in words: its reason, its excuse, a dispute over it and how that ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import called, cut, quoted, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Text
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.disputes import BreachDispute


def said(
    duty: Duty,
    breach: Breach,
    title: str,
    words: str,
    by: str,
    now: datetime,
    *,
    dispute: BreachDispute | None = None,
    forgives: bool = False,
) -> Card:
    """Somebody has said something about a miss that its reader may answer; `forgives` where he may excuse it."""
    terms = duty.terms
    name = cut(duty.name(now), 60)
    blocks: list[Block] = [
        Text(run(f"{called(terms, by)}: ", quoted(words))),
        Fact("About", (f"{breach.key}, {name}",)),
    ]
    buttons: tuple[Button, ...] = (act("History", f"history {breach.key}"),)
    if dispute is not None:
        if dispute.contested_by:
            blocks.insert(0, Text(run(f"{called(terms, dispute.opened_by)}: ", quoted(dispute.reason))))
        blocks.append(Note(("Until it is decided nothing follows from this miss; the clocks go on.",)))
        buttons = (
            ask("It falls", f"answer {dispute.key} falls because"),
            ask("It stands", f"answer {dispute.key} stands because"),
            *buttons,
        )
    elif breach.counts and forgives:
        buttons = (excusing(terms, breach.key), *buttons)
    return Card(
        title=titled(f"{title}: {name}"),
        summary=f"{title}: {name}. {called(terms, by)}: {cut(words, 200)}",
        blocks=tuple(blocks),
        buttons=buttons,
        ref=breach.key,
    )


def excusing(terms: Terms, key: str) -> Button:
    """The button that forgives a miss: its form, or the grounds to choose from where the agreement lists some."""
    return act("Excuse", f"excuse {key}") if terms.misses.grounds else ask("Excuse", f"excuse {key}")


def explaining(terms: Terms, key: str) -> Button:
    """The button that says why: its form, or the reasons to choose from where the agreement lists some."""
    return act("Say why", f"why {key}") if terms.misses.reasons else ask("Say why", f"why {key}")


def reasons(duty: Duty, breach: Breach, now: datetime) -> Card:
    """Ask the owner what a miss came of, with the reasons that the agreement lists, or his own words."""
    lead = "What did it come of? The other side and whoever decides hear your answer."
    return _choice(duty, "Why", "why", breach.key, lead, duty.terms.misses.reasons, now)


def grounds(duty: Duty, key: str, now: datetime) -> Card:
    """Ask on which of the agreed grounds something is forgiven."""
    lead = "On which ground? The agreement excuses on these alone; nothing follows from it then."
    return _choice(duty, "Excuse", "excuse", key, lead, duty.terms.misses.grounds, now)


def _choice(duty: Duty, what: str, verb: str, key: str, lead: str, choices: Sequence[str], now: datetime) -> Card:
    name = cut(duty.name(now), 60)
    return Card(
        title=titled(f"{what} {key}: {name}"),
        summary=f"{what} {key}, {name}: {'; '.join(choices)}; or in words of your own.",
        blocks=(Text((lead,)),),
        buttons=(
            *(act(each, f"{verb} {key} because {each}") for each in choices),
            ask("In my own words" if verb == "why" else "With details", f"{verb} {key}"),
        ),
        ref=key,
    )


def excused(duty: Duty, why: str, by: str, now: datetime) -> Card:
    """Something that was owed is forgiven, with the reason."""
    name, who = cut(duty.name(now), 60), called(duty.terms, by)
    return Card(
        title=titled(f"Excused: {name}"),
        summary=f"Excused: {name}. {who}: {cut(why, 200)}",
        blocks=(Text(run(f"{who}: ", quoted(why))), Note(("Nothing follows from it; it stays on the record.",))),
        buttons=(act("History", f"history {duty.obligation.key}"),),
        ref=duty.obligation.key,
    )


def answered(duty: Duty, breach: Breach, dispute: BreachDispute, now: datetime) -> Card:
    """Tell whoever disputed or answered where the dispute stands."""
    name, terms = cut(duty.name(now), 60), duty.terms
    if dispute.ended_at is not None:
        state = f"{breach.key} was {dispute.ended_how}: {quoted(dispute.ended_why)}"
    elif dispute.contested_by:
        state = f"{called(terms, dispute.contested_by)} says that it stands, so somebody has to decide."
    else:
        state = "It waits for an answer of the other side. Nothing follows from the miss meanwhile; the clocks go on."
    return Card(
        title=titled(f"{dispute.key} over {breach.key}: {name}"),
        summary=f"{dispute.key} over {breach.key}, {name}. {state}",
        blocks=(Text((quoted(dispute.reason),)), Note((state,))),
        buttons=(act("History", f"history {breach.key}"),),
        ref=dispute.key,
    )


def explained(duty: Duty, breach: Breach, now: datetime) -> Card:
    """The owner's reason is on the record."""
    name = cut(duty.name(now), 60)
    return Card(
        title=titled(f"Why {breach.key}: {name}"),
        summary=f"Why {breach.key}, {name}: {cut(breach.why, 200)}",
        blocks=(Text((quoted(breach.why),)), Note(("The other side and whoever decides hear it.",))),
        buttons=(act("History", f"history {breach.key}"),),
        ref=breach.key,
    )
