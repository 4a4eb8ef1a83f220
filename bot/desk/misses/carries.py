"""What a miss lacked is owed with a later period's own quantity, once whoever decides has said so.

Where the miss shrinks or falls, what is too much is taken back, and the later period asks for less again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards import carries as cards
from bot.cards.carries import CarriedOver
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import chosen
from bot.desk.sitting import Sitting
from bot.desk.standings.carried import carried_of
from bot.desk.standings.standings import goal_for
from bot.store import breach_disputes, breaches, obligations
from bot.store import carries as kept
from slacore import carries as rules
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.carries import CarryEntry
from slacore.commitments import Commitment, Volume
from slacore.errors import Refusal
from slacore.obligations import Obligation
from slacore.periods import Period

_AHEAD = 12
"""How many periods ahead one is looked for that still can take something."""


@dataclass(frozen=True, slots=True)
class _Taker:
    """The period that takes what a miss lacked, under its own terms."""

    terms: Terms
    commitment: Commitment
    period: Period


async def carry(sitting: Sitting, breach: Breach, units: int | None) -> CarriedOver:
    """Whoever decides lets the next period that is still open owe what was missed, or a part of it."""
    await require_carriable(sitting, breach, units)
    decider = chosen.decider_of(sitting, breach)
    if sitting.actor != decider:
        name = chosen.terms_of(sitting, breach).name_of(decider)
        raise Refusal(f"You cannot decide over {breach.key}.", f"Ask {name}.", field="key")
    return await carry_as_agreed(sitting, breach, units)


async def carry_as_agreed(sitting: Sitting, breach: Breach, units: int | None, offered_by: str = "") -> CarriedOver:
    """Carry over what whoever decides, both sides (`offered_by` the other), or the agreement itself has said."""
    obligation, commitment, entry = await _entry(sitting, breach, units)
    await chosen.settle(sitting, breach, "carry-over", offered_by)
    await kept.add(sitting.tx, entry)
    period = commitment.period.containing(entry.to_starts_on)
    await sitting.record("CarriedOver", breach.key, None, {"quantity": entry.units, "period": period.label})
    return await _moved(sitting, breach, obligation, entry)


async def require_carriable(sitting: Sitting, breach: Breach, units: int | None) -> int:
    """How many units would be carried over, all of them unless said otherwise; refuses where that is not possible."""
    _, _, entry = await _entry(sitting, breach, units)
    return entry.units


async def _entry(sitting: Sitting, breach: Breach, units: int | None) -> tuple[Obligation, Commitment, CarryEntry]:
    obligation = await obligations.find(sitting.tx, breach.obligation)
    commitment = chosen.terms_of(sitting, breach).commitment(breach.commitment)
    if not isinstance(commitment.promise, Volume):
        raise Refusal(
            f"No carry-over was agreed for {breach.key}.", f"See `history {breach.key}` and `agreement`.", field="key"
        )
    await chosen.require_open(sitting, breach, "carry-over")
    if dispute := await breach_disputes.open_of(sitting.tx, breach.number):
        raise Refusal(
            f"{breach.key} is disputed ({dispute.key}), so nothing follows from it yet.",
            "Decide once the dispute has ended.",
            field="key",
        )
    entries = await kept.of_breach(sitting.tx, breach.number)
    rules.require_carriable(breach, entries, breach.shortfall, None)  # tells of the miss before the calendar is asked
    taker = await _taker(sitting, breach, obligation, commitment)
    most = await _most(sitting, breach, obligation, taker)
    entry = CarryEntry(
        breach.number, 1, breach.agreement, breach.commitment, obligation.period_starts_on, taker.period.first_on,
        rules.require_carriable(breach, entries, most, units), sitting.actor, sitting.now,
    )  # fmt: skip
    return obligation, taker.commitment, entry


async def follow(sitting: Sitting, breach: Breach) -> None:
    """Take back what the miss does not bear any more: it is excused, made good, or smaller than it was."""
    terms = sitting.terms(breach.agreement, breach.version)
    if not isinstance(terms.commitment(breach.commitment).promise, Volume):
        return
    entries = await kept.of_breach(sitting.tx, breach.number)
    if not rules.units_of(entries):
        return
    obligation = await obligations.find(sitting.tx, breach.obligation)
    excess = rules.too_many(breach, entries, await _carried_in(sitting, obligation))
    if not excess:
        return
    why = "the miss is smaller than it was" if breach.counts else "nothing follows from the miss any more"
    last = entries[-1]
    entry = replace(last, seq=last.seq + 1, units=-excess, by=sitting.actor, at=sitting.now, why=why)
    await kept.add(sitting.tx, entry)
    await sitting.record("CarryTakenBack", breach.key, None, {"quantity": excess, "reason": why})
    await _moved(sitting, breach, obligation, entry)


async def could_be(sitting: Sitting, breach: Breach, obligation: Obligation, terms: Terms) -> int:
    """How many units of a miss whoever decides may carry on now; 0 where that is not agreed, or not possible."""
    commitment = terms.commitment(breach.commitment)
    if not isinstance(commitment.promise, Volume) or not await chosen.is_open(sitting, breach, "carry-over"):
        return 0
    if not breach.counts or await kept.of_breach(sitting.tx, breach.number):
        return 0
    try:
        taker = await _taker(sitting, breach, obligation, commitment)
    except Refusal:
        return 0
    return await _most(sitting, breach, obligation, taker)


async def _most(sitting: Sitting, breach: Breach, obligation: Obligation, taker: _Taker) -> int:
    """What can be carried, under the cap of the terms that the later period is lived under."""
    agreed = taker.terms.consequence_of(taker.commitment)
    room = agreed.carry_at_most if agreed is not None else None
    if room is not None:
        into = await kept.into(sitting.tx, breach.agreement, breach.commitment, taker.period.first_on)
        room -= rules.units_of(into)
    return rules.most_carried(breach, await _carried_in(sitting, obligation), room)


async def _carried_in(sitting: Sitting, obligation: Obligation) -> int:
    """What the missed period itself had been given from earlier ones."""
    into = await kept.into(sitting.tx, obligation.agreement, obligation.commitment, obligation.period_starts_on)
    return rules.units_of(into)


async def _taker(sitting: Sitting, breach: Breach, obligation: Obligation, commitment: Commitment) -> _Taker:
    """The first period after the missed one that is still open; refused where the promise has ended by then."""
    agreement = sitting.agreement(breach.agreement)
    missed = commitment.period.containing(obligation.period_starts_on)
    on = missed.last_on + timedelta(days=1)
    for _ in range(_AHEAD):
        version = agreement.in_force(on)
        found = version.terms.commitments if version is not None else ()
        then = next((each for each in found if each.slug == breach.commitment), None)
        if version is None or then is None or not _is_same(then, commitment):
            break
        period = then.period.containing(on)
        goal = goal_for(sitting, version.terms, then, period)
        subject = period.first_on.isoformat()
        owed = await obligations.of_subject(sitting.tx, breach.agreement, breach.commitment, "period", subject)
        if goal.target and sitting.now < goal.due_at and (owed is None or owed.state in ("open", "at risk")):
            return _Taker(version.terms, then, period)
        on = period.last_on + timedelta(days=1)
    raise Refusal(
        f"The promise ends before another period could take what {breach.key} lacked.",
        f"Agree on a recovery plan: `recovery {breach.key}`.",
        field="key",
    )


def _is_same(then: Commitment, commitment: Commitment) -> bool:
    """Whether later terms still promise the same thing from the same side to the same side."""
    return (
        isinstance(then.promise, Volume)
        and isinstance(commitment.promise, Volume)
        and then.promise.unit.singular == commitment.promise.unit.singular
        and (then.giver, then.receiver) == (commitment.giver, commitment.receiver)
    )


async def _moved(sitting: Sitting, breach: Breach, obligation: Obligation, entry: CarryEntry) -> CarriedOver:
    """The later period is looked at again; both sides hear, and what the channel was told of the miss says it."""
    subject = entry.to_starts_on.isoformat()
    owed = await obligations.of_subject(sitting.tx, entry.agreement, entry.commitment, "period", subject)
    if owed is not None:
        await obligations.save(sitting.tx, owed, replace(owed, look_again_at=sitting.now))
    newer = replace(breach, revision=breach.revision + 1)
    await breaches.save(sitting.tx, breach, newer)
    duty = await duties.duty_of(sitting, obligation)
    moved = await carried_of(sitting, duty, newer)
    if moved is None:
        raise ValueError(f"nothing was carried over of {breach.key}")
    for member in dict.fromkeys([duty.terms.party(breach.party).owner, duty.terms.party(duty.other_side).owner]):
        if member != sitting.actor:
            word = Word("note", f"{breach.key}.carried:{member}", str(entry.seq), level=EXEMPT_FROM)
            await saying.to_person(sitting, duty.terms, member, cards.carried_over(moved, sitting.now), word)
    await telling.breach_said(sitting, duty, newer)
    return moved
