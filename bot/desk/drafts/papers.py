"""Who hears of a draft: each signatory has one message about it, which follows what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cards import papers as cards
from bot.cards.papers import Paper
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.documents import difference
from bot.store import agreements, amendments, identities, links, needs, schedules
from slacore.advice import Advice, advice_on
from slacore.agreements import Agreement, Terms
from slacore.amendments import Amendment, Remark, end
from slacore.capacities import overcommitments
from slacore.errors import Refusal
from slacore.keys import number_of
from slacore.periods import Period
from slacore.supports import require_carried, require_known

KIND = "draft"
REMINDED_BEFORE = timedelta(days=3)
"""How long before a proposal lapses those who have not signed it are reminded."""


async def find(sitting: Sitting, number: int) -> Amendment:
    """A draft with all of its signatures, those under the version that it is included."""
    return with_signatures(sitting, await amendments.find(sitting.tx, number))


async def proposals_of(sitting: Sitting, slug: str) -> tuple[Amendment, ...]:
    """The drafts of an agreement that something can still come of, oldest first."""
    found = await amendments.open_of(sitting.tx, slug)
    return tuple(with_signatures(sitting, each) for each in found)


def with_signatures(sitting: Sitting, draft: Amendment) -> Amendment:
    """A draft with the signatures of the version that it is, for one that came as a file."""
    if draft.version is None:
        return draft
    signed = sitting.agreement(draft.agreement).version(draft.version).terms.signatures
    return replace(draft, terms=replace(draft.terms, signatures=signed))


async def paper_of(sitting: Sitting, draft: Amendment) -> Paper:
    """A draft with what it takes to show it."""
    agreement = next((each for each in sitting.agreements if each.slug == draft.agreement), None)
    versions = agreement.versions if agreement is not None else ()
    written_on = next((each for each in versions if each.number == draft.based_on), None)
    before = written_on.terms if written_on is not None else None
    answered = None
    if draft.answers is not None and not draft.based_on:
        answered = await amendments.find(sitting.tx, draft.answers)
        before = answered.terms
    terms = replace(draft.terms, signatures=())
    changes = difference(replace(before, signatures=()) if before else None, terms)
    remarks = await amendments.remarks(sitting.tx, draft.number)
    waiting = dict.fromkeys(party.signs for party in draft.terms.unsigned())
    without_account = [each for each in waiting if not await identities.of_person(sitting.tx, each)]
    used = await links.of_amendment(sitting.tx, draft.number)
    linked = {each.member: each.made_by for each in used if each.ended_how == "used"}
    return Paper(
        draft,
        await agreements.key_of(sitting.tx, draft.agreement) or "",
        changes,
        remarks,
        await _newer(sitting, draft),
        beyond=overcommitments(draft.terms),
        without_account=tuple(without_account),
        linked=linked,
        advice=advice_of(sitting, draft, before),
        answers=answered.key if answered is not None else "",
        needs=await needs.of_draft(sitting.tx, draft.number),
    )


def advice_of(sitting: Sitting, draft: Amendment, before: Terms | None) -> tuple[Advice, ...]:
    """What a good colleague would raise while a draft can still be changed, other agreements looked at too.

    Of an amendment it is what was not to be said of the version `before` already.
    """
    if draft.state != "draft" or draft.version is not None:
        return ()
    known = set(advice_on(before)) if before is not None else set[Advice]()
    found = [each for each in advice_on(draft.terms) if each not in known]
    others = [each.latest.terms for each in sitting.agreements if each.slug != draft.agreement]
    for check in (require_known, require_carried):
        try:
            check(draft.terms, others)
        except Refusal as refusal:
            found.append(Advice(("commitments",), refusal.problem.rstrip("."), refusal.next_step))
    return tuple(found)


async def _newer(sitting: Sitting, draft: Amendment) -> str:
    """The key of the draft that took this one's place, or answers it; "" if none does."""
    later = [each for each in await amendments.of_agreement(sitting.tx, draft.agreement) if each.number > draft.number]
    if draft.state == "replaced":
        later = [each for each in later if each.proposed_at is not None]
    else:
        later = [each for each in later if each.answers == draft.number and each.proposed_at is not None]
    return later[-1].key if later else ""


async def proposed(sitting: Sitting, draft: Amendment) -> None:
    """Put a proposal before every signatory, and look again before it lapses."""
    paper = await paper_of(sitting, draft)
    for member in _signatories(draft):
        await _put_before(sitting, paper, member)
    lapses_at = Period(draft.terms.effective_on, draft.terms.effective_on, "").starts_at(draft.terms.zone)
    remind_at = lapses_at - REMINDED_BEFORE
    if draft.version is None:
        await schedules.put(sitting.tx, KIND, draft.key, remind_at if remind_at > sitting.now else lapses_at)


