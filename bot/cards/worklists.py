"""The one message a promise, day and person about items: all that are late, and what waits beside them.

Owners hear what they have to act on, soonest due first; whoever hears because the ladder has climbed sees
the same list with the owners beside it. Nobody but the reader's own list is ever in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import OWED, Duty, item_buttons, snooze
from bot.cards.followups import attempt_in_words, follow_up_buttons
from bot.cards.offers import act, ask
from bot.cards.standings import stands
from bot.cards.whys import NextStep
from bot.cards.words import (
    called,
    capital,
    count,
    cut,
    joined,
    listed,
    marked,
    moment,
    moment_text,
    party,
    person,
    run,
    titled,
)
from bot.chat.card import Block, Button, Card, Moment, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Response, Unit
from slacore.followups import Course
from slacore.items import Entry, Handed, Happened, Item, Pause
from slacore.obligations import Obligation
from slacore.standing import ShareStanding
from slacore.sweep import Recipient

_SHOWN = 10
_HAPPENED: dict[Happened, str] = {
    "responded": "answered",
    "attempted": "followed up",
    "outcome": "given an outcome",
    "updated": "updated",
    "resolved": "resolved",
    "staged": "staged",
    "paused": "paused",
}
"""What was done to an item, as the end of "it was …"."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing owed about one item; `course` is how following it up stands, where that is what is owed."""

    obligation: Obligation
    handed: Handed
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Restated:
    """An item of which something was said afterwards, and the entries that say it."""

    item: Item
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """What waits under one promise: the soonest due first, and how many there are in all, late ones and others."""

    terms: Terms
    commitment: Commitment
    key: str
    shown: tuple[Waiting, ...]
    late: int
    open: int
    standing: ShareStanding

    @property
    def unit(self) -> Unit:
        """What items of this promise are called."""
        promise = self.commitment.promise
        return promise.unit if isinstance(promise, Response | FollowUps) else Unit("item", "items")


def worklist(
    found: Worklist,
    now: datetime,
    *,
    to: Recipient,
    next_step: NextStep | None = None,
    meant_at: datetime | None = None,
) -> Card:
    """Tell one person what waits; an empty list says that nothing does."""
    mine = to.role == "owner"
    name = cut(found.commitment.name, 40)
    if not found.shown:
        nothing = "Nothing waits any more."
        return Card(
            titled(f"✓ {name}: all done"), f"{name}: {nothing}", (Text((nothing,)),), tone="good", ref=found.key
        )
    state = marked("behind", False).split()[0] if found.late else marked("open").split()[0]
    blocks: list[Block] = [
        Text(_lead(found, to)),
        _table(found, mine, now),
        Text(stands(found.standing, found.terms, now)),
    ]
    hidden = found.late + found.open - len(found.shown)
    if hidden > 0:
        blocks.append(Note(run(f"And {hidden:,} more: say ", Strong("mine" if mine else "status"), ".")))
    blocks.append(Note(_closing(found, to, next_step, meant_at)))
    return Card(
        title=titled(f"{state} {_counted(found)} · {name}"),
        summary=_summary(found, mine=mine, now=now),
        blocks=tuple(blocks),
        buttons=_buttons(found, now, to, next_step) if mine else (act("History", f"history {found.key}"),),
        tone="warning" if found.late else "plain",
        ref=found.key,
    )


def contested(item: Item, doubted: Entry, reason: str, by: str, terms: Terms, now: datetime) -> Card:
    """Tell whoever answered that the other side holds it to be hollow."""
    del now
    what = "pause" if doubted.happened == "paused" else "answer"
    title = f"{item.key} · {cut(item.name, 40)} · {what} contested"
    said = run(
        person(terms, by),
        f" holds the {what} of ",
        moment(doubted.occurred_at, terms),
        f" to be hollow: “{cut(reason, 300)}”.",
    )
    follows = "It does not count until this is settled, so the duty is open again."
    buttons = (
        act("Respond again", f"respond {item.key}", style="primary"),
        ask("It was hollow", f"settle {item.key} hollow because"),
        act("History", f"history {item.key}"),
    )
    return Card(titled(title), f"{title}.", (Text(said), Note((follows,))), buttons, "warning", item.key)


