"""Choosing what makes a miss good: by whoever decides; or, where nobody does, by an offer that the other side takes."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import choices as cards
from bot.cards.duties import Duty
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import carries, chosen, credits, notices, plan_times, recoveries
from bot.desk.sitting import Sitting
from bot.desk.standings.carried import carried_of
from bot.store import breach_disputes, breaches, obligations, plans, schedules
from bot.store import choices as kept
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.choices import OFFER_STANDS, Offer
from slacore.credits import Option
from slacore.errors import Refusal

KIND = "offer"
"""What comes round when an offer over a miss stands no more."""


async def choose(sitting: Sitting, breach: Breach, option: Option, units: int | None = None) -> None:
    """Choose one of the agreed ways; a side offers it instead, or takes the other's offer, where nobody decides."""
    decider = chosen.decider_of(sitting, breach)
    terms = chosen.terms_of(sitting, breach)
    units = await _require_possible(sitting, breach, option, units)
    if decider:
        if sitting.actor != decider:
            raise Refusal(
                f"You cannot decide over {breach.key}.", f"Ask {terms.name_of(decider)}, who does.", field="key"
            )
        await _carry_out(sitting, breach, option, units)
        return
    side = _side(sitting, terms, breach)
    standing = (await kept.course_of(sitting.tx, breach.number)).offer
    if option == "recovery plan":
        await recoveries.open_(sitting, breach)  # both agree to what it says, and that chooses it
    elif standing is not None and standing.side != side and standing.is_same(option, units):
        await kept.end_offer(sitting.tx, standing.end("taken", sitting.now))
        await schedules.end(sitting.tx, KIND, str(breach.number))
        await sitting.record("OfferTaken", breach.key, None, {"name": option})
        await _carry_out(sitting, breach, option, units, standing.by)
    else:
        await _offer(sitting, breach, option, units, side, standing)


async def shown(sitting: Sitting, breach: Breach) -> cards.Shown:
    """Everything that was agreed for a miss, what of it is open, on offer or chosen, and by whom."""
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    dispute = await breach_disputes.open_of(sitting.tx, breach.number)
    plan = await plans.of_breach(sitting.tx, breach.number)
    return cards.Shown(
        breach,
        duty,
        await kept.course_of(sitting.tx, breach.number),
        plan=plan,
        carried=await carried_of(sitting, duty, breach),
        carriable=await carries.could_be(sitting, breach, duty.obligation, duty.terms),
        credit=await credits.could_be(sitting, breach, duty),
        dispute=dispute.key if dispute is not None else "",
    )


