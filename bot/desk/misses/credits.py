"""Service credits at the desk: they follow what the record says of a miss, and are claimed, decided over, applied.

While a dispute over the miss is open nothing of it moves; the miss that falls takes its credit back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from bot.cards import credits as cards
from bot.cards.duties import Duty
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import caps, chosen
from bot.desk.sitting import CLOCK, Sitting
from bot.store import breach_disputes, breaches, obligations, schedules
from bot.store import credits as kept
from slacore import accruals
from slacore.accruals import Credit, CreditEntry, Status
from slacore.agreements import Agreement, Terms
from slacore.breaches import Breach
from slacore.credits import Consequence
from slacore.errors import Refusal
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.reminders import remind_at
from slacore.standing import Judged, attained_share
from slacore.sweep import has_told

KIND = "credit"
"""What comes round when a credit can be claimed no more."""
REMINDED_BEFORE = 3
"""How many working days before a credit can be claimed no more its claimant is reminded."""
_WORDS: dict[Status, str] = {
    "claimed": "CreditClaimed",
    "approved": "CreditApproved",
    "refused": "CreditRefused",
    "applied": "CreditApplied",
    "expired": "CreditExpired",
    "reversed": "CreditReversed",
}


async def follow(
    sitting: Sitting, obligation: Obligation, breach: Breach, standing: Judged | None
) -> tuple[Credit, ...]:
    """Let a miss's credit be what the miss is worth now; the credits of which somebody may have to hear.

    Nothing accrues of what is provisional, excused, made good or disputed, nor where one of several
    ways is still to be chosen, or another one was. A worth that changed is reversed, and accrues anew;
    what the cap had held down beside it gets what that leaves.
    """
    heard = await _follow(sitting, obligation, breach, standing)
    if any(each.status == "reversed" for each in heard):
        for other, duty in await caps.sharing(sitting, obligation, breach):
            for credit in await _follow(sitting, duty.obligation, other, duty.standing):
                await tell(sitting, credit, duty)
    return heard


async def _follow(
    sitting: Sitting, obligation: Obligation, breach: Breach, standing: Judged | None
) -> tuple[Credit, ...]:
    terms = sitting.terms(breach.agreement, breach.version)
    agreed = terms.consequence_of(terms.commitment(breach.commitment))
    plain = obligation.kind in ("period", "slot") and not is_members_own(obligation, terms)
    if agreed is None or agreed.charge is None or not agreed.gives_credit or not plain:
        return ()
    known = await kept.of_breach(sitting.tx, breach.number)
    newest = known[0] if known else None
    due = breach.counts and await chosen.applies(sitting, breach, "service credit")
    share = agreed.share_at(attained_share(standing)) if due else Fraction()
    worth = agreed.charge.times(share)
    heard: list[Credit] = []
    raised = newest is not None and due and await caps.is_raised(sitting, terms, agreed, newest)
    if raised or not accruals.is_same(newest, worth):
        if worth.amount and await _dispute(sitting, breach.number):
            return ()
        if newest is not None and newest.status != "reversed":
            why = f"the miss is worth {worth} now" if worth.amount else "nothing follows from the miss any more"
            why = "the cap leaves more of it now" if raised and worth == newest.worth else why
            newest = await _keep(sitting, newest, *accruals.reverse(newest, sitting.actor, sitting.now, why))
            heard.append(newest)
        if worth.amount and (accrued := await _accrue(sitting, terms, agreed, obligation, breach, share, worth)):
            newest = accrued
    if newest is not None and newest.status == "accrued":
        heard.append(newest)
    return tuple(heard)


async def _accrue(
    sitting: Sitting, terms: Terms, agreed: Consequence, obligation: Obligation,
    breach: Breach, share: Fraction, worth: Money,
) -> Credit | None:  # fmt: skip
    """A new credit of what the cap and the least that is paid leave; None where that is nothing."""
    commitment = terms.commitment(breach.commitment)
    period = commitment.period.containing(obligation.period_starts_on)
    beside = await caps.beside(sitting, breach.agreement, agreed, period)
    amount = accruals.amount_left(agreed, worth, beside)
    if not amount.amount:
        return None
    claimant = commitment.receiver if breach.party == commitment.giver else commitment.giver
    credit = Credit(
        number=await sitting.tx.next_number("K"),
        breach=breach.number,
        agreement=breach.agreement,
        version=breach.version,
        commitment=breach.commitment,
        consequence=agreed.slug,
        party=breach.party,
        claimant=claimant,
        period_starts_on=period.first_on,
        period_ends_on=period.last_on,
        share=share,
        worth=worth,
        amount=amount,
        accrued_at=sitting.now,
        claim_until=accruals.claimable_until(agreed, commitment.period, period, terms, claimant, sitting.now),
    )
    await kept.add(sitting.tx, credit, accruals.opening(credit, sitting.actor))
    await sitting.record("CreditAccrued", credit.key, None, {"name": str(amount), "breach": breach.key})
    await _look_later(sitting, credit)
    return credit


async def claim(sitting: Sitting, credit: Credit) -> Credit:
    """The side that was owed what was missed asks for its credit."""
    terms = _terms(sitting, credit)
    party = terms.party(credit.claimant)
    _require(sitting, {party.owner, party.signs, *party.deputies}, f"claim {credit.key}", terms.name_of(party.owner))
    return await _move(sitting, credit, "claimed")


async def approve(sitting: Sitting, credit: Credit) -> Credit:
    """Whoever decides, or the owner of the side that gives it, says yes to a claim."""
    _require_deciding(sitting, credit, "approve")
    return await _move(sitting, credit, "approved")


async def refuse(sitting: Sitting, credit: Credit, why: str) -> Credit:
    """The same people say no, with their reason."""
    _require_deciding(sitting, credit, "refuse")
    return await _move(sitting, credit, "refused", why)


async def apply_(sitting: Sitting, credit: Credit) -> Credit:
    """The side that gives it has taken it off what it charges."""
    terms = _terms(sitting, credit)
    party = terms.party(credit.party)
    _require(sitting, {party.owner, party.signs, *party.deputies}, f"apply {credit.key}", terms.name_of(party.owner))
    return await _move(sitting, credit, "applied")


async def look(sitting: Sitting, subject: str) -> None:
    """A credit that nobody claimed in its time expires; one that a dispute holds up waits for the dispute's end."""
    credit = await kept.find(sitting.tx, int(subject))
    if credit.status == "accrued" and sitting.now < credit.claim_until:
        await schedules.put(sitting.tx, KIND, subject, credit.claim_until)
        await _remind(sitting, credit)
        return
    await schedules.end(sitting.tx, KIND, subject)
    if credit.status == "accrued" and not await _dispute(sitting, credit.breach):
        await _told(sitting, await _keep(sitting, credit, *accruals.expire(credit, sitting.now)))


