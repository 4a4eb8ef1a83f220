"""A draft of an agreement in words: what it changes and why, its whole text, who signed, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards.capacities import beyond
from bot.cards.offers import act, ask
from bot.cards.words import called, capital, count, cut, day_text, listed, person, quoted, run, sentence, titled
from bot.chat.card import Block, Button, Card, Fact, Moment, Note, Spans, Strong, Text, Tone
from bot.documents import Change
from bot.documents.prose import Clause, passages
from slacore.advice import Advice
from slacore.agreements import Terms
from slacore.amendments import Amendment, Remark, drafts_for, may_change
from slacore.capacities import Overcommitment
from slacore.needs import Need

_SHOWN = 30
_LINES = 1_500
_ADVISED = 8
_BEGINNING = {("effective_on",), ("signed",)}
_STATES: dict[str, Tone] = {"signed": "good", "declined": "warning", "lapsed": "warning"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A draft with what it takes to show it. `agreement` is the agreement's key, `newer` that of the draft after it.

    `changes` are against the version in force, or all that is promised where there is none.
    `beyond` are promises that its terms have no hours for; `without_account` are signatories who can
    be asked by a link only; `linked` tells by whose link a member signed. `advice` is what a good
    colleague would raise while it can still be changed, `needs` what each side was asked to need.
    `answers` is the draft of a new agreement that it counters; then `changes` are against that one.
    """

    draft: Amendment
    agreement: str
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...] = ()
    newer: str = ""
    beyond: tuple[Overcommitment, ...] = ()
    without_account: tuple[str, ...] = ()
    linked: Mapping[str, str] = field(default_factory=dict)
    advice: tuple[Advice, ...] = ()
    needs: tuple[Need, ...] = ()
    answers: str = ""

    @property
    def overridden(self) -> bool:
        """Whether a signatory has said why it is signed although there are not the hours for it."""
        return any(each.kind == "override" for each in self.remarks)

    @property
    def gist(self) -> tuple[str, ...]:
        """What it changes, the day it begins on and signatures apart."""
        told = [each.text for each in self.changes if each.path not in _BEGINNING and each.path[:1] != ("signed",)]
        return tuple(told) or tuple(each.text for each in self.changes if each.path[:1] != ("signed",))

    @property
    def in_words(self) -> str:
        """The whole of it in a line: "Qualified leads: 105 instead of 100 a month, from 1 December; because …"."""
        why = f"; because {self.draft.because}" if self.draft.because else ""
        return cut("; ".join(self.gist), 200) + cut(why, 200)


def paper(shown: Paper, now: datetime, *, reader: str, whole: bool = True) -> Card:
    """Show a draft to one reader: what changes, why, the text (with `whole`), and what he can do about it."""
    draft = shown.draft
    terms = draft.terms
    blocks = [*_changes(shown), *_why(draft), *beyond_capacity(shown.beyond), *_said(shown.remarks, terms)]
    blocks += [*_signatures(shown), *advised(shown.advice)]
    if whole:
        blocks += text_of(terms)
    state = _state(shown, now)
    blocks.append(Note((f"{state} {_because_of(draft, reader)}".strip(),)))
    return Card(
        title=titled(f"{draft.key} · {_headline(draft, reader)}"),
        summary=f"{draft.key}, {terms.name}: {shown.in_words}. {state}",
        blocks=tuple(blocks),
        buttons=_buttons(shown, reader, whole=whole),
        tone=_STATES.get(draft.state, "plain"),
        ref=draft.key,
    )


def beyond_capacity(found: Sequence[Overcommitment]) -> list[Block]:
    """Say which promises nobody has the hours for, with the sum and what would make them ones that can be kept."""
    blocks: list[Block] = []
    for each in found:
        lines = beyond(each.capacity)
        head = f"Beyond capacity: {each.commitment.name}, of {each.party.name}. "
        blocks.append(Text(run(Strong(head), " ".join(lines))))
    return blocks


