"""One item in one look: what it is, who has it, what is owed about it until when, and its whole ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import OWED, item_buttons
from bot.cards.offers import act, ask
from bot.cards.samples import span
from bot.cards.slips import files_named
from bot.cards.words import capital, cut, joined, listed_spans, marked, moment, party, person, quoted, run, titled
from bot.cards.worklists import paused_in_words
from bot.chat.card import Block, Button, Card, Fact, Moment, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.items import Delay, Entry, Item
from slacore.obligations import Obligation
from slacore.raises import is_raised

_SHOWN = 20
"""Entries of a ledger that a card lists: the newest; the record keeps them all."""
_ORDER = ("response", "update", "resolution", "follow-up")


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with what is owed about it, soonest due first, and how long its answer took, if it has one.

    `files` are the names of those that came along as it was raised.
    """

    item: Item
    terms: Terms
    owed: tuple[Obligation, ...]
    delay: Delay | None = None
    files: tuple[str, ...] = ()


def page(found: ItemPage, now: datetime) -> Card:
    """Show an item whole."""
    item, terms = found.item, found.terms
    state = _state(found)
    title = f"{item.key} · {cut(item.name, 40)} · {marked(state)}"
    blocks: list[Block] = [Text(_what(item, terms)), *_facts(found, now), _ledger(item, terms)]
    blocks.append(Note(("Nothing here is ever edited; a correction is an entry of its own.",)))
    return Card(
        title=titled(title),
        summary=f"{item.key} {cut(item.name, 60)}: {state}.",
        blocks=tuple(blocks),
        buttons=(*_buttons(found), *((act("Files", f"evidence {item.key}"),) if found.files else ())),
        tone="warning" if state == "missed" else "plain",
        ref=item.key,
    )


def done(found: ItemPage, said: str) -> Card:
    """Answer an act on an item in a line or two: what was done, and what is still owed."""
    item, terms = found.item, found.terms
    open_ = [each for each in found.owed if not each.settled and each.state != "paused"]
    parts: list[Spans] = [(f"{capital(each.reason)}.",) for each in item.contests if not each.by]
    if item.paused is not None:
        parts.append(("No working time passes until it is resumed.",))
    elif open_:
        due = [run(_thing(each), " due ", moment(each.due_at, terms)) for each in open_]
        parts.append(run("Still owed: ", listed_spans(due), "."))
    elif item.standing == "owed":
        parts.append(("Nothing more is owed about it.",))
    late = [each for each in found.owed if each.state == "missed" and each.done_at is not None]
    if late:
        was_due = [run(_thing(each), ", which was due ", moment(each.due_at, terms)) for each in late]
        parts.append(run("Late: ", listed_spans(was_due), "."))
    title = titled(f"{item.key} · {cut(item.name, 40)} · {said}")
    resume = (act("Resume", f"resume {item.key}"),) if item.paused is not None else ()
    blocks = (Text(joined(parts)),) if parts else ()
    return Card(title, f"{title}.", blocks, (*resume, act("Show item", f"item {item.key}")), ref=item.key)


def _state(found: ItemPage) -> str:
    item = found.item
    if item.standing != "owed":
        return "withdrawn" if item.standing == "withdrawn" else "excused"
    if item.paused is not None:
        return "paused"
    if any(each.state == "missed" and not each.settled for each in found.owed):
        return "missed"
    return "open" if any(not each.settled for each in found.owed) else "kept"


def _what(item: Item, terms: Terms) -> Spans:
    handed = item.handed
    giver, receiver = party(terms, handed.giver), party(terms, handed.receiver)
    campaign = f", campaign {quoted(handed.campaign)}" if handed.campaign else ""
    how = f"{giver} raised" if _is_raised(item, terms) else f"{giver} handed to {receiver}"
    origin = f", one of the {handed.unit} that {how} with H-{handed.handoff} "
    first = run(Strong(cut(item.name, 120)), origin, moment(handed.handed_at, terms), f"{campaign}.")
    if item.standing == "disputed":
        return run(first, " It is disputed, so nobody need act on it.")
    if item.standing == "withdrawn":
        return run(first, " It was withdrawn.")
    if not item.owner:
        return run(first, " Nobody has it yet.")
    since = run(" since ", moment(item.assigned_at, terms)) if item.assigned_at is not None else ()
    return run(first, " ", person(terms, item.owner), " has it", since, ".")


def _is_raised(item: Item, terms: Terms) -> bool:
    handed = item.handed
    return is_raised(terms, handed.giver, handed.receiver, handed.unit)


