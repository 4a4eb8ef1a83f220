"""Changing one part of a draft: a promise's figures, a calendar, a ladder, a consequence, a word; or taking it out.

What is changed is named by a draft's key or by an agreement's: there the change goes into the draft
that the speaker's side has of the next version, or begins one. What the other side has proposed is not
changed but answered: by a draft of one's own, in the same words. What runs keeps its terms either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.desk.drafts import drafting, naming, papers, rewriting
from bot.desk.sitting import Sitting
from bot.documents import parts
from bot.documents.lines import Kind
from slacore.agreements import Terms
from slacore.amendments import Amendment, drafts_for, require_changeable
from slacore.errors import Refusal
from slacore.excerpts import without
from slacore.keys import number_of
from slacore.periods import PeriodRule


@dataclass(frozen=True, slots=True)
class Draftable:
    """What a key stands for as it would be changed now; `revision` grows with each change of the draft, 0 of none."""

    key: str
    terms: Terms
    revision: int


async def now_in(sitting: Sitting, key: str) -> Draftable:
    """The terms that a change would be made to: a draft's; of an agreement its side's draft, else its newest."""
    if key.startswith("X"):
        draft = await papers.find(sitting, number_of(key))
        side = drafts_for(draft.terms, sitting.actor)
        if side is not None and answers(draft, sitting.actor):
            draft = await drafting.own_answer(sitting, draft, side) or draft
        return Draftable(draft.key, draft.terms, draft.revision)
    agreement = sitting.agreement(key)
    base = agreement.latest.terms
    side = drafts_for(base, sitting.actor)
    running = None if side is None else await drafting.own_draft(sitting, agreement, side)
    return Draftable(key, running.terms, running.revision) if running else Draftable(key, base, 0)


def answers(draft: Amendment, member: str) -> bool:
    """Whether somebody who changes a draft answers it: another side, that of whoever may draft, has proposed it."""
    side = drafts_for(draft.terms, member)
    return draft.state in ("proposed", "declined") and side is not None and side != draft.side


async def to_change(
    sitting: Sitting, key: str, on: date | None = None, why: str = "", period: PeriodRule = drafting.MONTH
) -> Amendment:
    """The draft that a change goes into, from a day on that is still to come. Refuses whoever may not draft it.

    Of an amendment the day is that of the draft, or the first of the next `period`; a draft of
    a new agreement moves as a whole, and with it what is counted from its first day.
    """
    if not key.startswith("X"):
        return await drafting.next_version(sitting, sitting.agreement(key), period, on, why)
    draft = await papers.find(sitting, number_of(key))
    if answers(draft, sitting.actor):
        return await drafting.counter(sitting, draft, period, on, why)
    require_changeable(draft, sitting.actor)
    if draft.based_on:
        return await drafting.retimed(sitting, draft, on, why)
    return await rewriting.outline(sitting, draft, rewriting.Outline(on=on)) if on else draft


async def changed(sitting: Sitting, key: str, draft: Amendment) -> Amendment:
    """The draft as it is now; refuses a change of an agreement, and an answer, that changes nothing."""
    if not key.startswith("X"):
        drafting.require_change(sitting.agreement(key), draft)
    elif draft.key != key:
        drafting.require_answer(await papers.find(sitting, number_of(key)), draft)
    return draft


async def change(sitting: Sitting, draft: Amendment, kind: Kind, name: str, said: Mapping[str, str]) -> Amendment:
    """Change lines of a part of a draft, or add a part that there was not."""
    terms = draft.terms
    slug = parts.called(terms, kind, name)
    if slug is None:
        slug = " ".join(name.split()) if kind == "definitions" else naming.slug_of(name)
    texts = dict(said)
    if (decider := texts.get("decider", "").strip()) and decider.casefold() not in rewriting.NOBODY:
        person = await naming.somebody(sitting, decider, terms)
        terms, texts["decider"] = rewriting.known(terms, person), person.id
    return await rewriting.rewrite(sitting, draft, parts.rewritten(terms, kind, slug, texts))


async def leave_out(sitting: Sitting, draft: Amendment, name: str) -> Amendment:
    """Take a part out of a draft: a promise with whatever only it needed, or any other part that nothing needs."""
    folded = " ".join(name.casefold().split())
    for each in draft.terms.commitments:
        if folded in {each.slug, each.name.casefold()}:
            return await rewriting.rewrite(sitting, draft, without(draft.terms, {each.slug}), "promise")
    for kind in parts.KINDS:
        for slug, called in parts.named(draft.terms, kind).items():
            if folded in {slug.casefold(), called.casefold()}:
                return await rewriting.rewrite(sitting, draft, parts.without(draft.terms, kind, slug), "promise")
    there = [each.name for each in draft.terms.commitments]
    there += [called for kind in parts.KINDS for called in parts.named(draft.terms, kind).values()]
    raise Refusal(f"There is no “{name[:60]}” in it.", f"It has: {', '.join(there)}.", field="promise")
