"""The best recovery of a month, named in a sentence."""

from __future__ import annotations

from datetime import datetime

from bot.cards.words import cut, day_text_of, party, period_name
from bot.chat.card import Fact
from slacore.agreements import Terms
from slacore.commitments import Commitment, Volume
from slacore.periods import Period
from slacore.recoveries import CaughtUp, MadeGood, Recovery


def best(recovery: Recovery, month: Period, terms: Terms, now: datetime) -> Fact:
    """Who came back from furthest in a month, and by how much."""
    name = period_name(month, now, terms.zone)
    return Fact(f"Best recovery of {name}", (_sentence(recovery, terms, now),))


def _sentence(recovery: Recovery, terms: Terms, now: datetime) -> str:
    who = party(terms, recovery.party)
    found = next((each for each in terms.commitments if each.slug == recovery.commitment), None)
    name = cut(found.name if found is not None else recovery.commitment, 50)
    match recovery:
        case MadeGood():
            short = _short(found, recovery)
            loss = f", a loss of {recovery.loss.in_words()}" if recovery.loss is not None else ""
            missed = f"{name} ({recovery.breach}{short}{loss})"
            return f"{who} made good {missed} by its plan {recovery.plan}, every step in time."
        case CaughtUp():
            half = day_text_of(recovery.half_at, now, terms.zone)
            there = f"{recovery.attained:,} of the {recovery.expected:,} due"
            return f"{who}. {name} stood at {there} at half-time ({half}), and all {recovery.target:,} came in time."


def _short(commitment: Commitment | None, recovery: MadeGood) -> str:
    if commitment is None or not isinstance(commitment.promise, Volume) or recovery.loss is None:
        return ""
    return f", {commitment.promise.unit.counted(recovery.shortfall)} short"