async def _look_later(sitting: Sitting, credit: Credit) -> None:
    """Look again when its claimant is to be reminded; where the time is too short for that, when it is over."""
    calendar = _terms(sitting, credit).calendar_of_party(credit.claimant)
    at = remind_at(sitting.now, credit.claim_until, calendar, working_days=REMINDED_BEFORE)
    await schedules.put(sitting.tx, KIND, str(credit.number), at or credit.claim_until)


async def _remind(sitting: Sitting, credit: Credit) -> None:
    """The claimant hears once that the time to claim is nearly over; not while a dispute holds the credit up."""
    what = await shown(sitting, credit)
    member = what.duty.terms.party(credit.claimant).owner
    if not what.dispute:
        series, until = f"{credit.key}.claim:{member}", credit.claim_until.isoformat()
        word = Word("nudge", series, until, fresh=True, level=EXEMPT_FROM)
        card = cards.credit(what, sitting.now, reader=member, reminds=True)
        await saying.to_person(sitting, what.duty.terms, member, card, word)
        await sitting.record("ClaimReminded", credit.key, None, {"told": [member]})


async def follow_said(sitting: Sitting, obligation: Obligation, breach: Breach) -> None:
    """Something was said to a miss: its credit follows, and is told. A dispute that ended leaves time to claim."""
    duty = await duties.duty_of(sitting, obligation)
    for credit in await follow(sitting, obligation, breach, duty.standing):
        current = credit
        longer = accruals.extended(credit, duty.terms, sitting.now)
        if longer != credit and await _has_been_disputed(sitting, breach):
            await kept.save(sitting.tx, credit, longer)
            await _look_later(sitting, longer)
            before, after = ({"until": each.claim_until.isoformat()} for each in (credit, longer))
            await sitting.record("ClaimTimeRenewed", credit.key, before, after)
            current = longer
        await tell(sitting, current, duty, renewed=current != credit)
    await telling.breach_said(sitting, duty, breach)


async def could_be(sitting: Sitting, breach: Breach, duty: Duty) -> bool:
    """Whether a miss would be worth a credit if that were chosen for it."""
    agreed = duty.terms.consequence_of(duty.commitment)
    if agreed is None or agreed.charge is None or not breach.counts:
        return False
    open_ = await chosen.is_open(sitting, breach, "service credit")
    return open_ and bool(agreed.charge.times(agreed.share_at(attained_share(duty.standing))).amount)


async def accrue_as_agreed(sitting: Sitting, breach: Breach) -> tuple[Credit, ...]:
    """Let a miss be worth a credit once that was chosen, or follows by itself; refuses one that is worth none."""
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    accrued = await follow(sitting, duty.obligation, breach, duty.standing)
    if not accrued:
        await of_breach(sitting, breach.number)  # tells why there is none
    for credit in accrued:
        await tell(sitting, credit, duty)
    return accrued


