"""What a plan starts from: the promises of a quantity, as they are agreed and where their period stands."""

from __future__ import annotations

from bot.cards.plans import Basis
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import volume_standing_of
from bot.store import commitments
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, FollowUps, Volume
from slacore.periods import Period
from slacore.standing import Standing


async def bases(sitting: Sitting, agreements: tuple[Agreement, ...], commitment: str = "") -> tuple[Basis, ...]:
    """The volume promises of agreements, or the one with that key.

    Of an agreement that is not in force yet the newest version counts, since that is what is being
    planned; its promises stand nowhere yet.
    """
    keys = await commitments.keys(sitting.tx)
    found = []
    for agreement in agreements:
        today = sitting.today(agreement.latest.terms.zone)
        terms = (agreement.in_force(today) or agreement.latest).terms
        for each in terms.commitments:
            key = keys[agreement.slug, each.slug]
            if isinstance(each.promise, Volume) and commitment in ("", key):
                standing = await _standing(sitting, agreement, each, each.period.containing(today))
                found.append(Basis(key, terms, each, each.promise, standing))
    return tuple(found)


async def _standing(sitting: Sitting, agreement: Agreement, commitment: Commitment, period: Period) -> Standing | None:
    version = agreement.governing(period.first_on, period.last_on, commitment.slug)
    begun = None if version is None else _named(version.terms, commitment.slug)
    if version is None or begun is None or not isinstance(begun.promise, Volume):
        return None
    return await volume_standing_of(sitting, version.terms, begun, period, by_day=False)


def _named(terms: Terms, slug: str) -> Commitment | None:
    return next((each for each in terms.commitments if each.slug == slug), None)


def follow_ups(sitting: Sitting, agreements: tuple[Agreement, ...]) -> tuple[tuple[Commitment, FollowUps], ...]:
    """The promises of follow-ups that these agreements hold."""
    terms = [(each.in_force(sitting.today(each.latest.terms.zone)) or each.latest).terms for each in agreements]
    return tuple((one, one.promise) for each in terms for one in each.commitments if isinstance(one.promise, FollowUps))