def advised(advice: Sequence[Advice]) -> list[Block]:
    """What a good colleague would raise, while it can still be changed."""
    if not advice:
        return []
    blocks: list[Block] = [Text((Strong("Worth a second thought before it is signed"),))]
    blocks += [Text((f"{capital(cut(each.seen, 240))}. {cut(each.consider, 240)}",)) for each in advice[:_ADVISED]]
    if len(advice) > _ADVISED:
        blocks.append(Text((f"+{len(advice) - _ADVISED} more.",)))
    return blocks


def text_of(terms: Terms) -> list[Block]:
    """The whole text of terms, a paragraph a clause."""
    blocks: list[Block] = []
    for passage in passages(terms):
        blocks.append(Text((Strong(passage.heading),)))
        blocks += [_clause(each) for each in passage.clauses]
    return blocks


def in_force(shown: Paper, version: int, now: datetime) -> Card:
    """Everybody has signed: said where the parties talk, and to whoever signed last."""
    draft, terms = shown.draft, shown.draft.terms
    begins = day_text(terms.begins_on, now, terms.zone)
    already = terms.begins_on <= now.astimezone(ZoneInfo(terms.zone)).date()
    counts = f"It counts from {begins}" + ("." if already else "; until then everything stays as it is.")
    names = listed([f"{called(terms, each.member)} for {terms.party(each.party).name}" for each in terms.signatures])
    return Card(
        title=titled(f"{shown.agreement} · version {version} is signed by everybody"),
        summary=f"{shown.agreement} {terms.name}, version {version}: {shown.in_words}. {counts}",
        blocks=(
            *_changes(shown),
            *_why(draft),
            Text((f"Signed by {names}.",)),
            Note((f"{counts} What runs keeps its terms.",)),
        ),
        buttons=(act("Whole text", f"agreement show {shown.agreement}"),),
        tone="good",
        ref=shown.agreement,
    )


def link(draft: Amendment, member: str, address: str, until: datetime) -> Card:
    """An address to pass on to a signatory who has no account."""
    name = draft.terms.name_of(member)
    return Card(
        title=titled(f"A link for {name} to sign {draft.key}"),
        summary=f"A link for {name} to sign {draft.key}: {address}",
        blocks=(
            Text((address,)),
            Note(
                run(
                    f"Whoever has it can sign as {name}, once, so pass it on to nobody else. "
                    "I show it only now; it ends with its use, with a newer one, or ",
                    Moment(until, "day", draft.terms.zone),
                    ".",
                )
            ),
        ),
        ref=draft.key,
    )


def link_told(draft: Amendment, member: str) -> Card:
    """What is answered when the same request for a link arrives again: it is shown once."""
    title = f"The link for {draft.terms.name_of(member)} to sign {draft.key} was shown to you"
    step = f"It is not kept. Say `agreement link {draft.key} for …` again for a new one, which ends the other."
    return Card(titled(title), f"{title}. {step}", (Note((step,)),), ref=draft.key)


def remarked(shown: Paper, remark: Remark, reader: str) -> Card:
    """Somebody said something about a proposal."""
    terms = shown.draft.terms
    who = called(terms, remark.member)
    did = "declined" if remark.kind == "declined" else "commented on"
    title = f"{who} {did} {shown.draft.key}"
    return Card(
        title=titled(title),
        summary=f"{title}: {cut(remark.text, 200)}",
        blocks=(Text((quoted(remark.text),)), *_changes(shown)),
        buttons=_answers(shown, reader),
        tone="warning" if remark.kind == "declined" else "plain",
        ref=shown.draft.key,
    )


def over(shown: Paper, now: datetime) -> Card:
    """A draft has ended without being signed."""
    draft = shown.draft
    state = _state(shown, now)
    buttons = (act(f"Show {shown.newer}", f"agreement show {shown.newer}"),) if shown.newer else ()
    return Card(
        title=titled(f"{draft.key} · {_ENDED[draft.state]}"),
        summary=f"{draft.key}, {draft.terms.name}: {state}",
        blocks=(*_changes(shown), Note((state,))),
        buttons=buttons,
        tone="warning",
        ref=draft.key,
    )


