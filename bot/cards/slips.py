"""What was raised, thing by thing: who has it, until when an answer is owed, and what became of it.

Read by everybody in the parties' channel, so it tells what was done and never that something is late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import OWED, item_buttons
from bot.cards.offers import act, ask
from bot.cards.words import cut, deadline, joined, listed, moment, party, person, run, speakers, titled
from bot.chat.card import Button, Card, Fact, Spans, Strong, Text
from slacore.agreements import Terms
from slacore.handoffs import Handoff
from slacore.items import Item, ItemDuty
from slacore.owing import duties_of
from slacore.raises import unit_of

_ANSWERED_BY_BUTTON = 3
"""Things that a slip has a button for; beyond, whoever has them finds them in his own list."""


def slip(handoff: Handoff, raised: Sequence[Item], terms: Terms, now: datetime, files: Sequence[str] = ()) -> Card:
    """Say what was raised and where each thing of it stands; `files` are the names of those that came along."""
    unit = unit_of(terms.commitment(handoff.commitment))
    things = unit.counted(handoff.quantity) if unit is not None else f"{handoff.quantity:,}"
    giver, receiver = party(terms, handoff.giver), party(terms, handoff.receiver)
    owed = [(item, _open(item, terms, now)) for item in raised]
    over = not any(duties for _, duties in owed)
    said_by = run("Raised by ", person(terms, handoff.logged_by), ", ", moment(handoff.logged_at, terms), ".")
    outcome = " · – undone" if handoff.undone else " · ✓ done" if over else ""
    became = "it was undone" if handoff.undone else "nothing more is owed" if over else "answers are owed"
    return Card(
        title=titled(f"{handoff.key} · {cut(giver, 20)} → {cut(receiver, 20)} · {things}{outcome}"),
        summary=f"{handoff.key}: {giver} raised {things} with {receiver}; {became}.",
        blocks=(Text(said_by), *files_named(files), *(Text(_line(item, duties, terms)) for item, duties in owed)),
        buttons=_buttons(handoff, owed, terms, files),
        tone="good" if over and not handoff.undone else "plain",
        ref=handoff.key,
    )


def _open(item: Item, terms: Terms, now: datetime) -> list[ItemDuty]:
    """What is still owed about a thing, soonest due first."""
    if item.standing != "owed":
        return []
    found = (duty for _, duty in duties_of(item, terms, now) if duty.done_at is None and not duty.over)
    return sorted(found, key=lambda each: each.due_at)


def _line(item: Item, owed: Sequence[ItemDuty], terms: Terms) -> Spans:
    priority = f" · {item.handed.priority}" if item.handed.priority else ""
    first = run(Strong(cut(f"{item.key} {item.name}", 120)), priority, " · ")
    if item.standing != "owed":
        return run(first, item.standing)
    parts: list[Spans] = [run(person(terms, item.owner), " has it")] if item.owner else []
    if item.resolution is not None:
        parts.append(run("resolved ", moment(item.resolution.occurred_at, terms)))
    elif item.response is not None:
        parts.append(run("answered ", moment(item.response.occurred_at, terms)))
    if item.paused is not None:
        parts.append(("paused",))
    elif owed:
        parts.append(run(f"{OWED[owed[0].kind]} due ", deadline(owed[0].due_at, terms)))
    return run(first, joined(parts, ", ") if parts else ("nothing more is owed",), ".")


def files_named(files: Sequence[str]) -> tuple[Fact, ...]:
    """The files that came along, by name; who may take them gets them in private."""
    return (Fact("With it", (listed([cut(each, 60) for each in files]),)),) if files else ()


def _buttons(
    handoff: Handoff, owed: Sequence[tuple[Item, Sequence[ItemDuty]]], terms: Terms, files: Sequence[str]
) -> tuple[Button, ...]:
    answering, raising = speakers(terms, handoff.receiver), speakers(terms, handoff.giver)
    waiting = [(item, duties[0]) for item, duties in owed if duties and item.paused is None]
    labelled = len(owed) > 1
    acts = [
        item_buttons(item.key, duty.kind, labelled=labelled, may=answering)[0]
        for item, duty in waiting[:_ANSWERED_BY_BUTTON]
    ]
    take = (act("Files", f"evidence {handoff.key}", may=(*answering, *raising)),) if files else ()
    return (*acts, *take, ask("Raise another", "raise", may=raising))
