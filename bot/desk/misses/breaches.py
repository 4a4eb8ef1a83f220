"""What people say to a miss: why it came about, that it is forgiven, that it is wrong.

The miss stays on the record whatever is said. Forgiving it, or taking it back, ends what would
follow from it; a dispute holds that up for as long as it is open.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cards import misses as cards
from bot.desk.duties import duties, members
from bot.desk.items import items
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import carries, credits, deciding, plan_times, repeats
from bot.desk.sitting import Sitting
from bot.desk.standings import supporting
from bot.store import breach_disputes, breaches, obligations
from slacore import breaches as rules
from slacore import disputes
from slacore import obligations as duty_rules
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.disputes import BreachDispute, Verdict
from slacore.errors import Refusal
from slacore.excusals import may_excuse, require_ground
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.parties import Party


async def reasons_for(sitting: Sitting, breach: Breach) -> tuple[str, ...]:
    """What the agreement lists for whoever may explain a miss; refuses everybody else."""
    obligation, terms = await _about(sitting, breach)
    _require_explaining(sitting, obligation, terms, breach)
    return terms.misses.reasons


async def explain(sitting: Sitting, breach: Breach, why: str) -> Breach:
    """The owner says what a miss came of; the other side and whoever decides hear it."""
    obligation, terms = await _about(sitting, breach)
    _require_explaining(sitting, obligation, terms, breach)
    explained = replace(breach, why=why, revision=breach.revision + 1)
    await breaches.save(sitting.tx, breach, explained)
    await sitting.record("Explained", breach.key, {"why": breach.why}, {"why": why})
    await _tell(sitting, terms, explained, f"Why {breach.key}", why, _answering(terms, obligation))
    return explained


def grounds_for(sitting: Sitting, obligation: Obligation) -> tuple[str, ...]:
    """The grounds that the agreement lists for whoever may forgive what is owed; refuses everybody else."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    allowed = may_excuse(terms, obligation.party, _other_side(terms, obligation).slug)
    if sitting.actor not in allowed:
        *others, last = (terms.name_of(member) for member in allowed)
        names = f"{', '.join(others)} or {last}" if others else last
        raise Refusal(f"You cannot excuse {obligation.key}.", f"Ask {names}.", field="key")
    return terms.misses.grounds


async def excuse(sitting: Sitting, obligation: Obligation, why: str) -> Obligation:
    """Whoever may forgives what is owed: it is nobody's any more, and nothing follows from its miss."""
    require_ground(why, grounds_for(sitting, obligation))
    await _let_go(sitting, obligation, why)
    return await obligations.find(sitting.tx, obligation.number)


async def dispute(sitting: Sitting, breach: Breach, why: str) -> BreachDispute:
    """One side says that a miss is wrong. Nothing follows from it meanwhile; the clocks go on."""
    obligation, terms = await _about(sitting, breach)
    party = terms.party(breach.party)
    _require(sitting, {obligation.owner, party.owner, *party.deputies}, terms, f"dispute {breach.key}", party)
    disputes.require_in_time(breach, terms, sitting.now)
    before = await breach_disputes.of_breach(sitting.tx, breach.number)
    if (running := next((each for each in before if each.ended_at is None), None)) is not None:
        raise Refusal(f"{breach.key} is disputed already ({running.key}).", "It waits for an answer.", field="key")
    if before:
        raise Refusal(
            f"{before[-1].key} decided over {breach.key} already: it was {before[-1].ended_how}.",
            f"See `history {breach.key}`.",
            field="key",
        )
    number = await sitting.tx.next_number("D")
    opened = BreachDispute(number, breach.number, breach.party, why, sitting.actor, sitting.now)
    await breach_disputes.add(sitting.tx, opened)
    await sitting.record("BreachDisputed", breach.key, None, {"dispute": opened.key, "because": why})
    title = f"{breach.key} is disputed: {opened.key}"
    await _tell(sitting, terms, breach, title, why, _answering(terms, obligation), dispute=opened)
    return opened


async def settle(sitting: Sitting, opened: BreachDispute, verdict: Verdict, why: str) -> BreachDispute:
    """Answer a dispute: the other side may let the miss fall; where it says that it stands, the sponsor decides."""
    breach = await breaches.find(sitting.tx, opened.breach)
    obligation, terms = await _about(sitting, breach)
    other = _other_side(terms, obligation)
    decider = terms.misses.disputes_decided_by or terms.decider_of(terms.commitment(obligation.commitment))
    own = {other.owner, *other.deputies}
    _require(sitting, {*own, decider}, terms, f"answer {opened.key}", other)
    if sitting.actor != decider and verdict == "stands":
        return await _contest(sitting, opened, why, terms, breach, decider)
    ended = disputes.decide(opened, verdict, sitting.actor, why, sitting.now)
    await breach_disputes.save(sitting.tx, opened, ended)
    await sitting.record("DisputeEnded", breach.key, {"dispute": opened.key}, {"how": ended.ended_how, "because": why})
    if verdict == "falls":
        await _let_go(sitting, obligation, f"taken back by {ended.key}: {why}")
        breach = await breaches.find(sitting.tx, breach.number)
        await supporting.take_back(sitting, obligation, terms, breach)
    else:
        await credits.follow_said(sitting, obligation, breach)
        await plan_times.renew(sitting, breach)
        await supporting.touch_dependents(sitting, obligation, terms)
        completed = await repeats.count(sitting, obligation, terms, breach)
        await deciding.ask_over(sitting, [breach, *(each for each in completed if each.number != breach.number)])
    everybody = {opened.opened_by, terms.party(breach.party).owner, *_answering(terms, obligation)}
    await _tell(sitting, terms, breach, f"{opened.key}: {breach.key} {verdict}", why, everybody)
    return ended