def reminder(shown: Paper, now: datetime, reader: str) -> Card:
    """A proposal is about to lapse, for whoever has not signed it."""
    draft, terms = shown.draft, shown.draft.terms
    begins = day_text(terms.effective_on, now, terms.zone)
    return Card(
        title=titled(f"{draft.key} waits for you: it lapses unless it is signed before {begins}"),
        summary=f"{draft.key}, {terms.name}: {shown.in_words}.",
        blocks=(*_changes(shown), *_why(draft), *_signatures(shown)),
        buttons=_buttons(shown, reader, whole=False),
        ref=draft.key,
    )


_ENDED = {
    "declined": "declined",
    "replaced": "out of date",
    "lapsed": "lapsed",
    "withdrawn": "withdrawn",
    "signed": "signed by everybody",
}


def _headline(draft: Amendment, reader: str) -> str:
    name = cut(draft.terms.name, 30)
    if draft.state == "draft":
        return f"draft · {name}"
    if draft.state == "proposed" and _may_sign(draft, reader):
        return f"to sign · {name}"
    return f"{_ENDED.get(draft.state, 'proposed')} · {name}"


def instead(shown: Paper) -> list[Block]:
    """What a redraft of a new agreement says other than the draft that it answers, and why; nothing of other drafts."""
    return [*_changes(shown), *_why(shown.draft)] if shown.answers else []


def _changes(shown: Paper) -> list[Block]:
    gist = shown.gist
    blocks: list[Block] = [Text((Strong(f"Instead of {shown.answers}"),))] if shown.answers else []
    if shown.answers and not gist:
        return [Text((f"It says what {shown.answers} says, so far.",))]
    blocks += [Text((sentence(capital(cut(each, 240))),)) for each in gist[:_SHOWN]]
    if len(gist) > _SHOWN:
        blocks.append(Text((f"+{len(gist) - _SHOWN} more.",)))
    return blocks


def _why(draft: Amendment) -> list[Block]:
    return [Fact("Because", (cut(draft.because, 300),))] if draft.because else []


def _said(remarks: Sequence[Remark], terms: Terms) -> list[Block]:
    return [
        Text(run(person(terms, each.member), f"{_VERBS[each.kind]}: {quoted(each.text)} (", _on(each.at, terms), ")"))
        for each in remarks
    ]


_VERBS = {"comment": "", "declined": " declined", "override": " signs all the same"}


def _on(at: datetime, terms: Terms) -> Moment:
    return Moment(at, "day", terms.zone)


def _signatures(shown: Paper) -> list[Block]:
    draft, terms = shown.draft, shown.draft.terms
    if draft.state == "draft":
        return []
    spans: Spans = ()
    for index, each in enumerate(terms.signatures):
        who = f"{'; ' if index else ''}{called(terms, each.member)} for {terms.party(each.party).name}, "
        by_link = (
            f" by a link that {called(terms, shown.linked[each.member])} made" if each.member in shown.linked else ""
        )
        spans = run(spans, who, _on(each.signed_at, terms), by_link)
    return [Fact("Signed", spans or ("by nobody yet",))]


def _clause(clause: Clause) -> Text:
    lines = cut(". ".join(each.rstrip(".") for each in clause.lines), _LINES)
    return Text((Strong(f"{cut(clause.about, 60)}. "), f"{lines}.")) if clause.about else Text((f"{lines}.",))


def _state(shown: Paper, now: datetime) -> str:
    """Where a draft stands, and what that means, in a sentence or two."""
    draft, terms = shown.draft, shown.draft.terms
    who = called(terms, draft.ended_by) if draft.ended_by else ""
    begins = day_text(terms.effective_on, now, terms.zone)
    stays = " The version in force stays." if draft.based_on else " Nothing counts under it."
    match draft.state:
        case "draft":
            return "Nobody has been asked yet, and nothing counts under it."
        case "proposed":
            waits = listed([called(terms, party.signs) for party in terms.unsigned()])
            lapses = "" if draft.version else f" It lapses if it is not signed before {begins}."
            return f"It waits for {waits}; nothing counts under it before.{lapses}"
        case "signed":
            number = f" It is version {draft.version} of {shown.agreement}." if draft.version else ""
            return f"Signed by every party; it counts from {begins}.{number}"
        case "declined":
            return f"Declined by {who}: {sentence(draft.ended_why)}{stays}"
        case "replaced":
            return f"Out of date: {sentence(draft.ended_why)}"
        case "lapsed":
            return f"It was not signed by everybody before the day it was to begin on.{stays}"
        case _:
            return f"Withdrawn by {who}.{stays}"