async def changed(sitting: Sitting, draft: Amendment) -> None:
    """Bring what each signatory has before him up to date; a draft that is over neither reminds nor lapses."""
    if not draft.open:
        await schedules.end(sitting.tx, KIND, draft.key)
    paper = await paper_of(sitting, draft)
    for member in _signatories(draft):
        await _put_before(sitting, paper, member, edit_only=True)


async def signed(sitting: Sitting, draft: Amendment, number: int) -> None:
    """The last signature came: said where the parties talk; each signatory's message says it too."""
    await changed(sitting, draft)
    card = cards.in_force(await paper_of(sitting, draft), number, sitting.now)
    for channel in draft.terms.channels:
        await saying.in_channel(sitting, channel, card, Word("note", f"signed:{draft.key}", fresh=True))


async def signed_elsewhere(sitting: Sitting, agreement: Agreement) -> None:
    """Signatures came by file: a proposal of that version follows."""
    for draft in await proposals_of(sitting, agreement.slug):
        if draft.version == agreement.latest.number:
            if draft.terms.unsigned():
                await changed(sitting, draft)
            else:
                over = end(draft, "signed", sitting.actor, "", sitting.now)
                await amendments.save(sitting.tx, over)
                await signed(sitting, over, agreement.latest.number)


async def remarked(sitting: Sitting, draft: Amendment, remark: Remark) -> None:
    """What somebody said about a draft reaches everybody else whom it concerns."""
    await changed(sitting, draft)
    paper = await paper_of(sitting, draft)
    for member in _concerned(draft):
        if member != sitting.actor:
            word = Word("note", f"{draft.key}:remark:{len(paper.remarks)}:{member}", fresh=True, level=EXEMPT_FROM)
            await saying.to_person(sitting, draft.terms, member, cards.remarked(paper, remark, member), word)


async def ended(sitting: Sitting, draft: Amendment) -> None:
    """Nothing more comes of a draft; whoever wrote it or had it before him hears so."""
    if draft.proposed_at is not None:
        await changed(sitting, draft)
    paper = await paper_of(sitting, draft)
    hearing = _concerned(draft) if draft.proposed_at is not None else (draft.drafted_by,)
    for member in hearing:
        if member != sitting.actor:
            word = Word("note", f"{draft.key}:over:{member}", fresh=True, level=EXEMPT_FROM)
            await saying.to_person(sitting, draft.terms, member, cards.over(paper, sitting.now), word)


async def look(sitting: Sitting, subject: str) -> None:
    """A proposal's day draws near: remind those who have not signed; on the day itself it lapses."""
    draft = await find(sitting, number_of(subject))
    terms = draft.terms
    lapses_at = Period(terms.effective_on, terms.effective_on, "").starts_at(terms.zone)
    if sitting.now < lapses_at:
        paper = await paper_of(sitting, draft)
        for member in dict.fromkeys(party.signs for party in terms.unsigned()):
            word = Word("nudge", f"{draft.key}:reminder:{member}", fresh=True, level=EXEMPT_FROM)
            await saying.to_person(sitting, terms, member, cards.reminder(paper, sitting.now, member), word)
        await schedules.put(sitting.tx, KIND, subject, lapses_at)
        return
    lapsed = end(draft, "lapsed", "", "", sitting.now)
    await amendments.save(sitting.tx, lapsed)
    await sitting.record("DraftLapsed", draft.key, None, None)
    await ended(sitting, lapsed)


async def _put_before(sitting: Sitting, paper: Paper, member: str, *, edit_only: bool = False) -> None:
    draft = paper.draft
    still_to_sign = draft.state == "proposed" and any(party.signs == member for party in draft.terms.unsigned())
    card = cards.paper(paper, sitting.now, reader=member, whole=still_to_sign)
    occurrence = f"{draft.revision}.{len(paper.remarks)}"
    # What waits for a signature is no nudge that a budget of messages may fold away.
    word = Word("note", f"{draft.key}:{member}", occurrence, edit_only=edit_only, level=EXEMPT_FROM)
    await saying.to_person(sitting, draft.terms, member, card, word)


def _signatories(draft: Amendment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.signs for party in draft.terms.parties))


def _concerned(draft: Amendment) -> tuple[str, ...]:
    return tuple(dict.fromkeys((draft.drafted_by, *_signatories(draft))))