async def tell(sitting: Sitting, credit: Credit, duty: Duty, *, renewed: bool = False) -> None:
    """Both sides hear in private, each once of every step: the giver, the claimant once he knows of the miss.

    Where its time to be claimed was `renewed` that is a step of its own.
    """
    terms = duty.terms
    giver, claimant = terms.party(credit.party).owner, terms.party(credit.claimant).owner
    hearing = [giver]
    if credit.status != "accrued" or has_told(duty.obligation, terms, "counterparty"):
        hearing.append(claimant)
    if credit.status in ("claimed", "approved", "refused", "applied"):
        hearing.append(_decider(terms, credit))
    what = await shown(sitting, credit)
    for member in dict.fromkeys(filter(None, hearing)):
        if member != sitting.actor or credit.status in ("accrued", "reversed"):
            series = f"{credit.key}.{credit.status}{'.more time' if renewed else ''}:{member}"
            word = Word("note", series, str(credit.revision), level=EXEMPT_FROM)
            card = cards.credit(what, sitting.now, reader=member, renewed=renewed)
            await saying.to_person(sitting, terms, member, card, word)


async def shown(sitting: Sitting, credit: Credit) -> cards.Shown:
    """A credit with the miss it is for, and the dispute that holds it up."""
    breach = await breaches.find(sitting.tx, credit.breach)
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    why = next((each.why for each in reversed(await kept.entries(sitting.tx, credit.number)) if each.why), "")
    return cards.Shown(credit, duty, _decider(duty.terms, credit), await _dispute(sitting, credit.breach), why)


async def of_breach(sitting: Sitting, number: int) -> Credit:
    """The newest credit that a miss is worth; refuses a miss that is worth none, with the reason."""
    breach = await breaches.find(sitting.tx, number)
    if known := await kept.of_breach(sitting.tx, number):
        return known[0]
    terms = sitting.terms(breach.agreement, breach.version)
    agreed = terms.consequence_of(terms.commitment(breach.commitment))
    if agreed is None or not agreed.gives_credit:
        problem = f"No service credit was agreed for {breach.key}."
    elif not breach.counts:
        problem = f"Nothing follows from {breach.key}: it is provisional, excused, or made good."
    elif dispute := await _dispute(sitting, number):
        problem = f"{breach.key} is disputed ({dispute}), so nothing accrues before that has ended."
    elif not await chosen.applies(sitting, breach, "service credit"):
        problem = f"No service credit was chosen for {breach.key}; see `choose {breach.key}`."
    else:
        problem = f"{breach.key} is worth no credit: it is within the tiers, or the period's cap is used up."
    raise Refusal(problem, f"See `history {breach.key}`.", field="key")


async def statement(
    sitting: Sitting, agreement: Agreement, since: date = date.min, until: date = date.max
) -> tuple[Credit, ...]:
    """The credits for periods that ended between two dates, in the order in which they accrued."""
    return await kept.ended_in(sitting.tx, agreement.slug, since, until)


async def _move(sitting: Sitting, credit: Credit, to: Status, why: str = "") -> Credit:
    if dispute := await _dispute(sitting, credit.breach):
        raise Refusal(
            f"B-{credit.breach} is disputed ({dispute}), so nothing follows from it yet.",
            f"Come back to {credit.key} once the dispute has ended.",
            field="key",
        )
    zone = _terms(sitting, credit).zone
    moved = await _keep(sitting, credit, *accruals.move(credit, to, sitting.actor, sitting.now, zone, why))
    await _told(sitting, moved)
    return moved


async def _keep(sitting: Sitting, before: Credit, after: Credit, entry: CreditEntry) -> Credit:
    await kept.save(sitting.tx, before, after, entry)
    reason = {"reason": entry.why} if entry.why else {}
    figures = {"name": str(before.amount), **reason}
    await sitting.record(_WORDS[after.status], after.key, {"status": before.status}, figures)
    if before.status == "accrued":
        await schedules.end(sitting.tx, KIND, str(after.number))
    return after


async def _told(sitting: Sitting, credit: Credit) -> None:
    """Both sides hear what became of a credit, and what the channel was told of the miss says it too."""
    breach = await breaches.find(sitting.tx, credit.breach)
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    await tell(sitting, credit, duty)
    await telling.breach_said(sitting, duty, breach)


async def _dispute(sitting: Sitting, breach: int) -> str:
    """The key of the open dispute over a miss; "" if none is open."""
    dispute = await breach_disputes.open_of(sitting.tx, breach)
    return dispute.key if dispute is not None else ""


async def _has_been_disputed(sitting: Sitting, breach: Breach) -> bool:
    return bool(await breach_disputes.of_breach(sitting.tx, breach.number))


def _terms(sitting: Sitting, credit: Credit) -> Terms:
    return sitting.terms(credit.agreement, credit.version)


def _decider(terms: Terms, credit: Credit) -> str:
    return terms.decider_of(terms.commitment(credit.commitment))


def _require_deciding(sitting: Sitting, credit: Credit, doing: str) -> None:
    terms = _terms(sitting, credit)
    deciding = (_decider(terms, credit), terms.party(credit.party).owner)
    names = " or ".join(dict.fromkeys(terms.name_of(each) for each in deciding if each))
    _require(sitting, deciding, f"{doing} {credit.key}", names)


def _require(sitting: Sitting, allowed: Iterable[str], doing: str, ask: str) -> None:
    if sitting.actor == CLOCK or sitting.actor not in allowed:
        raise Refusal(f"You cannot {doing}.", f"Ask {ask}.", field="key")
