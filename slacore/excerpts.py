"""Terms with less in them: promises that are left out, and with them whatever only they needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from slacore.agreements import Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Response
from slacore.errors import Refusal


def without(terms: Terms, left_out: Collection[str]) -> Terms:
    """The same terms without some promises (slugs), without signatures.

    What other promises say of them is taken out too, and what only they open; so are consequences,
    calendars, parties and people that nothing refers to any more. Refuses to leave out the last one.
    """
    left_out = {*left_out, *_opened_only_by(terms, left_out)}
    kept = tuple(_unlinked(each, left_out) for each in terms.commitments if each.slug not in left_out)
    if not kept:
        raise Refusal("An agreement without a promise is none.", "Keep one of them, or withdraw the draft.")
    gone = {each.consequence for each in terms.commitments} - {each.consequence for each in kept}
    concerned = {slug for each in kept for slug in (each.giver, each.receiver)}
    before = {slug for each in terms.commitments for slug in (each.giver, each.receiver)}
    shorter = replace(
        terms,
        commitments=kept,
        consequences=tuple(each for each in terms.consequences if each.slug not in gone),
        parties=tuple(each for each in terms.parties if each.slug in concerned or each.slug not in before),
        reports=tuple(
            replace(each, commitment="" if each.commitment in left_out else each.commitment) for each in terms.reports
        ),
        signatures=(),
    )
    return _without_idle_calendars(_without_strangers(terms, shorter))


def _opened_only_by(terms: Terms, left_out: Collection[str]) -> Iterator[str]:
    """What is owed only after an outcome of a promise that is left out: there would be nothing to open it."""
    opened = {
        outcome.opens
        for each in terms.commitments
        if each.slug not in left_out and isinstance(each.promise, FollowUps)
        for outcome in each.promise.outcomes
    }
    for each in terms.commitments:
        if isinstance(each.promise, Deliverable) and each.promise.within is not None and each.slug not in opened:
            yield each.slug


def _unlinked(commitment: Commitment, left_out: Collection[str]) -> Commitment:
    promise = commitment.promise
    if isinstance(promise, FollowUps):
        outcomes = tuple(replace(each, opens="") if each.opens in left_out else each for each in promise.outcomes)
        promise = replace(promise, outcomes=outcomes)
    return replace(
        commitment,
        promise=promise,
        depends_on=tuple(each for each in commitment.depends_on if each not in left_out),
        supports=tuple(each for each in commitment.supports if each not in left_out),
    )


def _without_strangers(before: Terms, terms: Terms) -> Terms:
    """Let go whoever had a part in what is gone and has none in what is left."""
    there = {party.slug for party in terms.parties}
    lost = {
        member
        for party in before.parties
        if party.slug not in there
        for member in (*party.people, party.manager, party.contact, party.signatory, *party.reviewers)
    }
    lost -= set(named_in(replace(terms, review=None, reports=(), observers=())))
    review = terms.review and replace(
        terms.review,
        participants=tuple(each for each in terms.review.participants if each not in lost),
        quorum=min(terms.review.quorum, sum(each not in lost for each in terms.review.participants)),
    )
    remaining = replace(
        terms,
        review=review,
        reports=tuple(each for each in terms.reports if each.reporter not in lost),
        observers=tuple(each for each in terms.observers if each not in lost),
        channels=tuple(
            replace(each, parties=tuple(slug for slug in each.parties if slug in there))
            for each in terms.channels
            if not each.parties or there.intersection(each.parties)
        ),
    )
    named = set(named_in(remaining))
    return replace(remaining, people=tuple(each for each in terms.people if each.id in named or each.id not in lost))


def _without_idle_calendars(terms: Terms) -> Terms:
    used = {
        terms.calendar,
        *(party.calendar for party in terms.parties),
        *(each.calendar for each in terms.commitments),
    }
    used |= {each.promise.outside_calendar for each in terms.commitments if isinstance(each.promise, Response)}
    return replace(terms, calendars={slug: each for slug, each in terms.calendars.items() if slug in used})


def named_in(terms: Terms) -> Iterator[str]:
    """Everybody whom terms name somewhere, by member id; "" where nobody is."""
    yield from (terms.sponsor, *terms.observers)
    for party in terms.parties:
        yield from (*party.people, party.manager, party.contact, party.signatory, *party.reviewers)
    for each in terms.commitments:
        yield from (each.owner, each.reporter)
        if isinstance(each.promise, Deliverable):
            yield each.promise.checked_by
    yield from (each.decider for each in terms.consequences)
    yield from (terms.misses.disputes_decided_by, *terms.misses.excused_by)
    yield from (each.reporter for each in terms.reports)
    yield from terms.review.participants if terms.review else ()
