"""An agreement in words: what applying a file did or would do, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import papers
from bot.cards.offers import act
from bot.cards.words import called, capital, count, cut, day_text, listed, one_line, quoted, run, sentence, titled
from bot.chat.card import Block, Button, Card, Fact, Moment, Note, Spans, Strong, Text
from bot.documents import Change
from bot.documents.sentences import sentence_of
from slacore.agreements import Agreement, Terms
from slacore.capacities import overcommitments

_SHOWN = 30


def applied(agreement: Agreement, changes: Sequence[Change], now: datetime, *, first: bool) -> Card:
    """Say what applying a file did: which version it made, when it counts, and what changed by it."""
    terms, number = agreement.latest.terms, agreement.latest.number
    name = cut(terms.name, 36)
    if not changes and not first:
        title = f"{agreement.key} · {name} · nothing changed"
        return Card(
            titled(title), f"{agreement.key}: the file says what version {number} says already.", ref=agreement.key
        )
    what = f"{agreement.key} {terms.name}, version {number}"
    return Card(
        title=titled(f"{agreement.key} · {name} · version {number}"),
        summary=f"{what}: {count(len(changes), 'change')}. {_state(terms, now)}",
        blocks=(*_changes(changes), *papers.beyond_capacity(overcommitments(terms)), Text((_state(terms, now),))),
        ref=agreement.key,
    )


def proposed(terms: Terms, changes: Sequence[Change], now: datetime) -> Card:
    """Say what applying terms would change, with nothing written down yet."""
    name = cut(terms.name, 40)
    if not changes:
        return Card(titled(f"{name} · nothing would change"), f"{terms.name}: nothing would change.")
    would = f"{count(len(changes), 'change')} from {day_text(terms.effective_on, now, terms.zone)}"
    return Card(
        title=titled(f"{name} · {would}"),
        summary=f"{terms.name}: {would}. Nothing is written down yet.",
        blocks=(
            *_changes(changes),
            *papers.beyond_capacity(overcommitments(terms)),
            Note(("Nothing is written down yet.",)),
        ),
    )


def _changes(changes: Sequence[Change]) -> list[Block]:
    blocks: list[Block] = [Text((sentence(capital(cut(each.text, 240))),)) for each in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        blocks.append(Text((f"+{len(changes) - _SHOWN} more.",)))
    return blocks


def _state(terms: Terms, now: datetime) -> str:
    begins = day_text(terms.effective_on, now, terms.zone)
    if missing := [party.name for party in terms.unsigned()]:
        return f"It waits for {listed(missing)} to sign; nothing counts under it before."
    return f"Signed by every party; it counts from {begins}."


def shown(agreement: Agreement, now: datetime) -> Card:
    """Show an agreement: its parties and people, its promises, its channels, who signed when."""
    terms, number = agreement.latest.terms, agreement.latest.number
    blocks: list[Block] = [Text((quoted(terms.objective),))] if terms.objective.strip() else []
    blocks += [Text(run(Strong(cut(each.name, 60)), f": {sentence_of(each, terms)}.")) for each in terms.commitments]
    for party in terms.parties:
        deputies = [called(terms, member) for member in party.deputies]
        behind = f"; {listed(deputies)} {'stands' if len(deputies) == 1 else 'stand'} in" if deputies else ""
        blocks.append(Fact(cut(party.name, 40), (f"{called(terms, party.owner)} answers for it{behind}",)))
    if terms.sponsor:
        blocks.append(Fact("Sponsor", (called(terms, terms.sponsor),)))
    if terms.channels:
        blocks.append(Fact("Talked about in", (listed([channel.name for channel in terms.channels]),)))
    blocks += [Fact(f"{capital(each.word)} means", (one_line(each.means),)) for each in terms.definitions]
    blocks.append(Fact("Signed", _signed(terms)))
    title = f"{agreement.key} · {cut(terms.name, 40)} · version {number}"
    promises = count(len(terms.commitments), "promise", "promises")
    summary = f"{agreement.key} {terms.name}, version {number}: {promises}. {_state(terms, now)}"
    buttons = (act("Whole text", f"agreement show {agreement.key}"), act("Status", "status"), _change(agreement))
    return Card(titled(title), summary, (*blocks, Note((_state(terms, now),))), buttons, ref=agreement.key)


def whole(
    agreement: Agreement,
    versions: Sequence[tuple[int, Terms, Sequence[Change]]],
    waiting: Sequence[str],
    now: datetime,
) -> Card:
    """Show the whole text of an agreement's newest version, and what each version before it was.

    `versions` are numbers, terms and what each changed; `waiting` the keys of drafts that are open.
    """
    terms, number = agreement.latest.terms, agreement.latest.number
    blocks: list[Block] = [*papers.text_of(terms), Text((Strong("Versions"),)), *papers.versions_of(versions, now)]
    return Card(
        title=titled(f"{agreement.key} · {cut(terms.name, 40)} · version {number}"),
        summary=f"{agreement.key} {terms.name}, version {number}, in full. {_state(terms, now)}",
        blocks=(*blocks, Note((_state(terms, now),))),
        buttons=(
            act("Page, PDF and file", f"agreement file {agreement.key}"),
            _change(agreement),
            *(act(f"Show {key}", f"agreement show {key}") for key in waiting[:5]),
        ),
        ref=agreement.key,
    )


def _change(agreement: Agreement) -> Button:
    """For whoever may draft: what of it can be changed."""
    terms = agreement.latest.terms
    may = {member for party in terms.parties for member in (party.owner, party.signs, *party.deputies)}
    return act("Change", f"agreement change {agreement.key}", may=sorted({*may, terms.sponsor} - {""}))


def _signed(terms: Terms) -> Spans:
    if not terms.signatures:
        return ("by nobody yet",)
    spans: Spans = ()
    for index, each in enumerate(terms.signatures):
        who = f"{'; ' if index else ''}{called(terms, each.member)} for {terms.party(each.party).name}, "
        spans = run(spans, who, Moment(each.signed_at, "day", terms.zone))
    return spans
