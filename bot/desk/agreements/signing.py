"""Putting a draft before the parties, and what they say to it: yes, no, or something about it."""

from __future__ import annotations

from dataclasses import replace

from bot.desk.agreements import versions
from bot.desk.drafts import drafting, papers
from bot.desk.sitting import Sitting
from bot.store import amendments
from slacore import amendments as rules
from slacore.amendments import Amendment, Remark
from slacore.capacities import overcommitments
from slacore.errors import Refusal
from slacore.periods import print_date
from slacore.vacancies import require_filled, vacancies, without_deputy


async def propose(sitting: Sitting, draft: Amendment) -> Amendment:
    """Put a draft before each party's signatory. What it answers, and what the same side proposed before, is replaced.

    Refuses a draft whose first day has begun, and one that another side wrote.
    """
    if not rules.may_change(draft, sitting.actor):
        rules.require_drafter(draft.terms, sitting.actor, f"propose {draft.key}")
    if draft.state == "draft" and not rules.may_change(draft, sitting.actor):
        raise Refusal(
            f"{draft.key} was drafted by {draft.terms.name_of(draft.drafted_by)}.",
            "That side proposes it; draft one of your own.",
            field="key",
        )
    if draft.answers is not None and draft.is_new:
        drafting.require_answer(await papers.find(sitting, draft.answers), draft)
    _require_deputies(draft)
    require_filled(draft.terms)
    proposed = rules.propose(draft, sitting.now)
    _require_in_time(sitting, draft)
    await versions.meet(sitting, draft.terms)
    await amendments.save(sitting.tx, proposed)
    await sitting.record("Proposed", draft.key, {"state": draft.state}, {"agreement": draft.agreement})
    for each in await papers.proposals_of(sitting, draft.agreement):
        same_side = each.state == "proposed" and each.side == draft.side and each.version is None
        if each.number != draft.number and (each.number == draft.answers or same_side):
            await _replace(sitting, each, draft)
    await papers.proposed(sitting, proposed)
    return proposed


async def sign(sitting: Sitting, draft: Amendment, despite: str = "") -> tuple[Amendment, int | None]:
    """Put the speaker's name to a proposal. With the last name it becomes a version, whose number comes along.

    Terms that promise more than the people have hours for are signed only once a signatory of
    either side has said in writing, `despite` it, why; that is kept with his signature.
    """
    signed, signatures = rules.sign(draft, sitting.actor, sitting.now)
    _require_in_time(sitting, draft)
    await _require_kept_or_overridden(sitting, draft, despite)
    await amendments.sign(sitting.tx, draft, signatures, sitting.via)
    for each in signatures:
        await sitting.record("Signed", draft.key, None, {"party": each.party, "by": each.member})
    number = None
    if draft.version is not None:
        await versions.sign(sitting, sitting.agreement(draft.agreement), signatures)
        number = draft.version if signed.state == "signed" else None
        await amendments.save(sitting.tx, signed)
    elif signed.state == "signed":
        await amendments.save(sitting.tx, signed)  # before its version makes all other drafts out of date
        agreement, behind = await versions.add(sitting, signed.terms)
        number = agreement.latest.number
        signed = replace(signed, version=number)
        await amendments.save(sitting.tx, signed)
        for older in behind:
            await papers.ended(sitting, older)
    else:
        await amendments.save(sitting.tx, signed)
    if number is None:
        await papers.changed(sitting, signed)
    else:
        await papers.signed(sitting, signed, number)
    return signed, number


async def decline(sitting: Sitting, draft: Amendment, why: str) -> Amendment:
    """A signatory says no, with his reason; everybody concerned hears it."""
    declined = rules.decline(draft, sitting.actor, why, sitting.now)
    await amendments.save(sitting.tx, declined)
    remark = Remark("declined", sitting.actor, why, sitting.now)
    await amendments.remark(sitting.tx, draft.number, remark)
    await sitting.record("Declined", draft.key, {"state": draft.state}, {"because": why})
    await papers.remarked(sitting, declined, remark)
    return declined


async def comment(sitting: Sitting, draft: Amendment, text: str) -> Amendment:
    """Anybody with a part in the agreement says something about a draft that was proposed."""
    if draft.state == "draft":
        raise Refusal(f"{draft.key} was not proposed yet.", "Comment on it once it is.", field="key")
    remark = Remark("comment", sitting.actor, text, sitting.now)
    await amendments.remark(sitting.tx, draft.number, remark)
    await sitting.record("Commented", draft.key, None, {"text": text})
    await papers.remarked(sitting, draft, remark)
    return draft


async def _require_kept_or_overridden(sitting: Sitting, draft: Amendment, despite: str) -> None:
    beyond = overcommitments(draft.terms)
    if not beyond:
        return
    if despite:
        await amendments.remark(sitting.tx, draft.number, Remark("override", sitting.actor, despite, sitting.now))
        await sitting.record("WarningOverridden", draft.key, None, {"despite": despite})
        return
    if not any(each.kind == "override" for each in await amendments.remarks(sitting.tx, draft.number)):
        names = ", ".join(f"{each.commitment.name} of {each.party.name}" for each in beyond)
        raise Refusal(
            f"{draft.key} promises more than there are hours for: {names}.",
            f"Agree on less, or say why you sign all the same: `agreement sign {draft.key} despite …`.",
            offers=(("Sign all the same", f"agreement sign {draft.key} despite …"),),
            field="despite",
        )


async def _replace(sitting: Sitting, old: Amendment, new: Amendment) -> None:
    why = f"{new.key} was proposed in its place"
    ended = rules.end(old, "replaced", "", why, sitting.now)
    await amendments.save(sitting.tx, ended)
    await sitting.record("DraftReplaced", old.key, {"state": old.state}, {"by": new.key})
    await papers.changed(sitting, ended)


def _require_deputies(draft: Amendment) -> None:
    """Refuse while nothing is open but who stands in for an owner, with a button that leaves the place out."""
    terms = draft.terms
    open_ = without_deputy(terms)
    if not open_ or len(vacancies(terms)) > len(open_):
        return
    names = " and ".join(f"{terms.name_of(each.owner)} of {each.name}" for each in open_)
    raise Refusal(
        f"{draft.key} does not say yet who stands in for {names}.",
        "Name a deputy, or leave the place out.",
        offers=tuple(
            (f"No deputy of {each.name}", f"agreement deputy {draft.key} of {each.slug} is nobody") for each in open_
        ),
        field="key",
    )


def _require_in_time(sitting: Sitting, draft: Amendment) -> None:
    """Refuse where the first day of an amendment has begun: it would reach into what runs.

    Terms from a file that nobody had signed before begin with their last signature.
    """
    terms = draft.terms
    if draft.version is None and terms.effective_on <= sitting.today(terms.zone):
        raise Refusal(
            f"{draft.key} was to begin on {print_date(terms.effective_on)}, and that day has begun.",
            "Draft it again with a later day; what runs keeps its terms until then.",
            field="key",
        )