def _facts(found: ItemPage, now: datetime) -> list[Block]:
    del now
    item, terms = found.item, found.terms
    handed = item.handed
    facts: list[Block] = [Fact(capital(_thing(each)), _stands(each, terms)) for each in found.owed]
    if found.delay is not None:
        routing, human = span(found.delay.routing), span(found.delay.human)
        parts = f"{span(found.delay.whole)}: {routing} until somebody had it, {human} until the answer"
        facts.append(Fact("It took", (parts,)))
    if item.auto_replied_at is not None:
        facts.append(Fact("Automatic reply", run(moment(item.auto_replied_at, terms), ", which is no answer")))
    facts += [Fact("Paused", paused_in_words(each, terms)) for each in item.pauses[-3:]]
    facts += [
        Fact("Contested", run("by ", person(terms, each.by), f": {quoted(each.reason)}"))
        if each.by
        else Fact("Waits for the other side", (each.reason,))
        for each in item.contests
    ]
    score = f", score {item.score}" if item.score is not None else ""
    texts = (
        ("Stage", f"{cut(item.stage, 60)}{score}" if item.stage else score.removeprefix(", ")),
        ("Priority", handed.priority),
        ("Reference", handed.ref),
        ("Link", handed.link),
        ("Content", handed.content),
    )
    facts += [Fact(label, (cut(text, 300),)) for label, text in texts if text]
    return [*facts, *files_named(found.files)]


def _stands(obligation: Obligation, terms: Terms) -> Spans:
    due = run("due ", moment(obligation.due_at, terms))
    if obligation.state == "paused":
        return ("paused: its time stands still",)
    if obligation.done_at is not None:
        late = ", late" if obligation.state == "missed" else ", in time"
        return run("done ", moment(obligation.done_at, terms), late, f" ({obligation.key})")
    word = ", overdue" if obligation.state == "missed" else ""
    return run(due, word, f" ({obligation.key})")


def _thing(obligation: Obligation) -> str:
    number = obligation.subject.partition("/")[2]
    return f"{OWED[obligation.kind]} {number}".rstrip() if number else OWED[obligation.kind]


def _ledger(item: Item, terms: Terms) -> Table:
    taken_back = {each.about for each in item.entries if each.happened == "reversed"}
    rows = tuple(
        (
            run(Moment(each.occurred_at, zone=terms.zone)),
            run(person(terms, each.by)) if each.by else ("Kept",),
            _line(each, item, terms, taken_back),
        )
        for each in item.entries[-_SHOWN:]
    )
    left_out = len(item.entries) - len(rows)
    return Table(
        ("When", "Who", "What"),
        rows,
        f"Its ledger, without the {left_out} oldest entries" if left_out else "Its ledger",
    )


def _line(entry: Entry, item: Item, terms: Terms, taken_back: set[int]) -> Spans:
    match entry.happened:
        case "assigned":
            what = run("assigned to ", person(terms, entry.to))
        case "offered":
            what = run("offered to ", person(terms, entry.to))
        case "outcome":
            what = (f"outcome: {cut(entry.to, 40)}",)
        case "staged":
            score = f"score {entry.amount}" if entry.amount is not None else ""
            what = ("stage: " + ", ".join(each for each in (cut(entry.to, 60), score) if each),)
        case "contested" | "reversed":
            doubted = "contested" if entry.by else "waits for the other side"
            verb = doubted if entry.happened == "contested" else "taken back"
            what = (f"{verb}: {item.entry(entry.about).happened}",)
        case "settled":
            what = (f"settled: it {'stands' if entry.to == 'stands' else 'was hollow'}",)
        case "handed over" if _is_raised(item, terms):
            what = ("raised",)
        case "paused" if entry.until_at is not None:
            what = run("paused until ", moment(entry.until_at, terms))
        case happened:
            what = (happened,)
    if entry.note:
        what = run(what, f" {quoted(entry.note)}")
    if entry.occurred_at != entry.logged_at and entry.seq > 1:
        what = run(what, ", said ", moment(entry.logged_at, terms))
    return run(what, " (taken back)") if entry.seq in taken_back else what


def _buttons(found: ItemPage) -> tuple[Button, ...]:
    item = found.item
    if item.standing != "owed":
        return (act("Handoff", f"history H-{item.handed.handoff}"),)
    if item.paused is not None:
        return (act("Resume", f"resume {item.key}", style="primary"), ask("Assign", f"assign {item.key}"))
    waiting: Sequence[Obligation] = sorted(
        (each for each in found.owed if not each.settled), key=lambda each: (each.due_at, _ORDER.index(each.kind))
    )
    if not waiting:
        return (ask("Contest", f"contest {item.key} because"),)
    return item_buttons(item.key, waiting[0].kind)[:3]
