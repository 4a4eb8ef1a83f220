"""An agreement that is being drafted: what it says so far, what a colleague would raise, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import needs
from bot.cards.offers import act, ask, one_next
from bot.cards.papers import Paper, advised, beyond_capacity, instead, text_of
from bot.cards.words import called, capital, count, cut, day_text, listed, quoted, run, titled
from bot.chat.card import Block, Button, Card, Fact, File, Note, Strong, Text
from bot.documents.parts import KINDS, named
from bot.documents.sentences import sentence_of
from slacore.agreements import Terms
from slacore.amendments import may_change
from slacore.parties import Party
from slacore.vacancies import vacancies, without_deputy

_FAULTS = 12
_CHOICES = 22
_SIDES = 3
_HEADS = {
    "calendars": "Working time",
    "escalations": "Ladders",
    "consequences": "What follows a miss",
    "definitions": "Words",
}


def draft(shown: Paper, now: datetime, *, reader: str, whole: bool = False) -> Card:
    """Show a draft of a new agreement to one reader: its outline, or its whole text, and what to do next."""
    terms, key = shown.draft.terms, shown.draft.key
    blocks = text_of(terms) if whole else _outline(terms, now)
    asked = "to sign it " if shown.needs else ""
    state = f"Nobody has been asked {asked}yet, and nothing counts under it."
    return Card(
        title=titled(f"{key} · draft · {cut(terms.name, 50)}"),
        summary=f"{key}, a draft of {terms.name}: {count(len(terms.commitments), 'promise')}. {state}",
        blocks=(
            *instead(shown),
            *blocks,
            *_unreachable(shown),
            *needs.shown(terms, shown.needs, now),
            *beyond_capacity(shown.beyond),
            *advised(shown.advice),
            Note((state,)),
        ),
        buttons=_buttons(shown, reader, whole=whole),
        ref=key,
    )


def files(key: str, name: str, version: int, made: Sequence[File]) -> Card:
    """An agreement or a draft as files: to read, to print, to change and hand back."""
    title = f"{key} · {cut(name, 50)}" + (f" · version {version}" if version else "")
    back = f"Hand the changed file back with “agreement file {key}”: it becomes the draft."
    return Card(
        title=titled(title),
        summary=f"{title}, as a page, as PDF and as a file to change.",
        blocks=(*made, Note((back,))),
        buttons=(ask("Hand one back", f"agreement file {key}"),),
        ref=key,
    )


def faulty(key: str, faults: Sequence[str]) -> Card:
    """What is wrong with a file that was handed back, a line each; nothing of it was taken."""
    title = f"{key} · the file cannot be taken as it stands"
    more = [f"+{len(faults) - _FAULTS} more after them."] if len(faults) > _FAULTS else []
    return Card(
        title=titled(title),
        summary=f"{title}: {count(len(faults), 'fault')}.",
        blocks=(
            *(Text((cut(each, 400),)) for each in (*faults[:_FAULTS], *more)),
            Note(("Nothing of it was taken. Mend the lines it names, and hand it back again.",)),
        ),
        tone="warning",
        ref=key,
    )


def choices(key: str, terms: Terms, revision: int) -> Card:
    """What of a draft, or of an agreement, can be changed: its outline, and each of its parts, a button each.

    Where there are more parts than buttons fit, the rest is changed by name.
    """
    buttons = [_change("Outline", f"agreement outline {key}", revision)]
    buttons += [_change(each.name, f"agreement party {key} {each.slug}", revision) for each in terms.parties]
    buttons += [_change(each.name, f"agreement change {key} {each.slug}", revision) for each in terms.commitments]
    facts = [
        Fact("Outline", ("name, objective, services, first day, review, sponsor, channel",)),
        Fact("Parties", (listed([each.name for each in terms.parties]),)),
        Fact("Promises", (listed([cut(each.name, 40) for each in terms.commitments]),)),
    ]
    for kind, word in KINDS.items():
        there = named(terms, kind)
        facts += [Fact(_HEADS[kind], (listed([cut(each, 40) for each in there.values()]),))] if there else []
        buttons += [
            _change(capital(name), f'define {key} "{slug}"', revision)
            if kind == "definitions"
            else _change(f"{capital(word)} {name}", f"agreement {word} {key} {slug}", revision)
            for slug, name in there.items()
        ]
    left = f" {len(buttons) - _CHOICES} more are changed by name." if buttons[_CHOICES:] else ""
    signed = "" if key.startswith("X") else " What you change is drafted, and counts once every party has signed it."
    return Card(
        title=titled(f"{key} · what to change"),
        summary=f"What of {key} is to change: its outline, a party, a promise, what they rest on, or all by file.",
        blocks=(*facts, Note((f"“agreement drop {key} …” leaves one out.{left}{signed}",))),
        buttons=(*buttons[:_CHOICES], _change("All of it, by file", f"agreement file {key}", revision)),
        ref=key,
    )


def _change(label: str, says: str, revision: int) -> Button:
    return ask(cut(label, 60), says, version=revision)


def _outline(terms: Terms, now: datetime) -> list[Block]:
    blocks: list[Block] = [Text((quoted(cut(terms.objective, 300)),))] if terms.objective else []
    blocks += [Text(run(Strong(cut(each.name, 60)), f": {sentence_of(each, terms)}.")) for each in terms.commitments]
    for party in terms.parties:
        owner = "" if terms.person(party.owner).to_be_named else f"{terms.name_of(party.owner)} answers for it"
        behind = [called(terms, each) for each in party.deputies if not terms.person(each).to_be_named]
        deputies = f"; {listed(behind)} {'stands' if len(behind) == 1 else 'stand'} in" if behind else ""
        blocks.append(Fact(cut(party.name, 40), (f"{owner or 'nobody is named yet'}{deputies}",)))
    blocks.append(Fact("Counts", (f"from {day_text(terms.effective_on, now, terms.zone)}, in the zone {terms.zone}",)))
    if terms.review is not None:
        blocks.append(Fact("Review", (str(terms.review.slots),)))
    where = listed([each.name for each in terms.channels])
    blocks.append(Fact("Talked about in", (where or "no channel yet",)))
    return blocks


def _unreachable(shown: Paper) -> list[Block]:
    """Who signs and has no account here: a slip of the pen, or somebody who is asked by a link."""
    terms = shown.draft.terms
    names = [terms.name_of(each) for each in shown.without_account if not terms.person(each).to_be_named]
    return [Fact("No account here", (f"{listed(names)}; asked to sign by a link",))] if names else []


def _buttons(shown: Paper, reader: str, *, whole: bool) -> tuple[Button, ...]:
    found = shown.draft
    if not may_change(found, reader):
        return ()
    key = found.key
    return (
        *_next(shown),
        act("Change", f"agreement change {key}"),
        *(() if shown.needs else (ask("Ask each side", f"agreement ask {key}"),)),
        act("Page, PDF and file", f"agreement file {key}") if whole else act("Whole text", f"agreement show {key}"),
        act("Withdraw", f"agreement withdraw {key}"),
    )


def _next(shown: Paper) -> tuple[Button, ...]:
    """The step that comes next: who is who, who decides, where it is talked about, and then the proposal."""
    terms, key, revision = shown.draft.terms, shown.draft.key, shown.draft.revision
    vacant = {each.member.id for each in vacancies(terms)}
    unnamed = [party for party in terms.parties if vacant & {party.owner, *party.deputies}]
    if unnamed and all(each in without_deputy(terms) for each in unnamed):
        return one_next(button for each in unnamed[:_SIDES] for button in _deputy(shown, each))
    if unnamed:
        return tuple(
            ask(
                f"Who is who: {each.name}",
                f"agreement party {key} {each.slug}",
                style="plain" if index else "primary",
                version=revision,
            )
            for index, each in enumerate(unnamed)
        )
    if vacant:
        return (ask("Name the sponsor", f"agreement outline {key}", style="primary", version=revision),)
    return (act("Propose", f"agreement propose {key}", style="primary", version=revision),)


def _deputy(shown: Paper, side: Party) -> tuple[Button, ...]:
    """Name who stands in for an owner, say in one press that nobody does, or ask himself, in private."""
    terms, key, revision = shown.draft.terms, shown.draft.key, shown.draft.revision
    says = f"agreement deputy {key} of {side.slug}"
    asked = side.owner != shown.draft.drafted_by and side.owner not in shown.without_account
    himself = (act(f"Ask {called(terms, side.owner)}", says, version=revision),) if asked else ()
    return (
        ask(f"Deputy of {side.name}", says, style="primary", version=revision),
        act(f"No deputy of {side.name}", f"{says} is nobody", version=revision),
        *himself,
    )


def stand_in(terms: Terms, key: str, side: Party, asker: str) -> Card:
    """Ask the owner of a party, in private, who stands in for him."""
    title = f"{key} · who stands in for you?"
    says = f"agreement deputy {key} of {side.slug}"
    what = f"{called(terms, asker)} drafts “{cut(terms.name, 60)}”, in which you answer for {side.name}."
    return Card(
        title=titled(title),
        summary=f"{title} {what}",
        blocks=(
            Text((f"{what} Who acts for {side.name} while you are away?",)),
            Note((f"It is not proposed before you or {called(terms, asker)} have said so; “no deputy” is an answer.",)),
        ),
        buttons=(ask("Name a deputy", says, style="primary"), act("No deputy", f"{says} is nobody")),
        ref=key,
    )


def stands_in(terms: Terms, key: str, side: Party, by: str) -> Card:
    """Say who stands in for the owner of a party, as somebody of that party or of those who draft has said."""
    names = [called(terms, each) for each in side.deputies if not terms.person(each).to_be_named]
    who = f"{listed(names)} stands in" if names else "nobody stands in"
    title = f"{key} · {side.name}: {who} for {called(terms, side.owner)}"
    return Card(
        title=titled(title),
        summary=f"{title}, says {called(terms, by)}.",
        blocks=(Note((f"Said by {called(terms, by)}.",)),),
        buttons=(act(f"Show {key}", f"agreement show {key}"),),
        ref=key,
    )


def asked_who_stands_in(terms: Terms, key: str, side: Party) -> Card:
    """Say to the drafter that the owner of a party was asked."""
    title = f"{key} · {called(terms, side.owner)} is asked who stands in"
    return Card(
        title=titled(title),
        summary=f"{title}, in private.",
        blocks=(Note(("You hear the answer. You can say it yourself until then.",)),),
        buttons=(
            act(f"No deputy of {side.name}", f"agreement deputy {key} of {side.slug} is nobody"),
            act(f"Show {key}", f"agreement show {key}"),
        ),
        ref=key,
    )