def restated(found: Sequence[Restated], terms: Terms) -> Card:
    """Tell the other side of words that were said afterwards and change what counted."""
    item = found[0].item
    keys = [each.item.key for each in found]
    if len(found) > 1:
        title = f"Said afterwards of {len(found):,} items: {', '.join(keys[:3])}{' …' if len(found) > 3 else ''}"
    else:
        title = f"{item.key} · {cut(item.name, 40)} · said afterwards"
    lines: list[Block] = [Text(_restated(each, terms)) for each in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(Text((f"+{len(found) - _SHOWN} more.",)))
    what = " pause" if found[0].entries[-1].happened == "paused" else ""
    object_ = ask("Object", f"contest {item.key}{what} because")
    follows = "You hear because the record now counts differently. If you do nothing, it stands."
    if held := next((each for each in item.contests if not each.by), None):
        object_ = act("It stands", f"settle {item.key} stands")
        follows = f"{capital(held.reason)}. If you do nothing, it does not count."
    note = Note((follows,))
    return Card(
        titled(title),
        f"{listed(keys[:3])}: the record was changed afterwards.",
        (*lines, note),
        (object_, act("History", f"history {item.key}")) if len(found) == 1 else (),
        "plain",
        item.key,
    )


def _restated(told: Restated, terms: Terms) -> Spans:
    """What was said of one item, by whom, of when, and when he said so."""
    item, last = told.item, told.entries[-1]
    words = (f"With it: “{cut(last.note, 300)}”.",) if last.note else ()
    if last.happened == "reversed":
        was = item.entry(last.about)
        what = _HAPPENED.get(was.happened, was.happened)
        taken = run(
            person(terms, last.by), f" took back that {item.key} was {what} ", moment(was.occurred_at, terms), "."
        )
        return joined((taken, words))
    when = run(moment(last.occurred_at, terms))
    if last.until_at is not None:
        when = run(when, " to ", moment(last.until_at, terms))
    what = _HAPPENED.get(last.happened, "answered")
    said = run(
        person(terms, last.by), f" says that {item.key} was {what} ", when, ", and said so ",
        moment(last.logged_at, terms), ".",
    )  # fmt: skip
    return joined((said, words))


def paused_in_words(pause: Pause, terms: Terms) -> Spans:
    """A pause in a line: from when to when, and why."""
    begins = run(moment(pause.from_at, terms))
    ends = run(" to ", moment(pause.until_at, terms)) if pause.until_at is not None else (" on",)
    return run(begins, ends, f": {cut(pause.reason, 120)}")


def _counted(found: Worklist) -> str:
    parts = [f"{found.late:,} late"] if found.late else []
    parts += [f"{found.open:,} waiting"] if found.open else []
    return listed(parts)


def _summary(found: Worklist, *, mine: bool, now: datetime) -> str:
    """What a notification shows: which promise, how many, and when the soonest is or was due; no names of customers."""
    first, terms = found.shown[0].obligation, found.terms
    keys = listed([each.handed.key for each in found.shown[:3]])
    verb = "was due" if first.due_at <= now else "is due"
    due = f"{found.shown[0].handed.key} {verb} {moment_text(first.due_at, now, terms.zone)}"
    whose = "" if mine else f", of {called(terms, first.owner)}"
    return f"{cut(found.commitment.name, 40)}: {_counted(found)} ({keys}); {due}{whose}."


def _lead(found: Worklist, to: Recipient) -> Spans:
    terms = found.terms
    owing = party(terms, found.commitment.giver)
    units = found.unit
    if to.role == "owner":
        late = f"{units.counted(found.late)} {'is' if found.late == 1 else 'are'} late" if found.late else ""
        more = (
            count(found.open, "more waits", "more wait")
            if found.late
            else f"{units.counted(found.open)} {'waits' if found.open == 1 else 'wait'} for you"
        )
        parts = listed([each for each in (late, more if found.open else "") if each])
        return (f"{called(terms, to.member)}, {parts}.",)
    verb = "is" if found.late == 1 else "are"
    return run(Strong(units.counted(found.late)), f" that {owing} is to act on {verb} late.")


def _table(found: Worklist, mine: bool, now: datetime) -> Table:
    columns = ("Item", "Owed", "Due") if mine else ("Item", "Owed", "Due", "Who")
    rows: list[tuple[Spans, ...]] = []
    for each in found.shown:
        handed, obligation = each.handed, each.obligation
        name = handed.name or handed.ref
        row: list[Spans] = [
            (f"{handed.key} {cut(name, 40)}".rstrip(),),
            (attempt_in_words(each.course, now, found.terms) if each.course else OWED[obligation.kind],),
            run(Moment(obligation.due_at, zone=found.terms.zone), ", late" if obligation.state == "missed" else ""),
        ]
        if not mine:
            row.append(run(person(found.terms, obligation.owner)))
        rows.append(tuple(row))
    return Table(columns, tuple(rows))


def _buttons(found: Worklist, now: datetime, to: Recipient, next_step: NextStep | None) -> tuple[Button, ...]:
    first = found.shown[0]
    if first.obligation.kind == "follow-up":
        later = snooze(Duty(first.obligation, found.terms), now, to.member, next_step.at if next_step else None)
        return follow_up_buttons(first.handed, later, labelled=len(found.shown) > 1)
    return item_buttons(first.handed.key, first.obligation.kind, labelled=len(found.shown) > 1)


def _closing(found: Worklist, to: Recipient, next_step: NextStep | None, meant_at: datetime | None) -> Spans:
    terms = found.terms
    late = run("Late: this was meant for ", moment(meant_at, terms), ".") if meant_at is not None else ()
    return joined(
        (
            late,
            (_why(found, to),),
            _next(found, next_step),
            ("It stops when they are done, paused or given to somebody else.",),
        )
    )


def _why(found: Worklist, to: Recipient) -> str:
    promise = f"{found.commitment.name} ({found.key})"
    owing, owed = party(found.terms, found.commitment.giver), party(found.terms, found.commitment.receiver)
    if to.stands_in_for:
        return f"You stand in for {called(found.terms, to.stands_in_for)} under {promise}."
    match to.role:
        case "owner":
            return f"They are yours under {promise}."
        case "contact":
            return f"You are {owing}'s point of contact for {promise}."
        case "counterparty":
            return f"You answer for {owed}, to whom {promise} is owed."
        case _:
            return f"You manage {owing}, which owes {promise}."


def _next(found: Worklist, next_step: NextStep | None) -> Spans:
    if next_step is None or not next_step.whom:
        return ("If nothing changes, nobody else is told.",)
    verb = "is" if len(next_step.whom) == 1 else "are"
    return run(
        f"If nothing changes, {listed(list(next_step.whom))} {verb} told ", moment(next_step.at, found.terms), "."
    )
