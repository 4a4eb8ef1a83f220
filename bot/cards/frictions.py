"""What customers trip over: an entry as it was noted, and the report that gathers them for whoever can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import (
    called,
    count,
    cut,
    day_text_of,
    deadline,
    last_moment,
    listed,
    moment,
    party,
    person,
    quoted,
    run,
    said,
    titled,
)
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.commitments import Commitment
from slacore.frictions import Friction, counted_tags
from slacore.obligations import Obligation

_ENTRIES = 15
_TAGS = 8


@dataclass(frozen=True, slots=True)
class FrictionReport:
    """What the next report would say: the entries that none has told yet, oldest first.

    `owed` is the obligation that sending it keeps, None where nothing is owed now; `due_at` is its
    due moment, or the next one's.
    """

    terms: Terms
    commitment: Commitment
    entries: tuple[Friction, ...]
    owed: Obligation | None
    due_at: datetime | None


def noted(entry: Friction, terms: Terms, commitment: Commitment) -> Card:
    """Confirm an entry to whoever noted it: its words as they were understood, and where they go."""
    tagged = f", tagged {listed(entry.tags)}" if entry.tags else ", without a tag"
    to = party(terms, commitment.receiver)
    title = titled(f"Noted as {entry.key}: {quoted(cut(entry.text, 40))}")
    goes = run(f"{quoted(entry.text)}{tagged}. It goes to {to} with the next {commitment.name.lower()}.")
    buttons = (act("Withdraw", f"friction withdraw {entry.number}"), act("See the report", "friction report"))
    return Card(title, f"{title}{tagged}.", (Text(goes),), buttons)


def withdrawn(entry: Friction) -> Card:
    """Confirm that an entry is taken back."""
    title = titled(f"Withdrawn: {entry.key}")
    return Card(title, f"{title}. No report tells it.", (Text((f"{quoted(entry.text)} goes into no report.",)),))


def report(told: FrictionReport, now: datetime, *, by: str) -> Card:
    """The report as the receiver's channel gets it; `by` is the member who sent it."""
    blocks = [*_body(told, now), Note(run("Sent by ", person(told.terms, by), "."))]
    ref = told.owed.key if told.owed is not None else ""
    return Card(titled(_title(told, now)), f"{_title(told, now)}: {in_short(told)}.", tuple(blocks), ref=ref)


def sent(told: FrictionReport, now: datetime) -> Card:
    """Confirm to its owner that the report is out, and what that keeps."""
    where = listed([channel.name for channel in told.terms.channels_of(told.commitment)]) or "the record"
    title = titled(f"Sent: {_title(told, now)}")
    words = f"It went to {where} with {in_short(told)}, and is delivered with that."
    return Card(title, f"{title}. {words}", (Text((words,)),), tone="good")


def preview(told: FrictionReport, now: datetime, *, reader: str) -> Card:
    """The draft as one person sees it: what would be sent, by when it is owed, and by whom."""
    terms = told.terms
    own = reader == told.commitment.owner or reader in _stand_ins(told)
    where = listed([channel.name for channel in terms.channels_of(told.commitment)]) or "the record"
    who: Spans = ("You owe it",) if reader == told.commitment.owner else run(_owner(told), " owes it")
    when = run(" ", deadline(told.due_at, terms)) if told.due_at is not None else ()
    ends = f"; sending it to {where} keeps it." if told.owed is not None else "; nothing is owed before."
    buttons: tuple[Button, ...] = ()
    if told.owed is not None and own:
        buttons = (act("Send it now", "friction report now", style="primary", may=(reader,)),)
    title = titled(f"Draft · {_title(told, now)}")
    summary = f"Draft of {_title(told, now, ', ')}: {in_short(told)}."
    return Card(title, summary, (*_body(told, now), Note(run(*who, *when, ends))), buttons)


def in_short(told: FrictionReport) -> str:
    """Give "12 entries, most about price (5) and checkout (3)"."""
    top = counted_tags(told.entries, 2)
    about = f", most about {listed([f'{tag} ({number:,})' for tag, number in top])}" if top else ""
    return f"{count(len(told.entries), 'entry', 'entries')}{about}"


def entries_table(entries: Sequence[Friction], terms: Terms, caption: str = "") -> Table:
    """Entries a line each: its number, when, by whom, what, and its tags."""
    rows: list[tuple[Spans, ...]] = [
        (
            (each.key,),
            (moment(each.noted_at, terms, "day"),),
            (called(terms, each.noted_by),),
            (quoted(cut(each.text, 120)),),
            (listed(each.tags),),
        )
        for each in entries
    ]
    return Table(("Entry", "Noted", "By", "What", "Tags"), tuple(rows), caption)


def _body(told: FrictionReport, now: datetime) -> list[Block]:
    if not told.entries:
        return [Text(("Nobody has noted anything since the last report.",))]
    since = day_text_of(told.entries[0].noted_at, now, told.terms.zone)
    blocks: list[Block] = [Text(run(Strong(count(len(told.entries), "entry", "entries")), f" since {since}."))]
    if tags := counted_tags(told.entries, _TAGS):
        blocks.append(Fact("Most about", (", ".join(f"{tag} {number:,}" for tag, number in tags),)))
    blocks.append(entries_table(told.entries[-_ENTRIES:], told.terms))
    if len(told.entries) > _ENTRIES:
        more = len(told.entries) - _ENTRIES
        blocks.append(Text(said(f"+{more:,} earlier: `search friction` with a tag finds them.")))
    return blocks


def _title(told: FrictionReport, now: datetime, between: str = " · ") -> str:
    day = f"{between}{day_text_of(last_moment(told.due_at), now, told.terms.zone)}" if told.due_at is not None else ""
    return f"{cut(told.commitment.name, 50)}{day}"


def _owner(told: FrictionReport) -> Spans:
    return (person(told.terms, told.commitment.owner),)


def _stand_ins(told: FrictionReport) -> tuple[str, ...]:
    side = told.terms.party(told.commitment.giver)
    return (side.owner, *side.deputies)