def _because_of(draft: Amendment, reader: str) -> str:
    """Why somebody has this before him, where that is not plain."""
    sides = [party.name for party in draft.terms.parties if party.signs == reader]
    return f"You sign for {listed(sides)}." if draft.state == "proposed" and sides else ""


def _may_sign(draft: Amendment, reader: str) -> bool:
    return any(party.signs == reader for party in draft.terms.unsigned())


def _buttons(shown: Paper, reader: str, *, whole: bool) -> tuple[Button, ...]:
    draft, key = shown.draft, shown.draft.key
    if draft.state == "draft" and may_change(draft, reader):
        return (
            act("Propose", f"agreement propose {key}", style="primary", version=draft.revision),
            *(() if draft.version is not None else (act("Change", f"agreement change {key}"),)),
            act("Withdraw", f"agreement withdraw {key}"),
            *(() if whole else (act("Whole text", f"agreement show {key}"),)),
        )
    if draft.state == "proposed":
        return (*_answers(shown, reader), *(() if whole else (act("Whole text", f"agreement show {key}"),)))
    if not draft.open and draft.state != "signed" and not draft.based_on and may_change(draft, reader):
        return (act("Draft it again", f"agreement redraft {key}"),)
    return (act(f"Show {shown.newer}", f"agreement show {shown.newer}"),) if shown.newer else ()


def _answers(shown: Paper, reader: str) -> tuple[Button, ...]:
    draft, key = shown.draft, shown.draft.key
    if draft.state != "proposed":
        return (act(f"Show {key}", f"agreement show {key}"),)
    buttons: list[Button] = []
    if _may_sign(draft, reader):
        says = f"agreement sign {key}"
        buttons += [
            ask("Sign all the same", f"{says} despite", style="primary", version=draft.revision)
            if shown.beyond and not shown.overridden
            else act("Sign", says, style="primary", version=draft.revision),
            ask("Decline", f"agreement decline {key}"),
        ]
    buttons.append(ask("Comment", f"agreement comment {key}"))
    if drafts_for(draft.terms, reader) is not None:
        buttons += [
            act(f"Link for {called(draft.terms, party.signs)}", f"agreement link {key} for {party.name}")
            for party in draft.terms.unsigned()
            if party.signs in shown.without_account
        ]
    if drafts_for(draft.terms, reader) not in (None, draft.side):
        says = f"agreement counter {key}"
        buttons.append(act("Counter", says))
    return tuple(buttons)


def versions_of(lines: Sequence[tuple[int, Terms, Sequence[Change]]], now: datetime) -> list[Block]:
    """The history of an agreement's versions: from when, what each changed, who signed it and when."""
    blocks: list[Block] = []
    for number, terms, changes in reversed(lines):
        spans: Spans = (Strong(f"Version {number}"), f", from {day_text(terms.effective_on, now, terms.zone)}: ")
        told = [each.text for each in changes if each.path not in _BEGINNING and each.path[:1] != ("signed",)]
        what = "the beginning" if number == lines[0][0] else cut("; ".join(told), 400) or count(len(changes), "change")
        spans = run(spans, f"{what}. ")
        for index, each in enumerate(terms.signatures):
            who = f"{'; ' if index else 'Signed by '}{called(terms, each.member)} for {terms.party(each.party).name}, "
            spans = run(spans, who, _on(each.signed_at, terms))
        if missing := [party.name for party in terms.unsigned()]:
            spans = run(spans, f"{'; ' if terms.signatures else ''}not signed by {listed(missing)}")
        blocks.append(Text(run(spans, ".")))
    return blocks
