"""What each side needs from the other: asked of each alone, and laid side by side once all have answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.words import called, count, cut, listed, moment, quoted, run, titled
from bot.chat.card import Block, Card, Fact, Note, Table, Text
from slacore.agreements import Terms
from slacore.amendments import Amendment
from slacore.needs import Need, laid_open

_SILENT = "said nothing"


def question(draft: Amendment, need: Need, *, nudges: bool = False) -> Card:
    """Ask one side what it needs; `nudges` where it was asked before."""
    terms, key = draft.terms, draft.key
    others = _others(terms, need.party)
    again = "Still to answer" if nudges else "Before anything is proposed"
    title = f"{key} · what do you need from {others}?"
    side = terms.party(need.party).name
    what = f"{called(terms, need.asked_by)} drafts “{cut(terms.name, 60)}” between {_sides(terms)}, and asks each side"
    return Card(
        title=titled(title),
        summary=f"{title} {what} first.",
        blocks=(
            Text((f"{again}: {what} alone. What does {side} need from {others}, and how much?",)),
            *([Fact("It is for", (quoted(cut(terms.objective, 200)),))] if terms.objective else []),
            Note(run("Nobody reads your answer before every side has answered, or before ", moment(need.due_at, terms),
                     ". If you say nothing, the draft goes on without it.")),
        ),
        buttons=(
            ask("Answer", f"agreement need {key}", style="primary"),
            act("We need nothing", f"agreement need {key} nothing"),
        ),
        ref=key,
    )  # fmt: skip


def kept(draft: Amendment, need: Need) -> Card:
    """What one side said, to itself: nobody else reads it yet."""
    terms, key = draft.terms, draft.key
    title = f"{key} · your answer is kept"
    return Card(
        title=titled(title),
        summary=f"{title}; nobody else reads it yet.",
        blocks=(
            *_answer(terms, need),
            Note(run("Nobody else reads it before every side has answered, or before ", moment(need.due_at, terms),
                     ". You can say it anew until then.")),
        ),
        buttons=(ask("Say it anew", f"agreement need {key}"),),
        ref=key,
    )  # fmt: skip


def side_by_side(draft: Amendment, needs: Sequence[Need], *, reader: str = "") -> Card:
    """All answers, for whoever drafts and whoever was asked."""
    key = draft.key
    title = f"{key} · what each side needs"
    silent = [draft.terms.party(each.party).name for each in needs if not each.answered]
    told = f" {listed(silent)} {_SILENT}." if silent else ""
    buttons = (act("Change the draft", f"agreement change {key}"), act(f"Show {key}", f"agreement show {key}"))
    return Card(
        title=titled(title),
        summary=f"{title}: the answers are laid open.{told}",
        blocks=(Text((f"The answers of “{cut(draft.terms.name, 60)}” are laid open.",)), table(draft.terms, needs)),
        buttons=buttons if reader == draft.drafted_by else (),
        ref=key,
    )


def asked(draft: Amendment, needs: Sequence[Need], unreachable: Sequence[str]) -> Card:
    """Say to the drafter who was asked, and who could not be."""
    terms, key = draft.terms, draft.key
    names = listed([f"{terms.name_of(each.member)} for {terms.party(each.party).name}" for each in needs])
    left = (
        f"{listed(list(unreachable))} could not be asked: nobody there is named who has an account."
        if unreachable
        else ""
    )
    were = "was" if len(needs) == 1 else "were"
    return Card(
        title=titled(f"{key} · {count(len(needs), 'side')} {were} asked what they need"),
        summary=f"{key}: {names} {were} asked what they need. {left}".strip(),
        blocks=(
            Text((f"{names} {were} asked in private. {left}".strip(),)),
            Note(run("Their answers are laid open once all have come, at the latest ", moment(needs[0].due_at, terms),
                     ". Whoever says nothing is reminded once.")),
        ),
        buttons=(act(f"Show {key}", f"agreement show {key}"),),
        ref=key,
    )  # fmt: skip


def shown(terms: Terms, needs: Sequence[Need], now: datetime) -> list[Block]:
    """What a draft shows of it: the answers, or who has not given one."""
    if not needs:
        return []
    if laid_open(needs, now):
        return [table(terms, needs)]
    states = [f"{terms.party(each.party).name} {'has answered' if each.answered else 'not yet'}" for each in needs]
    until = moment(needs[0].due_at, terms)
    return [Fact("Asked what they need", run(f"{', '.join(states)}; laid open together, at the latest ", until))]


def table(terms: Terms, needs: Sequence[Need]) -> Table:
    """The answers, a row a side."""
    rows = tuple(
        (
            (terms.party(each.party).name,),
            (cut(each.text, 600) if each.answered else _SILENT,),
            (cut(each.quantity, 120),),
        )
        for each in needs
    )
    return Table(("Side", "Needs", "How much"), rows, caption="What each side needs")


def _answer(terms: Terms, need: Need) -> list[Block]:
    much = [Fact("How much", (need.quantity,))] if need.quantity else []
    return [Fact(f"{terms.party(need.party).name} needs", (quoted(need.text),)), *much]


def _others(terms: Terms, slug: str) -> str:
    return listed([each.name for each in terms.parties if each.slug != slug])


def _sides(terms: Terms) -> str:
    return listed([each.name for each in terms.parties])
