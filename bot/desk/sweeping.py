"""What is due is decided here: slacore says what became of it, the desk writes it down and tells whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.cards.duties import Duty
from bot.desk.duties import telling
from bot.desk.handoffs import handoffs
from bot.desk.items.lateness import look_at_items
from bot.desk.misses import carries, credits, deciding, plan_times, repeats
from bot.desk.sitting import Sitting
from bot.desk.standings import supporting
from bot.desk.standings.standings import standing_of
from bot.store import breaches, obligations
from bot.store import handoffs as kept_handoffs
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.items import ITEM_KINDS, item_of
from slacore.keys import number_of
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.standing import Judged
from slacore.sweep import (
    AcceptedBySilence,
    CheckpointMissed,
    DutyMissed,
    Fact,
    MadeGood,
    MissSettled,
    Reminded,
    Reopened,
    Sight,
    StepReached,
    TargetMet,
    TargetMissed,
    decide,
)


async def sweep(sitting: Sitting, due: Sequence[Obligation]) -> None:
    """Decide obligations whose moment to look has come, in the order in which it came; those about items together."""
    about_items = [each for each in due if each.kind in ITEM_KINDS]
    if about_items:
        await look_at_items(sitting, about_items)
    for obligation in due:
        if obligation.kind not in ITEM_KINDS:
            await look_at(sitting, obligation)


async def look_at(sitting: Sitting, obligation: Obligation) -> Obligation:
    """Decide one obligation now; write down and tell what follows."""
    if obligation.kind in ITEM_KINDS:
        await look_at_items(sitting, [obligation])
        return await obligations.find(sitting.tx, obligation.number)
    terms = sitting.terms(obligation.agreement, obligation.version)
    breach = None
    if obligation.kind != "acceptance":
        breach = await breaches.of_obligation(sitting.tx, obligation.number)
    sight = await _sight(sitting, obligation, terms, breach)
    decision = decide(obligation, sight, sitting.now)
    if decision.obligation != obligation:
        await obligations.save(sitting.tx, obligation, decision.obligation)
    for fact in decision.facts:
        breach = await _write_down(sitting, decision.obligation, terms, fact, breach)
    settled, breach = await supporting.settle(sitting, decision.obligation, terms, breach, is_news=bool(decision.facts))
    completed: tuple[Breach, ...] = ()
    if breach is not None:
        await carries.follow(sitting, breach)
        completed = await repeats.count(sitting, settled, terms, breach)
        if any(isinstance(fact, TargetMissed | DutyMissed | MissSettled) for fact in decision.facts):
            await plan_times.begin(sitting, breach)
    worth = await credits.follow(sitting, settled, breach, sight.standing) if breach is not None else ()
    if breach is not None and settled != decision.obligation:
        await telling.excused(sitting, settled, sight, breach)
    else:
        # A rung says a miss in the channel; that it was settled at the same instant only edits what was said.
        for fact in sorted(decision.facts, key=lambda each: not isinstance(each, StepReached)):
            await _tell(sitting, settled, sight, fact, breach)
        await _ask(sitting, Duty(settled, terms, sight.standing), decision.facts, breach)
    await deciding.ask_over(sitting, [each for each in completed if breach is None or each.number != breach.number])
    for credit in worth:
        await credits.tell(sitting, credit, Duty(settled, terms, sight.standing))
    return settled


async def _ask(sitting: Sitting, duty: Duty, facts: Sequence[Fact], breach: Breach | None) -> None:
    """Ask whoever decides over a miss what follows, unless the ladder has just told him."""
    decider = duty.terms.decider_of(duty.commitment)
    heard = [each.member for fact in facts if isinstance(fact, StepReached) and fact.level for each in fact.recipients]
    await deciding.ask(sitting, duty, breach, told=decider in heard)


async def _sight(sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach | None) -> Sight:
    presence = await sitting.presence()
    standing: Judged | None = None
    at_risk = False
    if obligation.kind == "period":
        commitment = terms.commitment(obligation.commitment)
        period = commitment.period.containing(obligation.period_starts_on)
        standing = await standing_of(sitting, terms, commitment, period)
    elif obligation.kind == "slot" and item_of(obligation) is None:
        at_risk = await obligations.last_was_missed(sitting.tx, obligation)
    return Sight(
        terms,
        presence,
        standing,
        at_risk,
        breach is not None and breach.provisional,
        None if breach is None else breach.shortfall,
    )


async def _write_down(
    sitting: Sitting, obligation: Obligation, terms: Terms, fact: Fact, breach: Breach | None
) -> Breach | None:
    """Put a fact on the record: the breach where there is one, and the audit entry."""
    match fact:
        case AcceptedBySilence():
            handoff = await kept_handoffs.find(sitting.tx, number_of(obligation.subject))
            if handoff.piles.awaiting:
                await handoffs.accept_by_silence(sitting, handoff)
            return breach
        case TargetMissed() if breach is not None:
            breach = await _miss_again(sitting, breach, fact.shortfall, fact.provisional)
        case TargetMissed():
            breach = await _record_breach(sitting, obligation, terms, fact.shortfall, fact.provisional)
        case DutyMissed() if is_members_own(obligation, terms):
            pass  # the party's period is missed, once, with how many have not
        case DutyMissed() if breach is not None:  # what had kept it late was taken out
            breach = await _miss_again(sitting, breach, 1, provisional=False)
        case DutyMissed():
            breach = await _record_breach(sitting, obligation, terms, 1, provisional=False)
        case MissSettled() if breach is not None:
            settled = replace(breach, shortfall=fact.shortfall, provisional=False, revision=breach.revision + 1)
            await breaches.save(sitting.tx, breach, settled)
            breach = settled
        case MadeGood() if breach is not None:
            good = replace(breach, made_good_at=sitting.now, provisional=False, revision=breach.revision + 1)
            await breaches.save(sitting.tx, breach, good)
            breach = good
        case _:
            pass
    await sitting.record(type(fact).__name__, obligation.key, None, {"commitment": obligation.commitment})
    if (
        isinstance(fact, TargetMissed | DutyMissed | MissSettled)
        and breach is not None
        and obligation.kind != "reading"
    ):
        await supporting.note(sitting, obligation, terms, breach)
    return breach


async def _miss_again(sitting: Sitting, breach: Breach, shortfall: int, provisional: bool) -> Breach:
    """One duty has one miss, however often it is made good and taken back."""
    again = replace(
        breach, shortfall=shortfall, provisional=provisional, made_good_at=None, revision=breach.revision + 1
    )
    await breaches.save(sitting.tx, breach, again)
    return again


async def _record_breach(
    sitting: Sitting, obligation: Obligation, terms: Terms, shortfall: int, provisional: bool
) -> Breach:
    commitment = terms.commitment(obligation.commitment)
    breach = Breach(
        number=await sitting.tx.next_number("B"),
        obligation=obligation.number,
        agreement=obligation.agreement,
        version=obligation.version,
        commitment=commitment.slug,
        party=obligation.party,
        shortfall=shortfall,
        provisional=provisional,
        recorded_at=sitting.now,
    )
    await breaches.add(sitting.tx, breach)
    return breach


async def _tell(sitting: Sitting, obligation: Obligation, sight: Sight, fact: Fact, breach: Breach | None) -> None:
    """Say what a fact means to those whom it concerns, the owner first."""
    match fact:
        case StepReached():
            duty = Duty(obligation, sight.terms, sight.standing)
            ways = partial(deciding.ways, sitting, duty, breach)
            await telling.step(sitting, obligation, sight, fact, breach, ways)
        case CheckpointMissed():
            await telling.owner(sitting, obligation, sight, "checkpoint missed", breach)
        case Reminded():
            await telling.owner(sitting, obligation, sight, "reminded", breach)
        case Reopened():
            await telling.owner(sitting, obligation, sight, "reopened", breach)
        case TargetMet() if breach is None:
            await telling.benchmark_met(sitting, obligation, sight, fact)
        case MissSettled() | MadeGood() if breach is not None:
            await telling.breach_changed(sitting, obligation, sight, breach)
        case _:
            pass
