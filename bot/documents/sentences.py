"""A promise in one sentence, as people read it in a difference: who owes whom what, by when."""

from __future__ import annotations

from bot.documents.scalars import Measure, write_measure, write_share
from slacore.agreements import Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.periods import PeriodRule


def sentence_of(commitment: Commitment, terms: Terms) -> str:
    """Say a promise: "Marketing owes Sales 100 qualified leads a month, by the last Friday 17:00"."""
    giver, receiver = terms.party(commitment.giver).name, terms.party(commitment.receiver).name
    due = f", due {commitment.due}" if commitment.due else ""
    return f"{giver} owes {receiver} {_what(commitment, terms)}{due}"


def misses_in_words(terms: Terms) -> tuple[str, ...]:
    """Say how both sides deal with a miss, defaults included: who disputes it until when, who decides, who forgives."""
    misses = terms.misses
    within = misses.dispute_within.in_words()
    sponsor = terms.name_of(terms.sponsor) if terms.sponsor else ""
    decider = terms.name_of(misses.disputes_decided_by) if misses.disputes_decided_by else ""
    settles = decider or "whoever decides on its consequence, else the sponsor,"
    named = [_called(each, terms) for each in misses.excused_by] or ["the side that it is owed to"]
    may = [*named, *([sponsor] if sponsor and sponsor not in named else [])]
    grounds = (
        f"on these grounds alone: {'; '.join(misses.grounds)}" if misses.grounds else "for any reason that is given"
    )
    said = [
        f"A miss can be disputed for {within} after it was recorded; where the sides disagree, {settles} settles it"
    ]
    said.append(f"It is excused by {', '.join(may[:-1])}{' or ' if may[:-1] else ''}{may[-1]}, {grounds}")
    if misses.reasons:
        said.append(f"It may have come of: {'; '.join(misses.reasons)}; or of what its owner says in other words")
    return tuple(said)


def _called(name: str, terms: Terms) -> str:
    party = next((each for each in terms.parties if each.slug == name), None)
    return party.name if party is not None else terms.name_of(name)


def rhythm(period: PeriodRule) -> str:
    """Say how often: "a month", "every 10 days from 1 October 2026"."""
    return period.in_words() if period.anchor else f"a {period.unit}"


def _what(commitment: Commitment, terms: Terms) -> str:
    match commitment.promise:
        case Volume() as promise:
            return f"{promise.unit.counted(promise.target)} {rhythm(commitment.period)}"
        case Response() as promise:
            each = f"each {promise.unit.singular}"
            share = "" if promise.share == 1 else f", for {write_share(promise.share)} of them"
            return f"a first response to {each} within {promise.first_within.in_words()}{share}"
        case FollowUps() as promise:
            attempts = "1 attempt" if promise.attempts == 1 else f"{promise.attempts} attempts"
            share = "" if promise.share == 1 else f", for {write_share(promise.share)} of them"
            return (
                f"an outcome of each {promise.unit.singular}, or {attempts} within {promise.within.in_words()}{share}"
            )
        case Deliverable() as promise:
            who = " from every member" if promise.by_every_member else ""
            when = (
                f"within {promise.within.in_words()} of {_opening(commitment, terms)}"
                if promise.within
                else promise.slots
            )
            return f"the {promise.thing}{who}, {when}"
        case Level() as promise:
            limit = write_measure(Measure(promise.threshold, promise.unit))
            return f"{promise.indicator} of {promise.comparison} {limit} {rhythm(commitment.period)}"


def _opening(commitment: Commitment, terms: Terms) -> str:
    """The outcomes after which a deliverable is owed: "Won"."""
    names = [
        outcome.name
        for each in terms.commitments
        if isinstance(each.promise, FollowUps)
        for outcome in each.promise.outcomes
        if outcome.opens == commitment.slug
    ]
    return " or ".join(names) or "an outcome"
