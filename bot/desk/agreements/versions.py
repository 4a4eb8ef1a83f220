"""Terms become a version of their agreement: people are known, rhythms begin, and drafts of before fall behind."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import housekeeping
from bot.desk.drafts import endings
from bot.desk.duties import cuts, members, openings
from bot.desk.people import presences
from bot.desk.reports import frictions, reports
from bot.desk.reviews import reruns, reviews
from bot.desk.sitting import Sitting
from bot.documents import encode
from bot.store import agreements, amendments, identities, people, schedules
from slacore.agreements import Agreement, Signature, Terms
from slacore.amendments import Amendment, end
from slacore.parties import Member
from slacore.supports import require_carried, require_known
from slacore.vacancies import require_filled


async def add(sitting: Sitting, terms: Terms) -> tuple[Agreement, tuple[Amendment, ...]]:
    """Write terms down as the next version. Comes with the drafts that are out of date by it, for telling.

    Refuses terms with places that nobody was named for, and promises that rest on others of which there
    are none, or on others that cannot carry them.
    """
    require_filled(terms)
    others = [each.latest.terms for each in sitting.agreements]
    require_known(terms, others)
    require_carried(terms, others)
    await _know_people(sitting, terms)
    number = await agreements.add_version(
        sitting.tx, encode(terms), terms, applied_at=sitting.now, applied_by=sitting.actor
    )
    sitting.agreements = await agreements.everything(sitting.tx)
    agreement = sitting.agreement(terms.slug)
    await cuts.follow(sitting, agreement)
    await openings.begin(sitting, agreement)
    await reports.begin(sitting, agreement)
    await frictions.begin(sitting, agreement)
    await reviews.begin(sitting, agreement)
    await members.begin(sitting, agreement)
    await housekeeping.begin(sitting)
    await endings.begin(sitting, agreement)
    await reruns.begin(sitting, agreement)
    await sitting.record("VersionApplied", agreement.key, None, {"version": number, "name": terms.name})
    return agreement, await _fall_behind(sitting, agreement)


async def sign(sitting: Sitting, agreement: Agreement, signatures: Sequence[Signature]) -> Agreement:
    """Put names under the newest version; with the last one it counts, and what it owes now is opened."""
    for signature in signatures:
        await agreements.sign(sitting.tx, agreement.slug, agreement.latest.number, signature)
        after = {"party": signature.party, "by": signature.member, "version": agreement.latest.number}
        await sitting.record("Signed", agreement.key, None, after)
    if signatures:
        sitting.agreements = await agreements.everything(sitting.tx)
    signed = sitting.agreement(agreement.slug)
    if signatures and not signed.latest.terms.unsigned():
        await cuts.follow(sitting, signed)
        await openings.begin_signed(sitting, signed)
        await endings.begin(sitting, signed)
        await members.begin(sitting, signed)
    return signed


async def _fall_behind(sitting: Sitting, agreement: Agreement) -> tuple[Amendment, ...]:
    """Drafts that were written on an older version cannot be signed any more."""
    behind = []
    for draft in await amendments.open_of(sitting.tx, agreement.slug):
        why = f"version {agreement.latest.number} of {agreement.key} came after it was drafted"
        ended = end(draft, "replaced", "", why, sitting.now)
        await amendments.save(sitting.tx, ended)
        await sitting.record("DraftReplaced", draft.key, {"state": draft.state}, {"why": why})
        behind.append(ended)
    return tuple(behind)


async def meet(sitting: Sitting, terms: Terms) -> None:
    """Know whoever is new in terms that are put before people, so that he can be asked; the others stay as they are."""
    for person in terms.people:
        if not person.to_be_named and await people.find(sitting.tx, person.id) is None:
            await know(sitting, person)


async def _know_people(sitting: Sitting, terms: Terms) -> None:
    for person in terms.people:
        await know(sitting, person)


async def know(sitting: Sitting, person: Member) -> None:
    """Make somebody a member of the workspace, with his platforms' ids and his daily digest."""
    new = await people.keep(sitting.tx, person)
    await identities.keep(sitting.tx, person)
    if new and await schedules.find(sitting.tx, presences.DIGEST, person.id) is None:
        at = presences.next_at(presences.DIGEST_AT, person.zone, sitting.now)
        await schedules.put(sitting.tx, presences.DIGEST, person.id, at)
