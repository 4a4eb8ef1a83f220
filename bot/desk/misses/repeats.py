"""Misses of one promise that repeat: counted when one stands, kept with the misses that were counted, told once."""

from __future__ import annotations

from bot.desk.sitting import Sitting
from bot.store import breach_disputes, breaches, obligations, repetitions
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.repeats import Repetition, runs

_BACK = 200
"""How many misses of a promise are looked back on: more than any agreement has in the longest time it names."""


async def count(sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach) -> tuple[Breach, ...]:
    """After a miss has come to stand: the misses that completed a repetition by it, each told for the first time."""
    commitment = terms.commitment(obligation.commitment)
    agreed = terms.consequence_of(commitment)
    if agreed is None or not agreed.repeated or not breach.stands or not _counts(obligation, terms):
        return ()
    disputed = await breach_disputes.open_breaches(sitting.tx)
    misses = [
        each
        for each in await breaches.of_promise(sitting.tx, breach.agreement, breach.commitment, _BACK)
        if each.number not in disputed and await _is_of_the_promise(sitting, each)
    ]
    completed = []
    for rule in agreed.repeated:
        known = await repetitions.counted(sitting.tx, breach.agreement, breach.commitment, rule)
        for run in runs(rule, misses, known, terms.calendar_of(commitment)):
            await repetitions.add(sitting.tx, rule, run, sitting.now)
            last, after = run[-1], {"name": Repetition(rule, tuple(each.number for each in run)).keys}
            await sitting.record("Repeated", last.key, None, {**after, "reason": rule.in_words()})
            completed.append(last)
    return tuple(completed)


async def _is_of_the_promise(sitting: Sitting, breach: Breach) -> bool:
    obligation = await obligations.find(sitting.tx, breach.obligation)
    return _counts(obligation, sitting.terms(breach.agreement, breach.version))


def _counts(obligation: Obligation, terms: Terms) -> bool:
    """Whether it was the promise itself that was missed: not a figure, a plan's step, or one member's own duty."""
    return obligation.kind in ("period", "slot") and not is_members_own(obligation, terms)
