"""Asking each side in private what it needs, before a draft is put before anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.cards import needs as cards
from bot.desk.agreements import versions
from bot.desk.drafts import papers
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.store import identities, schedules
from bot.store import needs as kept
from slacore import needs as rules
from slacore.amendments import Amendment, require_changeable
from slacore.calendars import Duration
from slacore.errors import Refusal
from slacore.keys import number_of
from slacore.needs import Need, laid_open
from slacore.periods import print_date

KIND = "needs"
WITHIN = Duration(3, "wd")
"""How long the sides have to answer, where the drafter does not say."""


async def ask(sitting: Sitting, draft: Amendment, by: date | None) -> tuple[tuple[Need, ...], tuple[str, ...]]:
    """Ask the owner of each party what it needs; the questions, and the parties that cannot be asked.

    Refuses where nobody can be, where they were asked before, and a day on which nobody works.
    """
    require_changeable(draft, sitting.actor)
    if await kept.of_draft(sitting.tx, draft.number):
        raise Refusal(
            f"{draft.key} has asked each side already.",
            "Look at what they said.",
            offers=((f"Show {draft.key}", f"agreement show {draft.key}"),),
            field="key",
        )
    terms = draft.terms
    due_at = terms.calendars[terms.calendar].due(sitting.now, WITHIN) if by is None else _close_of(draft, by)
    if due_at <= sitting.now:
        raise Refusal("That is over already.", "Name a day that is still to come.", field="by")
    await versions.meet(sitting, terms)
    asked, unreachable = [], []
    for party in terms.parties:
        named = not terms.person(party.owner).to_be_named
        if named and await identities.of_person(sitting.tx, party.owner):
            asked.append(Need(draft.number, party.slug, party.owner, sitting.actor, sitting.now, due_at))
        else:
            unreachable.append(party.name)
    if not asked:
        raise Refusal("There is nobody to ask yet.", "Say who owns each party first.", field="key")
    for need in asked:
        await kept.add(sitting.tx, need)
        await _tell(sitting, draft, need)
    await schedules.put(sitting.tx, KIND, draft.key, sitting.now + (due_at - sitting.now) / 2)
    after = {"asked": [each.member for each in asked], "until": due_at.isoformat()}
    await sitting.record("NeedsAsked", draft.key, None, after)
    return tuple(asked), tuple(unreachable)


async def answer(sitting: Sitting, draft: Amendment, text: str, quantity: str) -> Need:
    """Keep what somebody's side needs; with the last answer all are laid open.

    The record says that it was answered and not what, since it can be read by others before then.
    """
    needs = await kept.of_draft(sitting.tx, draft.number)
    answers = rules.answer(needs, draft.terms, sitting.actor, text, quantity, sitting.now)
    if draft.state != "draft":
        raise Refusal(
            f"{draft.key} is {draft.state} by now.",
            "Comment on it, or answer it.",
            offers=((f"Show {draft.key}", f"agreement show {draft.key}"),),
            field="key",
        )
    for each in answers:
        before = next(old for old in needs if old.party == each.party)
        await kept.keep(sitting.tx, each)
        await sitting.record("NeedAnswered", draft.key, {"answered": before.answered}, {"party": each.party})
    now_known = await kept.of_draft(sitting.tx, draft.number)
    if laid_open(now_known, sitting.now):
        await _lay_open(sitting, draft, now_known)
    else:
        for each in answers:
            word = Word("note", _series(each), f"answered:{sitting.now.isoformat()}", edit_only=True, level=EXEMPT_FROM)
            await saying.to_person(sitting, draft.terms, each.member, cards.kept(draft, each), word)
    return answers[0]


async def look(sitting: Sitting, subject: str) -> None:
    """Half of the time is over: remind once whoever has not answered. All of it: lay open what there is."""
    draft = await papers.find(sitting, number_of(subject))
    needs = await kept.of_draft(sitting.tx, draft.number)
    if draft.state != "draft" or not needs:
        await schedules.end(sitting.tx, KIND, subject)
        return
    due_at = needs[0].due_at
    if sitting.now >= due_at:
        await _lay_open(sitting, draft, needs)
        return
    for need in needs:
        if not need.answered:
            word = Word("note", f"{_series(need)}:again", fresh=True, level=EXEMPT_FROM)
            await saying.to_person(sitting, draft.terms, need.member, cards.question(draft, need, nudges=True), word)
    await schedules.put(sitting.tx, KIND, subject, due_at)


async def _lay_open(sitting: Sitting, draft: Amendment, needs: Sequence[Need]) -> None:
    """Show the answers to whoever drafts, and to each side in place of its question."""
    await schedules.end(sitting.tx, KIND, draft.key)
    await sitting.record(
        "NeedsLaidOpen", draft.key, None, {"answered": [each.party for each in needs if each.answered]}
    )
    for need in needs:
        word = Word("note", _series(need), "open", edit_only=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, draft.terms, need.member, cards.side_by_side(draft, needs), word)
    card = cards.side_by_side(draft, needs, reader=draft.drafted_by)
    word = Word("note", f"{draft.key}:needs", fresh=True, level=EXEMPT_FROM)
    await saying.to_person(sitting, draft.terms, draft.drafted_by, card, word)


async def _tell(sitting: Sitting, draft: Amendment, need: Need) -> None:
    word = Word("note", _series(need), fresh=True, level=EXEMPT_FROM)
    await saying.to_person(sitting, draft.terms, need.member, cards.question(draft, need), word)


def _close_of(draft: Amendment, by: date) -> datetime:
    closes = draft.terms.calendars[draft.terms.calendar].closes_on(by)
    if closes is None:
        raise Refusal(f"{print_date(by)} is no working day.", "Name a working day.", field="by")
    return closes


def _series(need: Need) -> str:
    return f"X-{need.amendment}:need:{need.party}"