async def look(sitting: Sitting, subject: str) -> None:
    """An offer was not answered in its time: nothing comes of it, and both sides hear so."""
    await schedules.end(sitting.tx, KIND, subject)
    breach = await breaches.find(sitting.tx, int(subject))
    offer = (await kept.course_of(sitting.tx, breach.number)).offer
    if offer is None:
        return
    await kept.end_offer(sitting.tx, offer.end("lapsed", sitting.now))
    await sitting.record("OfferLapsed", breach.key, None, {"name": offer.option})
    if not breach.counts:
        return  # nothing follows from it any more, which those concerned have heard
    duty = await _duty(sitting, breach)
    for side in (breach.party, duty.other_side):
        member = duty.terms.party(side).owner
        word = Word("note", f"{breach.key}.offer.{offer.seq}.over:{member}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, duty.terms, member, cards.lapsed(duty, breach, offer, sitting.now), word)


async def _require_possible(sitting: Sitting, breach: Breach, option: Option, units: int | None) -> int:
    """How many units a way is about, 0 for all but a carry-over; refuses what is closed, or cannot be done."""
    if units is not None and option != "carry-over":
        raise Refusal("A number says how many units are carried over.", "Leave it out.", field="units")
    if option == "carry-over":
        return await carries.require_carriable(sitting, breach, units)
    course = await chosen.require_open(sitting, breach, option)
    if course.choice is not None:
        raise Refusal(f"{option.capitalize()} was chosen already.", f"See `choose {breach.key}`.", field="key")
    if (dispute := await breach_disputes.open_of(sitting.tx, breach.number)) is not None:
        raise Refusal(
            f"{breach.key} is disputed ({dispute.key}), so nothing follows from it yet.",
            "Choose once the dispute has ended.",
            field="key",
        )
    if not breach.counts:
        raise Refusal(
            f"Nothing follows from {breach.key}: it is provisional, excused, or made good.",
            f"See `history {breach.key}`.",
            field="key",
        )
    if not await chosen.is_pending(sitting, breach):
        await _require_something_to_do(sitting, breach, option)
    if option == "notice":
        await notices.require_possible(sitting, breach)
    if option == "service credit" and not await credits.could_be(sitting, breach, await _duty(sitting, breach)):
        raise Refusal(
            f"{breach.key} is worth no credit: it is within the tiers.", f"See `choose {breach.key}`.", field="option"
        )
    return 0


async def _require_something_to_do(sitting: Sitting, breach: Breach, option: Option) -> None:
    """Where nothing is to be chosen, refuse what is there already, or comes by itself."""
    plan = await plans.of_breach(sitting.tx, breach.number)
    if option == "recovery plan" and plan is not None:
        raise Refusal(
            f"{plan.key} is the plan for {breach.key} already.",
            f"See `recovery {plan.key}`.",
            offers=((f"Show {plan.key}", f"recovery {plan.key}"),),
            field="option",
        )
    if option == "service credit":
        raise Refusal(
            f"A service credit for {breach.key} accrues by itself; there is nothing to choose.",
            f"See `credit {breach.key}`.",
            field="option",
        )


async def _carry_out(sitting: Sitting, breach: Breach, option: Option, units: int, offered_by: str = "") -> None:
    """Let a way that was chosen take its course; the message about the miss says what it is."""
    match option:
        case "carry-over":
            await carries.carry_as_agreed(sitting, breach, units, offered_by)
            return
        case "notice":
            await notices.give_as_agreed(sitting, breach, offered_by=offered_by)
            return
        case "recovery plan":
            await chosen.settle(sitting, breach, option)
            await plan_times.begin(sitting, breach)
            await recoveries.open_as_agreed(sitting, breach)
        case "service credit":
            await chosen.settle(sitting, breach, option, offered_by)
            await credits.accrue_as_agreed(sitting, breach)
    newer = replace(breach, revision=breach.revision + 1)
    await breaches.save(sitting.tx, breach, newer)
    await telling.breach_said(sitting, await _duty(sitting, breach), newer)


async def _offer(
    sitting: Sitting, breach: Breach, option: Option, units: int, side: str, standing: Offer | None
) -> None:
    """Put a way before the other side; it takes the place of what was on offer."""
    terms, duty = chosen.terms_of(sitting, breach), await _duty(sitting, breach)
    if standing is not None:
        if standing.side == side and standing.is_same(option, units):
            raise Refusal(
                f"Your side has offered that for {breach.key} already.", "It waits for the other.", field="key"
            )
        await kept.end_offer(sitting.tx, standing.end("replaced", sitting.now))
        await sitting.record("OfferReplaced", breach.key, None, {"name": standing.option})
    other = duty.other_side if side == breach.party else breach.party
    until = terms.calendar_of_party(other).due(sitting.now, OFFER_STANDS)
    seq = len(await kept.offers_of(sitting.tx, breach.number)) + 1
    offer = Offer(breach.number, seq, option, units, side, sitting.actor, sitting.now, until)
    await kept.offer(sitting.tx, offer)
    await schedules.put(sitting.tx, KIND, str(breach.number), until)
    what = {"name": option, **({"quantity": units} if units else {}), "until": until.isoformat()}
    await sitting.record("Offered", breach.key, None, what)
    member = terms.party(other).owner
    word = Word("note", f"{breach.key}.offer.{seq}:{member}", fresh=True, level=EXEMPT_FROM)
    await saying.to_person(sitting, terms, member, cards.offered(duty, breach, offer, sitting.now), word)


def _side(sitting: Sitting, terms: Terms, breach: Breach) -> str:
    """The side that somebody speaks for: its owner, deputies or signatory; refuses everybody else."""
    commitment = terms.commitment(breach.commitment)
    for slug in (commitment.giver, commitment.receiver):
        party = terms.party(slug)
        if sitting.actor in {party.owner, party.signs, *party.deputies}:
            return slug
    owners = " or ".join(terms.name_of(terms.party(each).owner) for each in (commitment.giver, commitment.receiver))
    raise Refusal(
        f"Both sides decide over {breach.key} together, and you speak for neither.", f"Ask {owners}.", field="key"
    )


async def _duty(sitting: Sitting, breach: Breach) -> Duty:
    return await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