async def _contest(
    sitting: Sitting, opened: BreachDispute, why: str, terms: Terms, breach: Breach, decider: str
) -> BreachDispute:
    contested = disputes.contest(opened, sitting.actor, why)
    await breach_disputes.save(sitting.tx, opened, contested)
    await sitting.record("DisputeContested", breach.key, {"dispute": opened.key}, {"because": why})
    hearing = {decider, opened.opened_by} - {""}
    await _tell(sitting, terms, breach, f"{opened.key} is to be decided", why, hearing, dispute=contested)
    return contested


async def _let_go(sitting: Sitting, obligation: Obligation, why: str) -> None:
    """Nothing follows from an obligation any more: it is excused, and so is its miss, if there is one."""
    excused = duty_rules.excuse(obligation)
    await items.keep_counted(sitting, obligation, excused)
    await sitting.record("Excused", obligation.key, {"state": obligation.state}, {"because": why})
    breach = await breaches.of_obligation(sitting.tx, obligation.number)
    if breach is not None and breach.excused_at is None:
        forgiven = rules.excuse(breach, why, sitting.actor, sitting.now)
        await breaches.save(sitting.tx, breach, forgiven)
        await sitting.record("BreachExcused", breach.key, None, {"because": why})
        await credits.follow_said(sitting, excused, forgiven)
        await carries.follow(sitting, forgiven)
    terms = sitting.terms(obligation.agreement, obligation.version)
    if is_members_own(excused, terms):
        await members.count_again(sitting, excused)
    duty = await duties.duty_of(sitting, excused)
    card = cards.excused(duty, why, sitting.actor, sitting.now)
    word = Word("note", f"excused:{obligation.key}", fresh=True)
    for member in {obligation.owner} - {sitting.actor}:
        await saying.to_person(sitting, terms, member, card, replace(word, series=f"{word.series}:{member}"))
    if breach is not None:
        told = Word("breach", f"breach:{breach.key}", f"excused.{breach.revision}", edit_only=True)
        for channel in terms.channels_of(duty.commitment):
            await saying.in_channel(sitting, channel, card, told)


async def _tell(
    sitting: Sitting,
    terms: Terms,
    breach: Breach,
    title: str,
    words: str,
    hearing: set[str],
    *,
    dispute: BreachDispute | None = None,
) -> None:
    obligation, _ = await _about(sitting, breach)
    duty = await duties.duty_of(sitting, obligation)
    forgiving = may_excuse(terms, breach.party, _other_side(terms, obligation).slug)
    for member in sorted(hearing - {sitting.actor, ""}):
        card = cards.said(
            duty, breach, title, words, sitting.actor, sitting.now, dispute=dispute, forgives=member in forgiving
        )
        word = Word("note", f"{title}:{breach.key}:{member}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, terms, member, card, word)


async def _about(sitting: Sitting, breach: Breach) -> tuple[Obligation, Terms]:
    obligation = await obligations.find(sitting.tx, breach.obligation)
    return obligation, sitting.terms(breach.agreement, breach.version)


def _other_side(terms: Terms, obligation: Obligation) -> Party:
    commitment = terms.commitment(obligation.commitment)
    owed_by_giver = obligation.party == commitment.giver
    return terms.party(commitment.receiver if owed_by_giver else commitment.giver)


def _answering(terms: Terms, obligation: Obligation) -> set[str]:
    """Who hears what the side that missed has to say: the owner of the other, and whoever decides."""
    return {_other_side(terms, obligation).owner, terms.decider_of(terms.commitment(obligation.commitment))} - {""}


def _require_explaining(sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach) -> None:
    party = terms.party(breach.party)
    _require(sitting, {obligation.owner, party.owner, *party.deputies}, terms, f"explain {breach.key}", party)


def _require(sitting: Sitting, allowed: set[str], terms: Terms, doing: str, party: Party) -> None:
    if sitting.actor not in allowed:
        raise Refusal(f"You cannot {doing}.", f"Ask {terms.name_of(party.owner)} of {party.name}.", field="key")
